-- Made after the rows are there. Fastify and Django find names by words; Directus can only ask for parts of a text, so it has
-- the index for that.
CREATE INDEX cases_by_state_change ON cases (state, changed_at, id);
CREATE INDEX cases_by_state_name ON cases (state, person_name, id);
CREATE INDEX cases_by_state_due ON cases (state, next_due_on, id);
CREATE INDEX cases_by_owner_due ON cases (owner, next_due_on, id);
CREATE INDEX cases_by_words ON cases USING gin (to_tsvector('simple', name_key));
