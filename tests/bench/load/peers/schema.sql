-- The table of every peer: one row for each case of the requesting State, as a plain application would keep it, with an index
-- for every list and for words of names. Rows come from the database of RCMS.
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE cases (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  reference text NOT NULL UNIQUE DEFAULT 'NEW-' || gen_random_uuid(),
  agreement text NOT NULL,
  state text NOT NULL DEFAULT 'draft',
  stage text NOT NULL DEFAULT 'draft',
  owner text,
  person_name text NOT NULL,
  name_key text NOT NULL,
  birth text NOT NULL,
  sex text NOT NULL,
  nationality text NOT NULL,
  created_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  submitted_on text,
  next_due_on text,
  revision bigint NOT NULL DEFAULT 1,
  content jsonb NOT NULL
);
