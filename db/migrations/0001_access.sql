-- States. `hosted` is 1 where this node keeps their data; `sides` is requesting, requested or both.
CREATE TABLE parties (
  id text PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name_en text NOT NULL,
  name_es text NOT NULL,
  time_zone text NOT NULL,
  languages text NOT NULL,
  sides text NOT NULL,
  signing_key bytea NOT NULL,
  hosted bigint NOT NULL CHECK (hosted IN (0, 1)),
  revision bigint NOT NULL
);

-- Authorities, consulates, centres and bodies of a State.
CREATE TABLE organisations (
  id text PRIMARY KEY,
  party text NOT NULL REFERENCES parties (id),
  kind text NOT NULL,
  name_en text NOT NULL,
  name_es text NOT NULL,
  email text NOT NULL,
  active bigint NOT NULL CHECK (active IN (0, 1)),
  revision bigint NOT NULL
);

CREATE INDEX organisations_by_party ON organisations (party);

-- People who sign in. `roles`: names separated by one space. `totp_secret` is encrypted with the key of the node.
CREATE TABLE users (
  id text PRIMARY KEY,
  party text NOT NULL REFERENCES parties (id),
  organisation text NOT NULL REFERENCES organisations (id),
  login text NOT NULL UNIQUE,
  name text NOT NULL,
  email text NOT NULL,
  roles text NOT NULL,
  language text NOT NULL,
  active bigint NOT NULL CHECK (active IN (0, 1)),
  revision bigint NOT NULL
);

CREATE INDEX users_by_party ON users (party, login);
CREATE INDEX users_by_organisation ON users (organisation);

-- Secrets of users, apart from what lists read. `must_change` is 1 after a one-time password.
CREATE TABLE credentials (
  user_id text PRIMARY KEY REFERENCES users (id),
  password_hash text NOT NULL,
  must_change bigint NOT NULL CHECK (must_change IN (0, 1)),
  totp_secret bytea,
  totp_confirmed bigint NOT NULL CHECK (totp_confirmed IN (0, 1)),
  totp_step bigint NOT NULL,
  changed_at bigint NOT NULL
);

-- Only the SHA-256 of a token is kept. `address` is coarse: the network, not the machine.
CREATE TABLE sessions (
  token_hash bytea PRIMARY KEY,
  id text NOT NULL UNIQUE,
  user_id text NOT NULL REFERENCES users (id),
  created_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  revoked_at bigint,
  address text NOT NULL,
  demo bigint NOT NULL CHECK (demo IN (0, 1))
);

CREATE INDEX sessions_by_user ON sessions (user_id, created_at);

-- Tokens of machines. `scopes`: permissions separated by one space; never more than the user's roles give.
CREATE TABLE api_tokens (
  token_hash bytea PRIMARY KEY,
  id text NOT NULL UNIQUE,
  user_id text NOT NULL REFERENCES users (id),
  name text NOT NULL,
  scopes text NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  revoked_at bigint
);

CREATE INDEX api_tokens_by_user ON api_tokens (user_id);
