# The requested State issues no document to a national of a third State: the requesting State records with what the person travels, a
# document of its own or a passport, and the case goes on under the same gates. What was recorded by mistake is taken back.
agreement uto-xar-2019

2031-01-30  ana@XAR     create              application 1  form third_country ground unlawful_entry stay entry_stamp paper original  -> draft
2031-01-30  ana@XAR     close_gates         application 1                                -> draft
2031-01-30  ana@XAR     send_to_screening   application 1                                -> screening
2031-01-30  sofia@XAR   close_gates         application 1                                -> screening
2031-01-31  rita@XAR    release             application 1                                -> submitted
2031-01-31  ana@XAR     record_document     application 1  kind passport number P77 issuer RUR issued 2029-01-01 expires 2035-01-01  -> refused wrong_step
2031-02-03  ines@UTO    acknowledge         application 1                                -> completeness
2031-02-03  ines@UTO    declare_complete    application 1                                -> verification
2031-02-04  diego@UTO   reply               application 1  kind accepted                 -> accepted due td_issue none
2031-02-04  ana@XAR     sees                application 1                                -> accepted due td_issue none
2031-02-05  rita@XAR    record_document     application 1  kind passport number P77 issuer RUR issued 2029-01-01 expires 2035-01-01  -> refused not_permitted
2031-02-05  ana@XAR     record_document     application 1  kind passport number P77 issuer RUR issued 2021-01-01 expires 2031-02-05  -> refused field_invalid
2031-02-05  ana@XAR     record_document     application 1  kind residence_title number V1 issuer RUR issued 2029-01-01 expires 2035-01-01  -> refused field_invalid
2031-02-05  ana@XAR     record_document     application 1  kind laissez_passer number L1 issuer UTO issued 2031-02-05 expires 2031-06-01  -> refused field_invalid
2031-02-05  ana@XAR     record_document     application 1  kind laissez_passer number L1 issuer XAR issued 2031-02-05 expires 2031-06-01  -> document_issued
2031-02-05  ines@UTO    sees                application 1                                -> document_issued
2031-02-05  ana@XAR     take_back_document  application 1  reason "The name was misspelt"  -> accepted
2031-02-05  ines@UTO    sees                application 1                                -> accepted
2031-02-05  ana@XAR     record_document     application 1  kind passport number "P 77" issuer RUR issued 2029-01-01 expires 2035-01-01  -> document_issued
2031-02-06  ines@UTO    sees                application 1                                -> document_issued
2031-02-06  omar@XAR    plan_transfer       application 1  departs 2031-02-10T15:00:00Z  -> refused gate_open
2031-02-06  sofia@XAR   close_gates         application 1                                -> document_issued
2031-02-06  omar@XAR    plan_transfer       application 1  departs 2031-02-10T15:00:00Z  -> transfer_planned
2031-02-06  ana@XAR     take_back_document  application 1  reason "Lost"                 -> refused wrong_step
2031-02-08  sofia@XAR   close_gates         application 1                                -> transfer_planned
2031-02-08  ana@XAR     close_gates         application 1                                -> transfer_planned
2031-02-08  irene@XAR   close_gates         application 1                                -> transfer_planned
2031-02-08  viktor@XAR  close_gates         application 1                                -> transfer_planned
2031-02-08  omar@XAR    close_gates         application 1                                -> transfer_planned
2031-02-08  sofia@XAR   check_departure     application 1                                -> ready_to_depart
2031-02-10  omar@XAR    close_gates         application 1                                -> ready_to_depart
2031-02-10  sofia@XAR   close_gates         application 1                                -> ready_to_depart
2031-02-10  omar@XAR    depart              application 1                                -> departed
