# A lost document is revoked at once, the other State is told, and another is issued on the same acceptance.
agreement uto-xar-2019
begin documented
2031-02-06  olga@UTO   report_loss      application 1  reason "Stolen"            -> refused not_permitted
2031-02-06  carla@UTO  report_loss      application 1                             -> refused reason_missing
2031-02-06  carla@UTO  report_loss      application 1  reason "Stolen on the way" -> accepted
2031-02-06  ana@XAR    sees             application 1                             -> accepted
2031-02-06  carla@UTO  report_loss      application 1  reason "Again"             -> refused wrong_step
2031-02-06  olga@UTO   use_document     application 1                             -> refused wrong_step
2031-02-06  carla@UTO  request_renewal  application 1  reason "It was stolen"     -> refused wrong_step
2031-02-06  carla@UTO  void_document    application 1  reason "It was stolen"     -> refused wrong_step
2031-02-07  carla@UTO  issue_document   application 1                             -> document_issued
2031-02-07  olga@UTO   use_document     application 1                             -> document_issued
2031-02-07  olga@UTO   use_document     application 1                             -> refused wrong_step
