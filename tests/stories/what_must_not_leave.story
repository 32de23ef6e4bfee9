# A word of asylum in free text keeps the package at home, and the place is told. So it is with the answer to a question.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete observations "asylum rejected 2019"  -> draft
2031-01-30  ana@XAR     close_gates        application 1                                                     -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                                     -> screening
2031-01-30  sofia@XAR   close_gates        application 1                                                     -> screening
2031-01-31  rita@XAR    release            application 1                                                     -> refused must_not_leave
2031-01-31  ana@XAR     edit               application 1  observations "None"                                -> refused wrong_step
2031-01-31  sofia@XAR   return_to_draft    application 1  reason "Free text must be neutral"                 -> draft
2031-01-31  ana@XAR     edit               application 1  observations "None"                                -> draft
2031-01-31  ana@XAR     send_to_screening  application 1                                                     -> screening
2031-01-31  sofia@XAR   close_gates        application 1                                                     -> screening
2031-02-01  rita@XAR    release            application 1                                                     -> submitted
2031-02-03  ines@UTO    acknowledge        application 1                                                     -> completeness
2031-02-03  ines@UTO    request_documents  application 1  item birth                                         -> documents_requested
2031-02-04  ana@XAR     answer             application 1  text "Said in the asylum hearing"                  -> refused must_not_leave
2031-02-04  ana@XAR     answer             application 1  text "Puerto Lagos"                                -> acknowledged
