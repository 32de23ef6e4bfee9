# Silence on a transit means what the agreement says of a transit, not of a readmission: here it is consent to confirm, and a
# supervisor confirms it.
agreement uto-xar-protocol-2022
2031-01-30  ana@XAR     create              application 1  form transit destination BOL  -> draft
2031-01-30  ana@XAR     close_gates         application 1                                -> draft
2031-01-30  ana@XAR     send_to_screening   application 1                                -> screening
2031-01-30  sofia@XAR   close_gates         application 1                                -> screening
2031-01-31  rita@XAR    release             application 1                                -> submitted due transit_reply 2031-02-07
2031-02-07  clock       tick
2031-02-07  ana@XAR     sees                application 1                                -> submitted
2031-02-10  clock       tick
2031-02-10  ana@XAR     sees                application 1                                -> consent_to_confirm
2031-02-10  dora@XAR    confirm             application 1  reason "Nobody answered within five working days"  -> accepted due transit_window 2031-03-12
2031-02-11  ines@UTO    sees                application 1                                -> accepted
