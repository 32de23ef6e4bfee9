# The return decision and the check of the status never leave, and nothing leaves without them: the decision is asked of the author
# before the draft is out of hand, the check stands in G02.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form without_decision          -> draft
2031-01-30  ana@XAR     close_gates        application 1                                 -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                 -> refused field_missing
2031-01-31  ana@XAR     edit               application 1  decision RD-7/2031             -> draft
2031-01-31  ana@XAR     send_to_screening  application 1                                 -> screening
2031-01-31  rita@XAR    release            application 1                                 -> refused gate_open
2031-01-31  sofia@XAR   close_gates        application 1                                 -> screening
2031-01-31  rita@XAR    release            application 1                                 -> submitted
