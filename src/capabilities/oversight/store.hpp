// SQL of the ledger as it is read by those who watch over it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/oversight/ledger_page.hpp"
#include "foundation/db/database.hpp"

namespace rcms::oversight {

/// Newest first; one more than the limit when there are more.
std::vector<LedgerLine> list_ledger(db::Database& database, LedgerQuestion const& question);

/// A file as a line names it.
struct NamedFile {
  CaseId id;
  std::string reference;
  std::string subject;  ///< of its chain
};
std::optional<NamedFile> find_file(db::Database& database, PartyId const& party, CaseId const& id);
std::optional<NamedFile> find_file_by_reference(db::Database& database, PartyId const& party, std::string const& reference);

}  // namespace rcms::oversight
