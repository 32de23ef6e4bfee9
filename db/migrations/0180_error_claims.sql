-- The claim of the requested State that a person was handed over in error, and what the requesting State answered. JSON, as
-- `reply`: ground, statement, at, by, due_on, clause; answer (taken_back, rejected), answered_at, answered_by, note; returned_on.
ALTER TABLE case_files ADD COLUMN error_claim text;
