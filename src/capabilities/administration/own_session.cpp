#include "capabilities/administration/own_session.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "capabilities/administration/store.hpp"
#include "foundation/access/store.hpp"
#include "foundation/access/totp.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::administration {

namespace {

namespace json = boost::json;
using access::Viewer;

constexpr std::int64_t day_ms = 24 * 3'600'000;
constexpr std::int64_t longest_token_days = 366;

/// Writes what a person did with their own access, with its entry in their chain.
Result<void> write_own(Context const& context, Viewer const& viewer, std::string action, json::object const& content,
                       db::Command const& command) {
  auto const subject = ledger::user_subject(viewer.user);
  auto const written = ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<>> {
    return ledger::Decided<>{.command = command,
                             .entries = {{.subject = subject,
                                          .party = viewer.party,
                                          .actor = viewer.user.value,
                                          .action = action,
                                          .source = {},
                                          .content = json::serialize(content),
                                          .at = context.clock.now()}}};
  });
  if (!written) return tl::unexpected(written.error());
  return {};
}

template <class List>
bool is_among(List const& list, std::string const& id) {
  return std::any_of(list.begin(), list.end(), [&](auto const& each) { return each.id == id; });
}

Result<access::Credentials> load_credentials(Context const& context, Viewer const& viewer) {
  auto credentials = access::find_credentials(context.database, context.sessions.box(), viewer.user);
  if (!credentials) return refuse(Why::wrong_step, {}, "you have no password in this system");
  return *std::move(credentials);
}

/// The viewer's credentials when the password is theirs.
Result<access::Credentials> check_own_password(Context const& context, Viewer const& viewer, std::string const& password) {
  auto credentials = load_credentials(context, viewer);
  if (!credentials) return credentials;
  auto const is_right = context.sessions.hasher().verify(credentials->password_hash, password);
  if (!is_right) return tl::unexpected(is_right.error());
  if (!*is_right) return refuse(Why::does_not_verify, "password", "this is not your password");
  return credentials;
}

}  // namespace

Result<access::SignedIn> start_session(Context const& context, access::SignInInput const& input) {
  auto prepared = context.sessions.prepare_sign_in(input);
  if (!prepared) {
    if (prepared.error().why == Why::does_not_verify) {
      note_failed_sign_in(context.database, input.login, access::coarse_address(input.address), context.clock.now());
    }
    return tl::unexpected(std::move(prepared.error()));
  }
  auto const written = write_own(context, prepared->signed_in.viewer, "session.start",
                                 {{"network", access::coarse_address(input.address)}}, prepared->command);
  if (!written) return tl::unexpected(written.error());
  return std::move(prepared->signed_in);
}

Result<access::SignedIn> start_demo_session(Context const& context, UserId const& user, std::string const& address) {
  return context.sessions.start_demo(user, address);
}

Result<void> end_session(Context const& context, Viewer const& viewer, std::string const& token) {
  db::Command command;
  context.sessions.add_sign_out(command, token);
  auto const written = write_own(context, viewer, "session.end", {}, command);
  if (written) context.sessions.forget_token(token);
  return written;
}

Result<void> revoke_session(Context const& context, Viewer const& viewer, std::string const& session) {
  if (!is_among(context.sessions.list(viewer.user), session)) return refuse(Why::not_found, "session");
  db::Command command;
  context.sessions.add_revoke(command, viewer.user, session);
  auto const written = write_own(context, viewer, "session.revoke", {{"session", session}}, command);
  if (written) context.sessions.forget_one(session);
  return written;
}

Result<void> change_language(Context const& context, Viewer const& viewer, std::string const& language) {
  if (language != "en" && language != "es") return refuse(Why::field_invalid, "language", "the languages are en and es");
  auto user = access::find_user(context.database, viewer, viewer.user);
  if (!user) return refuse(Why::not_found);
  user->language = language;
  db::Command command;
  access::save_user(command, *user);
  auto const written = write_own(context, viewer, "user.change_language", {{"language", language}}, command);
  if (written) context.sessions.forget(viewer.user);
  return written;
}

Result<void> change_password(Context const& context, Viewer const& viewer, std::string const& password,
                             std::string const& new_password) {
  auto const credentials = check_own_password(context, viewer, password);
  if (!credentials) return tl::unexpected(credentials.error());
  auto const user = access::find_user(context.database, viewer, viewer.user);
  auto checked = access::check_password(new_password, user ? user->login : std::string());
  if (!checked) {
    checked.error().field = "new_password";
    return checked;
  }
  if (new_password == password) return refuse(Why::field_invalid, "new_password", "the new password is the old one");
  auto const hash = context.sessions.hasher().hash(new_password);
  if (!hash) return tl::unexpected(hash.error());
  db::Command command;
  access::save_password(command, viewer.user, *hash, access::PasswordUse::lasting, context.clock.now());
  context.sessions.add_revoke_all(command, viewer.user, viewer.session);
  auto const written = write_own(context, viewer, "user.change_password", {}, command);
  if (written) context.sessions.forget(viewer.user);
  return written;
}

Result<Enrolment> begin_second_factor(Context const& context, Viewer const& viewer, std::string const& password) {
  auto const credentials = check_own_password(context, viewer, password);
  if (!credentials) return tl::unexpected(credentials.error());
  if (credentials->totp_confirmed)
    return refuse(Why::already_exists, {}, "you have an authenticator; an administrator can remove it");
  auto const secret = access::make_totp_secret();
  auto const user = access::find_user(context.database, viewer, viewer.user);
  db::Command command;
  access::save_totp_secret(command, context.sessions.box(), viewer.user, secret);
  auto const written = write_own(context, viewer, "user.begin_second_factor", {}, command);
  if (!written) return tl::unexpected(written.error());
  return Enrolment{access::to_base32(secret), access::otpauth_uri(secret, "RCMS " + viewer.party_code, user ? user->login : "")};
}

Result<void> confirm_second_factor(Context const& context, Viewer const& viewer, std::string const& code) {
  auto const credentials = load_credentials(context, viewer);
  if (!credentials) return tl::unexpected(credentials.error());
  if (credentials->totp_secret.empty() || credentials->totp_confirmed) {
    return refuse(Why::wrong_step, {}, "no authenticator waits to be confirmed");
  }
  auto const step = access::check_totp(credentials->totp_secret, code, context.clock.now(), credentials->totp_step);
  if (!step) return refuse(Why::does_not_verify, "code", "this is not the code that the authenticator shows now");
  db::Command command;
  access::use_totp_step(command, viewer.user, *step);
  return write_own(context, viewer, "user.confirm_second_factor", {}, command);
}

Result<access::NewApiToken> create_api_token(Context const& context, Viewer const& viewer, std::string const& name,
                                             std::vector<std::string> const& scopes, std::int64_t days) {
  for (auto const& scope : scopes) {
    if (!viewer.may(scope)) return refuse(Why::field_invalid, "scopes", "you do not have the permission " + scope);
  }
  if (scopes.empty()) return refuse(Why::field_missing, "scopes", "a token has at least one permission");
  if (days < 1 || days > longest_token_days) return refuse(Why::field_invalid, "days", "a token is good for 1 to 366 days");
  auto made =
      context.sessions.prepare_api_token({viewer.user, name, scopes, context.clock.now().plus_ms(days * day_ms)});
  auto const written = write_own(context, viewer, "api_token.create", {{"token", made.id}, {"name", name}}, made.command);
  if (!written) return tl::unexpected(written.error());
  return made;
}

Result<void> revoke_api_token(Context const& context, Viewer const& viewer, std::string const& id) {
  if (!is_among(context.sessions.list_api_tokens(viewer.user), id)) return refuse(Why::not_found, "token");
  db::Command command;
  context.sessions.add_revoke_api_token(command, viewer.user, id);
  auto const written = write_own(context, viewer, "api_token.revoke", {{"token", id}}, command);
  if (written) context.sessions.forget_one(id);
  return written;
}

}  // namespace rcms::administration
