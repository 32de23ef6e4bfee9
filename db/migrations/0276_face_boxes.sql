-- What was printed of the photograph, in pixels of the picture: left, top, width. Empty: all of it.
ALTER TABLE travel_documents ADD COLUMN face_box text NOT NULL DEFAULT '';
