# Silence never moves a person: when the term is over, a supervisor of the requesting State confirms with the clause.
agreement uto-xar-2019
begin sent

2031-01-31  ana@XAR     sees               application 1                                    -> submitted due reply_standard 2031-03-02
2031-03-02  clock       tick
2031-03-02  ana@XAR     sees               application 1                                    -> submitted
2031-03-03  clock       tick
2031-03-03  ana@XAR     sees               application 1                                    -> consent_to_confirm due reply_standard none
2031-03-03  diego@UTO   sees               application 1                                    -> lapsed
2031-03-04  ana@XAR     confirm            application 1  reason "No answer came"           -> refused not_permitted
2031-03-04  dora@XAR    confirm            application 1                                    -> refused reason_missing
2031-03-04  dora@XAR    confirm            application 1  reason "Receipt of 31 January, no answer"  -> accepted
2031-03-04  diego@UTO   sees               application 1                                    -> accepted
