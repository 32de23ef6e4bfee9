# A document that a check found false counts for nothing; the finding can be taken back.
agreement uto-xar-2019
begin verification

2031-02-04  diego@UTO   assess             application 1  document 0 finding false reason "Page replaced"    -> verification
2031-02-04  diego@UTO   assess             application 1  document 7 finding false reason "No such paper"    -> refused not_found
2031-02-04  diego@UTO   assess             application 1  document 0 finding false                           -> refused reason_missing
2031-02-04  carla@UTO   assess             application 1  document 0 finding false reason "Not hers to do"   -> refused not_permitted
2031-02-05  diego@UTO   assess             application 1  document 0 finding genuine reason "Office confirms" -> verification
2031-02-07  diego@UTO   reply              application 1  kind accepted                                      -> accepted
2031-02-08  diego@UTO   assess             application 1  document 0 finding false reason "Too late"         -> refused wrong_step
