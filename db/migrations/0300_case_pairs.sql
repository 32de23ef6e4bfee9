-- What of the person of a file is compared with the other files of the same State and side (decision 0023). Made from the files
-- and made again from them at any time. `is_new`: not yet asked among all others.
CREATE TABLE compared_persons (
  party text NOT NULL REFERENCES parties (id),
  side text NOT NULL CHECK (side IN ('requesting', 'requested')),
  case_id text NOT NULL,
  question text NOT NULL,
  is_new bigint NOT NULL CHECK (is_new IN (0, 1)),
  PRIMARY KEY (party, side, case_id)
);
CREATE INDEX compared_persons_new ON compared_persons (party, side, case_id) WHERE is_new = 1;

-- Up to which change the files were read.
CREATE TABLE compared_up_to (
  party text NOT NULL REFERENCES parties (id),
  side text NOT NULL,
  changed_at bigint NOT NULL,
  case_id text NOT NULL,
  PRIMARY KEY (party, side)
);

-- Two files that may be about one person, `left_case` < `right_case`, and what was decided on them. `reasons` names parts, rules
-- and weights, no value; `compared`: digest of what was compared.
CREATE TABLE case_pairs (
  party text NOT NULL REFERENCES parties (id),
  id text NOT NULL,
  side text NOT NULL CHECK (side IN ('requesting', 'requested')),
  left_case text NOT NULL,
  right_case text NOT NULL CHECK (left_case < right_case),
  state text NOT NULL CHECK (state IN ('open', 'same_person', 'not_the_same')),
  posterior bigint NOT NULL,
  score bigint NOT NULL,
  may_be_relative bigint NOT NULL CHECK (may_be_relative IN (0, 1)),
  reasons text NOT NULL,
  model text NOT NULL,
  compared text NOT NULL,
  found_at bigint NOT NULL,
  decided_by text,
  decided_at bigint,
  reason text,
  revision bigint NOT NULL,
  PRIMARY KEY (party, id)
);
CREATE UNIQUE INDEX case_pairs_once ON case_pairs (party, side, left_case, right_case);
CREATE INDEX case_pairs_by_right ON case_pairs (party, side, right_case, left_case);
CREATE INDEX case_pairs_by_state ON case_pairs (party, side, state, posterior, id);
