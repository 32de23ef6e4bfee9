# The links of the chain, once, with nothing unusual: 30 calendar days from receipt.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete                            -> draft
2031-01-30  ana@XAR     close_gates        application 1                                           -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                           -> screening
2031-01-30  sofia@XAR   close_gates        application 1                                           -> screening
2031-01-31  rita@XAR    release            application 1                                           -> submitted due reply_standard 2031-03-02
2031-01-31  ines@UTO    sees               application 1                                           -> received due reply_standard 2031-03-02
2031-02-01  ines@UTO    acknowledge        application 1                                           -> completeness
2031-02-01  ana@XAR     sees               application 1                                           -> acknowledged
2031-02-03  ines@UTO    assign             application 1  to diego                                 -> completeness
2031-02-03  ines@UTO    declare_complete   application 1                                           -> verification
2031-02-03  ana@XAR     sees               application 1                                           -> verification
2031-02-04  diego@UTO   open_task          application 1  kind registry_search                     -> verification
2031-02-05  vera@UTO    complete_task      application 1  kind registry_search outcome confirmed   -> verification
2031-02-10  diego@UTO   reply              application 1  kind accepted                            -> accepted due reply_standard none
2031-02-10  ana@XAR     sees               application 1                                           -> accepted due td_issue 2031-02-17
2031-02-12  carla@UTO   issue_document     application 1                                           -> document_issued
2031-02-12  ana@XAR     sees               application 1                                           -> document_issued due transfer_window 2031-05-10
