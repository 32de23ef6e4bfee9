# An itemised request; the answer attaches to the item; the clock stands still meanwhile.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete                         -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                        -> screening
2031-01-30  sofia@XAR   close_gates        application 1                                        -> screening
2031-01-31  rita@XAR    release            application 1                                        -> submitted
2031-02-03  ines@UTO    acknowledge        application 1                                        -> completeness
2031-02-05  ines@UTO    request_documents  application 1  item nationality_evidence language es -> documents_requested
2031-02-05  ana@XAR     sees               application 1                                        -> documents_requested
2031-02-06  ines@UTO    declare_complete   application 1                                        -> refused wrong_step
2031-02-10  ana@XAR     answer             application 1  text "Birth certificate attached"     -> acknowledged
2031-02-10  ines@UTO    sees               application 1                                        -> completeness
2031-02-10  ana@XAR     answer             application 1  text "Once more"                      -> refused wrong_step
2031-02-11  ines@UTO    declare_complete   application 1                                        -> verification
