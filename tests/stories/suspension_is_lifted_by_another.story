# Anyone with the role can suspend; only a different person lifts it.
agreement uto-xar-2019
begin sent

2031-02-03  sofia@XAR   suspend            application 1  reason "Interim measure"    -> suspended
2031-02-04  sofia@XAR   lift_suspension    application 1  reason "Over"               -> refused same_person
2031-02-04  dora@XAR    lift_suspension    application 1  reason "Measure ended"      -> submitted
