-- Words under which things are found as one types: names in search form, references, document numbers.
CREATE TABLE search_words (
  party text NOT NULL,
  word text NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  PRIMARY KEY (party, word, kind, subject)
);
CREATE INDEX search_words_of_subject ON search_words (party, kind, subject);
