-- Reception in the requested State, its own space: centres, and who was received. `hours` is a list of {weekday, from, to} in
-- minutes; `needs` a list of codes; `details` the form reception_record. `transport` and `case_id` are empty where nobody has
-- announced the person.
CREATE TABLE reception_centres (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL REFERENCES parties (id),
  organisation text NOT NULL REFERENCES organisations (id),
  name text NOT NULL,
  address text NOT NULL,
  time_zone text NOT NULL,
  hours text NOT NULL,
  beds bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'closed', 'diverted')),
  diverted_to text NOT NULL,
  reason text NOT NULL,
  changed_at bigint NOT NULL,
  revision bigint NOT NULL
);
CREATE UNIQUE INDEX reception_centres_of_party ON reception_centres (party, name);

CREATE TABLE reception_records (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL,
  centre text NOT NULL REFERENCES reception_centres (id),
  transport text NOT NULL,
  case_id text NOT NULL,
  family text NOT NULL,
  surname text NOT NULL,
  given_names text NOT NULL,
  sex text NOT NULL,
  birth_date text NOT NULL,
  nationality text NOT NULL,
  language text NOT NULL,
  document_number text NOT NULL,
  needs text NOT NULL,
  desk text NOT NULL,
  arrived_at bigint NOT NULL,
  identity text NOT NULL CHECK (identity IN ('document', 'list', 'declared')),
  has_bed bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('present', 'left')),
  left_at bigint,
  left_to text NOT NULL,
  details text NOT NULL,
  checked_in_by text NOT NULL,
  changed_at bigint NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX reception_records_in_time ON reception_records (party, centre, arrived_at, id);
CREATE INDEX reception_records_of_transport ON reception_records (party, transport);
CREATE INDEX reception_records_in_beds ON reception_records (party, centre, state, has_bed);

-- Nobody is received twice of one transport, nor with one document on one day.
CREATE TABLE reception_arrivals (
  party text NOT NULL,
  arrival_key text NOT NULL,
  record text NOT NULL REFERENCES reception_records (id),
  PRIMARY KEY (party, arrival_key)
);
