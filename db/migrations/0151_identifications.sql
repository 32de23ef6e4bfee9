-- Who decided that an applicant is, or is not, a person of the registry, on which answers. `answers` holds every question that
-- was asked with its whole list of candidates and the version of the weights: what was decided can be looked at again as it was.
-- A negative waits until a second person has looked.
CREATE TABLE identifications (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL REFERENCES parties (id),
  case_id text NOT NULL,
  task text NOT NULL REFERENCES verification_tasks (id),
  state text NOT NULL CHECK (state IN ('waiting', 'final', 'disagreed')),
  outcome text NOT NULL,
  citizen text NOT NULL,
  reason text NOT NULL,
  answers text NOT NULL,
  model text NOT NULL,
  first_by text NOT NULL,
  first_at bigint NOT NULL,
  second_by text,
  second_at bigint,
  second_reason text,
  revision bigint NOT NULL,
  CHECK (second_by IS NULL OR second_by <> first_by)
);
CREATE INDEX identifications_of_task ON identifications (task, first_at, id);
CREATE UNIQUE INDEX identifications_waiting ON identifications (party, task) WHERE state = 'waiting';
