// Sessions: the way in. Delays, password, one-time code, and the making of a session.

#include "foundation/access/sessions.hpp"
#include "foundation/access/store.hpp"
#include "foundation/access/totp.hpp"
#include "foundation/base/lists.hpp"
#include "foundation/base/text.hpp"

namespace rcms::access {

namespace {

constexpr db::Sql select_newcomer{
    "access_select_newcomer",
    "SELECT u.id, u.name, u.party, p.code, u.organisation, u.roles, u.language, coalesce(c.must_change, 0) FROM users u "
    "JOIN parties p ON p.id = u.party LEFT JOIN credentials c ON c.user_id = u.id WHERE u.id = $1 AND u.active = 1"};
constexpr db::Sql insert_session{
    "access_insert_session",
    "INSERT INTO sessions (token_hash, id, user_id, created_at, last_seen_at, expires_at, address, demo) "
    "VALUES ($1, $2, $3, $4, $4, $5, $6, $7)"};
constexpr db::Sql select_known_address{
    "access_select_known_address",
    "SELECT count(*) FROM sessions WHERE user_id = $1 AND address = $2 AND demo = 0 AND created_at > $3"};

constexpr std::int64_t known_address_ms = 30LL * 24 * 3'600'000;

auto refuse_wrong() {
  return refuse(Why::does_not_verify, "password", "the login, the password or the code is not right");
}

std::string pair_of(SignInInput const& input, std::string const& login) { return input.address + ' ' + login; }

}  // namespace

std::string coarse_address(std::string_view address) {
  if (address.find(':') == std::string_view::npos) {
    auto const last_dot = address.rfind('.');
    return last_dot == std::string_view::npos ? std::string(address) : std::string(address.substr(0, last_dot)) + ".0/24";
  }
  std::size_t end = 0;
  for (int groups = 0; groups < 3 && end < address.size(); ++groups) {
    auto const colon = address.find(':', end);
    if (colon == std::string_view::npos || (colon == end && groups > 0)) break;
    end = colon + 1;
  }
  auto prefix = std::string(address.substr(0, end));
  while (!prefix.empty() && prefix.back() == ':') prefix.pop_back();
  return prefix + "::/48";
}

bool Sessions::is_known_address(UserId const& user, std::string_view address) {
  auto const since = clock_.now().ms - known_address_ms;
  auto const row = database_.find(select_known_address, {user.value, coarse_address(address), since});
  return row && row->integer(0) > 0;
}

/// Milliseconds to wait before the password is even looked at. A wait that others have caused (by login, by address) does
/// not hold for a network from which this person has signed in before: nobody can be locked out by a stranger.
std::int64_t Sessions::wait_of(SignInInput const& input, std::string const& login,
                               std::optional<Credentials> const& credentials) {
  auto const now = clock_.now();
  if (auto const wait = by_pair_.wait_ms(pair_of(input, login), now); wait > 0) return wait;
  auto const wait = std::max(by_login_.wait_ms(login, now), by_address_.wait_ms(input.address, now));
  if (wait > 0 && credentials && is_known_address(credentials->user, input.address)) return 0;
  return wait;
}

void Sessions::count_failure(SignInInput const& input, std::string const& login) {
  auto const now = clock_.now();
  by_pair_.failed(pair_of(input, login), now);
  by_login_.failed(login, now);
  by_address_.failed(input.address, now);
}

std::optional<PreparedSignIn> Sessions::prepare_session(UserId const& user, std::string_view address, bool demo) {
  auto const row = database_.find(select_newcomer, {user.value});
  if (!row) return std::nullopt;
  auto const now = clock_.now();
  PreparedSignIn prepared;
  auto& signed_in = prepared.signed_in;
  signed_in.token = to_base64url(random_bytes(32));
  signed_in.expires_at = now.plus_ms(options_.absolute_ms);
  signed_in.must_change_password = row->integer(7) != 0 && !demo;
  auto const roles = split_words(row->text(5));
  signed_in.viewer = Viewer{.user = user,
                            .name = row->text(1),
                            .party = {row->text(2)},
                            .party_code = row->text(3),
                            .organisation = {row->text(4)},
                            .roles = roles,
                            .permissions = {},
                            .language = row->text(6),
                            .session = make_uuid(now)};
  if (!signed_in.must_change_password) signed_in.viewer.permissions = permissions_of(roles, permissions_);
  prepared.command.add(insert_session, {sha256(signed_in.token), signed_in.viewer.session, user.value, now.ms,
                                        signed_in.expires_at.ms, coarse_address(address), std::int64_t{demo ? 1 : 0}});
  return prepared;
}

Result<PreparedSignIn> Sessions::prepare_sign_in(SignInInput const& input) {
  auto login = lower_ascii(tidy_text(input.login));
  if (!is_login(login)) login = "?";  // nobody: takes the same way, and does not fill memory with whatever was sent
  auto const credentials = find_credentials(database_, box_, login);
  if (auto const wait = wait_of(input, login, credentials); wait > 0) {
    return refuse(Why::too_many_requests, "password", "wait " + std::to_string((wait + 999) / 1000) + " seconds and try again");
  }
  auto const is_right = hasher_.verify(credentials ? credentials->password_hash : std::string(), input.password);
  if (!is_right) return tl::unexpected(is_right.error());
  if (!*is_right || !credentials->user_active) {
    count_failure(input, login);
    return refuse_wrong();
  }
  std::optional<std::int64_t> step;
  if (credentials->totp_confirmed) {
    if (input.code.empty()) return refuse(Why::field_missing, "code", "the code of the authenticator is needed");
    step = check_totp(credentials->totp_secret, input.code, clock_.now(), credentials->totp_step);
    if (!step) {
      count_failure(input, login);
      return refuse_wrong();
    }
  }
  auto prepared = prepare_session(credentials->user, input.address, false);
  if (!prepared) return refuse_wrong();
  if (step) use_totp_step(prepared->command, credentials->user, *step);
  by_pair_.succeeded(pair_of(input, login));
  return *std::move(prepared);
}

Result<SignedIn> Sessions::sign_in(SignInInput const& input) {
  auto prepared = prepare_sign_in(input);
  if (!prepared) return tl::unexpected(prepared.error());
  // Superseded: the same code was used at the same moment.
  if (database_.write(prepared->command).outcome != db::Outcome::written) return refuse_wrong();
  return std::move(prepared->signed_in);
}

Result<SignedIn> Sessions::start_demo(UserId const& user, std::string_view address) {
  auto prepared = options_.demo ? prepare_session(user, address, true) : std::nullopt;
  if (!prepared) return refuse(Why::not_found, "user", "there is no such person in the demo");
  if (database_.write(prepared->command).outcome != db::Outcome::written) return refuse(Why::not_found, "user");
  return std::move(prepared->signed_in);
}

}  // namespace rcms::access
