# Anyone with the role can suspend; only a different person lifts it.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete               -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                              -> screening
2031-01-30  sofia@XAR   close_gates        application 1                              -> screening
2031-01-31  rita@XAR    release            application 1                              -> submitted
2031-02-03  sofia@XAR   suspend            application 1  reason "Interim measure"    -> suspended
2031-02-04  sofia@XAR   lift_suspension    application 1  reason "Over"               -> refused same_person
2031-02-04  dora@XAR    lift_suspension    application 1  reason "Measure ended"      -> submitted
