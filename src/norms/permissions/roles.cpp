#include "norms/permissions/roles.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::permissions {

namespace {

Side parse_side(std::string const& text) {
  return text == "requesting" ? Side::requesting : text == "requested" ? Side::requested : Side::both;
}

void check_role(Roles const& roles, Role const& role) {
  for (auto const& code : role.permissions) {
    auto const found =
        std::find_if(roles.permissions.begin(), roles.permissions.end(), [&](auto const& known) { return known.code == code; });
    if (found == roles.permissions.end())
      throw std::runtime_error(fmt::format("roles.toml: role {} has the unknown permission {}", role.code, code));
    bool const fits = found->side == Side::both || role.side == Side::both || found->side == role.side;
    if (!fits)
      throw std::runtime_error(fmt::format("roles.toml: role {} has {}, a permission of the other side", role.code, code));
  }
  for (auto const& code : role.never_with) {
    if (find_role(roles, code) == nullptr)
      throw std::runtime_error(fmt::format("roles.toml: role {} excludes the unknown role {}", role.code, code));
  }
}

bool excludes(Roles const& roles, std::string const& code, std::string const& other) {
  auto const* role = find_role(roles, code);
  return role != nullptr && std::find(role->never_with.begin(), role->never_with.end(), other) != role->never_with.end();
}

}  // namespace

Roles load_roles(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "permissions/roles.toml", data / "schema/roles.schema.json");
  Roles roles;
  for (auto const& item : list_at(file, "permission"))
    roles.permissions.push_back({text_at(item, "code"), parse_side(text_at(item, "side"))});
  for (auto const& item : list_at(file, "role")) {
    Role role;
    role.code = text_at(item, "code");
    role.side = parse_side(text_at(item, "side"));
    role.organisations = texts_at(item, "organisations");
    for (auto& code : texts_at(item, "permissions")) role.permissions.insert(std::move(code));
    role.never_with = texts_at(item, "never_with");
    roles.roles.push_back(std::move(role));
  }
  for (auto const& role : roles.roles) check_role(roles, role);
  return roles;
}

Role const* find_role(Roles const& roles, std::string_view code) {
  for (auto const& role : roles.roles) {
    if (role.code == code) return &role;
  }
  return nullptr;
}

std::set<std::string, std::less<>> permissions_of(Roles const& roles, std::vector<std::string> const& held) {
  std::set<std::string, std::less<>> all;
  for (auto const& code : held) {
    if (auto const* role = find_role(roles, code)) all.insert(role->permissions.begin(), role->permissions.end());
  }
  return all;
}

std::pair<std::string, std::string> find_conflict(Roles const& roles, std::vector<std::string> const& held) {
  for (auto const& code : held) {
    for (auto const& other : held) {
      if (excludes(roles, code, other) || excludes(roles, other, code)) return {code, other};
    }
  }
  return {};
}

}  // namespace rcms::permissions
