-- Where a State has settled that two persons open its sealing key: who opened it, and when it was closed again. Rows are only
-- added.
CREATE TABLE key_openings (
  party text NOT NULL REFERENCES parties (id),
  step bigint NOT NULL,
  event text NOT NULL CHECK (event IN ('opened', 'closed')),
  at bigint NOT NULL,
  acted_by text NOT NULL,
  PRIMARY KEY (party, step)
);
CREATE INDEX key_openings_by_day ON key_openings (party, at);
