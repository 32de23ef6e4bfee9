-- The ledger of one State, newest first, for those who watch over it.
CREATE INDEX ledger_entries_of_party ON ledger_entries (party, commit_order);
