# A national of a third State: what shows the entry, the transit or the residence is a list of its own, and the nationality of the
# requested State is not asked for.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form third_country ground unlawful_entry stay bill paper original  -> draft evidence third_country none no
2031-01-30  ana@XAR     edit               application 1  stay entry_stamp paper copy      -> draft evidence third_country prima_facie presumed
2031-01-30  ana@XAR     edit               application 1  stay entry_stamp paper original  -> draft evidence third_country proof yes
2031-01-30  ana@XAR     edit               application 1  ground residence_permit          -> draft evidence third_country none no
2031-01-30  ana@XAR     edit               application 1  ground unlawful_entry            -> draft evidence third_country proof yes
2031-01-30  ana@XAR     close_gates        application 1                                   -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                   -> screening
2031-01-30  sofia@XAR   close_gates        application 1                                   -> screening
2031-01-31  rita@XAR    release            application 1                                   -> submitted
2031-02-03  ines@UTO    acknowledge        application 1                                   -> completeness evidence third_country proof yes
2031-02-03  ines@UTO    declare_complete   application 1                                   -> verification
2031-02-04  diego@UTO   assess             application 1  of third_country document 2 finding false reason "The stamp is drawn"  -> verification evidence third_country prima_facie presumed

2031-01-30  ana@XAR     create             application 2  form third_country nationality XXA ground residence_permit stay residence_permit paper original expires 2030-12-31  -> draft evidence third_country proof yes
