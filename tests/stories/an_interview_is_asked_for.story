# The requested State wants to speak with the person; the interview has its own term, and its minutes come as a task.
agreement uto-xar-2019
begin verification

2031-02-10  diego@UTO   reply              application 1  kind interview                               -> interview due interview_deadline 2031-02-24
2031-02-10  ana@XAR     sees               application 1                                               -> interview due interview_deadline 2031-02-24
2031-02-11  diego@UTO   open_task          application 1  kind interview                               -> interview
2031-02-18  vera@UTO    complete_task      application 1  kind interview outcome confirmed             -> refused not_found
2031-02-18  carla@UTO   complete_task      application 1  kind interview outcome confirmed minutes unsigned -> refused field_missing
2031-02-18  carla@UTO   complete_task      application 1  kind interview outcome confirmed             -> interview
2031-02-20  diego@UTO   reply              application 1  kind accepted                                -> accepted due interview_deadline none
2031-02-20  ana@XAR     sees               application 1                                               -> accepted
