-- What the people of a State were told on the working day before: a term ("term:<case>:<kind>"), an interview
-- ("interview:<id>") or an appointment ("appointment:<id>"), and for which day. The key is what makes telling twice impossible; a
-- term or a date that is moved to another day is told for that day.
CREATE TABLE reminders (
  party text NOT NULL,
  subject text NOT NULL,
  day text NOT NULL,
  told_at bigint NOT NULL,
  PRIMARY KEY (party, subject, day)
);
CREATE INDEX reminders_by_day ON reminders (day);
