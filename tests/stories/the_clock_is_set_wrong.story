# The clock of the machine is set back by a day and forward by a day while a case runs: nothing that was done is lost or undone, the
# term stays where it was counted from, and who acts acts once.
agreement uto-xar-2019
begin sent

2031-02-10  ines@UTO    acknowledge        application 1                  -> completeness due reply_standard 2031-03-02
2031-02-09  clock       tick
2031-02-09  ana@XAR     sees               application 1                  -> acknowledged due reply_standard 2031-03-02
2031-02-09  ines@UTO    acknowledge        application 1                  -> refused wrong_step
2031-02-09  ines@UTO    assign             application 1  to diego        -> completeness
2031-02-09  ines@UTO    declare_complete   application 1                  -> verification due reply_standard 2031-03-02
2031-02-11  clock       tick
2031-02-11  ana@XAR     sees               application 1                  -> verification due reply_standard 2031-03-02
2031-02-10  diego@UTO   reply              application 1  kind accepted   -> accepted due reply_standard none
2031-02-10  ana@XAR     sees               application 1                  -> accepted
2031-02-11  clock       tick
2031-02-11  diego@UTO   sees               application 1                  -> accepted
