# A document with a wrong name is revoked after it was handed over; nobody travels with it, and the next one is good.
agreement uto-xar-2019
begin documented
2031-02-06  carla@UTO  hand_over        application 1                                -> document_issued
2031-02-06  carla@UTO  hand_over        application 1                                -> refused wrong_step
2031-02-06  olga@UTO   void_document    application 1  reason "The name is wrong"    -> refused not_permitted
2031-02-06  carla@UTO  void_document    application 1                                -> refused reason_missing
2031-02-06  carla@UTO  void_document    application 1  reason "The name is wrong"    -> accepted
2031-02-06  ana@XAR    sees             application 1                                -> accepted
2031-02-06  olga@UTO   use_document     application 1                                -> refused wrong_step
2031-02-06  carla@UTO  return_document  application 1                                -> refused wrong_step
2031-02-07  carla@UTO  issue_document   application 1                                -> document_issued
