# At the border the protocol of 2022 gives two working days from receipt.
agreement uto-xar-protocol-2022

2031-01-30  ana@XAR     create             application 1  form accelerated  -> draft
2031-01-30  ana@XAR     close_gates        application 1                    -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                    -> screening
2031-01-30  sofia@XAR   close_gates        application 1                    -> screening
2031-01-31  rita@XAR    release            application 1                    -> submitted due accel_reply 2031-02-04
2031-01-31  ines@UTO    sees               application 1                    -> received due accel_reply 2031-02-04
