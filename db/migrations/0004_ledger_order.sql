-- The newest entry of every chain. The row is also the lock of its subject: whoever appends names the length they saw.
CREATE TABLE chains (
  subject text PRIMARY KEY,
  party text NOT NULL,
  length bigint NOT NULL CHECK (length > 0),
  head bytea NOT NULL
);

-- What the entries say, with the key of each commitment. Erasing a person deletes rows here and nowhere else in the ledger.
CREATE TABLE ledger_contents (
  subject text NOT NULL,
  position bigint NOT NULL,
  key bytea NOT NULL,
  content text NOT NULL,
  PRIMARY KEY (subject, position)
);

-- The global number of every sealed entry: without gaps, in the order of sealing.
CREATE TABLE ledger_order (
  number bigint PRIMARY KEY,
  subject text NOT NULL,
  position bigint NOT NULL,
  UNIQUE (subject, position)
);

-- Batches of numbered entries: Merkle root, hash of the seal before, signature of the node.
-- next_commit_order: entries below it are all sealed; a bound for the search, not part of what is signed.
CREATE TABLE seals (
  seal bigint PRIMARY KEY,
  first bigint NOT NULL,
  last bigint NOT NULL,
  root bytea NOT NULL,
  previous bytea NOT NULL,
  at bigint NOT NULL,
  signer bytea NOT NULL,
  hash bytea NOT NULL,
  signature bytea NOT NULL,
  next_commit_order bigint NOT NULL
);

-- Who read the data of which person. Each batch is the content of one entry (log, position) of the ledger.
CREATE TABLE personal_data_reads (
  subject text NOT NULL,
  at bigint NOT NULL,
  actor text NOT NULL,
  party text NOT NULL,
  operation text NOT NULL,
  request text NOT NULL,
  log text NOT NULL,
  position bigint NOT NULL
);

CREATE INDEX personal_data_reads_by_subject ON personal_data_reads (subject, at);
