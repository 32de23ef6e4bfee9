# With reasons the requested State extends its term once, to sixty days in all.
agreement uto-xar-2019
begin verification

2031-02-20  ines@UTO    extend             application 1  days 45 reason "Archive flooded"      -> refused not_permitted
2031-02-20  diego@UTO   extend             application 1  days 45                               -> refused reason_missing
2031-02-20  diego@UTO   extend             application 1  days 20 reason "Archive flooded"      -> refused field_invalid
2031-02-20  diego@UTO   extend             application 1  days 61 reason "Archive flooded"      -> refused limit_reached
2031-02-20  diego@UTO   extend             application 1  days 45 reason "Archive flooded"      -> verification due reply_standard 2031-03-17
2031-02-20  ana@XAR     sees               application 1                                        -> verification due reply_standard 2031-03-17
2031-02-21  diego@UTO   extend             application 1  days 60 reason "Still flooded"        -> refused wrong_step
2031-03-03  clock       tick
2031-03-03  ana@XAR     sees               application 1                                        -> verification
2031-03-18  clock       tick
2031-03-18  ana@XAR     sees               application 1                                        -> consent_to_confirm
2031-03-18  diego@UTO   extend             application 1  days 60 reason "Too late"             -> refused wrong_step
