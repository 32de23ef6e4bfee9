# Nobody releases their own package, and nobody judges the safeguards of their own case.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete        -> draft
2031-01-30  rita@XAR    release            application 1                       -> refused wrong_step
2031-01-30  ana@XAR     close_gates        application 1                       -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                       -> screening
2031-01-30  ana@XAR     decide_gate        application 1  gate G03             -> refused not_permitted
2031-01-30  rita@XAR    decide_gate        application 1  gate G03             -> refused not_permitted
2031-01-30  ana@XAR     release            application 1                       -> refused not_permitted
2031-01-30  rita@XAR    release            application 1                       -> refused gate_open
2031-01-30  sofia@XAR   close_gates        application 1                       -> screening
2031-01-30  diego@UTO   sees               application 1                       -> refused not_found
2031-01-31  rita@XAR    release            application 1                       -> submitted
2031-01-31  rita@XAR    release            application 1                       -> refused wrong_step
