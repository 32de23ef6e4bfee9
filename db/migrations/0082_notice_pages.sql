-- Notices open two more pages: the safeguards of a case, and the ledger for those who watch. A check cannot be changed in
-- SQLite, so the table is made anew.
CREATE TABLE notifications_with_pages (
  id text PRIMARY KEY NOT NULL,
  user_id text NOT NULL REFERENCES users (id),
  party text NOT NULL REFERENCES parties (id),
  number bigint NOT NULL,
  at bigint NOT NULL,
  kind text NOT NULL,
  page text NOT NULL CHECK (page IN ('file', 'task', 'documents', 'safeguards', 'ledger')),
  side text NOT NULL CHECK (side IN ('requesting', 'requested')),
  case_id text NOT NULL,
  arguments text NOT NULL,
  read_at bigint
);
INSERT INTO notifications_with_pages (id, user_id, party, number, at, kind, page, side, case_id, arguments, read_at)
  SELECT id, user_id, party, number, at, kind, page, side, case_id, arguments, read_at FROM notifications;
DROP TABLE notifications;
ALTER TABLE notifications_with_pages RENAME TO notifications;
CREATE UNIQUE INDEX notifications_once ON notifications (user_id, number);
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL;
CREATE INDEX notifications_by_number ON notifications (number);
