# A failed safeguard holds whatever else is closed; the case is blocked, and screening is taken up again by the same office only.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete                                            -> draft
2031-01-30  ana@XAR     close_gates        application 1                                                           -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                                           -> screening
2031-01-30  sofia@XAR   close_gates        application 1                                                           -> screening
2031-01-30  sofia@XAR   decide_gate        application 1  gate G03 status failed                                   -> refused reason_missing
2031-01-30  sofia@XAR   decide_gate        application 1  gate G03 status not_applicable reason "Not needed"       -> refused wrong_step
2031-01-30  sofia@XAR   decide_gate        application 1  gate G03 status failed reason "Real risk"                -> screening
2031-01-31  rita@XAR    release            application 1                                                           -> refused gate_open
2031-01-31  sofia@XAR   block              application 1  reason "Real risk"                                       -> blocked
2031-01-31  rita@XAR    release            application 1                                                           -> refused wrong_step
2031-02-03  ana@XAR     resume_screening   application 1  reason "Please"                                          -> refused not_permitted
2031-02-03  sofia@XAR   resume_screening   application 1  reason "New country report"                              -> screening
2031-02-03  ana@XAR     cancel             application 1  reason "Given up"                                        -> closed
