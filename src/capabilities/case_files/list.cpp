#include "capabilities/case_files/list.hpp"

#include <algorithm>

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/hash.hpp"
#include "foundation/search/search_words.hpp"

namespace rcms::case_files {

namespace json = boost::json;

namespace {

constexpr std::string_view list_columns =
    "case_id, reference, partner_reference, partner, agreement, state, stage, owner, person_name, person_original, birth, sex,"
    " nationality, portrait, changed_at, created_at, submitted_on, next_due_on, next_due_kind, revision, held_until, told";

db::Sql const count_states{
    "case_files.count_open_by_state",
    "SELECT state, count(*) FROM case_files WHERE party = $1 AND side = $2 AND is_open = 1 GROUP BY state"};

db::Sql const count_unguarded_files{
    "case_files.count_unguarded",
    "SELECT count(*) FROM (SELECT 1 FROM case_files f WHERE f.party = $1 AND f.side = $2 AND f.state = $3 AND f.is_open = 1"
    " AND NOT EXISTS (SELECT 1 FROM open_gates o WHERE o.party = f.party AND o.case_id = f.case_id AND o.blocks = 1)"
    " LIMIT 10000) AS ready"};

ListRow read_row(db::Row const& row) {
  ListRow out;
  out.id = row.text(0);
  out.reference = row.text(1);
  out.partner_reference = row.find_text(2).value_or("");
  out.partner = row.text(3);
  out.agreement = row.text(4);
  out.state = row.text(5);
  out.stage = row.text(6);
  out.owner = row.find_text(7).value_or("");
  out.person = {row.text(8), row.text(9), row.text(10), row.text(11), row.text(12)};
  out.portrait = row.find_text(13).value_or("");
  out.changed_at = row.integer(14);
  out.created_at = row.integer(15);
  out.submitted_on = row.find_text(16).value_or("");
  out.next_due_on = row.find_text(17).value_or("");
  out.next_due_kind = row.find_text(18).value_or("");
  out.revision = row.integer(19);
  out.held_until = row.find_text(20).value_or("");
  out.told = static_cast<int>(row.integer(21));
  return out;
}

/// The key of a row in its sort order; with the id it is the cursor.
db::Value key_of(ListRow const& row, Sort sort) {
  switch (sort) {
    case Sort::newest:
    case Sort::oldest: return row.changed_at;
    case Sort::due: return row.next_due_on;
    case Sort::name: return row.person.name;
  }
  return {};
}

std::string_view column_of(Sort sort) {
  switch (sort) {
    case Sort::newest:
    case Sort::oldest: return "changed_at";
    case Sort::due: return "next_due_on";
    case Sort::name: return "person_name";
  }
  return "changed_at";
}

std::string make_cursor(ListRow const& row, Sort sort) {
  json::array cursor;
  auto const key = key_of(row, sort);
  if (auto const* number = std::get_if<std::int64_t>(&key)) {
    cursor.emplace_back(*number);
  } else if (sort == Sort::due && row.next_due_on.empty()) {
    cursor.emplace_back(nullptr);
  } else {
    cursor.emplace_back(std::get<std::string>(key));
  }
  cursor.emplace_back(row.id);
  return to_base64url(as_bytes(json::serialize(cursor)));
}

struct Cursor {
  db::Value key;  ///< nothing: among the files without a deadline
  std::string id;
};

std::optional<Cursor> read_cursor(std::string const& text, Sort sort) {
  auto const bytes = from_base64url(text);
  if (!bytes) return std::nullopt;
  boost::system::error_code error;
  auto const value = json::parse(as_text(*bytes), error);
  if (error || !value.is_array() || value.get_array().size() != 2 || !value.get_array()[1].is_string()) return std::nullopt;
  auto const& key = value.get_array()[0];
  std::string id(value.get_array()[1].get_string());
  if (sort == Sort::due && key.is_null()) return Cursor{{}, std::move(id)};
  bool const number = sort == Sort::newest || sort == Sort::oldest;
  if (number != key.is_int64() || (!number && !key.is_string())) return std::nullopt;
  return Cursor{number ? db::Value(key.get_int64()) : db::Value(std::string(key.get_string())), std::move(id)};
}

/// Builds the text of a list from fixed parts; values are always parameters.
class ListQuery {
 public:
  /// Acts and clock of a file are short; the officer's open files are found by index first.
  static constexpr std::string_view what_came_back =
      "((side = 'requesting' AND (state IN ('blocked', 'documents_requested')"
      " OR (state = 'draft' AND acts LIKE '%\"return_to_draft\"%')))"
      " OR (side = 'requested' AND state = 'completeness' AND clock LIKE '%\"event\":\"answer\"%'))";

  static constexpr std::string_view no_open_gate =
      "NOT EXISTS (SELECT 1 FROM open_gates o WHERE o.party = case_files.party AND o.case_id = case_files.case_id"
      " AND o.blocks = 1)";

  ListQuery(PartyId const& party, Side side) {
    where_ = fmt::format("party = {}", parameter(party.value));
    side_ = parameter(name_of(side));
  }

  void only(ListFilter const& filter) {
    // OPTIMIZATION: the index of an officer's files has no side; an expression keeps SQLite from taking one of everybody's.
    where_ += fmt::format(" AND {} = {}", filter.owner.empty() ? "side" : "coalesce(side, '')", side_);
    one_of("state", filter.states);
    one_of("case_id", padded(filter.ids));
    names_files_ = !filter.ids.empty();
    equals("stage", filter.stage);
    equals("agreement", filter.agreement);
    equals("owner", filter.owner.value);
    bool const is_open = filter.open_only || !filter.due_before.empty() || !filter.owner.empty();
    if (is_open) where_ += " AND is_open = 1";
    has_index_by_due_ = is_open || filter.states.size() == 1;
    if (!filter.due_before.empty()) where_ += fmt::format(" AND next_due_on <= {}", parameter(filter.due_before));
    if (filter.on_desks) where_ += " AND held_until IS NULL";
    // OPTIMIZATION: few files are on hold; they are found by their own index and sorted.
    if (filter.on_hold) where_ += " AND held_until IS NOT NULL";
    names_files_ = names_files_ || filter.on_hold;
    is_on_hold_ = filter.on_hold;
    if (filter.ready) where_ += fmt::format(" AND is_open = 1 AND {}", no_open_gate);
    if (filter.foreign != Foreign::any) {
      auto const accepted = parameter(std::string(state_to_document));
      auto const own = parameter(filter.own_code);
      where_ +=
          fmt::format(" AND {}(state = {} AND nationality <> {})", filter.foreign == Foreign::only ? "" : "NOT ", accepted, own);
    }
    if (filter.returned) where_ += fmt::format(" AND {}", what_came_back);
  }

  /// Only open files have deadlines; the index of all of them by day holds those that are open.
  void with_deadline() {
    if (is_on_hold_) where_ += " AND coalesce(next_due_on, '') <> ''";
    else where_ += has_index_by_due_ ? " AND next_due_on IS NOT NULL" : " AND is_open = 1 AND next_due_on IS NOT NULL";
  }

  /// Files without a deadline: the oldest first.
  void without_deadline() {
    where_ += " AND next_due_on IS NULL";
    is_without_deadline_ = true;
  }

  void after(Cursor const& cursor, Sort sort) {
    if (is_without_deadline_) {
      where_ += fmt::format(" AND case_id > {}", parameter(cursor.id));
      return;
    }
    where_ += fmt::format(" AND ({0}, case_id) {1} ({2}, {3})", order_of(sort), sort == Sort::newest ? "<" : ">",
                          parameter(cursor.key), parameter(cursor.id));
  }

  std::string text(Sort sort, int limit) const {
    std::string_view const direction = sort == Sort::newest ? " DESC" : "";
    auto const order = order_of(sort);
    auto text = fmt::format("SELECT {0} FROM case_files WHERE {1} ORDER BY {2}{3}", list_columns, where_, order, direction);
    if (order != "case_id") text += fmt::format(", case_id{}", direction);
    if (limit > 0) text += fmt::format(" LIMIT {}", limit);
    return text;
  }

  std::string count_text() const {
    return fmt::format("SELECT count(*) FROM (SELECT 1 FROM case_files WHERE {} LIMIT 10000) AS found", where_);
  }

  db::Values const& values() const { return values_; }

 private:
  /// OPTIMIZATION: where the files are named, an expression keeps SQLite from going through all files of the State in their order
  /// to find fifty of them.
  std::string order_of(Sort sort) const {
    auto const column = column_of(sort);
    // OPTIMIZATION: PostgreSQL walks an index by day only when the order names the day, although it is the same for all.
    if (is_without_deadline_ && !names_files_ && !has_index_by_due_) return "case_id";
    if (!names_files_) return std::string(column);
    bool const is_number = sort == Sort::newest || sort == Sort::oldest;
    return fmt::format("coalesce({}, {})", column, is_number ? "0" : "''");
  }

  std::string parameter(db::Value value) {
    values_.push_back(std::move(value));
    return fmt::format("${}", values_.size());
  }

  /// OPTIMIZATION: every length is a text of its own, which PostgreSQL prepares anew; repeating the last id leaves five.
  static std::vector<std::string> padded(std::vector<std::string> ids) {
    for (std::size_t const length : {1U, 10U, 50U, 200U, 1000U}) {
      if (!ids.empty() && ids.size() <= length) {
        ids.resize(length, std::string(ids.back()));
        break;
      }
    }
    return ids;
  }

  void equals(std::string_view column, std::string const& value) {
    if (!value.empty()) where_ += fmt::format(" AND {} = {}", column, parameter(value));
  }

  void one_of(std::string_view column, std::vector<std::string> const& options) {
    if (options.empty()) return;
    if (options.size() == 1) return equals(column, options.front());
    std::string list;
    for (auto const& option : options) list += (list.empty() ? "" : ", ") + parameter(option);
    where_ += fmt::format(" AND {} IN ({})", column, list);
  }

  std::string where_;
  std::string side_;  ///< its parameter
  bool names_files_ = false;
  bool is_on_hold_ = false;
  bool has_index_by_due_ = false;
  bool is_without_deadline_ = false;
  db::Values values_;
};

}  // namespace

std::int64_t count_returned(db::Database& database, PartyId const& party, Side side, UserId const& owner) {
  ListFilter filter;
  filter.owner = owner;
  filter.returned = true;
  ListQuery query(party, side);
  query.only(filter);
  return database.find({"home.count_returned", query.count_text()}, query.values())->integer(0);
}

std::int64_t count_foreign(db::Database& database, PartyId const& party, std::string_view own_code) {
  ListFilter filter;
  filter.open_only = true;
  filter.on_desks = true;
  filter.foreign = Foreign::only;
  filter.own_code = own_code;
  ListQuery query(party, Side::requested);
  query.only(filter);
  return database.find({"home.count_foreign", query.count_text()}, query.values())->integer(0);
}

Result<std::vector<ListQuestion>> ask_case_files(PartyId const& party, Side side, ListFilter const& filter, Sort sort,
                                                 std::string const& cursor, int limit) {
  std::optional<Cursor> position;
  if (!cursor.empty()) {
    position = read_cursor(cursor, sort);
    if (!position) return refuse(Why::field_invalid, "cursor", "use the value of `next` of the page before, with the same sort");
  }
  bool const past_deadlines = position && std::holds_alternative<std::monostate>(position->key);
  std::vector<ListQuestion> questions;
  if (!past_deadlines) {
    ListQuery query(party, side);
    query.only(filter);
    if (sort == Sort::due) query.with_deadline();
    if (position) query.after(*position, sort);
    questions.push_back({query.text(sort, limit), query.values()});
  }
  if (sort == Sort::due && filter.due_before.empty()) {
    ListQuery query(party, side);
    query.only(filter);
    query.without_deadline();
    if (past_deadlines) query.after(*position, sort);
    questions.push_back({query.text(sort, limit), query.values()});
  }
  return questions;
}

Result<ListPage> list_case_files(db::Database& database, PartyId const& party, Side side, ListFilter const& filter, Sort sort,
                                 std::string const& cursor, int limit) {
  ListFilter narrowed = filter;
  if (!filter.words.empty()) {
    narrowed.ids.clear();
    for (auto const& found : search::find_by_words(database, party, name_of(side), filter.words, 200)) {
      auto const& wanted = filter.ids;
      if (wanted.empty() || std::find(wanted.begin(), wanted.end(), found.subject) != wanted.end())
        narrowed.ids.push_back(found.subject);
    }
    if (narrowed.ids.empty()) return ListPage{};
  }
  limit = std::clamp(limit, 1, 100);
  auto const wanted = static_cast<std::size_t>(limit) + 1;
  auto const questions = ask_case_files(party, side, narrowed, sort, cursor, limit + 1);
  if (!questions) return tl::unexpected(questions.error());
  ListPage page;
  for (auto const& question : *questions) {
    if (page.rows.size() >= wanted) break;
    for (auto const& row : database.read_text(question.text, question.values)) page.rows.push_back(read_row(row));
  }
  if (page.rows.size() >= wanted) {
    page.rows.resize(wanted - 1);
    page.next = make_cursor(page.rows.back(), sort);
  }
  return page;
}

std::int64_t count_unguarded(db::Database& database, PartyId const& party, Side side, std::string_view state) {
  return database.find(count_unguarded_files, {party.value, name_of(side), std::string(state)})->integer(0);
}

void each_case_file(db::Database& database, PartyId const& party, Side side, ListFilter const& filter,
                    std::function<bool(ListRow const&)> const& each) {
  std::string cursor;
  do {
    auto const page = list_case_files(database, party, side, filter, Sort::oldest, cursor, 100).value();
    for (auto const& row : page.rows) {
      if (!each(row)) return;
    }
    cursor = page.next;
  } while (!cursor.empty());
}

std::map<std::string, std::int64_t> count_open_by_state(db::Database& database, PartyId const& party, Side side) {
  std::map<std::string, std::int64_t> counts;
  for (auto const& row : database.read(count_states, {party.value, name_of(side)})) counts[row.text(0)] = row.integer(1);
  return counts;
}

}  // namespace rcms::case_files
