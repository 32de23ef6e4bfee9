-- The hand-over of a transport, of each State its own rows: the border of the requested State ticks another list than the gate of
-- the requesting State. `transport` has no reference: the requested State knows it from an announcement.
-- `handover_lists` is a list as it was when it was first taken on a device; `content` is JSON as the store writes it.
CREATE TABLE handover_lists (
  party text NOT NULL,
  transport text NOT NULL,
  number text NOT NULL,
  content text NOT NULL,
  made_at bigint NOT NULL,
  PRIMARY KEY (party, transport, number)
);

-- A list was put on a device on purpose. `clock_ahead_ms`: how far the clock of the device was ahead of the server's.
CREATE TABLE handover_takings (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL,
  transport text NOT NULL,
  list text NOT NULL,
  device text NOT NULL,
  taken_by text NOT NULL,
  taken_at bigint NOT NULL,
  clock_ahead_ms bigint NOT NULL
);
CREATE INDEX handover_takings_of ON handover_takings (party, transport, taken_at);

-- Nothing is changed: a tick names those that it replaces. `taking` is empty where somebody settled at a desk, and `note` is then
-- the reason. `device_at` is what the clock of the device said, `clock_ahead_ms` how wrong it was when the tick was received.
CREATE TABLE handover_ticks (
  party text NOT NULL,
  id text NOT NULL,
  transport text NOT NULL,
  case_id text NOT NULL,
  value text NOT NULL CHECK (value IN ('boarded', 'refused', 'no_show', 'unfit', 'arrived', 'not_arrived')),
  note text NOT NULL,
  list text NOT NULL,
  taking text NOT NULL,
  counter bigint NOT NULL,
  device_at bigint NOT NULL,
  clock_ahead_ms bigint NOT NULL,
  received_at bigint NOT NULL,
  ticked_by text NOT NULL,
  replaces text NOT NULL,
  PRIMARY KEY (party, id)
);
CREATE INDEX handover_ticks_of ON handover_ticks (party, transport, received_at, id);

-- What one State told the other of its list, and what it was told: each time the whole. `content` is JSON as the envelope has it.
CREATE TABLE handover_reports (
  party text NOT NULL,
  transport text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('sent', 'received')),
  number bigint NOT NULL,
  content text NOT NULL,
  told_at bigint NOT NULL,
  told_by text NOT NULL,
  PRIMARY KEY (party, transport, direction, number)
);

-- Why the lists of both States differ: of one pair of values; another pair is another difference.
CREATE TABLE handover_explanations (
  id text PRIMARY KEY NOT NULL,
  party text NOT NULL,
  transport text NOT NULL,
  case_id text NOT NULL,
  ours text NOT NULL,
  theirs text NOT NULL,
  reason text NOT NULL,
  explained_by text NOT NULL,
  explained_at bigint NOT NULL
);
CREATE INDEX handover_explanations_of ON handover_explanations (party, transport, explained_at, id);
