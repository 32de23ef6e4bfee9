-- Messages between the authorities of the two States about one case; each State keeps its own copy. `author` is the officer
-- who wrote it, in their own State only.
CREATE TABLE messages (
  party text NOT NULL,
  id text NOT NULL,
  case_id text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('out', 'in')),
  author text,
  sent_at bigint NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (party, id),
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX messages_of_case ON messages (party, case_id, sent_at, id);

-- How far a reader of the sealed ledger has come: the global number of the last entry it has dealt with.
CREATE TABLE consumers (
  name text PRIMARY KEY NOT NULL,
  number bigint NOT NULL
);

-- What a user is told: one row for each user and ledger entry (`number`). `arguments` is JSON and names no person.
CREATE TABLE notifications (
  id text PRIMARY KEY NOT NULL,
  user_id text NOT NULL REFERENCES users (id),
  party text NOT NULL REFERENCES parties (id),
  number bigint NOT NULL,
  at bigint NOT NULL,
  kind text NOT NULL,
  page text NOT NULL CHECK (page IN ('file', 'task', 'documents')),
  side text NOT NULL CHECK (side IN ('requesting', 'requested')),
  case_id text NOT NULL,
  arguments text NOT NULL,
  read_at bigint
);
CREATE UNIQUE INDEX notifications_once ON notifications (user_id, number);
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL;
CREATE INDEX notifications_by_number ON notifications (number);

-- E-mails that wait, were taken by the mail server, or failed for good. No text is kept: it is made when it is sent.
CREATE TABLE mail_queue (
  id text PRIMARY KEY NOT NULL,
  user_id text NOT NULL REFERENCES users (id),
  party text NOT NULL REFERENCES parties (id),
  number bigint NOT NULL,
  reference text NOT NULL,
  link text NOT NULL,
  created_at bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'dropped')),
  tries bigint NOT NULL,
  next_try_at bigint NOT NULL,
  ended_at bigint,
  problem text
);
CREATE UNIQUE INDEX mail_queue_once ON mail_queue (user_id, number);
CREATE INDEX mail_queue_waiting ON mail_queue (next_try_at, id) WHERE state = 'queued';
CREATE INDEX mail_queue_failed ON mail_queue (party, ended_at, id) WHERE state = 'failed';

-- A row only for those who changed what is usual (mail 1).
CREATE TABLE notice_preferences (
  user_id text PRIMARY KEY NOT NULL REFERENCES users (id),
  mail bigint NOT NULL CHECK (mail IN (0, 1))
);
