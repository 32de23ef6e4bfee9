# A national who holds a passport needs no document of the requested State; the requesting State's own document does not take its
# place where the agreement leaves the issue to the requested State. What both States issued stands beside each other.
agreement uto-xar-2019
begin verification
2031-02-04  diego@UTO   reply               application 1  kind accepted                 -> accepted due td_issue 2031-02-11
2031-02-05  ana@XAR     record_document     application 1  kind laissez_passer number L1 issuer XAR issued 2031-02-05 expires 2031-06-01  -> refused agreement_does_not_apply
2031-02-05  ana@XAR     record_document     application 1  kind residence_title number V1 issuer UTO issued 2029-01-01 expires 2035-01-01  -> refused field_invalid
2031-02-05  ana@XAR     record_document     application 1  kind passport number P88 issuer UTO issued 2029-01-01 expires 2035-01-01  -> document_issued due td_issue none
2031-02-05  ines@UTO    sees                application 1                                -> document_issued due td_issue none
2031-02-06  ana@XAR     take_back_document  application 1                                -> refused reason_missing
2031-02-06  ana@XAR     take_back_document  application 1  reason "The passport was cancelled by its State"  -> accepted due td_issue 2031-02-11
2031-02-06  carla@UTO   issue_document      application 1                                -> document_issued
2031-02-06  ana@XAR     take_back_document  application 1  reason "It is not ours"       -> refused not_found
