# A refusal names its reasons; without them it is not accepted.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete                                  -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                                 -> screening
2031-01-30  sofia@XAR   close_gates        application 1                                                 -> screening
2031-01-31  rita@XAR    release            application 1                                                 -> submitted
2031-02-01  ines@UTO    acknowledge        application 1                                                 -> completeness
2031-02-03  ines@UTO    declare_complete   application 1                                                 -> verification
2031-02-10  ines@UTO    reply              application 1  kind refused reason not_a_national             -> refused not_permitted
2031-02-10  diego@UTO   reply              application 1  kind refused                                   -> refused reason_missing
2031-02-10  diego@UTO   reply              application 1  kind refused reason not_a_national             -> refused
2031-02-10  ana@XAR     sees               application 1                                                 -> refused
2031-02-11  carla@UTO   issue_document     application 1                                                 -> refused wrong_step
