#include "foundation/access/sessions.hpp"

#include "foundation/base/lists.hpp"

#include "foundation/base/text.hpp"

namespace rcms::access {

namespace {

constexpr db::Sql select_session{
    "access_select_session",
    "SELECT s.id, u.id, u.name, u.party, p.code, u.organisation, u.roles, u.language, s.demo, coalesce(c.must_change, 0), "
    "s.last_seen_at, s.expires_at FROM sessions s JOIN users u ON u.id = s.user_id JOIN parties p ON p.id = u.party "
    "LEFT JOIN credentials c ON c.user_id = u.id WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND u.active = 1"};
constexpr db::Sql select_api_session{
    "access_select_api_session",
    "SELECT t.id, u.id, u.name, u.party, p.code, u.organisation, u.roles, u.language, 0, 0, t.scopes, t.expires_at "
    "FROM api_tokens t JOIN users u ON u.id = t.user_id JOIN parties p ON p.id = u.party "
    "WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND u.active = 1"};
constexpr db::Sql update_last_seen{"access_update_last_seen",
                                   "UPDATE sessions SET last_seen_at = $2 WHERE token_hash = $1 AND last_seen_at < $2"};
constexpr db::Sql revoke_by_token{"access_revoke_by_token",
                                  "UPDATE sessions SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL"};
constexpr db::Sql revoke_by_id{"access_revoke_by_id",
                               "UPDATE sessions SET revoked_at = $3 WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL"};
constexpr db::Sql revoke_by_user{
    "access_revoke_by_user", "UPDATE sessions SET revoked_at = $2 WHERE user_id = $1 AND id <> $3 AND revoked_at IS NULL"};
constexpr db::Sql revoke_tokens_by_user{"access_revoke_tokens_by_user",
                                        "UPDATE api_tokens SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL"};
constexpr db::Sql revoke_token_by_id{
    "access_revoke_token_by_id", "UPDATE api_tokens SET revoked_at = $3 WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL"};
constexpr db::Sql select_sessions{
    "access_select_sessions",
    "SELECT id, created_at, last_seen_at, expires_at, address FROM sessions WHERE user_id = $1 AND revoked_at IS NULL "
    "AND expires_at > $2 AND last_seen_at > $3 ORDER BY created_at DESC"};
constexpr db::Sql select_api_tokens{"access_select_api_tokens",
                                    "SELECT id, name, scopes, created_at, expires_at FROM api_tokens WHERE user_id = $1 "
                                    "AND revoked_at IS NULL ORDER BY created_at DESC"};
constexpr db::Sql insert_api_token{
    "access_insert_api_token",
    "INSERT INTO api_tokens (token_hash, id, user_id, name, scopes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"};

constexpr std::string_view api_prefix = "rcms_";
constexpr std::size_t longest_token = 200;
constexpr std::int64_t save_last_seen_every_ms = 60'000;

std::string key_of(Bytes const& hash) { return std::string(as_text(hash)); }

}  // namespace

Sessions::Sessions(db::Database& database, Clock const& clock, RolePermissions permissions, SecretBox box, SessionOptions options)
    : database_(database),
      clock_(clock),
      permissions_(std::move(permissions)),
      box_(std::move(box)),
      options_(options),
      hasher_(options.hash_cost),
      by_pair_(DelayRule{.free_failures = 5, .first_ms = 1'000, .longest_ms = 900'000}),
      by_login_(DelayRule{.free_failures = 50, .first_ms = 1'000, .longest_ms = 60'000}),
      by_address_(DelayRule{.free_failures = 100, .first_ms = 1'000, .longest_ms = 60'000}) {}

Viewer Sessions::viewer_of(db::Row const& row) const {
  Viewer viewer{.user = {row.text(1)},
                .name = row.text(2),
                .party = {row.text(3)},
                .party_code = row.text(4),
                .organisation = {row.text(5)},
                .roles = split_words(row.text(6)),
                .permissions = {},
                .language = row.text(7),
                .session = row.text(0)};
  bool const is_demo = row.integer(8) != 0;
  bool const must_change = row.integer(9) != 0;
  if (is_demo || !must_change) viewer.permissions = permissions_of(viewer.roles, permissions_);
  return viewer;
}

std::optional<LiveSession> Sessions::load(std::string_view token, Bytes const& hash) {
  bool const is_api = token.starts_with(api_prefix);
  auto const row = database_.find(is_api ? select_api_session : select_session, {hash});
  if (!row) return std::nullopt;
  auto viewer = viewer_of(*row);
  LiveSession session{.viewer = {}, .expires_at = Instant{row->integer(11)}, .has_idle_limit = !is_api};
  if (is_api) {
    auto const scopes = split_words(row->text(10));
    std::set<std::string, std::less<>> const allowed(scopes.begin(), scopes.end());
    std::erase_if(viewer.permissions, [&](auto const& permission) { return !allowed.contains(permission); });
  } else {
    session.last_seen_at = session.last_seen_saved_at = Instant{row->integer(10)};
  }
  session.viewer = std::make_shared<Viewer const>(std::move(viewer));
  return session;
}

std::optional<LiveSession> Sessions::live(std::string_view token) {
  if (token.empty() || token.size() > longest_token) return std::nullopt;
  auto const hash = sha256(token);
  auto const key = key_of(hash);
  auto found = cache_.find(key, monotonic_ms());
  if (!found.session) {
    found.session = load(token, hash);
    if (!found.session) return std::nullopt;
    cache_.store(key, *found.session, monotonic_ms(), found.mark);
  }
  auto& session = *found.session;
  auto const now = clock_.now();
  if (now >= session.expires_at) return std::nullopt;
  if (!session.has_idle_limit) return session;
  if (now.ms - session.last_seen_at.ms >= options_.idle_ms) return std::nullopt;
  cache_.seen(key, now);
  if (now.ms - session.last_seen_saved_at.ms >= save_last_seen_every_ms) {
    cache_.saved(key, now);
    db::Command command;
    command.add(update_last_seen, {hash, now.ms});
    database_.write(command);
  }
  return session;
}

std::optional<Viewer> Sessions::find(std::string_view token) {
  auto const session = live(token);
  return session ? std::optional(*session->viewer) : std::nullopt;
}

std::optional<Instant> Sessions::find_expiry(std::string_view token) {
  auto const session = live(token);
  return session ? std::optional(session->expires_at) : std::nullopt;
}

void Sessions::add_sign_out(db::Command& command, std::string_view token) const {
  command.add(revoke_by_token, {sha256(token), clock_.now().ms});
}

void Sessions::forget_token(std::string_view token) { cache_.forget(key_of(sha256(token))); }

std::vector<Session> Sessions::list(UserId const& user) {
  auto const now = clock_.now();
  std::vector<Session> sessions;
  for (auto const& row : database_.read(select_sessions, {user.value, now.ms, now.ms - options_.idle_ms})) {
    sessions.push_back({row.text(0), Instant{row.integer(1)}, Instant{row.integer(2)}, Instant{row.integer(3)}, row.text(4)});
  }
  return sessions;
}

void Sessions::add_revoke(db::Command& command, UserId const& user, std::string const& session) const {
  command.add_expecting(revoke_by_id, {session, user.value, clock_.now().ms});
}

void Sessions::revoke_all(UserId const& user, std::string_view except_session) {
  db::Command command;
  add_revoke_all(command, user, except_session);
  database_.write(command);
  cache_.forget_user(user);
}

void Sessions::add_revoke_all(db::Command& command, UserId const& user, std::string_view except_session) const {
  auto const now = clock_.now();
  command.add(revoke_by_user, {user.value, now.ms, std::string(except_session)});
  command.add(revoke_tokens_by_user, {user.value, now.ms});
}

NewApiToken Sessions::prepare_api_token(ApiTokenInput const& input) const {
  auto const now = clock_.now();
  NewApiToken made{.token = std::string(api_prefix) + to_base64url(random_bytes(32)), .id = make_uuid(now), .command = {}};
  made.command.add(insert_api_token, {sha256(made.token), made.id, input.user.value, input.name, join(input.scopes, " "), now.ms,
                                      input.expires_at.ms});
  return made;
}

std::vector<ApiToken> Sessions::list_api_tokens(UserId const& user) {
  std::vector<ApiToken> tokens;
  for (auto const& row : database_.read(select_api_tokens, {user.value})) {
    tokens.push_back({row.text(0), row.text(1), split_words(row.text(2)), Instant{row.integer(3)}, Instant{row.integer(4)}});
  }
  return tokens;
}

void Sessions::add_revoke_api_token(db::Command& command, UserId const& user, std::string const& id) const {
  command.add_expecting(revoke_token_by_id, {id, user.value, clock_.now().ms});
}

}  // namespace rcms::access
