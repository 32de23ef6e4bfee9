-- Facts are counted, never changed: a correction is a counter-entry (`count` -1). They hold no ids and no names.
CREATE TABLE facts (
  party text NOT NULL REFERENCES parties (id),
  month text NOT NULL,
  kind text NOT NULL,
  happened_on text NOT NULL,
  side text NOT NULL,
  partner text NOT NULL,
  agreement text NOT NULL,
  outcome text NOT NULL,
  sex text NOT NULL,
  age_group text NOT NULL,
  in_time bigint,
  hours bigint,
  count bigint NOT NULL
);
CREATE INDEX facts_by_month ON facts (party, month, kind);

-- Reports that are made on schedule and sent to named receivers.
CREATE TABLE report_schedules (
  id text PRIMARY KEY,
  party text NOT NULL REFERENCES parties (id),
  report text NOT NULL,
  language text NOT NULL,
  format text NOT NULL,
  receivers text NOT NULL,
  day_of_month bigint NOT NULL,
  created_by text NOT NULL,
  created_at bigint NOT NULL,
  last_period text
);
CREATE INDEX report_schedules_of_party ON report_schedules (party, id);
