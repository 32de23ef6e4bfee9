#include "capabilities/administration/api.hpp"

#include "capabilities/administration/actions.hpp"
#include "capabilities/administration/api_parts.hpp"
#include "foundation/access/store.hpp"
#include "foundation/base/text.hpp"

namespace rcms::administration {

namespace {

using http::Reply;
using http::Request;

struct OrganisationInput {
  http::Text<150> name;
  std::optional<http::Text<150>> name_es;
  http::Text<60> kind;
  std::optional<http::Text<200>> email;
};
RCMS_INPUT(OrganisationInput, name, name_es, kind, email)

struct OrganisationChangeInput {
  std::optional<http::Text<150>> name;
  std::optional<http::Text<60>> kind;
  std::optional<http::Text<200>> email;
  std::optional<bool> active;
};
RCMS_INPUT(OrganisationChangeInput, name, kind, email, active)

struct UserInput {
  http::Text<150> name;
  http::Text<80> login;
  OrganisationId organisation;
  http::List<std::string, 20> roles;
  std::optional<http::Text<200>> email;
  std::optional<http::Text<8>> language;
};
RCMS_INPUT(UserInput, name, login, organisation, roles, email, language)

struct UserChangeInput {
  std::optional<http::Text<150>> name;
  std::optional<OrganisationId> organisation;
  std::optional<http::List<std::string, 20>> roles;
  std::optional<http::Text<200>> email;
  std::optional<http::Text<8>> language;
  std::optional<bool> active;
};
RCMS_INPUT(UserChangeInput, name, organisation, roles, email, language, active)

/// The text of an optional field.
template <std::size_t Max>
std::optional<std::string> text_of(std::optional<http::Text<Max>> const& field) {
  return field ? std::optional(field->value) : std::nullopt;
}

UserChange change_of(UserChangeInput const& input) {
  UserChange change{.name = text_of(input.name),
                    .organisation = input.organisation,
                    .roles = {},
                    .email = text_of(input.email),
                    .language = text_of(input.language),
                    .active = input.active};
  if (input.roles) change.roles.emplace(input.roles->begin(), input.roles->end());
  return change;
}

Reply<UserView> reply_of(Context const& context, access::Viewer const& viewer, access::User const& user) {
  auto const organisation = access::find_organisation(context.database, viewer, user.organisation);
  auto activity = load_activity(context.database, viewer);
  return {view_of(user, organisation ? organisation->names.in(viewer.language) : std::string(), activity[user.id.value], viewer),
          0, user.revision};
}

NewPasswordView view_of_password(WithPassword const& made) { return {made.user.id, made.user.login, made.password}; }

void add_organisation_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/organisations")
                 .named("list_organisations")
                 .saying("The authorities, consulates, centres and bodies of your State.")
                 .permission("administration.read")
                 .output<http::Items<OrganisationView>>()
                 .handler([&](Request const& request) -> Result<http::Items<OrganisationView>> {
                   return http::Items<OrganisationView>{view_organisations(context, request.viewer)};
                 }));
  routes.add(http::post("/api/organisations")
                 .named("create_organisation")
                 .saying("Add an organisation of your State. Without name_es the name stands in both languages.")
                 .permission("administration.users")
                 .refuses({Why::field_invalid})
                 .status(201)
                 .input<OrganisationInput>()
                 .output<OrganisationView>()
                 .handler([&](OrganisationInput const& input, Request const& request) -> Result<Reply<OrganisationView>> {
                   auto const made =
                       create_organisation(context, request.viewer,
                                           {{input.name.value, input.name_es ? input.name_es->value : input.name.value},
                                            input.kind.value,
                                            text_of(input.email).value_or("")});
                   if (!made) return tl::unexpected(made.error());
                   return Reply<OrganisationView>(view_of(*made, request.viewer, 0), 201, made->revision);
                 }));
  routes.add(http::patch("/api/organisations/{id}")
                 .named("update_organisation")
                 .saying("Change or close an organisation. The name is that of your language.")
                 .permission("administration.users")
                 .refuses({Why::not_found, Why::field_invalid, Why::wrong_step, Why::stale_revision})
                 .input<OrganisationChangeInput>()
                 .output<OrganisationView>()
                 .handler([&](OrganisationChangeInput const& input, Request const& request) -> Result<Reply<OrganisationView>> {
                   auto const id = request.id<OrganisationId>("id");
                   if (!id) return tl::unexpected(id.error());
                   OrganisationChange const change{.name = text_of(input.name),
                                                   .language = request.viewer.language,
                                                   .kind = text_of(input.kind),
                                                   .email = text_of(input.email),
                                                   .active = input.active};
                   auto const changed = change_organisation(context, request.viewer, *id, change, request.if_match);
                   if (!changed) return tl::unexpected(changed.error());
                   auto const users = count_users(context.database, request.viewer)[id->value];
                   return Reply<OrganisationView>(view_of(*changed, request.viewer, users), 0, changed->revision);
                 }));
}

void add_reset_routes(http::Routes& routes, Context const& context) {
  routes.add(http::post("/api/users/{id}/password-reset")
                 .named("reset_password")
                 .saying("Give a person a new password for one sign-in; their sessions end.")
                 .permission("administration.users")
                 .refuses({Why::not_found, Why::same_person})
                 .output<NewPasswordView>()
                 .handler([&](Request const& request) -> Result<NewPasswordView> {
                   auto const id = request.id<UserId>("id");
                   if (!id) return tl::unexpected(id.error());
                   auto const reset = reset_password(context, request.viewer, *id);
                   if (!reset) return tl::unexpected(reset.error());
                   return view_of_password(*reset);
                 }));
  routes.add(http::delete_("/api/users/{id}/second-factor")
                 .named("remove_second_factor")
                 .saying("Remove the authenticator of a person who has lost it; their sessions end.")
                 .permission("administration.users")
                 .refuses({Why::not_found, Why::same_person})
                 .handler([&](Request const& request) -> Result<http::NoContent> {
                   auto const id = request.id<UserId>("id");
                   if (!id) return tl::unexpected(id.error());
                   return detail::done(remove_second_factor(context, request.viewer, *id));
                 }));
}

void add_user_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/users")
                 .named("list_users")
                 .saying("The people of your State; those who do not administer see the active ones, without login.")
                 .signed_in()
                 .output<http::Items<UserView>>()
                 .handler([&](Request const& request) -> Result<http::Items<UserView>> {
                   return http::Items<UserView>{view_users(context, request.viewer)};
                 }));
  routes.add(http::post("/api/users")
                 .named("create_user")
                 .saying("Add a person. The password is good for one sign-in and shown once.")
                 .permission("administration.users")
                 .refuses({Why::already_exists, Why::field_invalid, Why::field_missing, Why::same_person})
                 .status(201)
                 .input<UserInput>()
                 .output<NewPasswordView>()
                 .handler([&](UserInput const& input, Request const& request) -> Result<Reply<NewPasswordView>> {
                   auto const made = create_user(context, request.viewer,
                                                 {.login = lower_ascii(input.login.value),
                                                  .name = input.name.value,
                                                  .organisation = input.organisation,
                                                  .roles = input.roles,
                                                  .email = text_of(input.email).value_or(""),
                                                  .language = text_of(input.language).value_or(request.viewer.language)});
                   if (!made) return tl::unexpected(made.error());
                   return Reply<NewPasswordView>(view_of_password(*made), 201, made->user.revision);
                 }));
  routes.add(http::patch("/api/users/{id}")
                 .named("update_user")
                 .saying("Change a person's name, organisation, roles or access; it holds from their next request.")
                 .permission("administration.users")
                 .refuses({Why::not_found, Why::field_invalid, Why::field_missing, Why::same_person, Why::stale_revision})
                 .input<UserChangeInput>()
                 .output<UserView>()
                 .handler([&](UserChangeInput const& input, Request const& request) -> Result<Reply<UserView>> {
                   auto const id = request.id<UserId>("id");
                   if (!id) return tl::unexpected(id.error());
                   auto const changed = change_user(context, request.viewer, *id, change_of(input), request.if_match);
                   if (!changed) return tl::unexpected(changed.error());
                   return reply_of(context, request.viewer, *changed);
                 }));
  routes.add(http::get("/api/failed-sign-ins")
                 .named("list_failed_sign_ins")
                 .saying("Sign-ins that failed, by hour, person and network, newest first; what was typed is not kept.")
                 .permission("administration.read")
                 .output<http::Items<FailedSignInsView>>()
                 .handler([&](Request const& request) -> Result<http::Items<FailedSignInsView>> {
                   http::Items<FailedSignInsView> view;
                   for (auto const& one : list_failed_sign_ins(context.database, request.viewer)) {
                     FailedSignInsView line{{}, {}, one.network, one.failures, one.first_hour, one.last_at};
                     if (!one.user.empty()) line.user = one.user.value;
                     if (!one.user.empty()) line.login = one.login;
                     view.items.push_back(std::move(line));
                   }
                   return view;
                 }));
  routes.add(http::get("/api/roles")
                 .named("list_roles")
                 .saying("All roles with what each may do.")
                 .permission("administration.read")
                 .output<http::Items<RoleView>>()
                 .handler([&](Request const&) -> Result<http::Items<RoleView>> {
                   return http::Items<RoleView>{view_roles(context.roles)};
                 }));
}

}  // namespace

void add_routes(http::Routes& routes, Context const& context) {
  detail::add_own_access_routes(routes, context);
  add_organisation_routes(routes, context);
  add_user_routes(routes, context);
  add_reset_routes(routes, context);
}

}  // namespace rcms::administration
