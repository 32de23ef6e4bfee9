# An officer lays a file aside until a day, with a reason: it leaves the desk and comes back; no term of the agreement stops.
agreement uto-xar-2019
begin verification

2031-02-04  diego@UTO   sees         application 1                                                        -> verification due reply_standard 2031-03-02
2031-02-04  diego@UTO   hold         application 1  until 2031-02-20                                      -> refused reason_missing
2031-02-04  diego@UTO   hold         application 1  until 2031-02-04 reason "The registry is closed"      -> refused field_invalid
2031-02-04  diego@UTO   hold         application 1  until 2031-03-03 reason "The registry is closed"      -> refused field_invalid
2031-02-04  vera@UTO    hold         application 1  until 2031-02-20 reason "The registry is closed"      -> refused not_permitted
2031-02-04  diego@UTO   end_hold     application 1                                                        -> refused wrong_step
2031-02-04  diego@UTO   hold         application 1  until 2031-02-20 reason "The registry is closed"      -> verification due hold 2031-02-20
2031-02-04  ana@XAR     sees         application 1                                                        -> verification due hold none
2031-02-05  diego@UTO   sees         application 1                                                        -> verification due reply_standard 2031-03-02
2031-02-05  sara@UTO    end_hold     application 1                                                        -> verification due hold none
2031-02-06  ines@UTO    hold         application 1  until 2031-02-10 reason "The family answers on Monday"  -> verification due hold 2031-02-10
2031-02-09  clock       tick
2031-02-09  diego@UTO   sees         application 1                                                        -> verification due hold 2031-02-10
2031-02-10  clock       tick
2031-02-10  diego@UTO   sees         application 1                                                        -> verification due hold none

# Whatever brings the file into another step ends the hold.
2031-02-11  diego@UTO   hold              application 1  until 2031-02-20 reason "Waits for the passport office"  -> verification due hold 2031-02-20
2031-02-11  ines@UTO    request_documents application 1  item birth                                       -> documents_requested due hold none
2031-02-12  ana@XAR     hold              application 1  until 2031-02-14 reason "The birth certificate is on its way"  -> documents_requested due hold 2031-02-14
2031-02-12  ana@XAR     end_hold          application 1                                                        -> documents_requested due hold none
2031-02-12  ana@XAR     hold              application 1  until 2031-02-14 reason "The parish looks for it"     -> documents_requested due hold 2031-02-14
2031-02-12  ana@XAR     answer            application 1  text "As asked"                                   -> acknowledged due hold none
