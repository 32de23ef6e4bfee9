# The supervisor may decline to rely on silence; the requested State answers late, and its answer stands.
agreement uto-xar-2019
begin verification

2031-03-03  clock       tick
2031-03-03  dora@XAR    sees               application 1                                    -> consent_to_confirm
2031-03-04  dora@XAR    decline_silence    application 1  reason "They telephoned"          -> verification due reply_standard none
2031-03-05  clock       tick
2031-03-05  dora@XAR    sees               application 1                                    -> verification
2031-03-06  diego@UTO   reply              application 1  kind accepted                     -> accepted
2031-03-06  ana@XAR     sees               application 1                                    -> accepted
