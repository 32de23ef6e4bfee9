-- How a State has its travel documents printed: which layout of data/documents, which barcode. No row: the standard layout with
-- a Data Matrix. What was chosen before stands in the ledger.
CREATE TABLE document_forms (
  party text PRIMARY KEY REFERENCES parties (id),
  layout text NOT NULL,
  symbol text NOT NULL CHECK (symbol IN ('data_matrix', 'qr')),
  chosen_by text NOT NULL REFERENCES users (id),
  chosen_at bigint NOT NULL,
  revision bigint NOT NULL
);
