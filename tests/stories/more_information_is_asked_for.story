# A question in the form of a reply is a request like any other: the clock stands still until the answer.
agreement uto-xar-2019
begin verification

2031-02-05  diego@UTO   reply              application 1  kind more_information                              -> refused reason_missing
2031-02-05  diego@UTO   reply              application 1  kind more_information item parents                 -> documents_requested due reply_standard paused
2031-02-05  ana@XAR     sees               application 1                                                     -> documents_requested
2031-02-12  ana@XAR     answer             application 1  text "Mother: Rosa Luna, born in Puerto Lagos"     -> acknowledged due reply_standard 2031-03-09
2031-02-12  diego@UTO   sees               application 1                                                     -> completeness due reply_standard 2031-03-09
