# The records to which the duty tests send their requests: 1 is at both States, 2 stays a draft, 3 has its travel document,
# 4 waits for it.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete                                 -> draft
2031-01-30  ana@XAR     close_gates        application 1                                                -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                                -> screening
2031-01-30  sofia@XAR   close_gates        application 1                                                -> screening
2031-01-31  rita@XAR    release            application 1                                                -> submitted
2031-02-03  ines@UTO    acknowledge        application 1                                                -> completeness
2031-02-04  diego@UTO   open_task          application 1  kind registry_search                          -> completeness
2031-02-04  diego@UTO   open_task          application 1  kind interview                                -> completeness
2031-02-05  ines@UTO    request_documents  application 1  item birth                                    -> documents_requested
2031-02-06  ana@XAR     create             application 2  form complete observations "Zyxwarcadia only"  -> draft

2031-02-06  ana@XAR     create             application 3  form complete given_names "Berta"  -> draft
2031-02-06  ana@XAR     close_gates        application 3                                    -> draft
2031-02-06  ana@XAR     send_to_screening  application 3                                    -> screening
2031-02-06  sofia@XAR   close_gates        application 3                                    -> screening
2031-02-06  rita@XAR    release            application 3                                    -> submitted
2031-02-06  ines@UTO    acknowledge        application 3                                    -> completeness
2031-02-06  ines@UTO    declare_complete   application 3                                    -> verification
2031-02-06  diego@UTO   reply              application 3  kind accepted                     -> accepted
2031-02-06  carla@UTO   issue_document     application 3                                    -> document_issued

2031-02-06  ana@XAR     create             application 4  form complete given_names "Carmen"  -> draft
2031-02-06  ana@XAR     close_gates        application 4                                    -> draft
2031-02-06  ana@XAR     send_to_screening  application 4                                    -> screening
2031-02-06  sofia@XAR   close_gates        application 4                                    -> screening
2031-02-06  rita@XAR    release            application 4                                    -> submitted
2031-02-06  ines@UTO    acknowledge        application 4                                    -> completeness
2031-02-06  ines@UTO    declare_complete   application 4                                    -> verification
2031-02-06  diego@UTO   reply              application 4  kind accepted                     -> accepted
