// SQL of imports. Every function takes the party whose imports they are; only the loader after a restart sees all.
#pragma once

#include "capabilities/casework/imports.hpp"
#include "foundation/db/database.hpp"

namespace rcms::casework {

std::optional<Import> find_import(db::Database& database, PartyId const& party, ImportId const& id);
/// Newest first, at most 50.
std::vector<Import> list_imports(db::Database& database, PartyId const& party);
void insert_import(db::Command& command, Import const& import);
/// Replaces mapping, agreement and state; superseded when the import has changed since it was read. Raises `after.revision`.
void save_import(db::Command& command, Import& after, Instant now);

/// What became of one row.
struct RowOutcome {
  std::uint64_t line = 0;
  CaseId case_id;  ///< empty: refused
};
/// Adds the outcomes of rows and moves `next_line` on; superseded when another loader has moved it meanwhile.
void advance_import(db::Command& command, Import const& before, std::vector<RowOutcome> const& outcomes, std::uint64_t next_line,
                    bool is_last, Instant now);

/// Imports of all States that are loading and were not touched since `before`.
std::vector<Import> list_unfinished(db::Database& database, Instant before);

/// Imports of all States that are not loading, were not touched since `before` and still have their table; at most 200.
std::vector<Import> list_with_old_table(db::Database& database, Instant before);

std::vector<SavedProfile> list_profiles(db::Database& database, PartyId const& party, OrganisationId const& organisation);
/// Adds the profile, or replaces the organisation's profile of that name.
void save_profile(db::Command& command, PartyId const& party, OrganisationId const& organisation, UserId const& user,
                  SavedProfile const& profile);

}  // namespace rcms::casework
