# Two persons of two bodies may override what is about form or capacity; nobody overrides what is about the person's rights.
agreement uto-xar-2019
2031-01-30  ana@XAR     create             application 1  form complete   -> draft
2031-01-30  ana@XAR     decide_gate        application 1  gate G01        -> draft
2031-01-30  ana@XAR     send_to_screening  application 1                  -> screening
2031-01-30  sofia@XAR   close_gates        application 1                  -> screening
2031-01-30  sofia@XAR   override_gate      application 1  gate G03  reason "No time"  -> refused wrong_step
2031-01-30  ana@XAR     override_gate      application 1  gate G05  reason "No time"  -> refused not_permitted
2031-01-30  sofia@XAR   override_gate      application 1  gate G05  reason "The file of the offer burnt"  -> screening
2031-01-30  sofia@XAR   override_gate      application 1  gate G05  reason "Again"  -> refused same_person
2031-01-30  rita@XAR    release            application 1                  -> refused gate_open
2031-01-30  dora@XAR    override_gate      application 1  gate G05  reason "The offer was made before witnesses"  -> screening
2031-01-30  rita@XAR    release            application 1                  -> submitted
