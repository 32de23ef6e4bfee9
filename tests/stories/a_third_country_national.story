# A national of a third State is asked for on a ground that the agreement names: another list of evidence, and no nationality of the
# requested State is asked for. A suspension and a withdrawal end it as they end any other case.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form third_country ground unlawful_entry stay entry_stamp paper original  -> draft evidence third_country proof yes
2031-01-30  ana@XAR     close_gates        application 1                                -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                -> screening
2031-01-30  sofia@XAR   close_gates        application 1                                -> screening
2031-01-31  rita@XAR    release            application 1                                -> submitted due reply_standard 2031-03-02
2031-02-03  ines@UTO    acknowledge        application 1                                -> completeness evidence third_country proof yes
2031-02-03  ines@UTO    declare_complete   application 1                                -> verification
2031-02-04  diego@UTO   reply              application 1  kind accepted                 -> accepted due reply_standard none
2031-02-05  sofia@XAR   suspend            application 1  reason "Interim measure"       -> suspended
2031-02-06  dora@XAR    lift_suspension    application 1  reason "The court has answered"  -> accepted
2031-02-07  ana@XAR     withdraw           application 1  reason "The person has left"   -> withdrawn
2031-02-07  ines@UTO    sees               application 1                                -> withdrawn
