-- Printers of an office and by how much each prints beside its place, in tenths of a millimetre: right and down as the reader of
-- the side sees it. duplex: single prints no back; at which edge the printer turns the sheet.
CREATE TABLE document_printers (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL REFERENCES parties (id),
  organisation text NOT NULL REFERENCES organisations (id),
  name text NOT NULL,
  front_right bigint NOT NULL CHECK (front_right BETWEEN -50 AND 50),
  front_down bigint NOT NULL CHECK (front_down BETWEEN -50 AND 50),
  back_right bigint NOT NULL CHECK (back_right BETWEEN -50 AND 50),
  back_down bigint NOT NULL CHECK (back_down BETWEEN -50 AND 50),
  duplex text NOT NULL CHECK (duplex IN ('single', 'long_edge', 'short_edge')),
  changed_by text NOT NULL REFERENCES users (id),
  changed_at bigint NOT NULL,
  revision bigint NOT NULL,
  UNIQUE (party, organisation, name)
);

-- In which layout a document was printed, for its back; empty for those issued before.
ALTER TABLE travel_documents ADD COLUMN layout text NOT NULL DEFAULT '';
