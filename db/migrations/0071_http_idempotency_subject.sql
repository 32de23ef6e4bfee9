-- What a keyed request made or changed, "case:<id>", so that a repeat finds it when the answer was lost. Null in older rows.
ALTER TABLE http_idempotency ADD COLUMN subject text;
