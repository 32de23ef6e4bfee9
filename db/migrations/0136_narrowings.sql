-- Fields that a State keeps at home under an agreement although its whitelist lets them leave. One administrator proposes,
-- another countersigns; so it is when the field shall leave again. `number` and `lifted_number`: the version of the State's
-- whitelist that began with it; version 1 is the whitelist of the agreement itself.
CREATE TABLE agreement_narrowings (
  id text PRIMARY KEY,
  party text NOT NULL REFERENCES parties (id),
  agreement text NOT NULL,
  field text NOT NULL,
  reason text NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'in_force', 'lifting', 'lifted', 'withdrawn')),
  proposed_by text NOT NULL,
  proposed_at bigint NOT NULL,
  countersigned_by text,
  countersigned_at bigint,
  number bigint,
  lift_reason text,
  lift_proposed_by text,
  lift_proposed_at bigint,
  lifted_by text,
  lifted_at bigint,
  lifted_number bigint,
  revision bigint NOT NULL,
  CHECK (countersigned_by IS NULL OR countersigned_by <> proposed_by),
  CHECK (lifted_by IS NULL OR lifted_by <> lift_proposed_by)
);
CREATE INDEX agreement_narrowings_of_agreement ON agreement_narrowings (party, agreement, proposed_at, id);
CREATE UNIQUE INDEX agreement_narrowings_living ON agreement_narrowings (party, agreement, field)
  WHERE state IN ('proposed', 'in_force', 'lifting');
