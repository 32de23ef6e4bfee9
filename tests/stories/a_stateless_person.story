# A stateless person: the list for third-country nationals decides; a suspension stops the file and a refusal ends it.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form third_country nationality XXA ground residence_permit stay residence_permit paper original expires 2031-12-31  -> draft evidence third_country proof yes
2031-01-30  ana@XAR     close_gates        application 1                                          -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                          -> screening
2031-01-30  sofia@XAR   close_gates        application 1                                          -> screening
2031-01-31  rita@XAR    release            application 1                                          -> submitted due reply_standard 2031-03-02
2031-02-03  ines@UTO    acknowledge        application 1                                          -> completeness evidence third_country proof yes
2031-02-03  ines@UTO    declare_complete   application 1                                          -> verification
2031-02-04  sofia@XAR   suspend            application 1  reason "A claim to nationality is heard"  -> suspended
2031-02-04  sofia@XAR   lift_suspension    application 1  reason "The claim was rejected"         -> refused same_person
2031-02-05  dora@XAR    lift_suspension    application 1  reason "The claim was rejected"         -> verification
2031-02-06  diego@UTO   assess             application 1  of third_country document 0 finding false reason "The permit was withdrawn"  -> verification evidence third_country none no
2031-02-10  diego@UTO   reply              application 1  kind refused reason evidence_insufficient           -> refused
2031-02-10  ana@XAR     sees               application 1                                          -> refused due reply_standard none
