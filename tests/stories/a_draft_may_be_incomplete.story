# A draft is kept as it is; only a complete one reaches the safeguards officer.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form incomplete                 -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                  -> refused field_missing
2031-01-30  ana@XAR     edit               application 1  given_names "Анна"              -> refused field_invalid
2031-01-30  sofia@XAR   edit               application 1  given_names "Ana"               -> refused not_permitted
2031-01-30  bruno@XAR   edit               application 1  given_names "Ana"               -> draft
2031-01-30  ana@XAR     cancel             application 1  reason "Not needed any more"    -> closed
2031-01-30  ana@XAR     edit               application 1  given_names "Ana"               -> refused wrong_step
