// What the lists of administration show beside the people themselves.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "foundation/access/viewer.hpp"
#include "foundation/base/date.hpp"
#include "foundation/db/database.hpp"

namespace rcms::administration {

struct UserActivity {
  bool has_second_factor = false;
  std::optional<Instant> last_seen_at;
};

/// By user id, for the viewer's State.
std::map<std::string, UserActivity> load_activity(db::Database& database, access::Viewer const& viewer);
/// Active users by organisation id, for the viewer's State.
std::map<std::string, std::int64_t> count_users(db::Database& database, access::Viewer const& viewer);

/// Failures of one person from one network within one hour.
struct FailedSignIns {
  UserId user;           ///< empty: nobody has the login that was typed
  std::string login;     ///< of the user
  std::string network;   ///< coarse address
  std::int64_t failures = 0;
  Instant first_hour;    ///< its beginning
  Instant last_at;
};

/// Counts one more. `login` is what was typed; it is not kept.
void note_failed_sign_in(db::Database& database, std::string const& login, std::string const& network, Instant now);
/// Of the viewer's State, and those that name nobody; newest first, at most 200.
std::vector<FailedSignIns> list_failed_sign_ins(db::Database& database, access::Viewer const& viewer);
/// Erases those before `before`. For the background loop of the leader, once a day.
void forget_failed_sign_ins(db::Database& database, Instant before);

}  // namespace rcms::administration
