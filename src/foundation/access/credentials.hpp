// Passwords and one-time-code secrets of users in the database. Nothing here is ever shown.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "foundation/access/secret_box.hpp"
#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"
#include "foundation/db/database.hpp"

namespace rcms::access {

struct Credentials {
  UserId user;
  bool user_active = false;
  std::string password_hash;
  bool must_change = false;  ///< the password was for one use
  Bytes totp_secret;         ///< empty when there is none
  bool totp_confirmed = false;  ///< the person has shown a code: from now on one is asked for
  std::int64_t totp_step = 0;   ///< step of the last code used
};

std::optional<Credentials> find_credentials(db::Database& database, SecretBox const& box, std::string_view login);
std::optional<Credentials> find_credentials(db::Database& database, SecretBox const& box, UserId const& user);

enum class PasswordUse { lasting, once };

/// Sets or replaces the password.
void save_password(db::Command& command, UserId const& user, std::string const& hash, PasswordUse use, Instant now);
/// Begins an enrolment; no code is asked for until it is confirmed.
void save_totp_secret(db::Command& command, SecretBox const& box, UserId const& user, Bytes const& secret);
/// Notes that the code of `step` was used and asks for one from now on. Superseded when the step was used before.
void use_totp_step(db::Command& command, UserId const& user, std::int64_t step);
void remove_totp(db::Command& command, UserId const& user);

}  // namespace rcms::access
