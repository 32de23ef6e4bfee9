-- The queue of the safeguards: what is open on files whose next step asks for it. Derived; every act on a file writes it anew.

CREATE TABLE open_gates (
  party text NOT NULL,
  case_id text NOT NULL,
  gate text NOT NULL,
  why text NOT NULL,
  blocks bigint NOT NULL CHECK (blocks IN (0, 1)),
  open_since bigint NOT NULL,
  PRIMARY KEY (party, case_id, gate),
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX open_gates_by_gate ON open_gates (party, gate, open_since, case_id);

-- One row for each file with anything open, or with a decision that will end by itself.
CREATE TABLE safeguard_standings (
  party text NOT NULL,
  case_id text NOT NULL,
  stage text NOT NULL,
  open_since bigint,
  look_again_at bigint,
  PRIMARY KEY (party, case_id),
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX safeguard_standings_open ON safeguard_standings (party, open_since, case_id) WHERE open_since IS NOT NULL;
CREATE INDEX safeguard_standings_due ON safeguard_standings (look_again_at, party, case_id) WHERE look_again_at IS NOT NULL;

-- When a file has to be looked at again because of what is planned: T-72 h, T-0, three working days before an interview.
CREATE TABLE safeguard_reviews (
  id text PRIMARY KEY,
  party text NOT NULL,
  case_id text NOT NULL,
  stage text NOT NULL,
  due_at bigint NOT NULL,
  done_at bigint,
  outcome text,
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX safeguard_reviews_due ON safeguard_reviews (due_at, id) WHERE done_at IS NULL;
CREATE INDEX safeguard_reviews_of_case ON safeguard_reviews (party, case_id, due_at);
