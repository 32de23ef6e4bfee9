-- Where the registry of a State comes from, and how the connection is doing. The persons lie in files of the node; the table
-- `citizens` is not read any more. `defects` is a list of lines with what is wrong in them, the first hundred.
CREATE TABLE registry_sources (
  party text PRIMARY KEY NOT NULL REFERENCES parties (id),
  kind text NOT NULL CHECK (kind IN ('none', 'file', 'postgresql', 'http_table', 'http_answers')),
  address text NOT NULL,
  view_name text NOT NULL,
  refresh_hours bigint NOT NULL,
  old_after_days bigint NOT NULL,
  accept_smaller bigint NOT NULL,
  changed_by text NOT NULL,
  changed_at bigint NOT NULL,
  revision bigint NOT NULL
);
CREATE TABLE registry_health (
  party text PRIMARY KEY NOT NULL REFERENCES parties (id),
  works bigint NOT NULL,
  since bigint,
  looked_at bigint,
  data_as_of bigint,
  persons bigint NOT NULL,
  left_out bigint NOT NULL,
  defects text NOT NULL,
  problem text NOT NULL,
  problem_detail text NOT NULL,
  taken text NOT NULL
);
