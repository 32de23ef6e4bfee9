-- The files of the two States, and what crosses between them.

-- One row is one State's own file of one case. The requesting and the requested State never share a row: what one State
-- knows of the other came in an envelope. `content` is the form as this State has it (JSON, data/forms/application.toml).
CREATE TABLE case_files (
  party text NOT NULL REFERENCES parties (id),
  case_id text NOT NULL,
  side text NOT NULL CHECK (side IN ('requesting', 'requested')),
  partner text NOT NULL REFERENCES parties (id),
  agreement text NOT NULL,
  reference text NOT NULL,
  partner_reference text,
  state text NOT NULL,
  state_before text,
  stage text NOT NULL,
  is_open bigint NOT NULL CHECK (is_open IN (0, 1)),
  revision bigint NOT NULL,
  author text,
  owner text,
  person_name text NOT NULL,
  person_original text NOT NULL,
  birth text NOT NULL,
  sex text NOT NULL,
  nationality text NOT NULL,
  portrait text,
  created_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  submitted_on text,
  next_due_on text,
  next_due_kind text,
  clock text NOT NULL,
  reply text,
  content text NOT NULL,
  acts text NOT NULL,
  PRIMARY KEY (party, case_id)
);
CREATE UNIQUE INDEX case_files_by_reference ON case_files (party, reference);
CREATE INDEX case_files_by_change ON case_files (party, side, changed_at, case_id);
CREATE INDEX case_files_by_name ON case_files (party, side, person_name, case_id);
CREATE INDEX case_files_by_state ON case_files (party, side, state, changed_at, case_id);
CREATE INDEX case_files_by_state_name ON case_files (party, side, state, person_name, case_id);
CREATE INDEX case_files_by_state_due ON case_files (party, side, state, next_due_on, case_id);
CREATE INDEX case_files_open_by_due ON case_files (party, side, next_due_on, case_id) WHERE is_open = 1;
CREATE INDEX case_files_open_by_owner ON case_files (party, owner, next_due_on, case_id) WHERE is_open = 1;
CREATE INDEX case_files_open_by_stage ON case_files (party, side, stage, state) WHERE is_open = 1;

-- Numbers of references are taken in blocks by each process; gaps are lawful, repetition is not.
CREATE TABLE reference_counters (
  party text NOT NULL REFERENCES parties (id),
  year bigint NOT NULL,
  next_number bigint NOT NULL,
  PRIMARY KEY (party, year)
);

-- Every deadline that was ever computed, with its trail; a new computation never changes an old row.
CREATE TABLE deadlines (
  id text PRIMARY KEY,
  party text NOT NULL,
  case_id text NOT NULL,
  kind text NOT NULL,
  due_on text,
  state text NOT NULL CHECK (state IN ('open', 'met', 'missed', 'replaced', 'paused')),
  computed_at bigint NOT NULL,
  ended_at bigint,
  computation text NOT NULL,
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX deadlines_of_case ON deadlines (party, case_id, computed_at);
CREATE INDEX deadlines_open ON deadlines (due_on, id) WHERE state = 'open';

-- Safeguards: decisions about gates. The newest row of a gate is in force. `evidence` is JSON: field of the gate → value.
CREATE TABLE gate_decisions (
  id text PRIMARY KEY,
  party text NOT NULL,
  case_id text NOT NULL,
  gate text NOT NULL,
  status text NOT NULL CHECK (status IN ('closed', 'failed', 'not_applicable')),
  decided_by text NOT NULL,
  decided_at bigint NOT NULL,
  evidence text NOT NULL,
  reason text NOT NULL,
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX gate_decisions_of_case ON gate_decisions (party, case_id, gate, decided_at);

-- Itemised requests for more documents; each State keeps its own copy. `items` is a JSON list.
CREATE TABLE document_requests (
  party text NOT NULL,
  id text NOT NULL,
  case_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  asked_at bigint NOT NULL,
  due_on text,
  answered_at bigint,
  items text NOT NULL,
  PRIMARY KEY (party, id),
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX document_requests_of_case ON document_requests (party, case_id, asked_at);

-- Verification tasks of the requested State. `card` is exactly what the verifier may see, built once when it is assigned.
CREATE TABLE verification_tasks (
  id text PRIMARY KEY,
  party text NOT NULL,
  case_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('registry_search', 'biometrics', 'interview', 'field_check', 'document_check')),
  state text NOT NULL CHECK (state IN ('open', 'done', 'cancelled')),
  organisation text NOT NULL REFERENCES organisations (id),
  assignee text,
  created_by text NOT NULL,
  created_at bigint NOT NULL,
  due_on text NOT NULL,
  note text NOT NULL,
  card text NOT NULL,
  outcome text,
  result text,
  done_by text,
  done_at bigint,
  revision bigint NOT NULL,
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX verification_tasks_of_case ON verification_tasks (party, case_id, created_at);
CREATE INDEX verification_tasks_open ON verification_tasks (party, organisation, due_on, id) WHERE state = 'open';
CREATE INDEX verification_tasks_done ON verification_tasks (party, organisation, done_at, id) WHERE state = 'done';

-- Internal notes of one State; they never cross.
CREATE TABLE case_notes (
  id text PRIMARY KEY,
  party text NOT NULL,
  case_id text NOT NULL,
  author text NOT NULL,
  written_at bigint NOT NULL,
  body text NOT NULL,
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX case_notes_of_case ON case_notes (party, case_id, written_at);

-- Envelopes as each State holds them: `out` in the space of the sender, `in` in the space of the receiver.
CREATE TABLE envelopes (
  party text NOT NULL REFERENCES parties (id),
  direction text NOT NULL CHECK (direction IN ('out', 'in')),
  id text NOT NULL,
  case_id text NOT NULL,
  partner text NOT NULL REFERENCES parties (id),
  kind text NOT NULL,
  number bigint NOT NULL,
  previous_hash text NOT NULL,
  hash text NOT NULL,
  sealed text NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'delivered', 'refused', 'applied')),
  created_at bigint NOT NULL,
  ended_at bigint,
  tries bigint NOT NULL,
  next_try_at bigint NOT NULL,
  problem text,
  receipt text,
  PRIMARY KEY (party, direction, id)
);
CREATE UNIQUE INDEX envelopes_by_number ON envelopes (party, direction, case_id, number);
CREATE INDEX envelopes_queued ON envelopes (next_try_at, id) WHERE state = 'queued';
