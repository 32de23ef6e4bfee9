-- The key with which the files of one subject are encrypted, wrapped by the key of the node. Subject: the owner of files, as
-- "case:<id>" or "application:<id>"; both States have their own. Destroying the key (empty bytes, destroyed_at) erases the files.
CREATE TABLE case_keys (
  subject text PRIMARY KEY,
  wrapped_key bytea NOT NULL,
  made_at bigint NOT NULL,
  destroyed_at bigint
);

-- Attachments. The bytes lie in the file store under `storage`; nothing of them is here. `kind` says what it shows (portrait,
-- evidence, minutes, …), `type` what it is (pdf, jpeg, …).
-- A file that crossed in an envelope has the same id at both States.
-- A removed file keeps its row and loses its bytes at the next sweep.
CREATE TABLE files (
  id text NOT NULL,
  subject text NOT NULL REFERENCES case_keys (subject),
  name text NOT NULL,
  kind text NOT NULL,
  type text NOT NULL,
  size bigint NOT NULL CHECK (size >= 0),
  sha256 text NOT NULL,
  storage text NOT NULL,
  added_at bigint NOT NULL,
  added_by text NOT NULL,
  removed_at bigint,
  PRIMARY KEY (subject, id)
);

CREATE INDEX files_by_subject ON files (subject, added_at);
CREATE INDEX files_by_storage ON files (storage) WHERE removed_at IS NULL;
