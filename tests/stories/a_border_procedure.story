# The accelerated procedure at the border, from the draft to the departure: its own reply term runs in the same process.
agreement uto-xar-protocol-2022

2031-01-30  ana@XAR     create             application 1  form accelerated            -> draft
2031-01-30  ana@XAR     close_gates        application 1                              -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                              -> screening
2031-01-30  sofia@XAR   close_gates        application 1                              -> screening
2031-01-31  rita@XAR    release            application 1                              -> submitted due accel_reply 2031-02-04
2031-01-31  ana@XAR     sees               application 1                              -> submitted due reply_standard none
2031-02-03  ines@UTO    acknowledge        application 1                              -> completeness due accel_reply 2031-02-04
2031-02-03  ines@UTO    declare_complete   application 1                              -> verification
2031-02-04  diego@UTO   reply              application 1  kind accepted               -> accepted due accel_reply none
2031-02-04  ana@XAR     sees               application 1                              -> accepted due accel_reply none
2031-02-05  carla@UTO   issue_document     application 1                              -> document_issued
2031-02-06  sofia@XAR   close_gates        application 1                              -> document_issued
2031-02-06  omar@XAR    plan_transfer      application 1  departs 2031-02-10T15:00:00Z  -> transfer_planned
2031-02-08  sofia@XAR   close_gates        application 1                              -> transfer_planned
2031-02-08  ana@XAR     close_gates        application 1                              -> transfer_planned
2031-02-08  irene@XAR   close_gates        application 1                              -> transfer_planned
2031-02-08  viktor@XAR  close_gates        application 1                              -> transfer_planned
2031-02-08  omar@XAR    close_gates        application 1                              -> transfer_planned
2031-02-08  sofia@XAR   check_departure    application 1                              -> ready_to_depart
2031-02-10  omar@XAR    close_gates        application 1                              -> ready_to_depart
2031-02-10  sofia@XAR   close_gates        application 1                              -> ready_to_depart
2031-02-10  omar@XAR    depart             application 1                              -> departed

# Two working days are over without an answer: under this protocol silence means nothing, and a late answer still counts.
2031-02-10  ana@XAR     create             application 2  form accelerated            -> draft
2031-02-10  ana@XAR     close_gates        application 2                              -> draft
2031-02-10  ana@XAR     send_to_screening  application 2                              -> screening
2031-02-10  sofia@XAR   close_gates        application 2                              -> screening
2031-02-10  rita@XAR    release            application 2                              -> submitted due accel_reply 2031-02-12
2031-02-13  clock       tick
2031-02-13  ana@XAR     sees               application 2                              -> submitted due accel_reply none
2031-02-13  dora@XAR    confirm            application 2  reason "No answer came"     -> refused wrong_step
2031-02-14  ines@UTO    acknowledge        application 2                              -> completeness
2031-02-14  ana@XAR     withdraw           application 2  reason "The person has left"  -> withdrawn
2031-02-14  ines@UTO    sees               application 2                              -> withdrawn
