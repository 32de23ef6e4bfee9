#include "capabilities/administration/view.hpp"

#include "foundation/access/store.hpp"

namespace rcms::administration {

namespace {

std::string_view name_of(permissions::Side side) {
  switch (side) {
    case permissions::Side::requesting: return "requesting";
    case permissions::Side::requested: return "requested";
    case permissions::Side::both: return "both";
  }
  return "both";
}

}  // namespace

SessionView view_of_session(Context const& context, access::Viewer const& viewer, Instant expires_at) {
  SessionView view{.user = {viewer.user, viewer.name, {}},
                   .party = {viewer.party, viewer.party_code, viewer.party_code, {}, {}},
                   .organisation = {viewer.organisation, {}, {}},
                   .roles = viewer.roles,
                   .permissions = {viewer.permissions.begin(), viewer.permissions.end()},
                   .language = viewer.language,
                   .demo = context.sessions.is_demo(),
                   .now = context.clock.now(),
                   .expires_at = expires_at};
  if (auto const user = access::find_user(context.database, viewer, viewer.user)) view.user.login = user->login;
  if (auto const party = access::find_party(context.database, viewer, viewer.party)) {
    view.party.name = party->names.in(viewer.language);
    view.party.time_zone = party->time_zone;
    view.party.sides = access::name_of(party->sides);
  }
  if (auto const organisation = access::find_organisation(context.database, viewer, viewer.organisation)) {
    view.organisation.name = organisation->names.in(viewer.language);
    view.organisation.kind = organisation->kind;
  }
  if (auto const credentials = access::find_credentials(context.database, context.sessions.box(), viewer.user)) {
    view.must_change_password = credentials->must_change && viewer.permissions.empty();
    view.second_factor = credentials->totp_confirmed;
  }
  return view;
}

OrganisationView view_of(access::Organisation const& organisation, access::Viewer const& viewer, std::int64_t users) {
  return {.id = organisation.id,
          .name = organisation.names.in(viewer.language),
          .name_en = organisation.names.en,
          .name_es = organisation.names.es,
          .kind = organisation.kind,
          .email = organisation.email,
          .party = viewer.party_code,
          .active = organisation.active,
          .users = users,
          .revision = organisation.revision};
}

UserView view_of(access::User const& user, std::string organisation_name, UserActivity const& activity,
                 access::Viewer const& viewer) {
  UserView view{.id = user.id,
                .name = user.name,
                .organisation = std::move(organisation_name),
                .organisation_id = user.organisation,
                .roles = user.roles,
                .language = user.language,
                .active = user.active,
                .revision = user.revision};
  if (viewer.may("administration.read")) {
    view.login = user.login;
    view.email = user.email;
    view.last_seen = activity.last_seen_at;
    view.second_factor = activity.has_second_factor;
  }
  return view;
}

std::vector<OrganisationView> view_organisations(Context const& context, access::Viewer const& viewer) {
  auto counts = count_users(context.database, viewer);
  std::vector<OrganisationView> views;
  for (auto const& organisation : access::list_organisations(context.database, viewer)) {
    views.push_back(view_of(organisation, viewer, counts[organisation.id.value]));
  }
  return views;
}

std::vector<UserView> view_users(Context const& context, access::Viewer const& viewer) {
  bool const administers = viewer.may("administration.read");
  std::map<std::string, std::string> names;
  for (auto const& organisation : access::list_organisations(context.database, viewer)) {
    names[organisation.id.value] = organisation.names.in(viewer.language);
  }
  auto activity = administers ? load_activity(context.database, viewer) : std::map<std::string, UserActivity>();
  std::vector<UserView> views;
  for (auto const& user : access::list_users(context.database, viewer)) {
    if (!administers && !user.active) continue;
    views.push_back(view_of(user, names[user.organisation.value], activity[user.id.value], viewer));
  }
  return views;
}

std::vector<RoleView> view_roles(permissions::Roles const& roles) {
  std::vector<RoleView> views;
  for (auto const& role : roles.roles) {
    views.push_back({.role = role.code,
                     .side = std::string(name_of(role.side)),
                     .organisations = role.organisations,
                     .permissions = {role.permissions.begin(), role.permissions.end()},
                     .never_with = role.never_with});
  }
  return views;
}

}  // namespace rcms::administration
