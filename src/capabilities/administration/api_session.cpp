// Routes of a person's own access.

#include "capabilities/administration/api_parts.hpp"
#include "capabilities/administration/own_session.hpp"

namespace rcms::administration {

namespace {

using http::Reply;
using http::Request;

struct SessionInput {
  http::Text<80> login;
  std::string password;
  std::optional<http::Text<12>> code;
};
RCMS_INPUT(SessionInput, login, password, code)

struct SessionChange {
  http::Text<8> language;
};
RCMS_INPUT(SessionChange, language)

struct PasswordInput {
  std::string password;
  std::string new_password;
};
RCMS_INPUT(PasswordInput, password, new_password)

struct OwnPasswordInput {
  std::string password;
};
RCMS_INPUT(OwnPasswordInput, password)

struct CodeInput {
  http::Text<12> code;
};
RCMS_INPUT(CodeInput, code)

struct ApiTokenInput {
  http::Text<100> name;
  http::List<std::string, 60> scopes;
  std::int64_t days = 90;
};
RCMS_INPUT(ApiTokenInput, name, scopes, days)

struct DemoSessionInput {
  UserId user;
};
RCMS_INPUT(DemoSessionInput, user)

http::RateClass const sign_in_rate{"sign_in", 30, 60};
http::RateClass const password_rate{"password", 10, 10};

std::string cookie_of(Context const& context, std::string_view token, std::int64_t seconds) {
  std::string cookie = "rcms_session=";
  cookie.append(token).append("; Path=/; HttpOnly; SameSite=Strict; Max-Age=").append(std::to_string(seconds));
  if (context.secure_cookies) cookie.append("; Secure");
  return cookie;
}

/// Told as `sign_in_failed` and `code_required`, which the sign-in page tells apart.
http::Problem sign_in_problem(Refused refused) {
  http::Problem problem(std::move(refused));
  if (problem.refused.why == Why::does_not_verify) problem.name = "sign_in_failed", problem.status = 401;
  if (problem.refused.why == Why::field_missing) problem.name = "code_required", problem.status = 401;
  return problem;
}

Reply<SessionView> reply_of(Context const& context, access::SignedIn const& signed_in) {
  Reply<SessionView> reply(view_of_session(context, signed_in.viewer, signed_in.expires_at), 201);
  auto const seconds = (signed_in.expires_at.ms - context.clock.now().ms) / 1000;
  reply.headers.emplace_back("Set-Cookie", cookie_of(context, signed_in.token, seconds));
  return reply;
}

Result<SessionView> current(Context const& context, Request const& request, access::Viewer const& viewer) {
  auto const expires_at = context.sessions.find_expiry(request.session_token);
  if (!expires_at) return refuse(Why::not_signed_in);
  return view_of_session(context, viewer, *expires_at);
}

void add_session_routes(http::Routes& routes, Context const& context) {
  routes.add(http::post("/api/session")
                 .named("create_session")
                 .saying("Sign in. The token comes as the cookie rcms_session.")
                 .public_()
                 .limited(sign_in_rate)
                 .refuses({Why::does_not_verify, Why::field_missing, Why::too_many_requests})
                 .status(201)
                 .input<SessionInput>()
                 .output<SessionView>()
                 .handler([&](SessionInput const& input, Request const& request) -> http::Answer<Reply<SessionView>> {
                   auto const signed_in = start_session(context, {input.login.value, input.password,
                                                                  input.code ? input.code->value : std::string(),
                                                                  request.remote_address});
                   if (!signed_in) return tl::unexpected<http::Problem>(sign_in_problem(signed_in.error()));
                   return reply_of(context, *signed_in);
                 }));
  routes.add(http::get("/api/session")
                 .named("get_session")
                 .saying("Who is signed in, what they may do, and what time it is here.")
                 .signed_in()
                 .output<SessionView>()
                 .handler([&](Request const& request) { return current(context, request, request.viewer); }));
  routes.add(http::patch("/api/session")
                 .named("update_session")
                 .saying("Change the language of the person who is signed in.")
                 .signed_in()
                 .refuses({Why::field_invalid})
                 .input<SessionChange>()
                 .output<SessionView>()
                 .handler([&](SessionChange const& input, Request const& request) -> Result<SessionView> {
                   auto const changed = change_language(context, request.viewer, input.language.value);
                   if (!changed) return tl::unexpected(changed.error());
                   auto viewer = request.viewer;
                   viewer.language = input.language.value;
                   return current(context, request, viewer);
                 }));
  routes.add(http::delete_("/api/session")
                 .named("delete_session")
                 .saying("Sign out.")
                 .signed_in()
                 .status(204)
                 .file("")
                 .handler([&](Request const& request) -> Result<http::Response> {
                   auto const ended = end_session(context, request.viewer, request.session_token);
                   if (!ended) return tl::unexpected(ended.error());
                   http::Response response{.status = 204, .content_type = {}};
                   response.headers.emplace_back("Set-Cookie", cookie_of(context, "", 0));
                   return response;
                 }));
}

void add_own_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/session/sessions")
                 .named("list_sessions")
                 .saying("The sessions of the person who is signed in, newest first.")
                 .signed_in()
                 .output<http::Items<OwnSessionView>>()
                 .handler([&](Request const& request) -> Result<http::Items<OwnSessionView>> {
                   http::Items<OwnSessionView> views;
                   for (auto const& one : context.sessions.list(request.viewer.user)) {
                     views.items.push_back({one.id, one.created_at, one.last_seen_at, one.expires_at, one.address,
                                            one.id == request.viewer.session});
                   }
                   return views;
                 }));
  routes.add(http::delete_("/api/session/sessions/{id}")
                 .named("revoke_session")
                 .saying("End one of your sessions, also on another machine.")
                 .signed_in()
                 .refuses({Why::not_found})
                 .handler([&](Request const& request) {
                   return detail::done(revoke_session(context, request.viewer, request.path_value("id")));
                 }));
  routes.add(http::put("/api/session/password")
                 .named("change_password")
                 .saying("Replace your password; your other sessions end.")
                 .signed_in()
                 .limited(password_rate)
                 .refuses({Why::does_not_verify, Why::field_invalid, Why::field_too_long})
                 .input<PasswordInput>()
                 .handler([&](PasswordInput const& input, Request const& request) {
                   return detail::done(change_password(context, request.viewer, input.password, input.new_password));
                 }));
  routes.add(http::post("/api/session/second-factor")
                 .named("begin_second_factor")
                 .saying("Begin to use an authenticator: its secret, shown once.")
                 .signed_in()
                 .limited(password_rate)
                 .refuses({Why::does_not_verify, Why::already_exists})
                 .input<OwnPasswordInput>()
                 .output<EnrolmentView>()
                 .handler([&](OwnPasswordInput const& input, Request const& request) -> Result<EnrolmentView> {
                   auto const begun = begin_second_factor(context, request.viewer, input.password);
                   if (!begun) return tl::unexpected(begun.error());
                   return EnrolmentView{begun->secret, begun->uri};
                 }));
  routes.add(http::put("/api/session/second-factor")
                 .named("confirm_second_factor")
                 .saying("Show a code of the authenticator; from now on one is asked for.")
                 .signed_in()
                 .limited(password_rate)
                 .refuses({Why::does_not_verify, Why::wrong_step})
                 .input<CodeInput>()
                 .handler([&](CodeInput const& input, Request const& request) {
                   return detail::done(confirm_second_factor(context, request.viewer, input.code.value));
                 }));
}

void add_token_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/api-tokens")
                 .named("list_api_tokens")
                 .saying("Your tokens for machines, without the tokens themselves.")
                 .signed_in()
                 .output<http::Items<ApiTokenView>>()
                 .handler([&](Request const& request) -> Result<http::Items<ApiTokenView>> {
                   http::Items<ApiTokenView> views;
                   for (auto const& one : context.sessions.list_api_tokens(request.viewer.user)) {
                     views.items.push_back({one.id, one.name, one.scopes, one.created_at, one.expires_at});
                   }
                   return views;
                 }));
  routes.add(http::post("/api/api-tokens")
                 .named("create_api_token")
                 .saying("Make a token for a machine that acts for you with some of your permissions; shown once.")
                 .signed_in()
                 .status(201)
                 .refuses({Why::field_invalid, Why::field_missing})
                 .input<ApiTokenInput>()
                 .output<NewApiTokenView>()
                 .handler([&](ApiTokenInput const& input, Request const& request) -> Result<NewApiTokenView> {
                   auto const made = create_api_token(context, request.viewer, input.name.value, input.scopes, input.days);
                   if (!made) return tl::unexpected(made.error());
                   return NewApiTokenView{made->id, made->token};
                 }));
  routes.add(http::delete_("/api/api-tokens/{id}")
                 .named("revoke_api_token")
                 .saying("End one of your tokens for machines.")
                 .signed_in()
                 .refuses({Why::not_found})
                 .handler([&](Request const& request) {
                   return detail::done(revoke_api_token(context, request.viewer, request.path_value("id")));
                 }));
}

}  // namespace

void detail::add_own_access_routes(http::Routes& routes, Context const& context) {
  add_session_routes(routes, context);
  add_own_routes(routes, context);
  add_token_routes(routes, context);
}

void add_demo_routes(http::Routes& routes, Context const& context,
                     std::function<std::vector<DemoPersonView>(std::string_view language)> people) {
  routes.add(http::get("/api/demo/people")
                 .named("list_demo_people")
                 .saying("The invented people whom a visitor of the demo can be.")
                 .public_()
                 .output<http::Items<DemoPersonView>>()
                 .handler([people = std::move(people)](Request const& request) -> Result<http::Items<DemoPersonView>> {
                   return http::Items<DemoPersonView>{people(request.language)};
                 }));
  routes.add(http::post("/api/demo/session")
                 .named("create_demo_session")
                 .saying("Be one of the invented people of the demo.")
                 .public_()
                 .refuses({Why::not_found})
                 .status(201)
                 .input<DemoSessionInput>()
                 .output<SessionView>()
                 .handler([&](DemoSessionInput const& input, Request const& request) -> Result<Reply<SessionView>> {
                   auto const signed_in = start_demo_session(context, input.user, request.remote_address);
                   if (!signed_in) return tl::unexpected(signed_in.error());
                   return reply_of(context, *signed_in);
                 }));
}

}  // namespace rcms::administration
