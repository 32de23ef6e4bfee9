-- How long a file has waited in its step, who was told of it, and who laid it aside. `told`: 0 nobody yet, 1 the officer, 2 the
-- supervisor. `hold` is JSON; while it stands the file is on no desk. Legal terms know nothing of it.
ALTER TABLE case_files ADD COLUMN step_since bigint;
ALTER TABLE case_files ADD COLUMN tell_on text;
ALTER TABLE case_files ADD COLUMN told bigint NOT NULL DEFAULT 0;
ALTER TABLE case_files ADD COLUMN held_until text;
ALTER TABLE case_files ADD COLUMN hold text;
-- Files that are open already begin to wait on the day on which the clock first looks at them.
UPDATE case_files SET tell_on = '1970-01-01' WHERE is_open = 1;
CREATE INDEX case_files_to_tell ON case_files (tell_on, case_id, party) WHERE tell_on IS NOT NULL;
CREATE INDEX case_files_held ON case_files (held_until, case_id, party) WHERE held_until IS NOT NULL;
CREATE INDEX case_files_held_by_state ON case_files (party, side, state) WHERE held_until IS NOT NULL;

-- Who answers for whom: the person who is told when a colleague's file still waits.
CREATE TABLE supervisors (
  user_id text PRIMARY KEY NOT NULL REFERENCES users (id),
  supervisor text NOT NULL REFERENCES users (id),
  CHECK (user_id <> supervisor)
);

-- Days on which somebody is away, and the colleague who covers. An absence that was taken back has `ended_at`.
CREATE TABLE absences (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL REFERENCES parties (id),
  user_id text NOT NULL REFERENCES users (id),
  cover text NOT NULL REFERENCES users (id),
  from_on text NOT NULL,
  to_on text NOT NULL,
  made_by text NOT NULL,
  made_at bigint NOT NULL,
  ended_at bigint,
  CHECK (user_id <> cover),
  CHECK (from_on <= to_on)
);
CREATE INDEX absences_of_user ON absences (user_id, to_on) WHERE ended_at IS NULL;
CREATE INDEX absences_of_cover ON absences (cover, to_on) WHERE ended_at IS NULL;
CREATE INDEX absences_of_party ON absences (party, to_on) WHERE ended_at IS NULL;
