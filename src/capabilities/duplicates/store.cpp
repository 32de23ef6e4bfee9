#include "capabilities/duplicates/store.hpp"

#include <boost/json.hpp>

#include "foundation/db/optional_value.hpp"

namespace rcms::duplicates {

namespace json = boost::json;

namespace {

constexpr db::Sql select_up_to{"duplicates.up_to",
                               "SELECT changed_at, case_id FROM compared_up_to WHERE party = $1 AND side = $2"};
constexpr db::Sql save_up_to{"duplicates.keep_up_to",
                             "INSERT INTO compared_up_to (party, side, changed_at, case_id) VALUES ($1, $2, $3, $4)"
                             " ON CONFLICT (party, side) DO UPDATE SET changed_at = excluded.changed_at,"
                             " case_id = excluded.case_id"};
constexpr db::Sql select_changed{
    "duplicates.changed",
    "SELECT f.case_id, f.changed_at, c.content FROM case_files f JOIN case_contents c ON c.party = f.party"
    " AND c.case_id = f.case_id WHERE f.party = $1 AND f.side = $2 AND (f.changed_at, f.case_id) > ($3, $4)"
    " ORDER BY f.changed_at, f.case_id LIMIT 200"};
constexpr db::Sql select_compared{
    "duplicates.compared", "SELECT question FROM compared_persons WHERE party = $1 AND side = $2 AND case_id = $3"};
constexpr db::Sql save_compared{
    "duplicates.keep_compared",
    "INSERT INTO compared_persons (party, side, case_id, question, is_new) VALUES ($1, $2, $3, $4, 1)"
    " ON CONFLICT (party, side, case_id) DO UPDATE SET question = excluded.question, is_new = 1"};
constexpr db::Sql delete_compared{"duplicates.forget_compared",
                                  "DELETE FROM compared_persons WHERE party = $1 AND side = $2 AND case_id = $3"};
constexpr db::Sql select_all{"duplicates.all_compared",
                             "SELECT case_id, question FROM compared_persons WHERE party = $1 AND side = $2 ORDER BY case_id"};
constexpr db::Sql select_new{"duplicates.new",
                             "SELECT case_id, question FROM compared_persons WHERE party = $1 AND side = $2 AND is_new = 1"
                             " ORDER BY case_id LIMIT 20000"};
constexpr db::Sql select_any_new{
    "duplicates.any_new", "SELECT 1 FROM compared_persons WHERE party = $1 AND side = $2 AND is_new = 1 LIMIT 1"};
constexpr db::Sql settle_one{"duplicates.settle",
                             "UPDATE compared_persons SET is_new = 0 WHERE party = $1 AND side = $2 AND case_id = $3"
                             " AND question = $4"};

#define RCMS_PAIR_COLUMNS \
  "id, party, side, left_case, right_case, state, posterior, score, may_be_relative, reasons, model, compared, found_at," \
  " decided_by, decided_at, reason, revision"
constexpr db::Sql select_pair{"duplicates.pair",
                              "SELECT " RCMS_PAIR_COLUMNS " FROM case_pairs WHERE party = $1 AND id = $2"};
constexpr db::Sql select_pair_of{
    "duplicates.pair_of",
    "SELECT " RCMS_PAIR_COLUMNS " FROM case_pairs WHERE party = $1 AND side = $2 AND left_case = $3 AND right_case = $4"};
constexpr db::Sql select_of_case{
    "duplicates.pairs_of_case",
    "SELECT " RCMS_PAIR_COLUMNS " FROM case_pairs WHERE party = $1 AND side = $2 AND left_case = $3"
    " UNION ALL SELECT " RCMS_PAIR_COLUMNS " FROM case_pairs WHERE party = $1 AND side = $2 AND right_case = $3"};
constexpr db::Sql select_page{
    "duplicates.pairs",
    "SELECT " RCMS_PAIR_COLUMNS " FROM case_pairs WHERE party = $1 AND side = $2 AND state = $3"
    " AND (posterior, id) < ($4, $5) ORDER BY posterior DESC, id DESC LIMIT 25"};
#undef RCMS_PAIR_COLUMNS
constexpr db::Sql count_state{
    "duplicates.count",
    "SELECT count(*) FROM (SELECT 1 FROM case_pairs WHERE party = $1 AND side = $2 AND state = $3 LIMIT 1000) AS pairs"};
constexpr db::Sql add_pair{
    "duplicates.insert",
    "INSERT INTO case_pairs (party, id, side, left_case, right_case, state, posterior, score, may_be_relative, reasons, model,"
    " compared, found_at, revision) VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11, $12, 1)"};
constexpr db::Sql change_pair{
    "duplicates.save",
    "UPDATE case_pairs SET state = $3, posterior = $4, score = $5, may_be_relative = $6, reasons = $7, model = $8,"
    " compared = $9, found_at = $10, decided_by = $11, decided_at = $12, reason = $13, revision = $14 + 1"
    " WHERE party = $1 AND id = $2 AND revision = $14"};
constexpr db::Sql remove_pair{"duplicates.delete", "DELETE FROM case_pairs WHERE party = $1 AND id = $2 AND revision = $3"};

std::string reasons_text(std::vector<matching::Reason> const& reasons) {
  json::array list;
  for (auto const& one : reasons) {
    list.push_back({{"part", matching::name_of(one.part)},
                    {"rule", matching::name_of(one.rule)},
                    {"millibits", one.bits},
                    {"against_relative", one.against_relative},
                    {"one_in", one.one_in}});
  }
  return json::serialize(list);
}

/// The value of an enumeration by its name; the first one when a later version wrote it.
template <class Enum>
Enum named(std::string_view name, Enum last) {
  for (int at = 0; at <= static_cast<int>(last); ++at)
    if (matching::name_of(static_cast<Enum>(at)) == name) return static_cast<Enum>(at);
  return Enum{};
}

std::vector<matching::Reason> read_reasons(std::string const& text) {
  std::vector<matching::Reason> reasons;
  auto const list = json::parse(text);
  for (auto const& value : list.as_array()) {
    auto const& one = value.as_object();
    reasons.push_back({named(one.at("part").as_string(), matching::Part::document),
                       named(one.at("rule").as_string(), matching::Rule::differs), one.at("millibits").to_number<int>(),
                       one.at("against_relative").to_number<int>(), one.at("one_in").to_number<std::uint32_t>()});
  }
  return reasons;
}

Pair read_pair(db::Row const& row) {
  Pair one;
  one.id = PairId{row.text(0)};
  one.party = PartyId{row.text(1)};
  one.side = row.text(2) == "requesting" ? Side::requesting : Side::requested;
  one.left = CaseId{row.text(3)};
  one.right = CaseId{row.text(4)};
  one.state = row.text(5);
  one.posterior_ppm = static_cast<std::uint32_t>(row.integer(6));
  one.score = static_cast<matching::MilliBits>(row.integer(7));
  one.may_be_relative = row.integer(8) != 0;
  one.reasons = read_reasons(row.text(9));
  one.model = row.text(10);
  one.compared = row.text(11);
  one.found_at = Instant{row.integer(12)};
  one.decided_by = UserId{row.find_text(13).value_or("")};
  one.decided_at = db::instant_at(row, 14);
  one.reason = row.find_text(15).value_or("");
  one.revision = row.integer(16);
  return one;
}

std::vector<Pair> read_pairs(db::Rows const& rows) {
  std::vector<Pair> pairs;
  for (auto const& row : rows) pairs.push_back(read_pair(row));
  return pairs;
}

}  // namespace

ReadUpTo read_up_to(db::Database& database, Shelf const& shelf) {
  auto const row = database.find(select_up_to, {shelf.party.value, name_of(shelf.side)});
  return row ? ReadUpTo{Instant{row->integer(0)}, CaseId{row->text(1)}} : ReadUpTo{};
}

void keep_up_to(db::Command& command, Shelf const& shelf, ReadUpTo const& upto) {
  command.add(save_up_to, {shelf.party.value, name_of(shelf.side), upto.changed_at.ms, upto.case_id.value});
}

std::vector<ChangedFile> list_changed(db::Database& database, Shelf const& shelf, ReadUpTo const& after) {
  std::vector<ChangedFile> files;
  for (auto const& row :
       database.read(select_changed, {shelf.party.value, name_of(shelf.side), after.changed_at.ms, after.case_id.value}))
    files.push_back({CaseId{row.text(0)}, Instant{row.integer(1)}, row.text(2)});
  return files;
}

std::string find_compared(db::Database& database, Shelf const& shelf, CaseId const& id) {
  auto const row = database.find(select_compared, {shelf.party.value, name_of(shelf.side), id.value});
  return row ? row->text(0) : std::string();
}

void keep_compared(db::Command& command, Shelf const& shelf, Compared const& one) {
  command.add(save_compared, {shelf.party.value, name_of(shelf.side), one.case_id.value, one.question});
}

void forget_compared(db::Command& command, Shelf const& shelf, CaseId const& id) {
  command.add(delete_compared, {shelf.party.value, name_of(shelf.side), id.value});
}

void each_compared(db::Database& database, Shelf const& shelf, std::function<bool(Compared const&)> const& each) {
  database.read_each(select_all, {shelf.party.value, name_of(shelf.side)},
                     [&](db::Row const& row) { return each({CaseId{row.text(0)}, row.text(1)}); });
}

std::vector<Compared> list_new(db::Database& database, Shelf const& shelf) {
  std::vector<Compared> all;
  for (auto const& row : database.read(select_new, {shelf.party.value, name_of(shelf.side)}))
    all.push_back({CaseId{row.text(0)}, row.text(1)});
  return all;
}

bool has_new(db::Database& database, Shelf const& shelf) {
  return database.find(select_any_new, {shelf.party.value, name_of(shelf.side)}).has_value();
}

void settle(db::Command& command, Shelf const& shelf, Compared const& one) {
  command.add(settle_one, {shelf.party.value, name_of(shelf.side), one.case_id.value, one.question});
}

std::optional<Pair> find_pair(db::Database& database, PartyId const& party, PairId const& id) {
  auto const row = database.find(select_pair, {party.value, id.value});
  return row ? std::optional(read_pair(*row)) : std::nullopt;
}

std::optional<Pair> find_pair_of(db::Database& database, Shelf const& shelf, CaseId const& left, CaseId const& right) {
  auto const row = database.find(select_pair_of, {shelf.party.value, name_of(shelf.side), left.value, right.value});
  return row ? std::optional(read_pair(*row)) : std::nullopt;
}

std::vector<Pair> list_pairs_of_case(db::Database& database, Shelf const& shelf, CaseId const& id) {
  return read_pairs(database.read(select_of_case, {shelf.party.value, name_of(shelf.side), id.value}));
}

std::vector<Pair> list_pairs(db::Database& database, Shelf const& shelf, std::string const& state, Pair const* last) {
  constexpr std::int64_t above_all = 1'000'001;
  return read_pairs(database.read(select_page, {shelf.party.value, name_of(shelf.side), state,
                                                last == nullptr ? above_all : std::int64_t{last->posterior_ppm},
                                                last == nullptr ? std::string() : last->id.value}));
}

std::int64_t count_pairs(db::Database& database, Shelf const& shelf, std::string const& state) {
  return database.find(count_state, {shelf.party.value, name_of(shelf.side), state})->integer(0);
}

void insert_pair(db::Command& command, Pair const& one) {
  command.add_expecting(add_pair, {one.party.value, one.id.value, name_of(one.side), one.left.value, one.right.value,
                                   std::int64_t{one.posterior_ppm}, std::int64_t{one.score},
                                   std::int64_t{one.may_be_relative}, reasons_text(one.reasons), one.model, one.compared,
                                   one.found_at.ms});
}

void save_pair(db::Command& command, Pair& after) {
  command.add_expecting(change_pair, {after.party.value, after.id.value, after.state, std::int64_t{after.posterior_ppm},
                                      std::int64_t{after.score}, std::int64_t{after.may_be_relative},
                                      reasons_text(after.reasons), after.model, after.compared, after.found_at.ms,
                                      db::text_or_null(after.decided_by.value), db::instant_or_null(after.decided_at),
                                      db::text_or_null(after.reason), after.revision});
  ++after.revision;
}

void delete_pair(db::Command& command, Pair const& one) {
  command.add_expecting(remove_pair, {one.party.value, one.id.value, one.revision});
}

}  // namespace rcms::duplicates
