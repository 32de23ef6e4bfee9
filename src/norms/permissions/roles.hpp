// Roles and permissions as data (data/permissions/roles.toml): who may do what, and which roles exclude each other.
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rcms::permissions {

enum class Side { requesting, requested, both };

struct Permission {
  std::string code;  ///< "case.read"; label "permissions.case.read"
  Side side = Side::both;
};

struct Role {
  std::string code;  ///< "case_officer"; label "roles.case_officer"
  Side side = Side::both;
  std::vector<std::string> organisations;  ///< kinds of organisation whose people may hold it (codes `organisation_kind`)
  std::set<std::string, std::less<>> permissions;
  std::vector<std::string> never_with;  ///< roles that the same person must not hold; one direction is enough
};

struct Roles {
  std::vector<Permission> permissions;
  std::vector<Role> roles;
};

/// Reads `data`/permissions/roles.toml. Throws std::runtime_error when a role names an unknown permission or role, or a
/// permission of the other side.
Roles load_roles(std::filesystem::path const& data);

/// The role, or nullptr.
Role const* find_role(Roles const& roles, std::string_view code);
/// Everything that a person with these roles may do; unknown roles add nothing.
std::set<std::string, std::less<>> permissions_of(Roles const& roles, std::vector<std::string> const& held);
/// The first pair of `held` that exclude each other; both empty when there is none.
std::pair<std::string, std::string> find_conflict(Roles const& roles, std::vector<std::string> const& held);

}  // namespace rcms::permissions
