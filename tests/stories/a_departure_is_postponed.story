# The check counts from 72 hours before; a plan that is taken back begins again.
agreement uto-xar-2019
begin planned
2031-02-07  sofia@XAR   close_gates        application 1                  -> transfer_planned
2031-02-07  sofia@XAR   check_departure    application 1                  -> refused wrong_step
2031-02-07  omar@XAR    postpone_transfer  application 1                  -> refused reason_missing
2031-02-07  omar@XAR    postpone_transfer  application 1  reason "No flight"  -> document_issued
2031-02-09  omar@XAR    plan_transfer      application 1  departs 2031-02-20T15:00:00Z  -> refused gate_open
2031-02-09  sofia@XAR   close_gates        application 1                  -> document_issued
2031-02-09  omar@XAR    plan_transfer      application 1  departs 2031-02-08T15:00:00Z  -> refused field_invalid
2031-02-09  omar@XAR    plan_transfer      application 1  departs 2031-02-20T15:00:00Z  -> transfer_planned
2031-02-10  judith@XAR  suspend            application 1  reason "Interim measure"  -> suspended
2031-02-10  judith@XAR  lift_suspension    application 1  reason "Ended"  -> refused same_person
2031-02-11  sofia@XAR   lift_suspension    application 1  reason "Ended"  -> transfer_planned
