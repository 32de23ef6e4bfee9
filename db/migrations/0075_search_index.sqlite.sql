-- One row for each thing that is searched, with its words and its pairs of words ("GARCIA+JOSE"); an index of FTS5 over them,
-- which appends instead of changing a page for each word; and the words that there are, for the beginning of a word.
-- A token of the index is a word with its space before it: the end of the party's id and the kind (tokens.hpp says the same).
CREATE TABLE search_subjects (
  number INTEGER PRIMARY KEY,
  party text NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  words text NOT NULL,
  UNIQUE (party, kind, subject)
);
CREATE TABLE search_vocabulary (token text PRIMARY KEY NOT NULL) WITHOUT ROWID;
-- Words that a change removed from somebody: forget_gone_words looks whether anybody has them still.
CREATE TABLE search_gone (token text PRIMARY KEY NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE search_index USING fts5 (
  words, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '.:+-_'"
);

-- A word with a digit is rare by itself and makes no pairs; of a subject's words with letters the first twelve do.
INSERT INTO search_subjects (party, kind, subject, words)
SELECT party, kind, subject,
  group_concat(substr(word, 1, 60), ' ') || coalesce(
    (SELECT ' ' || group_concat(substr(a.word, 1, 60) || '+' || substr(b.word, 1, 60), ' ')
     FROM (SELECT word FROM search_words AS l WHERE l.party = w.party AND l.kind = w.kind AND l.subject = w.subject
             AND word NOT GLOB '*[0-9]*' ORDER BY word LIMIT 12) AS a
     JOIN (SELECT word FROM search_words AS l WHERE l.party = w.party AND l.kind = w.kind AND l.subject = w.subject
             AND word NOT GLOB '*[0-9]*' ORDER BY word LIMIT 12) AS b ON b.word > a.word), '')
FROM search_words AS w INDEXED BY search_words_of_subject
GROUP BY party, kind, subject
ORDER BY party, kind, subject;

INSERT INTO search_vocabulary (token)
SELECT DISTINCT substr(party, -8) || '.' || kind || ':' || substr(word, 1, 60) FROM search_words ORDER BY 1;

-- A large part in memory makes the filling quick: afterwards the default of FTS5 holds again.
INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 67108864);
INSERT INTO search_index (rowid, words)
SELECT number,
  substr(party, -8) || '.' || kind || ':' || replace(words, ' ', ' ' || substr(party, -8) || '.' || kind || ':')
FROM search_subjects ORDER BY number;
INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 1048576);

CREATE TRIGGER search_subjects_inserted AFTER INSERT ON search_subjects BEGIN
  INSERT INTO search_index (rowid, words) VALUES (new.number,
    substr(new.party, -8) || '.' || new.kind || ':'
      || replace(new.words, ' ', ' ' || substr(new.party, -8) || '.' || new.kind || ':'));
END;
CREATE TRIGGER search_subjects_changed AFTER UPDATE OF words ON search_subjects BEGIN
  INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.number,
    substr(old.party, -8) || '.' || old.kind || ':'
      || replace(old.words, ' ', ' ' || substr(old.party, -8) || '.' || old.kind || ':'));
  INSERT INTO search_index (rowid, words) VALUES (new.number,
    substr(new.party, -8) || '.' || new.kind || ':'
      || replace(new.words, ' ', ' ' || substr(new.party, -8) || '.' || new.kind || ':'));
END;
CREATE TRIGGER search_subjects_erased AFTER DELETE ON search_subjects BEGIN
  INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.number,
    substr(old.party, -8) || '.' || old.kind || ':'
      || replace(old.words, ' ', ' ' || substr(old.party, -8) || '.' || old.kind || ':'));
END;

DROP TABLE search_pairs;
DROP TABLE search_words;
