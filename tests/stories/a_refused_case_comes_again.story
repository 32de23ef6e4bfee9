# A refused case is reopened only with new evidence; the other State has the same file again, and the term begins anew. At the end
# both close it.
agreement uto-xar-2019
begin verification

2031-02-10  diego@UTO   reply              application 1  kind refused reason evidence_insufficient  -> refused
2031-02-11  ana@XAR     reopen             application 1                                             -> refused reason_missing
2031-02-11  ana@XAR     reopen             application 1  reason "A birth certificate was found"     -> draft
2031-02-11  diego@UTO   sees               application 1                                             -> refused
2031-02-11  ana@XAR     send_to_screening  application 1                                             -> refused field_missing
2031-02-12  ana@XAR     edit               application 1  evidence birth_certificate                 -> draft
2031-02-12  ana@XAR     send_to_screening  application 1                                             -> screening
2031-02-12  sofia@XAR   close_gates        application 1                                             -> screening
2031-02-12  rita@XAR    release            application 1                                             -> submitted due reply_standard 2031-03-14
2031-02-12  ines@UTO    sees               application 1                                             -> received due reply_standard 2031-03-14
2031-02-13  ines@UTO    acknowledge        application 1                                             -> completeness
2031-02-14  diego@UTO   reply              application 1  kind refused reason not_a_national         -> refused
2031-02-17  ana@XAR     close              application 1  reason "Nothing more to send"              -> closed
2031-02-17  ines@UTO    close              application 1  reason "Answered"                          -> closed
2031-02-18  ana@XAR     reopen             application 1  reason "Once more"                         -> refused wrong_step
