-- The entries of the ledger. They are never changed or deleted; nothing in them names a person.
-- commit_order: the transaction that wrote the entry. An entry that becomes visible later than another never has a number
-- below the oldest transaction still running at that time, which is all the sealer needs to find it.
CREATE TABLE ledger_entries (
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
  commit_order bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
  PRIMARY KEY (subject, position)
);

CREATE INDEX ledger_entries_by_commit ON ledger_entries (commit_order);
