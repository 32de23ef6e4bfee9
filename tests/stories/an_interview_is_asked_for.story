# The requested State wants to speak with the person; the interview has its own term, and a result without minutes that everybody signed proves nothing. Who asks for an
# interview was not silent: when its term is over it is late, and nobody is moved by it.
agreement uto-xar-2019
begin verification

2031-02-10  diego@UTO   reply              application 1  kind interview                               -> interview due interview_deadline 2031-02-24
2031-02-10  ana@XAR     sees               application 1                                               -> interview due interview_deadline 2031-02-24
2031-02-11  diego@UTO   open_task          application 1  kind interview                               -> interview
2031-02-18  vera@UTO    complete_task      application 1  kind interview outcome confirmed             -> refused not_found
2031-02-18  carla@UTO   complete_task      application 1  kind interview outcome confirmed             -> refused wrong_step
2031-02-18  carla@UTO   complete_task      application 1  kind interview outcome inconclusive          -> refused reason_missing
2031-02-18  carla@UTO   complete_task      application 1  kind interview outcome inconclusive note "Nobody could be reached" -> interview
2031-02-25  clock       tick
2031-02-25  ana@XAR     sees               application 1                                               -> interview due interview_deadline none
2031-02-25  diego@UTO   sees               application 1                                               -> interview
2031-02-26  diego@UTO   reply              application 1  kind accepted                                -> accepted due interview_deadline none
2031-02-26  ana@XAR     sees               application 1                                               -> accepted
