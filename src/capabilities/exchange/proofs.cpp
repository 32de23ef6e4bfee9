#include "capabilities/exchange/proofs.hpp"

#include "capabilities/exchange/stored_envelope.hpp"

namespace rcms::exchange {

namespace {

constexpr db::Sql proofs_of_case{
    "exchange.proofs",
    "SELECT direction, kind, number, state, created_at, sealed, receipt FROM envelopes"
    " WHERE party = $1 AND direction IN ('out', 'in') AND case_id = $2 ORDER BY created_at, id"};

}  // namespace

std::vector<Proof> list_proofs(db::Database& database, PartyId const& party, CaseId const& case_id) {
  std::vector<Proof> proofs;
  for (auto const& row : database.read(proofs_of_case, {party.value, case_id.value})) {
    Proof proof{row.text(0), row.text(1), row.integer(2), row.text(3), Instant{row.integer(4)}, read_stored(row.text(5)), {}};
    if (auto const receipt = row.find_text(6)) {
      if (auto parsed = parse_receipt(*receipt)) proof.receipt = std::move(*parsed);
    }
    proofs.push_back(std::move(proof));
  }
  return proofs;
}

}  // namespace rcms::exchange
