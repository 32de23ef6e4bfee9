# Withdrawn means only "withdrawn" on the other side, and nothing can be answered after it.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete               -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                              -> screening
2031-01-30  sofia@XAR   close_gates        application 1                              -> screening
2031-01-31  rita@XAR    release            application 1                              -> submitted
2031-02-03  ines@UTO    acknowledge        application 1                              -> completeness
2031-02-04  ana@XAR     withdraw           application 1  reason "Permit granted"     -> withdrawn
2031-02-04  ines@UTO    sees               application 1                              -> withdrawn
2031-02-04  ines@UTO    declare_complete   application 1                              -> refused wrong_step
