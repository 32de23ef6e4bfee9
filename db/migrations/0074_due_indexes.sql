-- Few files have a deadline: the index by state and deadline holds those, so that the others cost nothing to change.
DROP INDEX case_files_by_state_due;
CREATE INDEX case_files_by_state_due ON case_files (party, side, state, next_due_on, case_id) WHERE next_due_on IS NOT NULL;
