#include "capabilities/administration/store.hpp"

namespace rcms::administration {

namespace {

constexpr db::Sql select_activity{"administration_select_activity",
                                  "SELECT u.id, coalesce(c.totp_confirmed, 0), (SELECT max(s.last_seen_at) FROM sessions s WHERE "
                                  "s.user_id = u.id) FROM users u "
                                  "LEFT JOIN credentials c ON c.user_id = u.id WHERE u.party = $1"};
constexpr db::Sql select_counts{
    "administration_select_counts",
    "SELECT organisation, count(*) FROM users WHERE party = $1 AND active = 1 GROUP BY organisation"};

}  // namespace

std::map<std::string, UserActivity> load_activity(db::Database& database, access::Viewer const& viewer) {
  std::map<std::string, UserActivity> activity;
  for (auto const& row : database.read(select_activity, {viewer.party.value})) {
    auto& one = activity[row.text(0)];
    one.has_second_factor = row.integer(1) != 0;
    if (auto const seen = row.find_integer(2)) one.last_seen_at = Instant{*seen};
  }
  return activity;
}

std::map<std::string, std::int64_t> count_users(db::Database& database, access::Viewer const& viewer) {
  std::map<std::string, std::int64_t> counts;
  for (auto const& row : database.read(select_counts, {viewer.party.value})) counts[row.text(0)] = row.integer(1);
  return counts;
}

}  // namespace rcms::administration
