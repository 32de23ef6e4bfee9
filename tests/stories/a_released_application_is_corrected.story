# A mistake in what was released is corrected while the other State works on it: both files have the same form again.
agreement uto-xar-2019
begin verification

2031-02-04  ana@XAR     correct            application 1  given_names "Ana Luz" reason "Typing mistake"      -> verification
2031-02-04  ana@XAR     correct            application 1  given_names "Ana Luz" reason "Again"               -> refused field_missing
2031-02-04  ana@XAR     correct            application 1  observations "Asylum rejected 2019" reason "Note"  -> refused must_not_leave
2031-02-04  rita@XAR    correct            application 1  given_names "Ana" reason "Not hers to do"          -> refused not_permitted
2031-02-05  sara@UTO    suspend            application 1  reason "Family court asked"                        -> suspended
2031-02-05  ana@XAR     correct            application 1  given_names "Ana Sol" reason "Birth certificate"   -> verification
2031-02-06  simon@UTO   lift_suspension    application 1  reason "Court answered"                            -> verification
2031-02-07  diego@UTO   reply              application 1  kind accepted                                      -> accepted
2031-02-08  ana@XAR     correct            application 1  given_names "Ana" reason "Too late"                -> refused wrong_step
