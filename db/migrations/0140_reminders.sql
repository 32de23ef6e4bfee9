-- What the people of a State were told on the working day before: a term ("term:<case>:<kind>"), the answer to a request for
-- documents ("request:<id>"), a verification task ("task:<id>"), an interview ("interview:<id>") or an appointment
-- ("appointment:<id>"), and for which day. The key is what makes telling twice impossible; what is moved to another day is told
-- for that day.
CREATE TABLE reminders (
  party text NOT NULL,
  subject text NOT NULL,
  day text NOT NULL,
  told_at bigint NOT NULL,
  PRIMARY KEY (party, subject, day)
);
CREATE INDEX reminders_by_day ON reminders (day);
CREATE INDEX document_requests_due ON document_requests (party, due_on) WHERE state = 'open' AND due_on IS NOT NULL;
CREATE INDEX verification_tasks_due ON verification_tasks (party, due_on) WHERE state = 'open';
