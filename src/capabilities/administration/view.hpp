// What leaves of people, organisations, roles and sessions. Passwords leave once, secrets of authenticators once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/administration/context.hpp"
#include "capabilities/administration/store.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::administration {

struct SessionUserView {
  UserId id;
  std::string name;
  std::string login;
};
RCMS_VIEW(SessionUserView, id, name, login)

struct SessionPartyView {
  PartyId id;
  std::string code;
  std::string name;
  std::string time_zone;
  std::string sides;  ///< requesting, requested or both
};
RCMS_VIEW(SessionPartyView, id, code, name, time_zone, sides)

struct SessionOrganisationView {
  OrganisationId id;
  std::string name;
  std::string kind;
};
RCMS_VIEW(SessionOrganisationView, id, name, kind)

struct SessionView {
  SessionUserView user;
  SessionPartyView party;
  SessionOrganisationView organisation;
  std::vector<std::string> roles;
  std::vector<std::string> permissions;
  std::string language;
  bool demo = false;
  bool must_change_password = false;
  bool second_factor = false;
  Instant now;
  Instant expires_at;
};
RCMS_VIEW(SessionView, user, party, organisation, roles, permissions, language, demo, must_change_password, second_factor, now,
          expires_at)

struct OwnSessionView {
  std::string id;
  Instant created_at;
  Instant last_seen_at;
  Instant expires_at;
  std::string network;
  bool current = false;
};
RCMS_VIEW(OwnSessionView, id, created_at, last_seen_at, expires_at, network, current)

struct EnrolmentView {
  std::string secret;
  std::string uri;
};
RCMS_VIEW(EnrolmentView, secret, uri)

struct ApiTokenView {
  std::string id;
  std::string name;
  std::vector<std::string> scopes;
  Instant created_at;
  Instant expires_at;
};
RCMS_VIEW(ApiTokenView, id, name, scopes, created_at, expires_at)

struct NewApiTokenView {
  std::string id;
  std::string token;
};
RCMS_VIEW(NewApiTokenView, id, token)

struct OrganisationView {
  OrganisationId id;
  std::string name;  ///< in the language of the viewer
  std::string name_en;
  std::string name_es;
  std::string kind;
  std::string email;
  std::string party;  ///< code
  bool active = true;
  std::int64_t users = 0;
  std::int64_t revision = 0;
};
RCMS_VIEW(OrganisationView, id, name, name_en, name_es, kind, email, party, active, users, revision)

/// To those who do not administer, `login`, `email` and `last_seen` are empty.
struct UserView {
  UserId id;
  std::string name;
  std::string login;
  std::string email;
  std::string organisation;
  OrganisationId organisation_id;
  std::vector<std::string> roles;
  std::string language;
  bool active = true;
  std::optional<Instant> last_seen;
  bool second_factor = false;
  std::int64_t revision = 0;
};
RCMS_VIEW(UserView, id, name, login, email, organisation, organisation_id, roles, language, active, last_seen, second_factor,
          revision)

struct NewPasswordView {
  UserId id;
  std::string login;
  std::string password;
};
RCMS_VIEW(NewPasswordView, id, login, password)

struct RoleView {
  std::string role;
  std::string side;
  std::vector<std::string> organisations;
  std::vector<std::string> permissions;
  std::vector<std::string> never_with;
};
RCMS_VIEW(RoleView, role, side, organisations, permissions, never_with)

/// Somebody whom a visitor of the demo can be.
struct DemoPersonView {
  UserId id;
  std::string name;
  std::string role;
  std::string party_code;
  std::string organisation;
  std::string language;
  std::string portrait;
  std::string task;
};
RCMS_VIEW(DemoPersonView, id, name, role, party_code, organisation, language, portrait, task)

SessionView view_of_session(Context const& context, access::Viewer const& viewer, Instant expires_at);
OrganisationView view_of(access::Organisation const& organisation, access::Viewer const& viewer, std::int64_t users);
UserView view_of(access::User const& user, std::string organisation_name, UserActivity const& activity,
                 access::Viewer const& viewer);
std::vector<OrganisationView> view_organisations(Context const& context, access::Viewer const& viewer);
/// All of the viewer's State; only the active ones to those who do not administer.
std::vector<UserView> view_users(Context const& context, access::Viewer const& viewer);
std::vector<RoleView> view_roles(permissions::Roles const& roles);

/// Sign-ins that failed within one hour, from one network.
struct FailedSignInsView {
  std::optional<std::string> user;   ///< id; none when nobody has the login that was typed
  std::optional<std::string> login;
  std::string network;               ///< coarse address
  std::int64_t failures = 0;
  Instant hour;                      ///< its beginning
  Instant last_at;
};
RCMS_VIEW(FailedSignInsView, user, login, network, failures, hour, last_at)

}  // namespace rcms::administration
