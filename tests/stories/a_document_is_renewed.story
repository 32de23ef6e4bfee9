# Under the agreement a document that ran out is renewed on the same acceptance: one asks, another approves, then it is issued.
agreement uto-xar-2019
begin documented
2031-02-06  carla@UTO  hand_over        application 1                                     -> document_issued
2031-08-20  olga@UTO   use_document     application 1                                     -> refused wrong_step
2031-08-20  olga@UTO   request_renewal  application 1  reason "The flight was cancelled"  -> refused not_permitted
2031-08-20  carla@UTO  request_renewal  application 1                                     -> refused reason_missing
2031-08-20  carla@UTO  request_renewal  application 1  reason "The flight was cancelled"  -> document_issued
2031-08-20  carla@UTO  issue_renewal    application 1                                     -> refused wrong_step
2031-08-20  carla@UTO  decide_renewal   application 1  agrees yes                         -> refused not_permitted
2031-08-21  diego@UTO  decide_renewal   application 1  agrees no                          -> refused reason_missing
2031-08-21  diego@UTO  decide_renewal   application 1  agrees yes                         -> document_issued
2031-08-21  sara@UTO   decide_renewal   application 1  agrees yes                         -> refused wrong_step
2031-08-21  carla@UTO  issue_renewal    application 1                                     -> document_issued
2031-08-21  carla@UTO  issue_renewal    application 1                                     -> refused wrong_step
2031-08-21  ana@XAR    sees             application 1                                     -> document_issued
2031-08-22  olga@UTO   use_document     application 1                                     -> document_issued
2031-08-22  carla@UTO  request_renewal  application 1  reason "Again"                     -> refused wrong_step
2031-08-22  olga@UTO   return_document  application 1                                     -> document_issued
