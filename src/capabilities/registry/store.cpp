#include "capabilities/registry/store.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "foundation/base/text.hpp"

namespace rcms::registry {

namespace {

// The limits below are one more than most_rows_of_a_path, so that "there is more" is seen. They are literal because a
// prepared limit makes PostgreSQL choose the wrong plan.
#define COLUMNS "id, given, surname1, surname2, birth, sex, place, place_name, father, mother, document"

constexpr db::Sql by_document{"registry.by_document",
                              "SELECT " COLUMNS " FROM citizens WHERE party = $1 AND document = $2 LIMIT 201"};
constexpr db::Sql by_surname_given_year{
    "registry.by_surname_given_year",
    "SELECT " COLUMNS " FROM citizens WHERE party = $1 AND surname1_search = $2 AND given_start = $3"
    " AND birth_year BETWEEN $4 AND $5 LIMIT 201"};
constexpr db::Sql by_surname_given{
    "registry.by_surname_given",
    "SELECT " COLUMNS " FROM citizens WHERE party = $1 AND surname1_search = $2 AND given_start = $3 LIMIT 201"};
constexpr db::Sql by_surnames{
    "registry.by_surnames",
    "SELECT " COLUMNS " FROM citizens WHERE party = $1 AND surname1_search = $2 AND surname2_search = $3 LIMIT 201"};
constexpr db::Sql by_birth{"registry.by_birth", "SELECT " COLUMNS " FROM citizens WHERE party = $1 AND birth = $2 LIMIT 201"};
constexpr db::Sql by_birth_given{
    "registry.by_birth_given", "SELECT " COLUMNS " FROM citizens WHERE party = $1 AND birth = $2 AND given_start = $3 LIMIT 201"};
constexpr db::Sql by_id{"registry.by_id", "SELECT " COLUMNS " FROM citizens WHERE id = $1 AND party = $2"};
constexpr db::Sql count_all{"registry.count", "SELECT count(*) FROM citizens WHERE party = $1"};
constexpr db::Sql insert_citizen{
    "registry.insert",
    "INSERT INTO citizens (id, party, given, surname1, surname2, birth, sex, place, place_name, father, mother, document,"
    " given_search, given_start, surname1_search, surname2_search, birth_year)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"};

#undef COLUMNS

constexpr std::size_t rows_of_a_command = 5000;

Citizen citizen_of(db::Row const& row) {
  auto const birth = Date::parse(row.text(4));
  if (!birth) throw db::Fault("citizens.birth is not a date");
  return Citizen{CitizenId{row.text(0)}, row.text(1), row.text(2), row.text(3), *birth,      row.text(5),
                 row.text(6),            row.text(7), row.text(8), row.text(9), row.find_text(10).value_or("")};
}

/// Collects the rows of several paths without doubles.
class Collector {
 public:
  Collector(db::Database& database, PartyId const& party) : database_(database), party_(party.value) {}

  /// Returns how many rows the path found.
  std::size_t search(db::Sql const& sql, db::Values keys) {
    keys.insert(keys.begin(), party_);
    auto const rows = database_.read(sql, keys);
    collected_.tried.emplace_back(sql.name.substr(sql.name.find('.') + 1));
    if (rows.size() > most_rows_of_a_path) collected_.truncated = true;
    for (auto const& row : rows)
      if (seen_.insert(row.text(0)).second) collected_.citizens.push_back(citizen_of(row));
    return rows.size();
  }
  Collected take() { return std::move(collected_); }

 private:
  db::Database& database_;
  std::string party_;
  Collected collected_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

Collected collect(db::Database& database, PartyId const& party, SearchKeys const& keys) {
  Collector collector(database, party);
  if (!keys.document.empty()) collector.search(by_document, {keys.document});
  bool const has_surname = !keys.surname1.empty();
  if (has_surname && !keys.given_start.empty()) {
    std::size_t found = 0;
    if (keys.birth_year != 0)
      found = collector.search(by_surname_given_year, {keys.surname1, keys.given_start, std::int64_t{keys.birth_year - 1},
                                                       std::int64_t{keys.birth_year + 1}});
    if (found == 0) collector.search(by_surname_given, {keys.surname1, keys.given_start});
  }
  if (has_surname && !keys.surname2.empty()) {
    collector.search(by_surnames, {keys.surname1, keys.surname2});
    collector.search(by_surnames, {keys.surname2, keys.surname1});
  }
  if (!keys.birth.empty() && !keys.given_start.empty()) collector.search(by_birth_given, {keys.birth, keys.given_start});
  if (!keys.birth.empty() && has_surname) collector.search(by_birth, {keys.birth});
  return collector.take();
}

std::optional<Citizen> find_citizen(db::Database& database, PartyId const& party, CitizenId const& id) {
  auto const row = database.find(by_id, {id.value, party.value});
  if (!row) return std::nullopt;
  return citizen_of(*row);
}

std::int64_t count_citizens(db::Database& database, PartyId const& party) {
  return database.find(count_all, {party.value})->integer(0);
}

void load_citizens(db::Database& database, PartyId const& party, std::vector<Citizen> const& citizens) {
  // Names repeat: each is folded once.
  std::unordered_map<std::string, std::string> folded;
  auto const fold = [&folded](std::string const& name) -> std::string const& {
    auto [place, is_new] = folded.try_emplace(name);
    if (is_new) place->second = search_form(name);
    return place->second;
  };
  for (std::size_t from = 0; from < citizens.size(); from += rows_of_a_command) {
    db::Command command;
    for (std::size_t at = from; at < std::min(citizens.size(), from + rows_of_a_command); ++at) {
      auto const& one = citizens[at];
      auto const document = document_form(one.document);
      command.add(insert_citizen,
                  {one.id.value, party.value, one.given, one.surname1, one.surname2, one.birth.text(), one.sex, one.place,
                   one.place_name, one.father, one.mother, document.empty() ? db::Value() : db::Value(document), fold(one.given),
                   start_of(fold(one.given)), fold(one.surname1), fold(one.surname2), std::int64_t{one.birth.year()}});
    }
    if (database.write(command).outcome != db::Outcome::written)
      throw db::Fault("citizens cannot be loaded: one of them is in the registry already");
  }
}

std::vector<db::Sql const*> search_statements() {
  return {&by_document, &by_surname_given_year, &by_surname_given, &by_surnames, &by_birth, &by_birth_given, &by_id};
}

}  // namespace rcms::registry
