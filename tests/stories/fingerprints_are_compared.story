# Fingerprints need a basis, are weighed with the names, and are deleted by both States when there is an answer.
agreement uto-xar-2019
2031-01-30  ana@XAR     create             application 1  form complete                                                          -> draft
2031-01-30  sofia@XAR   add_prints         application 1  basis consent reference Form-7 given_on 2031-01-29 file whole          -> refused not_permitted
2031-01-30  ana@XAR     prints_are         application 1  state none                                                             -> draft
2031-01-30  ana@XAR     add_prints         application 1  basis consent file whole                                               -> refused field_missing
2031-01-30  ana@XAR     add_prints         application 1  basis consent reference Form-7 file whole                              -> refused field_missing
2031-01-30  ana@XAR     add_prints         application 1  basis consent reference Form-7 given_on 2031-01-31 file whole          -> refused field_invalid
2031-01-30  ana@XAR     add_prints         application 1  basis law file whole                                                   -> refused field_missing
2031-01-30  ana@XAR     add_prints         application 1  basis law reference Act-12 file none                                   -> refused malformed
2031-01-30  ana@XAR     add_prints         application 1  basis law reference Act-12 file cut                                    -> refused malformed
2031-01-30  ana@XAR     remove_prints      application 1                                                                         -> refused not_found
2031-01-30  ana@XAR     add_prints         application 1  basis law reference Act-12 file whole                                  -> draft
2031-01-30  ana@XAR     add_prints         application 1  basis consent reference Form-7 given_on 2031-01-29 file whole          -> refused already_exists
2031-01-30  ana@XAR     remove_prints      application 1                                                                         -> draft
2031-01-30  ana@XAR     prints_are         application 1  state deleted                                                          -> draft
2031-01-30  ana@XAR     add_prints         application 1  basis consent reference Form-7 given_on 2031-01-29 file whole          -> draft
2031-01-30  ana@XAR     close_gates        application 1                                                                         -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                                                                         -> screening
2031-01-30  ana@XAR     add_prints         application 1  basis consent reference Form-7 given_on 2031-01-29 file whole          -> refused wrong_step
2031-01-30  sofia@XAR   close_gates        application 1                                                                         -> screening
2031-01-31  rita@XAR    release            application 1                                                                         -> submitted
2031-01-31  ana@XAR     remove_prints      application 1                                                                         -> refused wrong_step
2031-02-03  ines@UTO    acknowledge        application 1                                                                         -> completeness
2031-02-03  ines@UTO    declare_complete   application 1                                                                         -> verification
2031-02-04  ines@UTO    open_task          application 1  kind registry_search                                                   -> verification
2031-02-05  ines@UTO    prints_are         application 1  state kept                                                             -> refused not_permitted
2031-02-05  vera@UTO    prints_are         application 1  state kept                                                             -> verification
2031-02-05  diego@UTO   complete_task      application 1  kind registry_search outcome confirmed prints yes note "Fingers agree" -> refused field_missing
2031-02-05  vera@UTO    complete_task      application 1  kind registry_search outcome confirmed prints yes note "Fingers agree" -> verification
2031-02-05  clock       tick
2031-02-05  vera@UTO    prints_are         application 1  state kept                                                             -> verification
2031-02-06  vera@UTO    complete_task      application 1  kind registry_search second agrees note "I looked again"               -> refused same_person
2031-02-06  diego@UTO   complete_task      application 1  kind registry_search second agrees note "Names and fingers agree"      -> verification
2031-02-06  clock       tick
2031-02-06  vera@UTO    prints_are         application 1  state deleted                                                          -> verification
2031-02-06  ana@XAR     prints_are         application 1  state kept                                                             -> verification
2031-02-07  diego@UTO   reply              application 1  kind accepted                                                          -> accepted
2031-02-07  clock       tick
2031-02-07  ana@XAR     prints_are         application 1  state deleted                                                          -> accepted
