-- Expert missions of the requested State: officials who stay some days in the requesting State and hold many interviews there.
-- `places` is a list of ids; `experts` and `interpreters` are lists of {user, name, sex, languages}; days are yyyy-mm-dd.
CREATE TABLE interview_missions (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL REFERENCES parties (id),
  partner text NOT NULL REFERENCES parties (id),
  name text NOT NULL,
  places text NOT NULL,
  from_day text NOT NULL,
  to_day text NOT NULL,
  length_minutes bigint NOT NULL,
  pause_minutes bigint NOT NULL,
  daily_limit bigint NOT NULL,
  experts text NOT NULL,
  interpreters text NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'announced', 'closed', 'cancelled')),
  reason text NOT NULL,
  made_by text NOT NULL,
  changed_at bigint NOT NULL,
  revision bigint NOT NULL,
  CHECK (from_day <= to_day)
);
CREATE INDEX interview_missions_in_time ON interview_missions (party, from_day, id);
CREATE INDEX interviews_of_mission ON interviews (mission, starts_at) WHERE mission IS NOT NULL;

-- What the State that is visited was told of a mission. `places` is a list of {name, address, mode}.
CREATE TABLE interview_mission_notices (
  party text NOT NULL,
  id text NOT NULL,
  partner text NOT NULL,
  name text NOT NULL,
  from_day text NOT NULL,
  to_day text NOT NULL,
  places text NOT NULL,
  state text NOT NULL CHECK (state IN ('announced', 'cancelled')),
  changed_at bigint NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (party, id)
);
CREATE INDEX interview_mission_notices_in_time ON interview_mission_notices (party, from_day, id);

-- Of which mission an appointment is; which drawing of the invitation it has, and the day of the one that it replaces.
ALTER TABLE interview_appointments ADD COLUMN mission text NOT NULL DEFAULT '';
ALTER TABLE interview_appointments ADD COLUMN invitation_version bigint NOT NULL DEFAULT 0;
ALTER TABLE interview_appointments ADD COLUMN invitation_drawn_on text NOT NULL DEFAULT '';
CREATE INDEX interview_appointments_of_mission ON interview_appointments (party, mission, starts_at);
