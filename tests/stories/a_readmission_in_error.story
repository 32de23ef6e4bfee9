# The requested State shows within the window that the person was handed over in error. A claim that was rejected comes again with
# more; whoever released the case or recorded the departure does not answer it; the person is back, and both States know the day.
agreement uto-xar-2019
begin ready
2031-02-10  diego@UTO   claim_error         application 1  ground not_a_national reason "Too early"    -> refused wrong_step
2031-02-10  omar@XAR    close_gates         application 1                                -> ready_to_depart
2031-02-10  sofia@XAR   close_gates         application 1                                -> ready_to_depart
2031-02-10  omar@XAR    depart              application 1                                -> departed due error_window_own 2031-05-10
2031-02-10  ines@UTO    sees                application 1                                -> departed due error_window_own 2031-05-10
2031-02-12  ines@UTO    claim_error         application 1  ground not_a_national reason "Not hers"     -> refused not_permitted
2031-02-12  diego@UTO   claim_error         application 1  ground not_a_national         -> refused reason_missing
2031-02-12  diego@UTO   claim_error         application 1  ground another_person reason "The fingerprints taken at the border are of another person"  -> error_claimed due error_window_own none
2031-02-13  ana@XAR     sees                application 1                                -> error_claimed
2031-02-13  diego@UTO   claim_error         application 1  ground another_person reason "Once more"    -> refused wrong_step
2031-02-13  ana@XAR     reject_error_claim  application 1  reason "No"                   -> refused not_permitted
2031-02-13  dora@XAR    reject_error_claim  application 1                                -> refused reason_missing
2031-02-13  dora@XAR    reject_error_claim  application 1  reason "The asylum claim was refused"       -> refused must_not_leave
2031-02-13  dora@XAR    reject_error_claim  application 1  reason "The fingerprints are not attached"  -> error_rejected
2031-02-13  ines@UTO    sees                application 1                                -> error_rejected due error_window_own 2031-05-10
2031-05-10  diego@UTO   claim_error         application 1  ground another_person reason "The civil register holds other fingerprints, see its letter of 9 May"  -> error_claimed
2031-05-12  dora@XAR    take_back           application 1                                -> refused reason_missing
2031-05-12  dora@XAR    take_back           application 1  reason "The letter of the register is right"  -> taking_back
2031-05-12  diego@UTO   sees                application 1                                -> taking_back
2031-05-20  ana@XAR     record_return       application 1  day 2031-05-21                -> refused field_invalid
2031-05-20  ana@XAR     record_return       application 1  day 2031-05-19                -> returned
2031-05-20  ines@UTO    sees                application 1                                -> returned
2031-05-21  diego@UTO   claim_error         application 1  ground another_person reason "Once more"    -> refused wrong_step
