-- Templates of the fingerprints of an applicant, kept by either State only until there is an answer. The bytes lie encrypted in
-- the file store under a key of their own (subject "prints:<side>:<case>:<file>"), which is destroyed with them. `ended_at`: the
-- key is gone; `erased_at`: so are the bytes, and what named them here.
CREATE TABLE prints (
  party text NOT NULL REFERENCES parties (id),
  case_id text NOT NULL,
  file text NOT NULL,
  side text NOT NULL CHECK (side IN ('requesting', 'requested')),
  basis text NOT NULL CHECK (basis IN ('consent', 'law')),
  basis_reference text NOT NULL,
  given_on text NOT NULL,
  purpose text NOT NULL CHECK (purpose = 'nationality'),
  fingers bigint NOT NULL,
  storage text NOT NULL,
  sha256 text NOT NULL,
  size bigint NOT NULL,
  added_by text NOT NULL,
  added_at bigint NOT NULL,
  delete_on text NOT NULL,
  ended_at bigint,
  ended_why text,
  erased_at bigint,
  PRIMARY KEY (party, case_id, file)
);
CREATE UNIQUE INDEX prints_kept ON prints (party, case_id) WHERE ended_at IS NULL;
CREATE INDEX prints_to_erase ON prints (ended_at) WHERE ended_at IS NOT NULL AND erased_at IS NULL;

-- Templates that a State's registry holds of its citizens, each sealed under the key of the node and bound to its citizen.
CREATE TABLE registry_prints (
  party text NOT NULL REFERENCES parties (id),
  citizen text NOT NULL,
  sealed bytea NOT NULL,
  taken_at bigint NOT NULL,
  PRIMARY KEY (party, citizen)
);
