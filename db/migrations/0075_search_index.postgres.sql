-- One row for each thing that is searched, with its words and its pairs of words ("GARCIA+JOSE"); a GIN index over them; and the
-- words that there are, for the beginning of a word.
-- A token of the index is a word with its space before it: the end of the party's id and the kind (tokens.hpp says the same).
CREATE TABLE search_subjects (
  party text NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  words text NOT NULL,
  PRIMARY KEY (party, kind, subject)
);
CREATE TABLE search_vocabulary (token text PRIMARY KEY NOT NULL);
-- Words that a change removed from somebody: forget_gone_words looks whether anybody has them still.
CREATE TABLE search_gone (token text PRIMARY KEY NOT NULL);

-- A word with a digit is rare by itself and makes no pairs; of a subject's words with letters the first twelve do.
INSERT INTO search_subjects (party, kind, subject, words)
SELECT party, kind, subject,
  array_to_string(all_words, ' ') || coalesce(
    (SELECT ' ' || string_agg(a.word || '+' || b.word, ' ')
     FROM unnest(letters[1:12]) AS a (word) JOIN unnest(letters[1:12]) AS b (word) ON b.word > a.word), '')
FROM (SELECT party, kind, subject, array_agg(left(word, 60)) AS all_words,
        array_agg(left(word, 60)) FILTER (WHERE word !~ '[0-9]') AS letters
      FROM (SELECT party, kind, subject, word FROM search_words ORDER BY party, kind, subject, word) AS sorted
      GROUP BY party, kind, subject) AS w
ORDER BY party, kind, subject;

INSERT INTO search_vocabulary (token)
SELECT DISTINCT right(party, 8) || '.' || kind || ':' || left(word, 60) FROM search_words ORDER BY 1;

-- New rows wait in a list until it has 128 kB; every search reads that list, so it is short.
CREATE INDEX search_subjects_by_token ON search_subjects USING gin (string_to_array(
  right(party, 8) || '.' || kind || ':' || replace(words, ' ', ' ' || right(party, 8) || '.' || kind || ':'), ' '))
  WITH (fastupdate = on, gin_pending_list_limit = 128);
ANALYZE search_subjects;

DROP TABLE search_pairs;
DROP TABLE search_words;
