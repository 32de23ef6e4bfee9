-- Keys of POST requests that were carried out, for 24 hours. The row is written by the same command as the effect; `status`
-- and what follows are added before the answer leaves and stay null when the process ended in between.
CREATE TABLE http_idempotency (
  user_id text NOT NULL,
  request_key text NOT NULL,
  request_hash text NOT NULL,
  at bigint NOT NULL,
  status bigint,
  content_type text,
  revision bigint,
  answer text,
  PRIMARY KEY (user_id, request_key)
);

CREATE INDEX http_idempotency_by_time ON http_idempotency (at);
