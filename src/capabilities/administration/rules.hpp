// Rules of administration: which roles a person may hold, what an administrator may change. Pure.
// Source: data/permissions/roles.toml.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "foundation/access/people.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"
#include "norms/permissions/roles.hpp"

namespace rcms::administration {

struct NewUser {
  std::string login;
  std::string name;
  OrganisationId organisation;
  std::vector<std::string> roles;
  std::string email;
  std::string language = "en";
};

/// What is empty stays as it is.
struct UserChange {
  std::optional<std::string> name;
  std::optional<OrganisationId> organisation;
  std::optional<std::vector<std::string>> roles;
  std::optional<std::string> email;
  std::optional<std::string> language;
  std::optional<bool> active;
};

struct NewOrganisation {
  access::Names names;
  std::string kind;
  std::string email;
};

struct OrganisationChange {
  std::optional<std::string> name;  ///< in `language`
  std::string language = "en";
  std::optional<std::string> kind;
  std::optional<std::string> email;
  std::optional<bool> active;
};

/// Whether somebody of this State and organisation may hold the roles together.
/// Refuses on field `roles`: field_missing (none), field_invalid (unknown, of the other side, not given by this kind of
/// organisation), same_person (two that one person must not hold).
Result<void> check_roles(permissions::Roles const& roles, std::vector<std::string> const& held, access::Sides sides,
                         std::string_view organisation_kind);

/// Refuses: field_invalid (login, language, organisation closed), as check_roles.
Result<access::User> decide_new_user(NewUser const& input, UserId const& id, access::Party const& party,
                                     access::Organisation const& organisation, permissions::Roles const& roles);

/// `organisation` is where the user will work. Refuses: same_person (administrators change neither their own roles nor their
/// own access), field_invalid, as check_roles.
Result<access::User> decide_user_change(access::User const& user, UserChange const& change, access::Viewer const& actor,
                                        access::Party const& party, access::Organisation const& organisation,
                                        permissions::Roles const& roles);

/// Refuses: field_invalid on `kind`.
Result<access::Organisation> decide_new_organisation(NewOrganisation const& input, OrganisationId const& id, PartyId const& party,
                                                     std::set<std::string, std::less<>> const& kinds);
/// Refuses: field_invalid on `kind`, wrong_step on `active` (people still work there).
Result<access::Organisation> decide_organisation_change(access::Organisation const& organisation,
                                                        OrganisationChange const& change, std::int64_t active_users,
                                                        std::set<std::string, std::less<>> const& kinds);

}  // namespace rcms::administration
