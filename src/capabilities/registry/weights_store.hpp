// The SQL of the weights of a State.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/registry/weights_edition.hpp"
#include "foundation/db/database.hpp"

namespace rcms::registry {

/// All of a State, oldest first.
std::vector<WeightsEdition> list_weights(db::Database& database, PartyId const& party);
/// The id of the edition in force; empty: the weights that come with RCMS.
std::string find_weights_in_force(db::Database& database, PartyId const& party);
/// The file of an edition; empty: the weights that come with RCMS.
std::string get_weights_content(db::Database& database, PartyId const& party, std::string_view id);
void insert_weights(db::Command& command, WeightsEdition const& one);
/// Replaces the revision that was loaded.
void save_weights(db::Command& command, WeightsEdition const& before, WeightsEdition& after);

}  // namespace rcms::registry
