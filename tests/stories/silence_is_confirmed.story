# Silence never moves a person: when the term is over, a supervisor of the requesting State confirms with the clause.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete  -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                 -> screening
2031-01-30  sofia@XAR   close_gates        application 1                 -> screening
2031-01-31  rita@XAR    release            application 1                 -> submitted
2031-03-01  clock       tick
2031-03-01  ana@XAR     sees               application 1                 -> submitted
2031-03-04  clock       tick
2031-03-04  ana@XAR     sees               application 1                 -> consent_to_confirm
2031-03-04  diego@UTO   sees               application 1                 -> lapsed
2031-03-04  ana@XAR     confirm            application 1                 -> refused not_permitted
2031-03-04  dora@XAR    confirm            application 1                 -> accepted
