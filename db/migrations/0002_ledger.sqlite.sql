-- The entries of the ledger. They are never changed or deleted; nothing in them names a person.
-- commit_order: the row number, which one writing connection gives out in the order of its commits.
CREATE TABLE ledger_entries (
  commit_order INTEGER PRIMARY KEY,
  subject text NOT NULL,
  position bigint NOT NULL CHECK (position > 0),
  party text NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  source text NOT NULL,
  revision bigint NOT NULL,
  at bigint NOT NULL,
  commitment bytea NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  UNIQUE (subject, position)
);
