-- A word that two commands bring at the same time made one wait for the other, and two commands that had each other's words were
-- a deadlock: tables loaded at the same hour stood still for seconds. A word may stand here twice now, when two brought it in the
-- same moment.
ALTER TABLE search_vocabulary DROP CONSTRAINT search_vocabulary_pkey;
CREATE INDEX search_vocabulary_by_token ON search_vocabulary (token);
