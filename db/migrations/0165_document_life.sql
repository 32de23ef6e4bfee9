-- The life of a document to its end, and the stock of blanks by office and box: lost and returned sheets, what happened to every
-- number, destruction by two persons, the closing of a day, renewal. Both tables are made anew: their lists of states grow.

CREATE TABLE blanks_before AS SELECT party, number, range_id, organisation, state, reason, changed_at, changed_by FROM blanks;
CREATE TABLE travel_documents_before AS SELECT party, number, case_id, reference, organisation, surname, given_names,
  name_original, birth, sex, nationality, first_line, second_line, latin_options, seal, issued_on, expires_on, state, issued_by,
  issued_at, voided_by, voided_at, void_reason, pdf, holder, not_the_holder_of, revision FROM travel_documents;
DROP TABLE travel_documents;
DROP TABLE blanks;

-- Sheets that two persons destroy together: one proposes, another confirms; a proposal that is refused sets the sheets free.
CREATE TABLE blank_destructions (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL REFERENCES parties (id),
  organisation text NOT NULL REFERENCES organisations (id),
  state text NOT NULL CHECK (state IN ('proposed', 'confirmed', 'refused')),
  sheets bigint NOT NULL,
  method text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at bigint NOT NULL,
  decided_by text,
  decided_at bigint,
  reason text,
  revision bigint NOT NULL
);
CREATE INDEX blank_destructions_by_party ON blank_destructions (party, proposed_at);

-- One row for each sheet, from its receipt on; no row is ever removed, so that the stock balances. lost: nobody knows where the
-- sheet is; returned: it came back from the holder of its document. `assigned_to`: the case for which it is set aside.
-- `destruction`: the proposal in which it stands; a spoilt, void or returned sheet keeps its state when it is destroyed.
CREATE TABLE blanks (
  party text NOT NULL REFERENCES parties (id),
  number text NOT NULL,
  range_id text NOT NULL REFERENCES blank_ranges (id),
  organisation text NOT NULL REFERENCES organisations (id),
  state text NOT NULL CHECK (state IN ('in_stock', 'assigned', 'issued', 'spoilt', 'void', 'lost', 'returned')),
  reason text NOT NULL,
  changed_at bigint NOT NULL,
  changed_by text NOT NULL,
  box text NOT NULL,
  assigned_to text,
  destruction text REFERENCES blank_destructions (id),
  PRIMARY KEY (party, number)
);
INSERT INTO blanks (party, number, range_id, organisation, state, reason, changed_at, changed_by, box)
  SELECT party, number, range_id, organisation, state, reason, changed_at, changed_by, '' FROM blanks_before;
CREATE INDEX blanks_in_stock ON blanks (party, organisation, number) WHERE state = 'in_stock';
CREATE INDEX blanks_assigned ON blanks (party, assigned_to) WHERE state = 'assigned';
CREATE INDEX blanks_by_range ON blanks (range_id, state);
CREATE INDEX blanks_by_destruction ON blanks (destruction) WHERE destruction IS NOT NULL;

-- The register, as before; `handed_over_at`, `used_at` and `returned_at` say when, the history of the number by whom.
-- lost: declared lost and so revoked. `replaces`: the document that this one renewed.
CREATE TABLE travel_documents (
  party text NOT NULL,
  number text NOT NULL,
  case_id text NOT NULL,
  reference text NOT NULL,
  organisation text NOT NULL REFERENCES organisations (id),
  surname text NOT NULL,
  given_names text NOT NULL,
  name_original text NOT NULL,
  birth text NOT NULL,
  sex text NOT NULL,
  nationality text NOT NULL,
  first_line text NOT NULL,
  second_line text NOT NULL,
  latin_options text NOT NULL,
  seal bytea NOT NULL,
  issued_on text NOT NULL,
  expires_on text NOT NULL,
  state text NOT NULL CHECK (state IN ('issued', 'handed_over', 'used', 'returned', 'void', 'lost')),
  issued_by text NOT NULL,
  issued_at bigint NOT NULL,
  voided_by text,
  voided_at bigint,
  void_reason text,
  pdf text NOT NULL,
  holder text,
  not_the_holder_of text,
  handed_over_at bigint,
  used_at bigint,
  returned_at bigint,
  replaces text,
  revision bigint NOT NULL,
  PRIMARY KEY (party, number),
  FOREIGN KEY (party, number) REFERENCES blanks (party, number),
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
INSERT INTO travel_documents (party, number, case_id, reference, organisation, surname, given_names, name_original, birth, sex,
  nationality, first_line, second_line, latin_options, seal, issued_on, expires_on, state, issued_by, issued_at, voided_by,
  voided_at, void_reason, pdf, holder, not_the_holder_of, revision)
  SELECT party, number, case_id, reference, organisation, surname, given_names, name_original, birth, sex, nationality,
  first_line, second_line, latin_options, seal, issued_on, expires_on, state, issued_by, issued_at, voided_by, voided_at,
  void_reason, pdf, holder, not_the_holder_of, revision FROM travel_documents_before;
CREATE UNIQUE INDEX travel_documents_held ON travel_documents (party, holder) WHERE holder IS NOT NULL;
CREATE INDEX travel_documents_of_case ON travel_documents (party, case_id, issued_at);
CREATE INDEX travel_documents_by_time ON travel_documents (party, issued_at, number);
CREATE INDEX travel_documents_ended ON travel_documents (expires_on) WHERE state IN ('used', 'returned', 'void', 'lost');

-- What happened to a number, forever; the receipt of a sheet stands in its range. Rows are only added.
CREATE TABLE number_events (
  party text NOT NULL REFERENCES parties (id),
  number text NOT NULL,
  step bigint NOT NULL,
  event text NOT NULL,
  at bigint NOT NULL,
  acted_by text NOT NULL,
  organisation text NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (party, number, step)
);
INSERT INTO number_events (party, number, step, event, at, acted_by, organisation, note)
  SELECT party, number, 1, 'issued', issued_at, issued_by, organisation, reference FROM travel_documents_before;
INSERT INTO number_events (party, number, step, event, at, acted_by, organisation, note)
  SELECT party, number, 2, 'void', voided_at, voided_by, organisation, void_reason FROM travel_documents_before
  WHERE state = 'void';
INSERT INTO number_events (party, number, step, event, at, acted_by, organisation, note)
  SELECT party, number, 1, state, changed_at, changed_by, organisation, reason FROM blanks_before
  WHERE state IN ('spoilt', 'assigned');
DROP TABLE travel_documents_before;
DROP TABLE blanks_before;

ALTER TABLE blank_ranges ADD COLUMN box text NOT NULL DEFAULT '';

-- The count at the end of a day. `lines`: box by box what the ledger expects and what was counted, as JSON. `digest`: SHA-256 of
-- the closing and of the digest before it at the same office, so that none can be changed or left out later. A difference waits
-- for a second person.
CREATE TABLE stock_closings (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL REFERENCES parties (id),
  organisation text NOT NULL REFERENCES organisations (id),
  day text NOT NULL,
  state text NOT NULL CHECK (state IN ('balanced', 'open', 'confirmed')),
  lines text NOT NULL,
  reason text,
  closed_by text NOT NULL,
  closed_at bigint NOT NULL,
  confirmed_by text,
  confirmed_at bigint,
  digest_before text NOT NULL,
  digest text NOT NULL,
  revision bigint NOT NULL,
  UNIQUE (party, organisation, day)
);
CREATE INDEX stock_closings_by_day ON stock_closings (party, day);

-- A document that ran out, or will before the journey, is renewed on the same acceptance where the agreement says so: one asks,
-- another approves, then it is issued. At most one open request for a document.
CREATE TABLE document_renewals (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL,
  number text NOT NULL,
  case_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('requested', 'approved', 'refused', 'issued')),
  reason text NOT NULL,
  requested_by text NOT NULL,
  requested_at bigint NOT NULL,
  due_on text,
  source text NOT NULL,
  decided_by text,
  decided_at bigint,
  decision_reason text,
  renewed_as text,
  revision bigint NOT NULL,
  FOREIGN KEY (party, number) REFERENCES travel_documents (party, number)
);
CREATE UNIQUE INDEX document_renewals_open ON document_renewals (party, number) WHERE state IN ('requested', 'approved');
CREATE INDEX document_renewals_by_time ON document_renewals (party, requested_at);
