# An itemised request; the answer attaches to the item; the clock stands still meanwhile.
agreement uto-xar-2019
begin sent

2031-02-03  ines@UTO    acknowledge        application 1                                         -> completeness due reply_standard 2031-03-02
2031-02-05  ines@UTO    request_documents  application 1  item nationality_evidence language es  -> documents_requested due reply_standard paused
2031-02-05  ana@XAR     sees               application 1                                         -> documents_requested due reply_standard paused
2031-02-06  ines@UTO    declare_complete   application 1                                         -> refused wrong_step
2031-02-08  ana@XAR     answer             application 1                                         -> refused field_missing
2031-02-10  ana@XAR     answer             application 1  text "Birth certificate attached"      -> acknowledged
2031-02-10  ines@UTO    sees               application 1                                         -> completeness due reply_standard 2031-03-07
2031-02-10  ana@XAR     sees               application 1                                         -> acknowledged due reply_standard 2031-03-07
2031-02-10  ana@XAR     answer             application 1  text "Once more"                       -> refused wrong_step
2031-02-11  ines@UTO    declare_complete   application 1                                         -> verification
