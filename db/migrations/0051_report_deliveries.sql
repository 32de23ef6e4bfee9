-- Applications that wait at the end of a month, so that no report counts from the beginning of time. `partner` '' is all of them;
-- `entries` counts the facts up to that month. A fact of an earlier month removes the rows from that month on.
CREATE TABLE fact_balances (
  party text NOT NULL REFERENCES parties (id),
  month text NOT NULL,
  side text NOT NULL,
  partner text NOT NULL,
  open bigint NOT NULL,
  entries bigint NOT NULL,
  PRIMARY KEY (party, month, side, partner)
);

-- What was sent, or tried, on schedule: one row for each schedule, month and receiver. Rows stay when the schedule is removed.
CREATE TABLE report_deliveries (
  schedule text NOT NULL,
  period text NOT NULL,
  receiver text NOT NULL,
  party text NOT NULL REFERENCES parties (id),
  status text NOT NULL,
  attempts bigint NOT NULL,
  next_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  report_revision bigint NOT NULL,
  sha256 text NOT NULL,
  detail text NOT NULL,
  PRIMARY KEY (schedule, period, receiver)
);
CREATE INDEX report_deliveries_of_party ON report_deliveries (party, changed_at);
