#include "capabilities/administration/store.hpp"

#include "foundation/access/store.hpp"

namespace rcms::administration {

namespace {

constexpr db::Sql select_activity{"administration_select_activity",
                                  "SELECT u.id, coalesce(c.totp_confirmed, 0), (SELECT max(s.last_seen_at) FROM sessions s WHERE "
                                  "s.user_id = u.id) FROM users u "
                                  "LEFT JOIN credentials c ON c.user_id = u.id WHERE u.party = $1"};
constexpr db::Sql select_counts{
    "administration_select_counts",
    "SELECT organisation, count(*) FROM users WHERE party = $1 AND active = 1 GROUP BY organisation"};

constexpr std::int64_t hour_ms = 3'600'000;
constexpr db::Sql count_failure{
    "administration_count_failure",
    "INSERT INTO failed_sign_ins (hour, user_id, network, failures, last_at) VALUES ($1, $2, $3, 1, $4)"
    " ON CONFLICT (hour, user_id, network) DO UPDATE SET failures = failed_sign_ins.failures + 1, last_at = $4"};
constexpr db::Sql select_failures{
    "administration_select_failures",
    "SELECT f.user_id, coalesce(u.login, ''), f.network, f.failures, f.hour, f.last_at FROM failed_sign_ins f"
    " LEFT JOIN users u ON u.id = f.user_id WHERE u.party = $1 OR f.user_id = ''"
    " ORDER BY f.last_at DESC, f.user_id, f.network LIMIT 200"};
constexpr db::Sql delete_failures{"administration_delete_failures", "DELETE FROM failed_sign_ins WHERE hour < $1"};

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

void note_failed_sign_in(db::Database& database, std::string const& login, std::string const& network, Instant now) {
  auto const user = access::find_user_by_login(database, login);
  db::Command command;
  command.add(count_failure, {now.ms - now.ms % hour_ms, user ? user->id.value : std::string(), network, now.ms});
  database.write(command);
}

std::vector<FailedSignIns> list_failed_sign_ins(db::Database& database, access::Viewer const& viewer) {
  std::vector<FailedSignIns> list;
  for (auto const& row : database.read(select_failures, {viewer.party.value})) {
    list.push_back(
        {UserId{row.text(0)}, row.text(1), row.text(2), row.integer(3), Instant{row.integer(4)}, Instant{row.integer(5)}});
  }
  return list;
}

void forget_failed_sign_ins(db::Database& database, Instant before) {
  db::Command command;
  command.add(delete_failures, {before.ms});
  database.write(command);
}

}  // namespace rcms::administration
