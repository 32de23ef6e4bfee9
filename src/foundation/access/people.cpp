#include "foundation/access/people.hpp"

#include <algorithm>
#include <stdexcept>

namespace rcms::access {

std::string_view name_of(Sides sides) {
  switch (sides) {
    case Sides::requesting: return "requesting";
    case Sides::requested: return "requested";
    case Sides::both: return "both";
  }
  return "both";
}

Sides sides_of(std::string_view name) {
  for (auto const sides : {Sides::requesting, Sides::requested, Sides::both}) {
    if (name == name_of(sides)) return sides;
  }
  throw std::invalid_argument("sides of a party are requesting, requested or both, not " + std::string(name));
}

std::set<std::string, std::less<>> permissions_of(std::vector<std::string> const& roles, RolePermissions const& permissions) {
  std::set<std::string, std::less<>> all;
  for (auto const& role : roles) {
    auto const found = permissions.find(role);
    if (found != permissions.end()) all.insert(found->second.begin(), found->second.end());
  }
  return all;
}

bool is_login(std::string_view login) {
  auto const is_alphanumeric = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return login.size() >= 3 && login.size() <= 80 && is_alphanumeric(login.front()) &&
         std::all_of(login.begin(), login.end(),
                     [&](char c) { return is_alphanumeric(c) || c == '.' || c == '-' || c == '_' || c == '@'; });
}

}  // namespace rcms::access
