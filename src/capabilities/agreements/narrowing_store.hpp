// SQL of narrowings. Each belongs to one State.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capabilities/agreements/narrowing.hpp"
#include "foundation/db/database.hpp"

namespace rcms::agreement_desk {

/// Of one State and agreement, oldest first.
std::vector<Narrowing> list_narrowings(db::Database& database, PartyId const& party, std::string_view agreement);
std::optional<Narrowing> find_narrowing(db::Database& database, PartyId const& party, std::string_view id);
/// One that holds a field back, with the code of the State and the names of who signed: for the law of the node.
struct NarrowingInForce {
  std::string party_code;
  std::string proposed_by;
  std::string countersigned_by;
  Narrowing narrowing;
};
std::vector<NarrowingInForce> list_narrowings_in_force(db::Database& database);
void insert_narrowing(db::Command& command, Narrowing const& narrowing);
/// Replaces the revision that was loaded.
void save_narrowing(db::Command& command, Narrowing const& before, Narrowing& after);

}  // namespace rcms::agreement_desk
