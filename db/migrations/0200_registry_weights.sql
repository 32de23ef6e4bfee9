-- Which weights compare persons in the registry of a State. One administrator proposes, another puts in force. `content` is the
-- file of learnt weights; null: those that come with RCMS. What was in force is kept, so that it can be put back.
CREATE TABLE registry_weights (
  id text PRIMARY KEY,
  party text NOT NULL REFERENCES parties (id),
  version text NOT NULL,
  content text,
  goes_back bigint NOT NULL,
  reason text NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'in_force', 'replaced', 'withdrawn')),
  proposed_by text NOT NULL REFERENCES users (id),
  proposed_at bigint NOT NULL,
  put_in_force_by text REFERENCES users (id),
  put_in_force_at bigint,
  ended_by text REFERENCES users (id),
  ended_at bigint,
  end_reason text,
  revision bigint NOT NULL,
  CHECK (put_in_force_by IS NULL OR put_in_force_by <> proposed_by)
);
CREATE INDEX registry_weights_of_party ON registry_weights (party, proposed_at, id);
CREATE UNIQUE INDEX registry_weights_in_force ON registry_weights (party) WHERE state = 'in_force';
CREATE UNIQUE INDEX registry_weights_proposed ON registry_weights (party) WHERE state = 'proposed';
