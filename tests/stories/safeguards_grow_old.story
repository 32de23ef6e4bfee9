# The check of status holds for three days; after that it is made again before anything leaves.
agreement uto-xar-2019

2031-01-27  ana@XAR     create             application 1  form complete   -> draft
2031-01-27  ana@XAR     close_gates        application 1                  -> draft
2031-01-27  ana@XAR     send_to_screening  application 1                  -> screening
2031-01-27  sofia@XAR   close_gates        application 1                  -> screening
2031-01-31  rita@XAR    release            application 1                  -> refused gate_open
2031-01-31  sofia@XAR   decide_gate        application 1  gate G02        -> screening
2031-01-31  rita@XAR    release            application 1                  -> submitted
