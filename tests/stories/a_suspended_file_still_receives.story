# What arrives while a file is suspended is applied behind the suspension; nothing lapses before it is lifted, and the days of a
# suspension are not counted in the file of the State that suspended.
agreement uto-xar-2019
begin sent

2031-02-03  sofia@XAR   suspend            application 1  reason "Interim measure"    -> suspended due reply_standard paused
2031-02-03  ines@UTO    acknowledge        application 1                              -> completeness
2031-02-03  ines@UTO    declare_complete   application 1                              -> verification
2031-02-03  ana@XAR     sees               application 1                              -> suspended due reply_standard paused
2031-02-04  sara@UTO    suspend            application 1  reason "Family court asked" -> suspended
2031-03-04  clock       tick
2031-03-04  ana@XAR     sees               application 1                              -> suspended
2031-03-05  dora@XAR    lift_suspension    application 1  reason "Measure ended"      -> verification due reply_standard 2031-04-01
2031-03-06  clock       tick
2031-03-06  ana@XAR     sees               application 1                              -> verification
2031-04-02  clock       tick
2031-04-02  ana@XAR     sees               application 1                              -> consent_to_confirm
2031-04-02  dora@XAR    confirm            application 1  reason "No answer came"     -> accepted
2031-04-02  sara@UTO    lift_suspension    application 1  reason "Court answered"     -> refused same_person
2031-04-03  simon@UTO   lift_suspension    application 1  reason "Court answered"     -> accepted due td_issue 2031-04-14
