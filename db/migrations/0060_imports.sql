-- Bulk import: tables that an officer brings, row by row into drafts.

-- A table as it was uploaded. The bytes are an encrypted file of the subject `import:<id>`; nothing of a person is here.
-- `headings` and `detected` are JSON (titles of the columns; format, encoding, delimiter, sheet, defects). `profile` is JSON:
-- mapping by heading, order of days, constants. `next_line`: rows before it are done; a loader that finds another value than the
-- one it read leaves the import to whoever was faster.
CREATE TABLE imports (
  id text PRIMARY KEY,
  party text NOT NULL REFERENCES parties (id),
  name text NOT NULL,
  file text NOT NULL,
  uploaded_by text NOT NULL,
  uploaded_at bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('uploaded', 'mapped', 'loading', 'loaded')),
  headings text NOT NULL,
  detected text NOT NULL,
  row_count bigint NOT NULL,
  bad_rows bigint NOT NULL,
  agreement text,
  profile text NOT NULL,
  profile_guess text,
  loaded_by text,
  loaded bigint NOT NULL,
  refused bigint NOT NULL,
  next_line bigint NOT NULL,
  touched_at bigint NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX imports_loading ON imports (touched_at, id) WHERE state = 'loading';
CREATE INDEX imports_of_party ON imports (party, uploaded_at, id);

-- What became of a row; written in the same command as its case, so that each row is loaded exactly once.
CREATE TABLE import_rows (
  import text NOT NULL REFERENCES imports (id),
  line bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('loaded', 'refused')),
  case_id text,
  PRIMARY KEY (import, line)
);

-- Mappings that an organisation keeps for its next table.
CREATE TABLE import_profiles (
  id text PRIMARY KEY,
  party text NOT NULL REFERENCES parties (id),
  organisation text NOT NULL REFERENCES organisations (id),
  name text NOT NULL,
  agreement text NOT NULL,
  profile text NOT NULL,
  saved_by text NOT NULL,
  saved_at bigint NOT NULL
);
CREATE UNIQUE INDEX import_profiles_by_name ON import_profiles (organisation, name);
