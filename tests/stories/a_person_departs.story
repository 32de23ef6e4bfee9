# From the travel document to the departure: nobody leaves before every safeguard was asked again at T-72 h and at T-0.
agreement uto-xar-2019
begin ready
2031-02-09  omar@XAR    depart             application 1                  -> refused wrong_step
2031-02-10  omar@XAR    depart             application 1                  -> refused gate_open
2031-02-10  omar@XAR    close_gates        application 1                  -> ready_to_depart
2031-02-10  omar@XAR    depart             application 1                  -> refused gate_open
2031-02-10  sofia@XAR   close_gates        application 1                  -> ready_to_depart
2031-02-10  omar@XAR    depart             application 1                  -> departed
2031-02-10  ana@XAR     withdraw           application 1  reason "Too late"  -> refused wrong_step
2031-02-10  sofia@XAR   suspend            application 1  reason "Too late"  -> refused wrong_step
