-- The files that wait for one step, the oldest first, for those who take it.
CREATE INDEX safeguard_standings_by_stage ON safeguard_standings (party, stage, case_id);
