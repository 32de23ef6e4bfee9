-- Population registry of a State: who its citizens are, as the civil registry holds it. Columns named *_search hold the form
-- under which names are compared (upper case, no marks); every search is an equality on an index below.
CREATE TABLE citizens (
  id text PRIMARY KEY,
  party text NOT NULL REFERENCES parties (id),
  given text NOT NULL,
  surname1 text NOT NULL,
  surname2 text NOT NULL,
  birth text NOT NULL,
  sex text NOT NULL CHECK (sex IN ('F', 'M', 'X')),
  place text NOT NULL,
  place_name text NOT NULL,
  father text NOT NULL,
  mother text NOT NULL,
  document text,
  given_search text NOT NULL,
  given_start text NOT NULL,
  surname1_search text NOT NULL,
  surname2_search text NOT NULL,
  birth_year bigint NOT NULL
);
CREATE UNIQUE INDEX citizens_by_document ON citizens (party, document);
CREATE INDEX citizens_by_surname_given_year ON citizens (party, surname1_search, given_start, birth_year);
CREATE INDEX citizens_by_surnames ON citizens (party, surname1_search, surname2_search);
CREATE INDEX citizens_by_birth ON citizens (party, birth, given_start);
