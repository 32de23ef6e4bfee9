-- Pairs of words as one word, "GARCIA JOSE": two common names together are rare, so a search for both need not look through
-- everybody who has one of them. Words with letters only begin at 'A'; numbers make no pairs.
CREATE TABLE search_pairs (
  party text NOT NULL,
  pair text NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  PRIMARY KEY (party, pair, kind, subject)
);

INSERT INTO search_pairs (party, pair, kind, subject)
SELECT a.party, a.word || ' ' || b.word, a.kind, a.subject
FROM search_words a JOIN search_words b ON b.party = a.party AND b.kind = a.kind AND b.subject = a.subject
WHERE a.word >= 'A' AND b.word > a.word
ORDER BY 1, 2, 3, 4;

-- Whether a subject has a word that begins so is one look into this index.
DROP INDEX search_words_of_subject;
CREATE INDEX search_words_of_subject ON search_words (party, kind, subject, word);
