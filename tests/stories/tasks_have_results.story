# Verifiers answer the task of their own body, once, with a reason; where nothing was found a second person looks.
agreement uto-xar-2019
begin verification

2031-02-04  ines@UTO    open_task          application 1  kind registry_search                                                 -> verification
2031-02-04  vera@UTO    open_task          application 1  kind registry_search                                                 -> refused not_permitted
2031-02-05  felipe@UTO  complete_task      application 1  kind registry_search outcome confirmed                               -> refused not_found
2031-02-05  vera@UTO    complete_task      application 1  kind registry_search outcome perhaps                                 -> refused field_invalid
2031-02-05  vera@UTO    complete_task      application 1  kind registry_search outcome not_confirmed                           -> refused reason_missing
2031-02-05  vera@UTO    complete_task      application 1  kind registry_search outcome not_confirmed note "No such birth"      -> verification
2031-02-06  vera@UTO    complete_task      application 1  kind registry_search outcome confirmed                               -> refused wrong_step
2031-02-06  vera@UTO    complete_task      application 1  kind registry_search second agrees note "I looked again"             -> refused same_person
2031-02-06  diego@UTO   complete_task      application 1  kind registry_search second disagrees note "Try her other name"      -> verification
2031-02-06  vera@UTO    complete_task      application 1  kind registry_search outcome not_confirmed note "Nor by that name"   -> verification
2031-02-06  diego@UTO   complete_task      application 1  kind registry_search second agrees note "Nor did I find her"         -> verification
2031-02-06  vera@UTO    complete_task      application 1  kind registry_search outcome confirmed                               -> refused wrong_step
2031-02-06  diego@UTO   open_task          application 1  kind field_check                                                     -> verification
2031-02-09  felipe@UTO  complete_task      application 1  kind field_check outcome inconclusive note "The family has moved"    -> verification
