-- Sign-ins that failed, counted by hour, person and network: so a guesser cannot fill the disk. `user_id` is empty when nobody
-- has the login; what was typed is not kept, it may be a password. `network` is the coarse address. Rows are erased after the
-- time that the operator has set.
CREATE TABLE failed_sign_ins (
  hour bigint NOT NULL,
  user_id text NOT NULL,
  network text NOT NULL,
  failures bigint NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (hour, user_id, network)
);
