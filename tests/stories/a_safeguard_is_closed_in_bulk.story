# One paper about the operation closes one safeguard of several files, each by itself: the refusal of one holds back no other. What is
# about a person is never closed so, and who may not decide it on one file may not on many.
agreement uto-xar-2019
begin planned
2031-02-07  ana@XAR     create             application 2  form complete  -> draft
2031-02-07  ana@XAR     cancel             application 2  reason "Entered twice"  -> closed
2031-02-08  sofia@XAR   close_gates        application 1                  -> transfer_planned
2031-02-08  ana@XAR     close_gates        application 1                  -> transfer_planned
2031-02-08  irene@XAR   close_gates        application 1                  -> transfer_planned
2031-02-08  viktor@XAR  close_gates        application 1                  -> transfer_planned
2031-02-08  sofia@XAR   check_departure    application 1                  -> refused gate_open
2031-02-08  sofia@XAR   close_in_bulk      application 1  gate G02 reason "All were checked"      -> refused wrong_step
2031-02-08  omar@XAR    close_in_bulk      application 1  gate G26        -> refused reason_missing
2031-02-08  ana@XAR     close_in_bulk      application 1  gate G26 reason "Counted"                -> refused not_permitted
2031-02-08  omar@XAR    close_in_bulk      application 1 with 2 gate G26 reason "Thirty of the month are free"  -> transfer_planned
2031-02-08  sofia@XAR   check_departure    application 1                  -> ready_to_depart
