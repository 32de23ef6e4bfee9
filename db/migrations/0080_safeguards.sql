-- What the desks of the safeguards keep beside gate_decisions.

-- Signatures of an override. Two by different persons of different bodies override a gate for a while.
CREATE TABLE gate_overrides (
  id text PRIMARY KEY,
  party text NOT NULL,
  case_id text NOT NULL,
  gate text NOT NULL,
  actor text NOT NULL,
  organisation text NOT NULL,
  reason text NOT NULL,
  signed_at bigint NOT NULL,
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX gate_overrides_of_case ON gate_overrides (party, case_id, gate, signed_at);

-- Cases of one family. A case is in one family at most.
CREATE TABLE family_members (
  party text NOT NULL,
  case_id text NOT NULL,
  family text NOT NULL,
  added_by text NOT NULL,
  added_at bigint NOT NULL,
  PRIMARY KEY (party, case_id),
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX family_members_of_family ON family_members (party, family, case_id);

-- An exception to family unity: asked for by one, reviewed by another. The newest of a case is in force.
CREATE TABLE family_exceptions (
  id text PRIMARY KEY,
  party text NOT NULL,
  case_id text NOT NULL,
  reason text NOT NULL,
  asked_by text NOT NULL,
  asked_at bigint NOT NULL,
  granted bigint,
  review_reason text,
  reviewed_by text,
  reviewed_at bigint,
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX family_exceptions_of_case ON family_exceptions (party, case_id, asked_at);

-- Guardians see the children for whom they are appointed, no others.
CREATE TABLE wards (
  party text NOT NULL,
  guardian text NOT NULL,
  case_id text NOT NULL,
  PRIMARY KEY (party, guardian, case_id),
  FOREIGN KEY (party, case_id) REFERENCES case_files (party, case_id)
);
CREATE INDEX wards_of_case ON wards (party, case_id);
