# Whoever refuses contact on protection grounds is not presented: the case stops and the risk is assessed again.
agreement uto-xar-2019
begin verification
2031-02-04  diego@UTO   reply              application 1  kind interview   -> interview
2031-02-05  ana@XAR     present_for_interview  application 1              -> refused gate_open
2031-02-05  sofia@XAR   close_gates        application 1                  -> interview
2031-02-05  ana@XAR     close_gates        application 1                  -> interview
2031-02-05  ana@XAR     present_for_interview  application 1              -> interview
2031-02-06  ana@XAR     refuse_contact     application 1                  -> refused reason_missing
2031-02-06  ana@XAR     refuse_contact     application 1  reason "Fears for relatives"  -> suspended
2031-02-06  sofia@XAR   lift_suspension    application 1  reason "Assessed again"  -> interview
2031-02-06  ana@XAR     present_for_interview  application 1              -> refused gate_open
2031-02-06  sofia@XAR   close_gates        application 1                  -> interview
2031-02-06  ana@XAR     present_for_interview  application 1              -> interview
