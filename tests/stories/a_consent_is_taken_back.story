# A consent can be taken back until the departure, and takes the readiness with it.
agreement uto-xar-2019
begin ready
2031-02-08  sofia@XAR   withdraw_consent   application 1  gate G25        -> refused wrong_step
2031-02-09  sofia@XAR   decide_gate        application 1  gate G10  status failed  reason "New findings"  -> transfer_planned
2031-02-10  omar@XAR    depart             application 1                  -> refused wrong_step

2031-02-10  ana@XAR     create             application 2  form complete  health "Needs insulin"  -> draft
2031-02-10  ana@XAR     withdraw_consent   application 2  gate G07        -> refused wrong_step
2031-02-10  ana@XAR     decide_gate        application 2  gate G07        -> draft
2031-02-10  ana@XAR     withdraw_consent   application 2  gate G07        -> draft
2031-02-10  ana@XAR     withdraw_consent   application 2  gate G07        -> refused wrong_step
