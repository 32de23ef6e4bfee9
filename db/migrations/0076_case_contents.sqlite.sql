-- The form of a file, apart from its row: a change of state writes a short row and leaves the kilobytes of the form alone, and a
-- list reads rows that lie close together.
CREATE TABLE case_contents (
  party text NOT NULL,
  case_id text NOT NULL,
  content text NOT NULL,
  PRIMARY KEY (party, case_id)
) WITHOUT ROWID;

INSERT INTO case_contents (party, case_id, content) SELECT party, case_id, content FROM case_files ORDER BY party, case_id;
ALTER TABLE case_files DROP COLUMN content;
