#include "capabilities/casework/imports_store.hpp"

#include <boost/json.hpp>

#include "foundation/base/json_read.hpp"
#include "foundation/db/optional_value.hpp"

namespace rcms::casework {

namespace json = boost::json;

namespace {

using db::text_or_null;

#define IMPORT_COLUMNS                                                                                                      \
  "id, party, name, file, uploaded_by, uploaded_at, state, headings, detected, row_count, bad_rows, agreement, profile,"   \
  " profile_guess, loaded_by, loaded, refused, next_line, revision"

db::Sql const find_row{"imports.find", "SELECT " IMPORT_COLUMNS " FROM imports WHERE party = $1 AND id = $2"};
db::Sql const list_rows{"imports.list",
                        "SELECT " IMPORT_COLUMNS " FROM imports WHERE party = $1 ORDER BY uploaded_at DESC, id DESC LIMIT 50"};
db::Sql const list_loading{"imports.unfinished",
                           "SELECT " IMPORT_COLUMNS " FROM imports WHERE state = 'loading' AND touched_at <= $1"
                           " ORDER BY touched_at, id LIMIT 20"};
db::Sql const list_old{"imports.with_old_table",
                       "SELECT " IMPORT_COLUMNS " FROM imports WHERE state <> 'loading' AND touched_at < $1"
                       " AND EXISTS (SELECT 1 FROM files f WHERE f.subject = 'import:' || imports.id AND f.id = imports.file"
                       " AND f.removed_at IS NULL)"
                       " ORDER BY touched_at, id LIMIT 200"};

#undef IMPORT_COLUMNS

db::Sql const insert_row{"imports.insert",
                         "INSERT INTO imports (id, party, name, file, uploaded_by, uploaded_at, state, headings, detected,"
                         " row_count, bad_rows, agreement, profile, profile_guess, loaded_by, loaded, refused, next_line,"
                         " touched_at, revision)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, 0, 0, $6, 1)"};
db::Sql const save_row{"imports.save",
                       "UPDATE imports SET state = $3, agreement = $4, profile = $5, loaded_by = $6, touched_at = $7,"
                       " revision = revision + 1 WHERE party = $1 AND id = $2 AND revision = $8"};
db::Sql const advance_row{"imports.advance",
                          "UPDATE imports SET state = $2, loaded = loaded + $3, refused = refused + $4, next_line = $5,"
                          " touched_at = $6, revision = revision + 1 WHERE id = $1 AND state = 'loading' AND next_line = $7"};
db::Sql const insert_outcome{"imports.insert_outcome",
                             "INSERT INTO import_rows (import, line, state, case_id) VALUES ($1, $2, $3, $4)"};

db::Sql const select_profiles{
    "imports.profiles",
    "SELECT id, name, agreement, profile, saved_at FROM import_profiles WHERE party = $1 AND organisation = $2"
    " ORDER BY name, id LIMIT 200"};
db::Sql const put_profile{
    "imports.save_profile",
    "INSERT INTO import_profiles (id, party, organisation, name, agreement, profile, saved_by, saved_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (organisation, name) DO UPDATE SET agreement = $5, profile = $6, saved_by = $7, saved_at = $8"};


std::string profile_text(NamedProfile const& profile) {
  return json::serialize(json::object{{"mapping", json::value_from(profile.mapping)},
                                      {"day_order", profile.day_order == DayOrder::month_first ? "month_first" : "day_first"},
                                      {"constants", json::value_from(profile.constants)}});
}

NamedProfile read_profile(std::string const& text) {
  using Texts = std::map<std::string, std::string>;
  auto const value = json::parse(text);
  return {json::value_to<Texts>(value.at("mapping")),
          value.at("day_order").as_string() == "month_first" ? DayOrder::month_first : DayOrder::day_first,
          json::value_to<Texts>(value.at("constants"))};
}

/// The problem of a stored defect by its name.
sheets::Problem problem_of(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(sheets::Problem::more_problems); ++i) {
    if (sheets::name_of(static_cast<sheets::Problem>(i)) == name) return static_cast<sheets::Problem>(i);
  }
  return sheets::Problem::damaged;
}

std::string detected_text(sheets::Report const& report) {
  json::array defects;
  for (auto const& defect : report.defects) {
    defects.push_back(json::object{{"problem", sheets::name_of(defect.problem)},
                                   {"line", defect.line},
                                   {"column", defect.column},
                                   {"detail", defect.detail}});
  }
  return json::serialize(json::object{{"format", sheets::name_of(report.format)},
                                      {"encoding", static_cast<int>(report.encoding)},
                                      {"delimiter", std::string(1, report.delimiter)},
                                      {"sheet", report.sheet},
                                      {"sheets", json::value_from(report.sheets)},
                                      {"defects", std::move(defects)}});
}

sheets::Report read_detected(std::string const& text) {
  auto const value = json::parse(text);
  sheets::Report report;
  report.format = text_at(value, "format") == "xlsx" ? sheets::Format::xlsx : sheets::Format::csv;
  report.encoding = static_cast<sheets::Encoding>(whole_at(value, "encoding"));
  report.delimiter = text_at(value, "delimiter", ",").front();
  report.sheet = text_at(value, "sheet");
  report.sheets = texts_at(value, "sheets");
  for (auto const& defect : list_at(value, "defects")) {
    report.defects.push_back({problem_of(text_at(defect, "problem")), static_cast<std::uint64_t>(whole_at(defect, "line")),
                              static_cast<std::uint32_t>(whole_at(defect, "column")), text_at(defect, "detail")});
  }
  return report;
}

ImportState state_of(std::string_view name) {
  for (auto const state : {ImportState::uploaded, ImportState::mapped, ImportState::loading, ImportState::loaded}) {
    if (name_of(state) == name) return state;
  }
  throw db::Fault("imports: there is no such state");
}

Import read_import(db::Row const& row) {
  auto const count = [&](std::size_t column) { return static_cast<std::uint64_t>(row.integer(column)); };
  Import import;
  import.id = ImportId{row.text(0)};
  import.party = PartyId{row.text(1)};
  import.name = row.text(2);
  import.file = FileId{row.text(3)};
  import.uploaded_by = UserId{row.text(4)};
  import.uploaded_at = Instant{row.integer(5)};
  import.state = state_of(row.text(6));
  import.headings = json::value_to<std::vector<std::string>>(json::parse(row.text(7)));
  import.detected = read_detected(row.text(8));
  import.row_count = count(9);
  import.bad_rows = count(10);
  import.agreement = row.find_text(11).value_or("");
  import.profile = read_profile(row.text(12));
  import.profile_guess = row.find_text(13).value_or("");
  import.loaded_by = UserId{row.find_text(14).value_or("")};
  import.loaded = count(15);
  import.refused = count(16);
  import.next_line = count(17);
  import.revision = row.integer(18);
  return import;
}

}  // namespace

std::optional<Import> find_import(db::Database& database, PartyId const& party, ImportId const& id) {
  auto const row = database.find(find_row, {party.value, id.value});
  if (!row) return std::nullopt;
  return read_import(*row);
}

std::vector<Import> list_imports(db::Database& database, PartyId const& party) {
  std::vector<Import> imports;
  for (auto const& row : database.read(list_rows, {party.value})) imports.push_back(read_import(row));
  return imports;
}

void insert_import(db::Command& command, Import const& import) {
  command.add(
      insert_row,
      {import.id.value, import.party.value, import.name, import.file.value, import.uploaded_by.value, import.uploaded_at.ms,
       std::string(name_of(import.state)), json::serialize(json::value_from(import.headings)), detected_text(import.detected),
       static_cast<std::int64_t>(import.row_count), static_cast<std::int64_t>(import.bad_rows), text_or_null(import.agreement),
       profile_text(import.profile), text_or_null(import.profile_guess), text_or_null(import.loaded_by.value)});
}

void save_import(db::Command& command, Import& after, Instant now) {
  command.add_expecting(save_row,
                        {after.party.value, after.id.value, std::string(name_of(after.state)), text_or_null(after.agreement),
                         profile_text(after.profile), text_or_null(after.loaded_by.value), now.ms, after.revision});
  ++after.revision;
}

void advance_import(db::Command& command, Import const& before, std::vector<RowOutcome> const& outcomes, std::uint64_t next_line,
                    bool is_last, Instant now) {
  std::int64_t loaded = 0;
  for (auto const& outcome : outcomes) {
    bool const is_loaded = !outcome.case_id.empty();
    loaded += is_loaded ? 1 : 0;
    command.add(insert_outcome, {before.id.value, static_cast<std::int64_t>(outcome.line),
                                 std::string(is_loaded ? "loaded" : "refused"), text_or_null(outcome.case_id.value)});
  }
  command.add_expecting(advance_row, {before.id.value, std::string(is_last ? "loaded" : "loading"), loaded,
                                      static_cast<std::int64_t>(outcomes.size()) - loaded, static_cast<std::int64_t>(next_line),
                                      now.ms, static_cast<std::int64_t>(before.next_line)});
}

std::vector<Import> list_unfinished(db::Database& database, Instant before) {
  std::vector<Import> imports;
  for (auto const& row : database.read(list_loading, {before.ms})) imports.push_back(read_import(row));
  return imports;
}

std::vector<Import> list_with_old_table(db::Database& database, Instant before) {
  std::vector<Import> imports;
  for (auto const& row : database.read(list_old, {before.ms})) imports.push_back(read_import(row));
  return imports;
}

std::vector<SavedProfile> list_profiles(db::Database& database, PartyId const& party, OrganisationId const& organisation) {
  std::vector<SavedProfile> profiles;
  for (auto const& row : database.read(select_profiles, {party.value, organisation.value})) {
    profiles.push_back({row.text(0), row.text(1), row.text(2), read_profile(row.text(3)), Instant{row.integer(4)}});
  }
  return profiles;
}

void save_profile(db::Command& command, PartyId const& party, OrganisationId const& organisation, UserId const& user,
                  SavedProfile const& profile) {
  command.add(put_profile, {profile.id, party.value, organisation.value, profile.name, profile.agreement,
                            profile_text(profile.profile), user.value, profile.saved_at.ms});
}

}  // namespace rcms::casework
