// States, organisations and users in the database. Every read takes a viewer: they see their own State's people only.
#pragma once

#include <optional>
#include <vector>

#include "foundation/access/people.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/db/database.hpp"

namespace rcms::access {

/// All States are known to everybody who is signed in.
std::vector<Party> list_parties(db::Database& database, Viewer const& viewer);
std::optional<Party> find_party(db::Database& database, Viewer const& viewer, PartyId const& id);
/// For wiring, exchange and configuration, which act for no viewer.
std::optional<Party> find_party_by_code(db::Database& database, std::string_view code);
std::vector<Party> list_hosted_parties(db::Database& database);

std::vector<Organisation> list_organisations(db::Database& database, Viewer const& viewer);
std::optional<Organisation> find_organisation(db::Database& database, Viewer const& viewer, OrganisationId const& id);

/// Active and inactive, by login.
std::vector<User> list_users(db::Database& database, Viewer const& viewer);
std::optional<User> find_user(db::Database& database, Viewer const& viewer, UserId const& id);
/// Active users of the State who hold the role, for assignment and notification.
std::vector<User> list_users_with_role(db::Database& database, PartyId const& party, std::string_view role);
/// For the demo and the command line, which act for no viewer.
std::optional<User> find_user_by_login(db::Database& database, std::string_view login);

/// Adds the statement that inserts (`revision` 0) or replaces the revision that was loaded. The saved one has the next
/// revision. A repeated code or login is already_exists, an older revision superseded.
void save_party(db::Command& command, Party const& party);
void save_organisation(db::Command& command, Organisation const& organisation);
void save_user(db::Command& command, User const& user);

}  // namespace rcms::access
