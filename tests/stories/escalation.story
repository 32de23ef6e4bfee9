# What waits too long in its step is told to its officer, later to the supervisor, each once; days are working days of the State.
agreement uto-xar-2019

2031-01-30  ana@XAR     create             application 1  form complete       -> draft due waiting 2031-02-13
2031-01-30  ana@XAR     assign             application 1  to bruno            -> draft due waiting 2031-02-13
2031-01-30  ana@XAR     close_gates        application 1                      -> draft
2031-01-31  ana@XAR     send_to_screening  application 1                      -> screening due waiting 2031-02-05
2031-02-04  clock       tick
2031-02-04  ana@XAR     sees               application 1                      -> screening due waiting 2031-02-05
2031-02-05  clock       tick
2031-02-05  ana@XAR     sees               application 1                      -> screening due waiting 2031-02-07
2031-02-05  clock       tick
2031-02-05  ana@XAR     sees               application 1                      -> screening due waiting 2031-02-07
2031-02-07  clock       tick
2031-02-07  ana@XAR     sees               application 1                      -> screening due waiting none
2031-02-10  clock       tick
2031-02-10  ana@XAR     sees               application 1                      -> screening due waiting none

# A hold moves the day; another step begins anew.
2031-02-10  sofia@XAR   close_gates        application 1                      -> screening
2031-02-10  rita@XAR    release            application 1                      -> submitted due waiting none
2031-02-10  ines@UTO    sees               application 1                      -> received due waiting 2031-02-11
2031-02-10  ines@UTO    hold               application 1  until 2031-02-14 reason "The list comes on Friday"  -> received due waiting 2031-02-17
2031-02-10  ines@UTO    acknowledge        application 1                      -> completeness due waiting 2031-02-13
