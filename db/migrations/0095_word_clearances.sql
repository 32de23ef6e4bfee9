-- A word that must not leave stands in a text and may leave all the same, because a person answers for it. It holds for exactly
-- this text: `text_hash` is of all of it.
CREATE TABLE word_clearances (
  party text NOT NULL,
  case_id text NOT NULL,
  text_hash text NOT NULL,
  word text NOT NULL,
  place text NOT NULL,
  reason text NOT NULL,
  cleared_by text NOT NULL,
  cleared_at bigint NOT NULL,
  PRIMARY KEY (party, case_id, text_hash, word),
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
