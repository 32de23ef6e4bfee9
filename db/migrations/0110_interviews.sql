-- Interviews of the requested State: where they can be held, when they are, and what is taken by them. `hours` is a list of
-- {weekday, from, to} in minutes of the day at the place.
CREATE TABLE interview_places (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL REFERENCES parties (id),
  organisation text NOT NULL REFERENCES organisations (id),
  name text NOT NULL,
  mode text NOT NULL CHECK (mode IN ('in_person', 'video', 'telephone')),
  address text NOT NULL,
  time_zone text NOT NULL,
  hours text NOT NULL,
  slot_minutes bigint NOT NULL,
  rooms bigint NOT NULL,
  accessibility text NOT NULL,
  active bigint NOT NULL,
  revision bigint NOT NULL,
  CHECK (rooms > 0)
);
CREATE INDEX interview_places_of_party ON interview_places (party, name, id);

-- `presence` is what the requesting State has told: asked, arranged, other_time, not_presented. `interviewers` and `attendance`
-- are lists.
CREATE TABLE interviews (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL,
  case_id text NOT NULL,
  task text NOT NULL REFERENCES verification_tasks (id),
  mission text,
  place text NOT NULL REFERENCES interview_places (id),
  room bigint NOT NULL,
  starts_at bigint NOT NULL,
  length_minutes bigint NOT NULL,
  language text NOT NULL,
  interpreter text NOT NULL,
  interpreter_user text NOT NULL,
  interviewers text NOT NULL,
  state text NOT NULL CHECK (state IN ('booked', 'held', 'not_held', 'cancelled')),
  reason text NOT NULL,
  presence text NOT NULL CHECK (presence IN ('asked', 'arranged', 'other_time', 'not_presented')),
  invited_on text NOT NULL,
  attendance text NOT NULL,
  minutes_state text NOT NULL CHECK (minutes_state IN ('none', 'signing', 'closed')),
  booked_by text NOT NULL,
  changed_at bigint NOT NULL,
  revision bigint NOT NULL,
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX interviews_in_time ON interviews (party, starts_at, id);
CREATE INDEX interviews_of_case ON interviews (party, case_id, starts_at);
CREATE INDEX interviews_of_task ON interviews (task, starts_at);

-- What is taken: a room, a person, an interviewer or an interpreter, for a quarter of an hour (`quarter` counts them from 1970).
-- The key is what makes a double booking impossible, whoever writes at the same moment.
CREATE TABLE interview_quarters (
  party text NOT NULL,
  resource text NOT NULL,
  quarter bigint NOT NULL,
  interview text NOT NULL REFERENCES interviews (id),
  PRIMARY KEY (party, resource, quarter)
);
CREATE INDEX interview_quarters_of_interview ON interview_quarters (interview);

-- The same appointment as the requesting State knows it: what came in envelopes, and its own invitation and arrangements.
CREATE TABLE interview_appointments (
  party text NOT NULL,
  id text NOT NULL,
  case_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'arranged', 'other_time', 'not_presented', 'cancelled', 'held', 'not_held')),
  starts_at bigint NOT NULL,
  length_minutes bigint NOT NULL,
  mode text NOT NULL,
  place text NOT NULL,
  address text NOT NULL,
  time_zone text NOT NULL,
  accessibility text NOT NULL,
  language text NOT NULL,
  interpreter bigint NOT NULL,
  invitation text NOT NULL,
  invitation_language text NOT NULL,
  invited_on text NOT NULL,
  invited_how text NOT NULL,
  attendance text NOT NULL,
  minutes_signed_on text NOT NULL,
  minutes_hash text NOT NULL,
  changed_at bigint NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (party, id),
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX interview_appointments_in_time ON interview_appointments (party, starts_at, id);
CREATE INDEX interview_appointments_of_case ON interview_appointments (party, case_id, starts_at);
