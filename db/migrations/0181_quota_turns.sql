-- Who counts the persons of an agreement against its limits takes a turn: a plan and a departure that were counted at the same
-- time as another are counted again, so that two officers together never exceed a limit.
CREATE TABLE quota_turns (
  party text NOT NULL REFERENCES parties (id),
  agreement text NOT NULL,
  turn bigint NOT NULL,
  PRIMARY KEY (party, agreement)
);
