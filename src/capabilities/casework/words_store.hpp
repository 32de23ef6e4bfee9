// SQL of the words that may leave because a person answers for them.
#pragma once

#include <string>
#include <vector>

#include "capabilities/casework/rules.hpp"
#include "foundation/db/database.hpp"

namespace rcms::casework {

struct Clearance {
  std::string text_hash;  ///< of all of the text in which the word stands
  std::string word;       ///< its search form
  std::string place;
  Cleared cleared;
};

std::vector<Clearance> list_clearances(db::Database& database, PartyId const& party, CaseId const& id);
/// Adds it; the command fails as already_exists when somebody answered for the word meanwhile.
void save_clearance(db::Command& command, CaseFile const& file, Clearance const& clearance);

}  // namespace rcms::casework
