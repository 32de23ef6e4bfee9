# An interview gets its date, the person is invited with their rights, comes, and everybody who was present signs the minutes.
agreement uto-xar-2019
begin verification

2031-02-04  diego@UTO  reply              application 1  kind interview                       -> interview
2031-02-04  diego@UTO  open_task          application 1  kind interview                       -> interview
2031-02-04  carla@UTO  book_interview     application 1  at 2031-02-07T09:10:00Z              -> refused field_invalid
2031-02-04  carla@UTO  book_interview     application 1  at 2031-02-07T09:00:00Z              -> interview
2031-02-04  carla@UTO  book_interview     application 1  at 2031-02-07T11:00:00Z              -> refused already_exists
2031-02-05  ana@XAR    arrange_presence   application 1                                       -> refused gate_open
2031-02-05  ana@XAR    invite             application 1                                       -> interview
2031-02-05  sofia@XAR  close_gates        application 1                                       -> interview
2031-02-05  ana@XAR    close_gates        application 1                                       -> interview
2031-02-05  ana@XAR    arrange_presence   application 1                                       -> interview
2031-02-06  carla@UTO  record_attendance  application 1  person present                       -> refused too_early
2031-02-08  carla@UTO  record_attendance  application 1  person present                       -> interview
2031-02-08  carla@UTO  give_result        application 1  outcome confirmed                    -> refused wrong_step
2031-02-08  carla@UTO  write_minutes      application 1  held 2031-02-07T08:59:00Z            -> refused field_invalid
2031-02-08  carla@UTO  write_minutes      application 1  held 2031-02-08T09:00:00Z            -> refused field_invalid
2031-02-08  carla@UTO  write_minutes      application 1  held 2031-03-08T09:00:00Z            -> refused field_invalid
2031-02-08  carla@UTO  write_minutes      application 1  held 2031-02-07T09:20:00Z            -> interview
2031-02-08  carla@UTO  sign_minutes       application 1  role person mark refused             -> refused reason_missing
2031-02-08  carla@UTO  sign_minutes       application 1  role person mark signed_on_paper     -> interview
2031-02-08  carla@UTO  give_result        application 1  outcome confirmed                    -> refused wrong_step
2031-02-08  carla@UTO  sign_minutes       application 1  role interviewer mark signed         -> interview
2031-02-08  carla@UTO  write_minutes      application 1  held 2031-02-07T09:00:00Z            -> interview
2031-02-08  carla@UTO  give_result        application 1  outcome confirmed                    -> refused wrong_step
2031-02-08  carla@UTO  sign_minutes       application 1  role person mark signed_on_paper     -> interview
2031-02-08  carla@UTO  sign_minutes       application 1  role interviewer mark signed         -> interview
2031-02-08  carla@UTO  give_result        application 1  outcome confirmed                    -> interview
2031-02-08  carla@UTO  give_result        application 1  outcome confirmed                    -> refused wrong_step
