// Invented entries of the ledger.
#pragma once

#include <string>

#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/node_key.hpp"

namespace rcms::tests {

inline constexpr Instant noon{1'924'948'800'000};  ///< 2030-12-31T12:00:00Z

/// The key of a node that signs in tests.
inline ledger::NodeKey node_key() { return ledger::NodeKey::from_seed(Bytes(32, 7)); }

inline ledger::Entry entry_of(std::string const& subject, int revision) {
  return {.subject = subject,
          .party = PartyId{"party of tests"},
          .actor = "somebody",
          .action = "case.change",
          .source = "UTO-XAR 2031 art. 1",
          .content = R"({"name":"Perla Núñez","visits":)" + std::to_string(revision) + "}",
          .revision = revision,
          .at = noon.plus_ms(revision)};
}

/// What another process writes while a decision is made here: one entry, past the turns of carry_out.
inline void write_entry_elsewhere(db::Database& database, std::string const& subject, int revision) {
  auto head = ledger::load_head(database, subject);
  db::Command command;
  ledger::append(command, head, entry_of(subject, revision));
  if (database.write(command).outcome != db::Outcome::written) throw db::Fault("the entry was not written");
}

/// One entry and nothing else.
inline void write_entry(db::Database& database, std::string const& subject, int revision) {
  auto const written = ledger::carry_out(database, {subject}, [&]() -> Result<ledger::Decided<>> {
    return ledger::Decided<>{.entries = {entry_of(subject, revision)}};
  });
  if (!written) throw db::Fault("the entry was not written: " + written.error().detail);
}

}  // namespace rcms::tests
