# Experts come for three days: two persons are placed in one act. One refuses contact on protection grounds: their case stops, they
# are not presented, and the State that asks goes on without learning why. The other does not come: a new date follows.
agreement uto-xar-2019
begin verification

2031-02-03  ana@XAR    create             application 2  form complete                        -> draft
2031-02-03  ana@XAR    close_gates        application 2                                       -> draft
2031-02-03  ana@XAR    send_to_screening  application 2                                       -> screening
2031-02-03  sofia@XAR  close_gates        application 2                                       -> screening
2031-02-03  rita@XAR   release            application 2                                       -> submitted
2031-02-04  ines@UTO   acknowledge        application 2                                       -> completeness
2031-02-04  ines@UTO   declare_complete   application 2                                       -> verification
2031-02-04  diego@UTO  reply              application 1  kind interview                       -> interview
2031-02-04  diego@UTO  reply              application 2  kind interview                       -> interview
2031-02-04  diego@UTO  open_task          application 1  kind interview                       -> interview
2031-02-04  diego@UTO  open_task          application 2  kind interview                       -> interview

2031-02-05  vera@UTO   plan_mission       application 1  from 2031-02-10 to 2031-02-12        -> refused not_permitted
2031-02-05  sara@UTO   plan_mission       application 1  from 2031-02-10 to 2031-02-12        -> interview
2031-02-05  carla@UTO  place_batch        application 1  with 2                               -> refused wrong_step
2031-02-05  sara@UTO   announce_mission   application 1                                       -> interview
2031-02-05  sara@UTO   announce_mission   application 1                                       -> refused wrong_step
2031-02-05  carla@UTO  place_batch        application 1  with 2                               -> interview
2031-02-05  carla@UTO  book_interview     application 2  at 2031-02-11T10:00:00Z              -> refused already_exists

2031-02-06  ana@XAR    refuse_contact     application 2  reason "Fears for relatives"         -> suspended
2031-02-06  diego@UTO  sees               application 2                                       -> interview
2031-02-06  ana@XAR    invite             application 1                                       -> interview
2031-02-06  sofia@XAR  close_gates        application 1                                       -> interview
2031-02-06  ana@XAR    close_gates        application 1                                       -> interview
2031-02-06  ana@XAR    arrange_presence   application 1                                       -> interview
2031-02-12  carla@UTO  record_attendance  application 2  person absent                        -> refused wrong_step
2031-02-12  carla@UTO  book_interview     application 2  at 2031-02-13T10:00:00Z              -> refused wrong_step
2031-02-12  carla@UTO  record_attendance  application 1  person absent                        -> interview
2031-02-12  diego@UTO  sees               application 1                                       -> interview
2031-02-12  carla@UTO  book_interview     application 1  at 2031-02-13T10:00:00Z              -> interview
2031-02-12  sara@UTO   cancel_mission     application 1  reason "The experts went home"       -> interview
