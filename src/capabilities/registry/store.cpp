#include "capabilities/registry/store.hpp"

#include <boost/json.hpp>

#include "foundation/base/json_read.hpp"

namespace rcms::registry {

namespace json = boost::json;

namespace {

constexpr db::Sql find_source{"registry.source",
                              "SELECT kind, address, view_name, refresh_hours, old_after_days, accept_smaller, changed_by,"
                              " changed_at, revision FROM registry_sources WHERE party = $1"};
constexpr db::Sql insert_source{
    "registry.insert_source",
    "INSERT INTO registry_sources (party, kind, address, view_name, refresh_hours, old_after_days, accept_smaller, changed_by,"
    " changed_at, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"};
constexpr db::Sql update_source{
    "registry.update_source",
    "UPDATE registry_sources SET kind = $2, address = $3, view_name = $4, refresh_hours = $5, old_after_days = $6,"
    " accept_smaller = $7, changed_by = $8, changed_at = $9, revision = $10 + 1 WHERE party = $1 AND revision = $10"};
constexpr db::Sql find_health{"registry.health",
                              "SELECT works, since, looked_at, data_as_of, persons, left_out, defects, problem, problem_detail,"
                              " taken FROM registry_health WHERE party = $1"};
constexpr db::Sql put_health{
    "registry.put_health",
    "INSERT INTO registry_health (party, works, since, looked_at, data_as_of, persons, left_out, defects, problem,"
    " problem_detail, taken) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    " ON CONFLICT (party) DO UPDATE SET works = excluded.works, since = excluded.since, looked_at = excluded.looked_at,"
    " data_as_of = excluded.data_as_of, persons = excluded.persons, left_out = excluded.left_out, defects = excluded.defects,"
    " problem = excluded.problem, problem_detail = excluded.problem_detail, taken = excluded.taken"};

db::Value time_or_null(std::optional<Instant> const& at) { return at ? db::Value(at->ms) : db::Value(); }

std::optional<Instant> find_time(db::Row const& row, std::size_t column) {
  auto const ms = row.find_integer(column);
  return ms ? std::optional(Instant{*ms}) : std::nullopt;
}

}  // namespace

Source get_source(db::Database& database, PartyId const& party) {
  Source source;
  source.party = party;
  auto const row = database.find(find_source, {party.value});
  if (!row) return source;
  source.kind = parse_source_kind(row->text(0)).value_or(SourceKind::none);
  source.address = row->text(1);
  source.view = row->text(2);
  source.refresh_hours = static_cast<int>(row->integer(3));
  source.old_after_days = static_cast<int>(row->integer(4));
  source.accept_smaller = row->integer(5) != 0;
  source.changed_by = UserId{row->text(6)};
  source.changed_at = Instant{row->integer(7)};
  source.revision = row->integer(8);
  return source;
}

void save_source(db::Command& command, Source const& source) {
  db::Values values{source.party.value,
                    std::string(name_of(source.kind)),
                    source.address,
                    source.view,
                    std::int64_t{source.refresh_hours},
                    std::int64_t{source.old_after_days},
                    std::int64_t{source.accept_smaller ? 1 : 0},
                    source.changed_by.value,
                    source.changed_at.ms};
  if (source.revision == 0) {
    command.add_expecting(insert_source, std::move(values));
    return;
  }
  values.emplace_back(source.revision);
  command.add_expecting(update_source, std::move(values));
}

Health get_health(db::Database& database, PartyId const& party) {
  Health health;
  auto const row = database.find(find_health, {party.value});
  if (!row) return health;
  health.works = row->integer(0) != 0;
  health.since = find_time(*row, 1);
  health.looked_at = find_time(*row, 2);
  health.data_as_of = find_time(*row, 3);
  health.persons = static_cast<std::uint64_t>(row->integer(4));
  health.left_out = static_cast<std::uint64_t>(row->integer(5));
  auto const defects = json::parse(row->text(6));
  for (auto const& one : defects.as_array())
    health.defects.push_back({static_cast<std::uint64_t>(whole_at(one, "line")), text_at(one, "what")});
  health.problem = row->text(7);
  health.problem_detail = row->text(8);
  health.taken = row->text(9);
  return health;
}

void write_health(db::Database& database, PartyId const& party, Health const& health) {
  json::array defects;
  for (auto const& one : health.defects) defects.push_back({{"line", one.line}, {"what", one.what}});
  db::Command command;
  command.add(put_health,
              {party.value, std::int64_t{health.works ? 1 : 0}, time_or_null(health.since), time_or_null(health.looked_at),
               time_or_null(health.data_as_of), static_cast<std::int64_t>(health.persons),
               static_cast<std::int64_t>(health.left_out), json::serialize(defects), health.problem, health.problem_detail,
               health.taken});
  (void)database.write(command);
}

}  // namespace rcms::registry
