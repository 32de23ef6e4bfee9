-- Transports of the requesting State. `hours` is a list of {weekday, from, to} in minutes; `legs`, `escorts`, `costs` and
-- `notice` are JSON as the store writes them; days are yyyy-mm-dd.
CREATE TABLE crossing_points (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL REFERENCES parties (id),
  name text NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  code text NOT NULL,
  time_zone text NOT NULL,
  hours text NOT NULL,
  source text NOT NULL,
  active bigint NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX crossing_points_of_party ON crossing_points (party, name);

CREATE TABLE transports (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL REFERENCES parties (id),
  partner text NOT NULL REFERENCES parties (id),
  name text NOT NULL,
  kind text NOT NULL,
  departs_at bigint NOT NULL,
  legs text NOT NULL,
  seats bigint NOT NULL,
  medical_seats bigint NOT NULL,
  document_margin_days bigint NOT NULL,
  reception text NOT NULL,
  reception_places bigint,
  escorts text NOT NULL,
  costs text NOT NULL,
  notice text NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'cancelled')),
  reason text NOT NULL,
  made_by text NOT NULL,
  changed_at bigint NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX transports_in_time ON transports (party, departs_at, id);

-- Nobody has two seats.
CREATE TABLE transport_passengers (
  party text NOT NULL,
  case_id text NOT NULL,
  transport text NOT NULL REFERENCES transports (id),
  added_by text NOT NULL,
  added_at bigint NOT NULL,
  PRIMARY KEY (party, case_id)
);
CREATE INDEX transport_passengers_of ON transport_passengers (party, transport);

-- Nothing is changed: the newest certificate of a case counts.
CREATE TABLE fitness_certificates (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL,
  case_id text NOT NULL,
  certificate text NOT NULL,
  examined_at bigint NOT NULL,
  valid_hours bigint NOT NULL,
  outcome text NOT NULL,
  needs_medical_seat bigint NOT NULL,
  recorded_by text NOT NULL,
  recorded_at bigint NOT NULL
);
CREATE INDEX fitness_certificates_of_case ON fitness_certificates (party, case_id, recorded_at);
