// Who is asking. Every query takes a Viewer; what the viewer may not know of does not exist for them.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/ids.hpp"

namespace rcms::access {

struct Viewer {
  UserId user;
  std::string name;
  PartyId party;            ///< the State in whose data space they work
  std::string party_code;   ///< "UTO"
  OrganisationId organisation;
  std::vector<std::string> roles;
  std::set<std::string, std::less<>> permissions;
  std::string language = "en";
  std::string session;  ///< id of the session, empty for background work

  bool may(std::string_view permission) const { return permissions.find(permission) != permissions.end(); }
};

}  // namespace rcms::access
