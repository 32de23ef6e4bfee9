// What the lists of administration show beside the people themselves.
#pragma once

#include <map>
#include <optional>
#include <string>

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

}  // namespace rcms::administration
