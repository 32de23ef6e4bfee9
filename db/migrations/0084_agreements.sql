-- The law that a node has accepted, and what its States have confirmed of it.

-- Every version of an agreement that was ever in force here, whole: the last good one stays in force when its file does not hold.
-- `valid_from`: for cases submitted on this day or later; null: for all. `law_hash` leaves out titles, notes and examples.
CREATE TABLE agreement_versions (
  agreement text NOT NULL,
  number bigint NOT NULL,
  law_hash text NOT NULL,
  valid_from text,
  content text NOT NULL,
  accepted_at bigint NOT NULL,
  accepted_by text,
  party text,
  PRIMARY KEY (agreement, number)
);

-- A rule that a State has read in a source. One administrator proposes, another countersigns; `fingerprint` is of the rule as it
-- stood, so that a rule that says something else is not confirmed.
CREATE TABLE agreement_confirmations (
  id text PRIMARY KEY,
  party text NOT NULL REFERENCES parties (id),
  agreement text NOT NULL,
  rule text NOT NULL,
  fingerprint text NOT NULL,
  source text NOT NULL,
  place text NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'confirmed', 'revoked')),
  proposed_by text NOT NULL,
  proposed_at bigint NOT NULL,
  countersigned_by text,
  countersigned_at bigint,
  revoked_by text,
  revoked_at bigint,
  reason text,
  revision bigint NOT NULL,
  CHECK (countersigned_by IS NULL OR countersigned_by <> proposed_by)
);
CREATE INDEX agreement_confirmations_of_agreement ON agreement_confirmations (party, agreement, proposed_at, id);
CREATE UNIQUE INDEX agreement_confirmations_living ON agreement_confirmations (party, agreement, rule, fingerprint)
  WHERE state <> 'revoked';

-- The law by which the open deadlines were last computed; another law computes them anew.
CREATE TABLE law_evaluations (
  name text PRIMARY KEY,
  fingerprint text NOT NULL,
  evaluated_at bigint NOT NULL
);
