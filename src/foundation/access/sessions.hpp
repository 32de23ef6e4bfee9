// Signing in and staying signed in. Sessions stand in the database and can be revoked; a request finds its viewer here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/access/credentials.hpp"
#include "foundation/access/delays.hpp"
#include "foundation/access/password.hpp"
#include "foundation/access/people.hpp"
#include "foundation/access/secret_box.hpp"
#include "foundation/access/session_cache.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/base/result.hpp"
#include "foundation/db/database.hpp"

namespace rcms::access {

struct SessionOptions {
  std::int64_t absolute_ms = 12 * 3'600'000;  ///< life of a session, however busy
  std::int64_t idle_ms = 3'600'000;           ///< life without a request
  HashCost hash_cost = HashCost::interactive();
  bool demo = false;  ///< people may be chosen without a password
};

struct SignInInput {
  std::string login;
  std::string password;
  std::string code;     ///< six digits where the person has an authenticator
  std::string address;  ///< of the client
};

/// What a person who signed in is given. The token exists nowhere else.
struct SignedIn {
  std::string token;
  Viewer viewer;
  Instant expires_at;
  bool must_change_password = false;  ///< until then the viewer has no permissions
};

/// A sign-in that was checked and is not yet written: `command` makes the session.
struct PreparedSignIn {
  SignedIn signed_in;
  db::Command command;
};

/// One session of a user, for their own list.
struct Session {
  std::string id;
  Instant created_at;
  Instant last_seen_at;
  Instant expires_at;
  std::string address;  ///< coarse: "192.0.2.0/24"
};

struct ApiToken {
  std::string id;
  std::string name;
  std::vector<std::string> scopes;
  Instant created_at;
  Instant expires_at;
};

struct ApiTokenInput {
  UserId user;
  std::string name;
  std::vector<std::string> scopes;  ///< permissions; those that the user does not have give nothing
  Instant expires_at;
};

struct NewApiToken {
  std::string token;  ///< shown once
  std::string id;
  db::Command command;
};

/// Thread-safe; one for the process.
class Sessions {
 public:
  Sessions(db::Database& database, Clock const& clock, RolePermissions permissions, SecretBox box, SessionOptions options = {});

  /// Refuses: too_many_requests (guessing, or too many at once), does_not_verify (login, password or code; or not active),
  /// field_missing on `code` when the password was right and a code is needed.
  Result<PreparedSignIn> prepare_sign_in(SignInInput const& input);
  Result<SignedIn> sign_in(SignInInput const& input);
  /// Refuses: not_found unless this is a demo and the user is active.
  Result<SignedIn> start_demo(UserId const& user, std::string_view address);

  /// Who is asking, by session or API token. Empty: not signed in, or no longer.
  std::optional<Viewer> find(std::string_view token);
  /// When the session of the token ends at the latest.
  std::optional<Instant> find_expiry(std::string_view token);

  std::vector<Session> list(UserId const& user);
  /// The end of one session or API token as part of a command, which is superseded when the user has none that lives under this
  /// token or id; call `forget_token` or `forget_one` when it was written.
  void add_sign_out(db::Command& command, std::string_view token) const;
  void add_revoke(db::Command& command, UserId const& user, std::string const& session) const;
  void add_revoke_api_token(db::Command& command, UserId const& user, std::string const& id) const;
  void forget_token(std::string_view token);
  void forget_one(std::string const& id) { cache_.forget_session(id); }
  /// All sessions and API tokens, but for one session that may go on.
  void revoke_all(UserId const& user, std::string_view except_session = {});
  /// The same as part of a command that ends the access; call `forget` when it was written.
  void add_revoke_all(db::Command& command, UserId const& user, std::string_view except_session = {}) const;
  /// To be called after a user was saved: roles, language and name are read again.
  void forget(UserId const& user) { cache_.forget_user(user); }

  NewApiToken prepare_api_token(ApiTokenInput const& input) const;
  std::vector<ApiToken> list_api_tokens(UserId const& user);

  PasswordHasher& hasher() { return hasher_; }
  SecretBox const& box() const { return box_; }
  RolePermissions const& role_permissions() const { return permissions_; }
  bool is_demo() const { return options_.demo; }

 private:
  std::int64_t wait_of(SignInInput const& input, std::string const& login, std::optional<Credentials> const& credentials);
  void count_failure(SignInInput const& input, std::string const& login);
  bool is_known_address(UserId const& user, std::string_view address);
  std::optional<PreparedSignIn> prepare_session(UserId const& user, std::string_view address, bool demo);
  std::optional<LiveSession> load(std::string_view token, Bytes const& hash);
  std::optional<LiveSession> live(std::string_view token);
  Viewer viewer_of(db::Row const& row) const;

  db::Database& database_;
  Clock const& clock_;
  RolePermissions permissions_;
  SecretBox box_;
  SessionOptions options_;
  PasswordHasher hasher_;
  SessionCache cache_;
  Delays by_pair_;     ///< address and login: the person who mistypes, the one who guesses
  Delays by_login_;    ///< many addresses, one login: known networks pass
  Delays by_address_;  ///< one address, many logins
};

/// The network of an address: /24 of IPv4, /48 of IPv6.
std::string coarse_address(std::string_view address);

}  // namespace rcms::access
