# A refusal names its reasons; without them it is not accepted. After a refusal no document is issued.
agreement uto-xar-2019
begin verification

2031-02-10  ines@UTO    reply              application 1  kind refused reason not_a_national             -> refused not_permitted
2031-02-10  diego@UTO   reply              application 1  kind refused                                   -> refused reason_missing
2031-02-10  diego@UTO   reply              application 1  kind maybe                                     -> refused field_invalid
2031-02-10  diego@UTO   reply              application 1  kind refused reason not_a_national             -> refused
2031-02-10  ana@XAR     sees               application 1                                                 -> refused
2031-02-11  carla@UTO   issue_document     application 1                                                 -> refused wrong_step
2031-02-11  diego@UTO   reply              application 1  kind accepted                                  -> refused wrong_step
