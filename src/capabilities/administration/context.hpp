// What the acts of administration need, made once at start and shared by all threads.
#pragma once

#include <set>
#include <string>

#include "foundation/access/sessions.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/db/database.hpp"
#include "norms/permissions/roles.hpp"

namespace rcms::administration {

struct Context {
  db::Database& database;
  access::Sessions& sessions;
  Clock const& clock;
  permissions::Roles const& roles;
  std::set<std::string, std::less<>> organisation_kinds;  ///< codes of the list organisation_kind
  bool secure_cookies = false;  ///< the cookie is sent over TLS only; to be set wherever there is TLS
};

}  // namespace rcms::administration
