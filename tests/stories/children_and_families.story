# A child needs the best-interests decision, a family the decision of a supervisor that it travels together.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form child      -> draft
2031-01-30  ana@XAR     close_gates        application 1                  -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                  -> screening
2031-01-30  sofia@XAR   decide_gate        application 1  gate G02        -> screening
2031-01-30  sofia@XAR   decide_gate        application 1  gate G03        -> screening
2031-01-30  sofia@XAR   decide_gate        application 1  gate G10        -> screening
2031-01-30  rita@XAR    release            application 1                  -> refused gate_open
2031-01-30  sofia@XAR   decide_gate        application 1  gate G08        -> refused not_permitted
2031-01-30  clara@XAR   decide_gate        application 1  gate G08        -> screening
2031-01-30  rita@XAR    release            application 1                  -> submitted

2031-01-30  ana@XAR     create             application 2  form family     -> draft
2031-01-30  ana@XAR     close_gates        application 2                  -> draft
2031-01-30  ana@XAR     send_to_screening  application 2                  -> screening
2031-01-30  sofia@XAR   close_gates        application 2                  -> screening
2031-01-30  rita@XAR    release            application 2                  -> refused gate_open
2031-01-30  dora@XAR    decide_gate        application 2  gate G09        -> screening
2031-01-30  rita@XAR    release            application 2                  -> submitted
