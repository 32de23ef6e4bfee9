# Under the protocol of 2022 silence has no effect: the term is noted as missed, nothing is deemed, a late answer still counts,
# and even an acceptance may be taken back.
agreement uto-xar-protocol-2022
begin verification

2031-02-25  clock       tick
2031-02-25  diego@UTO   sees               application 1                                      -> verification due reply_standard 2031-02-25
2031-02-26  clock       tick
2031-02-26  diego@UTO   sees               application 1                                      -> verification due reply_standard none
2031-02-26  ana@XAR     sees               application 1                                      -> verification due reply_standard none
2031-02-26  dora@XAR    confirm            application 1  reason "No answer came"             -> refused wrong_step
2031-02-28  diego@UTO   reply              application 1  kind accepted                       -> accepted
2031-03-03  diego@UTO   reply              application 1  kind refused reason nationality_lost  -> refused
2031-03-03  ana@XAR     sees               application 1                                      -> refused
