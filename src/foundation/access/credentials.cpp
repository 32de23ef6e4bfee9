#include "foundation/access/credentials.hpp"

namespace rcms::access {

namespace {

constexpr db::Sql select_by_login{
    "access_select_credentials_by_login",
    "SELECT u.id, u.active, c.password_hash, c.must_change, c.totp_secret, c.totp_confirmed, c.totp_step FROM users u "
    "JOIN credentials c ON c.user_id = u.id WHERE u.login = $1"};
constexpr db::Sql select_by_user{
    "access_select_credentials_by_user",
    "SELECT u.id, u.active, c.password_hash, c.must_change, c.totp_secret, c.totp_confirmed, c.totp_step FROM users u "
    "JOIN credentials c ON c.user_id = u.id WHERE u.id = $1"};
constexpr db::Sql upsert_password{
    "access_upsert_password",
    "INSERT INTO credentials (user_id, password_hash, must_change, totp_secret, totp_confirmed, totp_step, changed_at) "
    "VALUES ($1, $2, $3, NULL, 0, 0, $4) ON CONFLICT (user_id) DO UPDATE SET password_hash = $2, must_change = $3, changed_at = "
    "$4"};
constexpr db::Sql update_totp_secret{"access_update_totp_secret",
                                     "UPDATE credentials SET totp_secret = $2, totp_confirmed = 0 WHERE user_id = $1"};
constexpr db::Sql update_totp_step{
    "access_update_totp_step", "UPDATE credentials SET totp_step = $2, totp_confirmed = 1 WHERE user_id = $1 AND totp_step < $2"};
constexpr db::Sql delete_totp{"access_delete_totp",
                              "UPDATE credentials SET totp_secret = NULL, totp_confirmed = 0 WHERE user_id = $1"};

std::optional<Credentials> credentials_of(std::optional<db::Row> const& row, SecretBox const& box) {
  if (!row) return std::nullopt;
  Credentials credentials{.user = {row->text(0)},
                          .user_active = row->integer(1) != 0,
                          .password_hash = row->text(2),
                          .must_change = row->integer(3) != 0,
                          .totp_secret = {},
                          .totp_confirmed = row->integer(5) != 0,
                          .totp_step = row->integer(6)};
  if (!row->is_null(4)) {
    auto const secret = box.open(row->bytes(4), credentials.user.value);
    if (!secret) throw db::Fault("the one-time-code secret of a user does not open with the key of this node");
    credentials.totp_secret = *secret;
  }
  return credentials;
}

}  // namespace

std::optional<Credentials> find_credentials(db::Database& database, SecretBox const& box, std::string_view login) {
  return credentials_of(database.find(select_by_login, {std::string(login)}), box);
}

std::optional<Credentials> find_credentials(db::Database& database, SecretBox const& box, UserId const& user) {
  return credentials_of(database.find(select_by_user, {user.value}), box);
}

void save_password(db::Command& command, UserId const& user, std::string const& hash, PasswordUse use, Instant now) {
  command.add_expecting(upsert_password, {user.value, hash, std::int64_t{use == PasswordUse::once ? 1 : 0}, now.ms});
}

void save_totp_secret(db::Command& command, SecretBox const& box, UserId const& user, Bytes const& secret) {
  command.add_expecting(update_totp_secret, {user.value, box.close(secret, user.value)});
}

void use_totp_step(db::Command& command, UserId const& user, std::int64_t step) {
  command.add_expecting(update_totp_step, {user.value, step});
}

void remove_totp(db::Command& command, UserId const& user) { command.add_expecting(delete_totp, {user.value}); }

}  // namespace rcms::access
