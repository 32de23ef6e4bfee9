// States, their organisations and the people who sign in.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "foundation/base/hash.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::access {

/// A name in every language of the program.
struct Names {
  std::string en;
  std::string es;

  std::string const& in(std::string_view language) const { return language == "es" ? es : en; }
  friend bool operator==(Names const&, Names const&) = default;
};

/// On which side of an agreement a State works here.
enum class Sides { requesting, requested, both };

std::string_view name_of(Sides sides);
/// Throws std::invalid_argument for another word; for values from the database and from checked configuration.
Sides sides_of(std::string_view name);

struct Party {
  PartyId id;
  std::string code;  ///< "UTO"
  Names names;
  std::string time_zone;               ///< of its authorities: "America/Guatemala"
  std::vector<std::string> languages;  ///< "es", "en": the first is preferred
  Sides sides = Sides::both;
  Bytes signing_key;    ///< Ed25519 public key of its node; empty when not known
  bool hosted = false;  ///< this node keeps its data
  std::int64_t revision = 0;  ///< 0 until it is saved
};

struct Organisation {
  OrganisationId id;
  PartyId party;
  std::string kind;  ///< `authority`, `consulate`, `registry`, `field_office`, `border`, `reception`, `monitor`, `node`
  Names names;
  std::string email;
  bool active = true;
  std::int64_t revision = 0;  ///< 0 until it is saved
};

struct User {
  UserId id;
  PartyId party;
  OrganisationId organisation;
  std::string login;  ///< lower case, unique on the node
  std::string name;
  std::string email;
  std::vector<std::string> roles;
  std::string language = "en";
  bool active = true;
  std::int64_t revision = 0;  ///< 0 until it is saved
};

/// Role → permissions, from data/permissions.
using RolePermissions = std::map<std::string, std::set<std::string>, std::less<>>;

/// The permissions of all the roles together; an unknown role gives none.
std::set<std::string, std::less<>> permissions_of(std::vector<std::string> const& roles, RolePermissions const& permissions);

/// True when `login` is 3 to 80 characters of a–z, 0–9, `.`, `-`, `_`, `@`, beginning with a letter or digit.
bool is_login(std::string_view login);

}  // namespace rcms::access
