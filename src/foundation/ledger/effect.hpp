// What a Command that carries ledger entries is about.
#pragma once

#include <string>

#include "foundation/db/database.hpp"

namespace rcms::ledger {

/// The subject of the first entry that the command appends, "case:<id>"; empty when it appends none.
std::string subject_of_first_entry(db::Command const& command);

}  // namespace rcms::ledger
