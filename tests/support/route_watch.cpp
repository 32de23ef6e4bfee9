#include "support/route_watch.hpp"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <thread>

#include <fmt/format.h>

#include "foundation/ledger/export.hpp"
#include "foundation/ledger/seal.hpp"

namespace rcms::tests {

namespace {

/// Operations that are different, and why.
struct Different {
  std::string_view operation;
  std::string_view why;
};

/// Done without an entry in the ledger.
constexpr Different without_entry[] = {
    {"read_notifications", "a person's own marks of what they have read say nothing of a case"},
    {"verify_travel_document", "anybody may ask, and nothing of who asked or what they showed is kept"},
    {"check_status", "the register answers, and the entry of its answer is in its name"},
    {"check_manifest", "a list is compared with the one in force for the asker; nothing is kept"},
    {"compute_agreement_dates", "what the dates would be is computed for the asker; nothing is kept"},
};

/// Answered without the memory of keys.
constexpr Different without_memory[] = {
    {"create_session", "nobody is signed in yet, and every session has a token of its own"},
    {"verify_travel_document", "nobody is signed in, and nothing is changed"},
    {"read_case_packages", "the answer is a file made for this request; nothing is changed"},
    {"read_application_packages", "the answer is a file made for this request; nothing is changed"},
};

/// Sent again it adds a row.
constexpr Different with_history[] = {
    {"decide_gate", "whoever decides a safeguard again has decided again; both decisions stay in its history"},
    {"decide_safeguard", "whoever decides a safeguard again has decided again; both decisions stay in its history"},
};

/// Tables that the background fills when it comes to it, and those that keep requests and readings themselves.
constexpr std::string_view not_of_the_request[] = {"ledger_order", "seals",         "consumers",         "notifications",
                                                   "mail_queue",   "http_idempotency", "personal_data_reads", "failed_sign_ins"};
/// Tables that any further act in the same matter may add to.
constexpr std::string_view of_the_ledger[] = {"ledger_entries"};

template <std::size_t Size>
bool names(Different const (&table)[Size], http::Route const& route) {
  return std::any_of(std::begin(table), std::end(table), [&](auto const& one) { return one.operation == route.operation; });
}
template <std::size_t Size>
bool names(std::string_view const (&table)[Size], std::string_view name) {
  return std::find(std::begin(table), std::end(table), name) != std::end(table);
}

constexpr db::Sql sqlite_tables{"watch.sqlite_tables",
                                "SELECT m.name, (SELECT count(*) FROM pragma_table_info(m.name) WHERE name = 'revision') "
                                "FROM sqlite_master m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' "
                                "AND upper(m.sql) NOT LIKE 'CREATE VIRTUAL%' ORDER BY m.name"};
constexpr db::Sql postgresql_tables{
    "watch.postgresql_tables",
    "SELECT t.table_name::text, (SELECT count(*) FROM information_schema.columns c WHERE c.table_schema = t.table_schema AND "
    "c.table_name = t.table_name AND c.column_name = 'revision') FROM information_schema.tables t "
    "WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1"};
constexpr db::Sql count_all_entries{"watch.count_entries", "SELECT count(*) FROM ledger_entries"};
constexpr db::Sql count_entries_of{"watch.count_entries_of", "SELECT count(*) FROM ledger_entries WHERE actor = $1"};
constexpr db::Sql count_readings_of{"watch.count_readings",
                                    "SELECT count(*) FROM personal_data_reads WHERE actor = $1 AND operation = $2"};

std::string make_picture_sql(db::Database& database) {
  std::string text;
  for (auto const& row : database.read(database.engine() == db::Engine::sqlite ? sqlite_tables : postgresql_tables, {})) {
    auto const& table = row.text(0);
    if (names(not_of_the_request, table)) continue;
    text += fmt::format("{}SELECT '{}', count(*), {} FROM {}", text.empty() ? "" : " UNION ALL ", table,
                        row.integer(1) > 0 ? "CAST(coalesce(sum(revision), 0) AS bigint)" : "0", table);
  }
  return text;
}

bool fits(std::string_view pattern, std::string_view path) {
  while (true) {
    auto const wanted = pattern.substr(0, pattern.find('/'));
    auto const given = path.substr(0, path.find('/'));
    if (wanted != given && !(wanted.starts_with('{') && !given.empty())) return false;
    if (wanted.size() == pattern.size() || given.size() == path.size())
      return wanted.size() == pattern.size() && given.size() == path.size();
    pattern.remove_prefix(wanted.size() + 1);
    path.remove_prefix(given.size() + 1);
  }
}

std::string difference(auto const& before, auto const& after) {
  std::string text;
  for (auto const& [name, table] : after) {
    auto const& was = before.at(name);
    if (table == was) continue;
    text += fmt::format(" {} {} to {} rows, revisions {} to {};", name, was.rows, table.rows, was.revisions, table.revisions);
  }
  return text;
}

std::string told(HttpAnswer const& answer) { return fmt::format("{} {}", answer.status, answer.body.substr(0, 200)); }

}  // namespace

RouteWatch::RouteWatch(app::Node& node) : node_(node), picture_sql_(make_picture_sql(node.database())) {}

http::Route const* RouteWatch::find_route(HttpAsk const& request) const {
  auto const path = std::string_view(request.target).substr(0, request.target.find('?'));
  http::Route const* found = nullptr;
  for (auto const& route : node_.routes().all()) {
    if (http::name_of(route.method) != request.method || !fits(route.path, path)) continue;
    // A name stands before a place for any.
    if (found == nullptr || found->path.find('{') < route.path.find('{')) found = &route;
  }
  return found;
}

std::set<std::string> RouteWatch::operations() const {
  std::set<std::string> all;
  for (auto const& route : node_.routes().all()) {
    if (route.method != http::Method::get) all.insert(route.operation);
  }
  return all;
}

RouteWatch::Tables RouteWatch::look() const {
  Tables tables;
  for (auto const& row : node_.database().read_text(picture_sql_, {})) tables[row.text(0)] = {row.integer(1), row.integer(2)};
  return tables;
}

RouteWatch::Tables RouteWatch::look_when_quiet() const {
  node_.exchange().deliver_due();
  return look();
}

std::int64_t RouteWatch::count_entries(std::string const& actor) const {
  auto const row =
      actor.empty() ? node_.database().find(count_all_entries, {}) : node_.database().find(count_entries_of, {actor});
  return row->integer(0);
}

void RouteWatch::tell(http::Route const& route, std::string_view what) {
  problems_.push_back(fmt::format("{} {}: {}", http::name_of(route.method), route.path, what));
}

HttpAnswer RouteWatch::watch_read(http::Route const& route, HttpAsk const& request, std::string const& actor, Send const& send) {
  auto const before = actor.empty() ? 0 : count_entries(actor);
  auto answer = send(request);
  if (!actor.empty() && count_entries(actor) != before) tell(route, "a GET has written into the ledger");
  return answer;
}

HttpAnswer RouteWatch::ask(HttpAsk request, std::string const& actor, Send const& send) {
  auto const* route = find_route(request);
  if (route == nullptr || route->live) return send(request);
  if (route->method == http::Method::get) return watch_read(*route, request, actor, send);
  bool const is_post = route->method == http::Method::post;
  if (is_post && !request.headers.contains("Idempotency-Key"))
    request.headers["Idempotency-Key"] = fmt::format("watched-{}", ++keys_);
  auto const before = look_when_quiet();
  auto const entries = count_entries(actor);
  auto answer = send(request);
  if (answer.status == 0 || answer.status >= 400) {
    auto const after = look();
    if (after != before) tell(*route, fmt::format("refused with {}, and yet{}", told(answer), difference(before, after)));
    return answer;
  }
  done_.insert(route->operation);
  if (route->reads_personal_data) {
    auto const readings = node_.database().find(count_readings_of, {actor, route->operation});
    if (readings->integer(0) == 0) tell(*route, "the reading of personal data is not recorded");
  } else if (!names(without_entry, *route) && count_entries(actor) == entries) {
    tell(*route, "done, and the ledger has no entry of it by who did it");
  }
  if (is_post) watch_repeated_post(*route, request, answer, send);
  else watch_repeated(*route, request, send);
  return answer;
}

void RouteWatch::watch_repeated_post(http::Route const& route, HttpAsk const& request, HttpAnswer const& first,
                                     Send const& send) {
  if (route.operation == "create_session") return;
  bool const keeps_memory = !names(without_memory, route);
  auto const before = look_when_quiet();
  auto const second = send(request);
  if (second.status != first.status || (keeps_memory && second.body != first.body))
    tell(route, fmt::format("answered {}; sent again with the same key {}", told(first), told(second)));
  if (keeps_memory && second.head.find("Idempotency-Replayed: true") == std::string::npos)
    tell(route, "sent again with the same key it was carried out again");
  auto after = look();
  if (after == before) return;
  // The background may have come between; then a third time shows it.
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  auto const quiet = look_when_quiet();
  send(request);
  after = look();
  if (after != quiet) tell(route, "sent again with the same key it has an effect again:" + difference(quiet, after));
}

void RouteWatch::watch_repeated(http::Route const& route, HttpAsk const& request, Send const& send) {
  auto const before = look_when_quiet();
  auto const second = send(request);
  if (second.status == 0 || second.status >= 500) tell(route, "sent again it answers " + told(second));
  if (names(with_history, route)) return;
  auto const after = look();
  for (auto const& [name, table] : after) {
    if (table.rows == before.at(name).rows || names(of_the_ledger, name)) continue;
    tell(route, "sent again it changes the number of rows:" + difference(before, after));
    return;
  }
}

void RouteWatch::verify_ledger() {
  auto& database = node_.database();
  auto const written = count_entries({});
  auto const start = monotonic_ms();
  while (ledger::last_sealed_number(database) < written) {
    if (monotonic_ms() - start > 10'000) {
      problems_.push_back("entries of the ledger are not sealed after ten seconds");
      return;
    }
    node_.sealer().seal_once();
  }
  std::stringstream file;
  ledger::export_jsonl(database, ledger::NodeKey::load_or_make(node_.settings().folder / "keys" / "ledger.key"), file);
  auto const report = ledger::verify_export(file);
  for (auto const& defect : report.defects)
    problems_.push_back(fmt::format("the ledger, line {}: {} ({})", defect.line, defect.what, defect.detail));
  if (report.entries < written)
    problems_.push_back(fmt::format("the exported ledger has {} entries of {}", report.entries, written));
}

}  // namespace rcms::tests
