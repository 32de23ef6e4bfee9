# The records to which the duty tests send their requests. Case 2 stays a draft.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete                                 -> draft
2031-01-30  ana@XAR     close_gates        application 1                                                -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                                -> screening
2031-01-30  sofia@XAR   close_gates        application 1                                                -> screening
2031-01-31  rita@XAR    release            application 1                                                -> submitted
2031-02-03  ines@UTO    acknowledge        application 1                                                -> completeness
2031-02-04  diego@UTO   open_task          application 1  kind registry_search                          -> completeness
2031-02-05  ines@UTO    request_documents  application 1  item birth                                    -> documents_requested
2031-02-06  ana@XAR     create             application 2  form complete observations "Zyxwarcadia only"  -> draft
