# Under the agreement of 2019 an acceptance is not taken back; the document has its own term, and that it passed is noted.
agreement uto-xar-2019
begin verification

2031-02-10  diego@UTO   reply              application 1  kind accepted                         -> accepted due td_issue 2031-02-17
2031-02-10  ana@XAR     sees               application 1                                        -> accepted due td_issue 2031-02-17
2031-02-11  diego@UTO   reply              application 1  kind refused reason nationality_lost  -> refused wrong_step
2031-02-18  clock       tick
2031-02-18  diego@UTO   sees               application 1                                        -> accepted due td_issue none
2031-02-18  ana@XAR     sees               application 1                                        -> accepted due td_issue none
