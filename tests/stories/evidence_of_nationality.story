# What the documents come to under the agreement: what is presumed, what is proved, what a check takes away, what would be enough.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete  -> draft evidence nationality prima_facie presumed
2031-01-30  ana@XAR     edit               application 1  replace yes evidence fingerprints paper original  -> draft evidence nationality initiates no
2031-01-30  ana@XAR     edit               application 1  replace yes evidence passport paper original  -> draft evidence nationality prima_facie presumed
2031-01-30  ana@XAR     edit               application 1  replace yes evidence passport paper original expires 2030-08-15  -> draft evidence nationality proof yes
2031-01-30  ana@XAR     close_gates        application 1                 -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                 -> screening
2031-01-30  sofia@XAR   close_gates        application 1                 -> screening
2031-01-31  rita@XAR    release            application 1                 -> submitted evidence nationality proof yes

# It is judged on the day of the application: the six months after the end of the passport may run out meanwhile.
2031-02-20  ines@UTO    acknowledge        application 1                 -> completeness evidence nationality proof yes
2031-02-21  ines@UTO    declare_complete   application 1                 -> verification evidence nationality proof yes
2031-02-21  diego@UTO   assess             application 1  document 0 finding false reason "Page replaced"  -> verification evidence nationality none no

# What would be enough is asked for, as the list has it; the other State reads the same.
2031-02-22  diego@UTO   request_documents  application 1  item birth enough passport paper original                -> refused field_invalid
2031-02-22  diego@UTO   request_documents  application 1  item nationality_evidence enough identity_card paper original  -> documents_requested evidence nationality none no
2031-02-22  ana@XAR     sees               application 1                 -> documents_requested
2031-02-23  ana@XAR     correct            application 1  evidence identity_card paper original expires 2035-01-01 reason "The card was found"  -> documents_requested evidence nationality proof yes
2031-02-23  ines@UTO    sees               application 1                 -> documents_requested evidence nationality proof yes
2031-02-24  diego@UTO   assess             application 1  document 1 finding false reason "Also false"             -> refused wrong_step
2031-02-24  ana@XAR     answer             application 1  text "See the corrected form"                            -> acknowledged
