#include "capabilities/administration/rules.hpp"

#include <algorithm>

namespace rcms::administration {

namespace {

bool is_on_side(permissions::Side role, access::Sides party) {
  if (role == permissions::Side::both || party == access::Sides::both) return true;
  return (role == permissions::Side::requesting) == (party == access::Sides::requesting);
}

Result<void> check_language(std::string const& language) {
  if (language == "en" || language == "es") return {};
  return refuse(Why::field_invalid, "language", "the languages are en and es");
}

Result<void> check_kind(std::string const& kind, std::set<std::string, std::less<>> const& kinds) {
  if (kinds.contains(kind)) return {};
  return refuse(Why::field_invalid, "kind", "there is no kind of organisation " + kind);
}

/// A few thousand mail addresses of authorities, not the whole of RFC 5321: one @ with something on both sides, no spaces.
Result<void> check_email(std::string const& email) {
  auto const at = email.find('@');
  bool const is_address = at != std::string::npos && at > 0 && at + 1 < email.size() &&
                          email.find('@', at + 1) == std::string::npos && email.find_first_of(" ,;<>\"") == std::string::npos;
  if (email.empty() || is_address) return {};
  return refuse(Why::field_invalid, "email", "an e-mail address is written name@place");
}

bool is_same_set(std::vector<std::string> left, std::vector<std::string> right) {
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  return left == right;
}

Result<void> check_user(access::User const& user, access::Party const& party, access::Organisation const& organisation,
                        permissions::Roles const& roles) {
  if (auto const checked = check_language(user.language); !checked) return checked;
  if (auto const checked = check_email(user.email); !checked) return checked;
  return check_roles(roles, user.roles, party.sides, organisation.kind);
}

}  // namespace

Result<void> check_roles(permissions::Roles const& roles, std::vector<std::string> const& held, access::Sides sides,
                         std::string_view organisation_kind) {
  if (held.empty()) return refuse(Why::field_missing, "roles", "a person has at least one role");
  for (auto const& code : held) {
    auto const* const role = permissions::find_role(roles, code);
    if (role == nullptr) return refuse(Why::field_invalid, "roles", "there is no role " + code);
    if (!is_on_side(role->side, sides)) return refuse(Why::field_invalid, "roles", code + " is a role of the other State");
    auto const& kinds = role->organisations;
    if (std::find(kinds.begin(), kinds.end(), organisation_kind) == kinds.end()) {
      return refuse(Why::field_invalid, "roles",
                    code + " is not a role in an organisation of kind " + std::string(organisation_kind));
    }
  }
  auto const [one, other] = permissions::find_conflict(roles, held);
  if (!one.empty()) return refuse(Why::same_person, "roles", "one person must not be both " + one + " and " + other);
  return {};
}

Result<access::User> decide_new_user(NewUser const& input, UserId const& id, access::Party const& party,
                                     access::Organisation const& organisation, permissions::Roles const& roles) {
  if (!access::is_login(input.login)) {
    return refuse(Why::field_invalid, "login",
                  "a login is 3 to 80 small letters, digits and . - _ @, beginning with a letter or digit");
  }
  if (!organisation.active) return refuse(Why::field_invalid, "organisation", "this organisation is closed");
  access::User user{.id = id,
                    .party = party.id,
                    .organisation = organisation.id,
                    .login = input.login,
                    .name = input.name,
                    .email = input.email,
                    .roles = input.roles,
                    .language = input.language};
  if (auto const checked = check_user(user, party, organisation, roles); !checked) return tl::unexpected(checked.error());
  return user;
}

Result<access::User> decide_user_change(access::User const& user, UserChange const& change, access::Viewer const& actor,
                                        access::Party const& party, access::Organisation const& organisation,
                                        permissions::Roles const& roles) {
  bool const is_self = user.id == actor.user;
  if (is_self && change.active == false)
    return refuse(Why::same_person, "active", "another administrator has to close your access");
  if (is_self && change.roles && !is_same_set(*change.roles, user.roles)) {
    return refuse(Why::same_person, "roles", "another administrator has to change your roles");
  }
  if (organisation.id != user.organisation && !organisation.active) {
    return refuse(Why::field_invalid, "organisation", "this organisation is closed");
  }
  auto after = user;
  after.organisation = organisation.id;
  if (change.name) after.name = *change.name;
  if (change.roles) after.roles = *change.roles;
  if (change.email) after.email = *change.email;
  if (change.language) after.language = *change.language;
  if (change.active) after.active = *change.active;
  if (auto const checked = check_user(after, party, organisation, roles); !checked) return tl::unexpected(checked.error());
  return after;
}

Result<access::Organisation> decide_new_organisation(NewOrganisation const& input, OrganisationId const& id, PartyId const& party,
                                                     std::set<std::string, std::less<>> const& kinds) {
  if (auto const checked = check_kind(input.kind, kinds); !checked) return tl::unexpected(checked.error());
  if (auto const checked = check_email(input.email); !checked) return tl::unexpected(checked.error());
  return access::Organisation{.id = id, .party = party, .kind = input.kind, .names = input.names, .email = input.email};
}

Result<access::Organisation> decide_organisation_change(access::Organisation const& organisation,
                                                        OrganisationChange const& change, std::int64_t active_users,
                                                        std::set<std::string, std::less<>> const& kinds) {
  auto after = organisation;
  if (change.name) {
    bool const had_one_name = after.names.en == after.names.es;
    if (change.language == "es" || had_one_name) after.names.es = *change.name;
    if (change.language != "es" || had_one_name) after.names.en = *change.name;
  }
  if (change.kind && *change.kind != organisation.kind) {
    if (auto const checked = check_kind(*change.kind, kinds); !checked) return tl::unexpected(checked.error());
    if (active_users > 0) return refuse(Why::wrong_step, "kind", "people hold roles that depend on the kind; move them first");
    after.kind = *change.kind;
  }
  if (change.email) {
    if (auto const checked = check_email(*change.email); !checked) return tl::unexpected(checked.error());
    after.email = *change.email;
  }
  if (change.active) {
    if (!*change.active && active_users > 0) {
      return refuse(Why::wrong_step, "active",
                    std::to_string(active_users) + " people still work there; move or close them first");
    }
    after.active = *change.active;
  }
  return after;
}

}  // namespace rcms::administration
