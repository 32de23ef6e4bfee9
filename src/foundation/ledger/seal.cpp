#include "foundation/ledger/seal.hpp"

#include "foundation/ledger/hash_input.hpp"

namespace rcms::ledger {

namespace {

constexpr db::Sql select_last_seal{
    "ledger_select_last_seal",
    "SELECT seal, first, last, root, previous, at, signer, hash, signature FROM seals ORDER BY seal DESC LIMIT 1"};
constexpr db::Sql select_last_number{"ledger_select_last_number", "SELECT last FROM seals ORDER BY seal DESC LIMIT 1"};
// Numbers have no gaps: a range is as good as a limit, and is planned well when prepared.
constexpr db::Sql select_sealed{"ledger_select_sealed",
                                "SELECT o.number, e.subject, e.party, e.action, e.revision, e.position, e.actor, e.at "
                                "FROM ledger_order o "
                                "JOIN ledger_entries e ON e.subject = o.subject AND e.position = o.position "
                                "WHERE o.number > $1 AND o.number <= $2 ORDER BY o.number"};

}  // namespace

Bytes hash_of(Seal const& seal) {
  return HashInput("rcms ledger seal 1")
      .number(seal.seal)
      .number(seal.first)
      .number(seal.last)
      .bytes(seal.root)
      .bytes(seal.previous)
      .number(seal.at.ms)
      .bytes(seal.signer)
      .digest();
}

Seal load_last_seal(db::Database& database) {
  auto const row = database.find(select_last_seal);
  if (!row) return {};
  return Seal{.seal = row->integer(0),
              .first = row->integer(1),
              .last = row->integer(2),
              .root = row->bytes(3),
              .previous = row->bytes(4),
              .at = Instant{row->integer(5)},
              .signer = row->bytes(6),
              .hash = row->bytes(7),
              .signature = row->bytes(8)};
}

std::int64_t last_sealed_number(db::Database& database) {
  auto const row = database.find(select_last_number);
  return row ? row->integer(0) : 0;
}

std::vector<Sealed> read_sealed_after(db::Database& database, std::int64_t number, int limit) {
  std::vector<Sealed> entries;
  for (auto const& row : database.read(select_sealed, {number, number + limit})) {
    entries.push_back({row.integer(0), row.text(1), row.text(2), row.text(3), row.integer(4), row.integer(5), row.text(6),
                       Instant{row.integer(7)}});
  }
  return entries;
}

}  // namespace rcms::ledger
