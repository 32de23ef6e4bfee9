# Under the protocol of 2022 a request for documents starts the term anew with the answer; the term counts from the acknowledgement.
agreement uto-xar-protocol-2022
begin sent

2031-01-31  ana@XAR     sees               application 1                                 -> submitted due reply_standard none
2031-02-03  ines@UTO    acknowledge        application 1                                 -> completeness due reply_standard 2031-02-25
2031-02-10  ines@UTO    request_documents  application 1  item photograph                -> documents_requested due reply_standard paused
2031-02-17  ana@XAR     answer             application 1  text "Photograph attached"     -> acknowledged due reply_standard 2031-03-11
2031-02-17  ines@UTO    sees               application 1                                 -> completeness due reply_standard 2031-03-11
2031-02-26  clock       tick
2031-02-26  ines@UTO    sees               application 1                                 -> completeness due reply_standard 2031-03-11
