# Withdrawn means only "withdrawn" on the other side, and nothing can be answered after it.
agreement uto-xar-2019
begin sent

2031-02-03  ines@UTO    acknowledge        application 1                              -> completeness
2031-02-04  ana@XAR     withdraw           application 1                              -> refused reason_missing
2031-02-04  ana@XAR     withdraw           application 1  reason "Permit granted"     -> withdrawn due reply_standard none
2031-02-04  ines@UTO    sees               application 1                              -> withdrawn due reply_standard none
2031-02-04  ines@UTO    declare_complete   application 1                              -> refused wrong_step
2031-02-05  diego@UTO   reply              application 1  kind accepted               -> refused wrong_step
2031-02-06  ines@UTO    close              application 1  reason "Withdrawn"          -> closed
