# On the day after the window of the agreement both files come to their end by themselves, and a claim comes too late.
agreement uto-xar-2019
begin ready
2031-02-10  omar@XAR    close_gates  application 1                          -> ready_to_depart
2031-02-10  sofia@XAR   close_gates  application 1                          -> ready_to_depart
2031-02-10  omar@XAR    depart       application 1                          -> departed due error_window_own 2031-05-10
2031-05-10  clock       tick
2031-05-10  ines@UTO    sees         application 1                          -> departed
2031-05-12  clock       tick
2031-05-12  ines@UTO    sees         application 1                          -> closed
2031-05-12  ana@XAR     sees         application 1                          -> closed
2031-05-12  diego@UTO   claim_error  application 1  ground conditions_not_met reason "Too late"  -> refused wrong_step
