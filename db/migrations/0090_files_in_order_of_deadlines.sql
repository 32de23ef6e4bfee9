-- The order of deadlines has all files of a state: those without a deadline at its end.
DROP INDEX case_files_by_state_due;
CREATE INDEX case_files_by_state_due ON case_files (party, side, state, next_due_on, case_id);
-- A reply term that is over stands as the deadline of the file until somebody acts on the silence.
UPDATE case_files SET
  next_due_on = (SELECT max(d.due_on) FROM deadlines d WHERE d.party = case_files.party AND d.case_id = case_files.case_id
    AND d.state = 'missed' AND d.kind IN ('reply_standard', 'accel_reply')),
  next_due_kind = (SELECT max(d.kind) FROM deadlines d WHERE d.party = case_files.party AND d.case_id = case_files.case_id
    AND d.state = 'missed' AND d.kind IN ('reply_standard', 'accel_reply'))
  WHERE is_open = 1 AND state IN ('lapsed', 'consent_to_confirm') AND next_due_on IS NULL;
