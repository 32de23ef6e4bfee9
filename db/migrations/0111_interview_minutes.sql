-- Minutes of an interview, version by version. `signatures` is the list of who has to sign this version and what became of it;
-- the hash is of the content as it was signed.
CREATE TABLE interview_minutes (
  party text NOT NULL,
  interview text NOT NULL REFERENCES interviews (id),
  version bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('signing', 'closed', 'replaced')),
  content text NOT NULL,
  content_hash text NOT NULL,
  signatures text NOT NULL,
  written_by text NOT NULL,
  written_at bigint NOT NULL,
  closed_at bigint,
  revision bigint NOT NULL,
  PRIMARY KEY (interview, version)
);
