# A suspension stops the clock of the State that suspends; afterwards it goes on with the days that were left. The other State's
# clock runs on: no agreement speaks of it.
agreement uto-xar-2019
begin verification

2031-02-05  sara@UTO    suspend            application 1  reason "Family court asked" -> suspended due reply_standard paused
2031-02-05  ana@XAR     sees               application 1                              -> verification due reply_standard 2031-03-02
2031-02-10  ines@UTO    sees               application 1                              -> suspended due reply_standard paused
2031-02-15  simon@UTO   lift_suspension    application 1  reason "Court answered"     -> verification due reply_standard 2031-03-12
2031-02-20  sofia@XAR   suspend            application 1  reason "Interim measure"    -> suspended due reply_standard paused
2031-02-21  dora@XAR    lift_suspension    application 1  reason "Measure ended"      -> verification due reply_standard 2031-03-03
2031-03-04  clock       tick
2031-03-04  ana@XAR     sees               application 1                              -> consent_to_confirm
2031-03-04  ines@UTO    sees               application 1                              -> verification due reply_standard 2031-03-12
2031-03-05  diego@UTO   reply              application 1  kind accepted               -> accepted
2031-03-06  sara@UTO    suspend            application 1  reason "New claim"          -> suspended due td_issue paused
2031-03-10  simon@UTO   lift_suspension    application 1  reason "Claim rejected"     -> accepted due td_issue 2031-03-14
