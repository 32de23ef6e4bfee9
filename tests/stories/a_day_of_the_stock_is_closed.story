# The counter has nine sheets and issues one. A day is closed when the count is right; a difference needs its reason and a second
# person, and the one who counted is never that person.
agreement uto-xar-2019
begin documented
2031-02-05  diego@UTO  close_day    application 1  unused 8 dead 0                                 -> refused not_permitted
2031-02-05  carla@UTO  close_day    application 1  unused 7 dead 0                                 -> refused reason_missing
2031-02-05  carla@UTO  close_day    application 1  unused 8 dead 0                                 -> document_issued
2031-02-05  carla@UTO  close_day    application 1  unused 8 dead 0                                 -> refused already_exists
2031-02-05  sara@UTO   confirm_day  application 1                                                  -> refused wrong_step
2031-02-06  carla@UTO  void_document  application 1  reason "The name is wrong"                    -> accepted
2031-02-06  carla@UTO  close_day    application 1  unused 7 dead 1  reason "One is not in its box" -> accepted
2031-02-06  carla@UTO  confirm_day  application 1                                                  -> refused same_person
2031-02-06  sara@UTO   confirm_day  application 1                                                  -> accepted
2031-02-06  sara@UTO   confirm_day  application 1                                                  -> refused wrong_step
