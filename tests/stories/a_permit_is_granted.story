# A permit is granted between the acceptance and the check before departure: the check is refused, the case is withdrawn; the other
# State is told nothing but that, and nobody departs.
agreement uto-xar-2019
begin planned
2031-02-07  sofia@XAR   decide_gate        application 1  gate G02 status failed reason "A residence permit was granted"  -> transfer_planned
2031-02-07  diego@UTO   sees               application 1                                            -> document_issued
2031-02-08  sofia@XAR   check_departure    application 1                                            -> refused gate_open
2031-02-08  omar@XAR    withdraw           application 1  reason permit_granted                     -> refused not_permitted
2031-02-08  dora@XAR    withdraw           application 1  reason permit_granted                     -> withdrawn
2031-02-08  diego@UTO   sees               application 1                                            -> withdrawn
2031-02-08  sofia@XAR   check_departure    application 1                                            -> refused wrong_step
2031-02-10  omar@XAR    depart             application 1                                            -> refused wrong_step
