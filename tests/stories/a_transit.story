# A national of a third State is let through the requested State on the way home: the request has its own term, nobody is interviewed
# and nothing is extended, the consent is used within its window, under the same safeguards, and the transit ends without a claim.
agreement uto-xar-protocol-2022
2031-01-30  ana@XAR     create              application 1  form transit destination BOL  -> draft
2031-01-30  ana@XAR     close_gates         application 1                                -> draft
2031-01-30  ana@XAR     send_to_screening   application 1                                -> screening
2031-01-30  sofia@XAR   close_gates         application 1                                -> screening
2031-01-31  rita@XAR    release             application 1                                -> submitted due transit_reply 2031-02-07
2031-01-31  rita@XAR    sees                application 1                                -> submitted due reply_standard none
2031-01-31  diego@UTO   sees                application 1                                -> received due transit_reply 2031-02-07
2031-02-03  ines@UTO    acknowledge         application 1                                -> completeness
2031-02-03  ines@UTO    declare_complete    application 1                                -> verification due transit_reply 2031-02-07
2031-02-03  diego@UTO   extend              application 1  days 10 reason "More time"    -> refused wrong_step
2031-02-04  diego@UTO   reply               application 1  kind interview                -> refused wrong_step
2031-02-04  diego@UTO   reply               application 1  kind accepted                 -> accepted due transit_window 2031-03-06
2031-02-04  diego@UTO   sees                application 1                                -> accepted due td_issue none
2031-02-04  carla@UTO   issue_document      application 1                                -> refused wrong_step
2031-02-04  ana@XAR     sees                application 1                                -> accepted due transit_window 2031-03-06
2031-02-04  ana@XAR     sees                application 1                                -> accepted due transfer_window none
2031-02-05  ana@XAR     record_document     application 1  kind residence_title number V1 issuer UTO issued 2029-01-01 expires 2035-01-01  -> refused field_invalid
2031-02-05  ana@XAR     record_document     application 1  kind passport number P77 issuer BOL issued 2029-01-01 expires 2035-01-01  -> document_issued
2031-02-06  omar@XAR    plan_transfer       application 1  departs 2031-02-10T15:00:00Z  -> refused gate_open
2031-02-06  sofia@XAR   close_gates         application 1                                -> document_issued
2031-02-06  omar@XAR    plan_transfer       application 1  departs 2031-03-10T15:00:00Z  -> refused too_late
2031-02-06  omar@XAR    plan_transfer       application 1  departs 2031-02-10T15:00:00Z  -> transfer_planned
2031-02-08  sofia@XAR   close_gates         application 1                                -> transfer_planned
2031-02-08  ana@XAR     close_gates         application 1                                -> transfer_planned
2031-02-08  irene@XAR   close_gates         application 1                                -> transfer_planned
2031-02-08  viktor@XAR  close_gates         application 1                                -> transfer_planned
2031-02-08  omar@XAR    close_gates         application 1                                -> transfer_planned
2031-02-08  sofia@XAR   check_departure     application 1                                -> ready_to_depart
2031-02-10  omar@XAR    close_gates         application 1                                -> ready_to_depart
2031-02-10  sofia@XAR   close_gates         application 1                                -> ready_to_depart
2031-02-10  omar@XAR    depart              application 1                                -> departed due error_window_own none
2031-02-10  diego@UTO   sees                application 1                                -> departed
2031-02-11  diego@UTO   claim_error         application 1  ground conditions_not_met reason "Crossed on another day"  -> refused wrong_step
