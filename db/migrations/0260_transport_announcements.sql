-- What the requesting State has told of a transport: one row for each envelope, in the order of its numbers.
CREATE TABLE transport_announcements (
  party text NOT NULL,
  transport text NOT NULL REFERENCES transports (id),
  number bigint NOT NULL,
  variant text NOT NULL CHECK (variant IN ('transport_announced', 'transport_changed', 'transport_cancelled')),
  fingerprint text NOT NULL,
  sent_at bigint NOT NULL,
  sent_by text NOT NULL,
  PRIMARY KEY (party, transport, number)
);

-- What the requested State was told of a transport: its own row. `content` is JSON as the envelope has it, built anew.
CREATE TABLE announced_transports (
  party text NOT NULL,
  id text NOT NULL,
  partner text NOT NULL,
  departs_at bigint NOT NULL,
  content text NOT NULL,
  state text NOT NULL CHECK (state IN ('announced', 'cancelled')),
  changed_at bigint NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (party, id)
);
CREATE INDEX announced_transports_in_time ON announced_transports (party, departs_at, id);
