# A family of four, one child refused: nobody of them is separated without an exception that another person has reviewed.
agreement uto-xar-2019
begin documented
2031-02-05  ana@XAR     create             application 2  form complete   -> draft
2031-02-05  ana@XAR     create             application 3  form complete   -> draft
2031-02-05  ana@XAR     create             application 4  form child      -> draft
2031-02-05  ana@XAR     group_family       application 1  with 2  with 3  with 4  -> document_issued
2031-02-05  dora@XAR    decide_gate        application 1  gate G09        -> document_issued
2031-02-05  ana@XAR     close_gates        application 4                  -> draft
2031-02-05  ana@XAR     send_to_screening  application 4                  -> screening
2031-02-05  sofia@XAR   close_gates        application 4                  -> screening
2031-02-05  clara@XAR   close_gates        application 4                  -> screening
2031-02-05  dora@XAR    close_gates        application 4                  -> screening
2031-02-05  rita@XAR    release            application 4                  -> submitted
2031-02-05  ines@UTO    acknowledge        application 4                  -> completeness
2031-02-05  diego@UTO   reply              application 4  kind refused  reason other  -> refused
2031-02-06  sofia@XAR   close_gates        application 1                  -> document_issued
2031-02-06  omar@XAR    plan_transfer      application 1  departs 2031-02-10T15:00:00Z  -> transfer_planned
2031-02-08  sofia@XAR   close_gates        application 1                  -> transfer_planned
2031-02-08  ana@XAR     close_gates        application 1                  -> transfer_planned
2031-02-08  dora@XAR    close_gates        application 1                  -> transfer_planned
2031-02-08  irene@XAR   close_gates        application 1                  -> transfer_planned
2031-02-08  omar@XAR    close_gates        application 1                  -> transfer_planned
2031-02-08  sofia@XAR   check_departure    application 1                  -> refused gate_open
2031-02-08  ana@XAR     ask_family_exception     application 1  reason "The father travels ahead to his own mother"  -> transfer_planned
2031-02-08  ana@XAR     review_family_exception  application 1  granted yes  reason "Seen"  -> refused not_permitted
2031-02-08  sofia@XAR   check_departure    application 1                  -> refused gate_open
2031-02-08  dora@XAR    review_family_exception  application 1  granted no  reason "The child would be alone"  -> transfer_planned
2031-02-08  sofia@XAR   check_departure    application 1                  -> refused gate_open
2031-02-09  dora@XAR    ask_family_exception     application 1  reason "The aunt has custody and consents"  -> transfer_planned
2031-02-09  dora@XAR    review_family_exception  application 1  granted yes  reason "Seen"  -> refused same_person
2031-02-09  ruth@XAR    review_family_exception  application 1  granted yes  reason "The custody was checked"  -> transfer_planned
2031-02-09  sofia@XAR   close_gates        application 1                  -> transfer_planned
2031-02-09  sofia@XAR   check_departure    application 1                  -> ready_to_depart
