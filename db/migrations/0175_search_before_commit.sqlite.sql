-- FTS5 writes what it holds to the file at the end of each statement that has a trigger. New rows are only noted by their number;
-- the writer of SQLite asks before each commit (INSERT INTO before_commit), and all of a batch go into the index at once.
CREATE TABLE search_waiting (number INTEGER PRIMARY KEY) STRICT;

DROP TRIGGER search_subjects_inserted;
CREATE TRIGGER search_subjects_inserted AFTER INSERT ON search_subjects BEGIN
  INSERT INTO search_waiting (number) VALUES (new.number);
END;

-- What is not in the index yet must not be taken out of it.
DROP TRIGGER search_subjects_changed;
CREATE TRIGGER search_subjects_changed AFTER UPDATE OF words ON search_subjects BEGIN
  INSERT INTO search_index (search_index, rowid, words)
  SELECT 'delete', old.number,
    substr(old.party, -8) || '.' || old.kind || ':'
      || replace(old.words, ' ', ' ' || substr(old.party, -8) || '.' || old.kind || ':')
  WHERE NOT EXISTS (SELECT 1 FROM search_waiting WHERE number = old.number);
  INSERT INTO search_waiting (number) SELECT new.number WHERE NOT EXISTS (SELECT 1 FROM search_waiting WHERE number = new.number);
END;
DROP TRIGGER search_subjects_erased;
CREATE TRIGGER search_subjects_erased AFTER DELETE ON search_subjects BEGIN
  INSERT INTO search_index (search_index, rowid, words)
  SELECT 'delete', old.number,
    substr(old.party, -8) || '.' || old.kind || ':'
      || replace(old.words, ' ', ' ' || substr(old.party, -8) || '.' || old.kind || ':')
  WHERE NOT EXISTS (SELECT 1 FROM search_waiting WHERE number = old.number);
  DELETE FROM search_waiting WHERE number = old.number;
END;

-- CROSS JOIN keeps the order: the few that wait are looked up.
CREATE VIEW before_commit AS SELECT 1 AS now;
CREATE TRIGGER before_commit_asked INSTEAD OF INSERT ON before_commit WHEN EXISTS (SELECT 1 FROM search_waiting) BEGIN
  INSERT INTO search_index (rowid, words)
  SELECT s.number,
    substr(s.party, -8) || '.' || s.kind || ':' || replace(s.words, ' ', ' ' || substr(s.party, -8) || '.' || s.kind || ':')
  FROM search_waiting w CROSS JOIN search_subjects s ON s.number = w.number ORDER BY w.number;
  DELETE FROM search_waiting;
END;
