-- Emergency travel documents: the stock of pre-printed blanks and the register. The document has the number of its blank.

-- A range of blanks as an office received it: numbers series + first_number … last_number with `digits` digits each.
CREATE TABLE blank_ranges (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL REFERENCES parties (id),
  organisation text NOT NULL REFERENCES organisations (id),
  series text NOT NULL,
  first_number bigint NOT NULL,
  last_number bigint NOT NULL,
  digits bigint NOT NULL,
  received_at bigint NOT NULL,
  received_by text NOT NULL,
  CHECK (first_number >= 0 AND last_number >= first_number)
);
CREATE INDEX blank_ranges_by_party ON blank_ranges (party, series, first_number);

-- One row for each sheet, from its receipt on; no row is ever removed, so that the stock balances: the rows of a range by state
-- add up to what was received. assigned: set aside for an application, not yet printed.
CREATE TABLE blanks (
  party text NOT NULL REFERENCES parties (id),
  number text NOT NULL,
  range_id text NOT NULL REFERENCES blank_ranges (id),
  organisation text NOT NULL REFERENCES organisations (id),
  state text NOT NULL CHECK (state IN ('in_stock', 'assigned', 'issued', 'spoilt', 'void')),
  reason text NOT NULL,
  changed_at bigint NOT NULL,
  changed_by text NOT NULL,
  PRIMARY KEY (party, number)
);
CREATE INDEX blanks_in_stock ON blanks (party, organisation, number) WHERE state = 'in_stock';
CREATE INDEX blanks_by_range ON blanks (range_id, state);

-- The register. `holder` is the person who holds the document while it may be valid, else null: nobody holds two.
-- A document whose last day is past is expired without any write. `latin_options` are the issuer's forms of Ä, Å, Ñ, Ö, Ü.
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
  state text NOT NULL CHECK (state IN ('issued', 'void')),
  issued_by text NOT NULL,
  issued_at bigint NOT NULL,
  voided_by text,
  voided_at bigint,
  void_reason text,
  pdf text NOT NULL,
  holder text,
  not_the_holder_of text,
  revision bigint NOT NULL,
  PRIMARY KEY (party, number),
  FOREIGN KEY (party, number) REFERENCES blanks (party, number),
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE UNIQUE INDEX travel_documents_held ON travel_documents (party, holder) WHERE holder IS NOT NULL;
CREATE INDEX travel_documents_of_case ON travel_documents (party, case_id, issued_at);
CREATE INDEX travel_documents_by_time ON travel_documents (party, issued_at, number);
CREATE INDEX travel_documents_void ON travel_documents (expires_on) WHERE state = 'void';
