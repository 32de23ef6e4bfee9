# An agreement that has no rule on transit gives no date, and its term for readmissions does not stand in; the request is refused with a
# reason, and comes to its end.
agreement uto-xar-2019
2031-01-30  ana@XAR     create              application 1  form transit destination BOL  -> draft
2031-01-30  ana@XAR     close_gates         application 1                                -> draft
2031-01-30  ana@XAR     send_to_screening   application 1                                -> screening
2031-01-30  sofia@XAR   close_gates         application 1                                -> screening
2031-01-31  rita@XAR    release             application 1                                -> submitted due transit_reply none
2031-01-31  rita@XAR    sees                application 1                                -> submitted due reply_standard none
2031-02-03  ines@UTO    acknowledge         application 1                                -> completeness
2031-02-03  ines@UTO    declare_complete    application 1                                -> verification due reply_standard none
2031-03-20  clock       tick
2031-03-20  diego@UTO   sees                application 1                                -> verification
2031-03-20  diego@UTO   reply               application 1  kind refused reason other  -> refused
2031-03-21  ana@XAR     sees                application 1                                -> refused
