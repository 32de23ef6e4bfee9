# What a role may not do is refused, whoever asks, on either side.
agreement uto-xar-2019
begin sent

2031-02-03  diego@UTO   acknowledge        application 1                              -> refused not_permitted
2031-02-03  vera@UTO    acknowledge        application 1                              -> refused not_permitted
2031-02-03  ines@UTO    acknowledge        application 1                              -> completeness
2031-02-03  felipe@UTO  declare_complete   application 1                              -> refused not_permitted
2031-02-03  carla@UTO   reply              application 1  kind accepted               -> refused not_permitted
2031-02-03  ines@UTO    suspend            application 1  reason "I would rather not" -> refused not_permitted
2031-02-03  rita@XAR    withdraw           application 1  reason "Not mine to decide" -> refused not_permitted
2031-02-03  sofia@XAR   withdraw           application 1  reason "Not mine to decide" -> refused not_permitted
2031-02-03  dora@XAR    release            application 1                              -> refused not_permitted
2031-02-03  ana@XAR     suspend            application 1  reason "Not mine to decide" -> refused not_permitted
2031-02-03  diego@UTO   issue_document     application 1                              -> refused not_permitted
