// Lists of files: filters, sort orders, cursors, counts. Every list is answered from an index; the first page costs the same
// at a million files.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/case_file.hpp"
#include "foundation/base/result.hpp"
#include "foundation/db/database.hpp"

namespace rcms::case_files {

/// Order of a list. Each has an index for every party and side. `due`: files without a deadline come last, the oldest first.
BOOST_DEFINE_ENUM_CLASS(Sort, newest, oldest, due, name)

/// Accepted files of persons who are no nationals of the requested State. It issues them no travel document (ICAO Doc 9303-8, an
/// emergency travel document is for one's own nationals): nationals of third States, stateless persons, whoever is in transit.
BOOST_DEFINE_ENUM_CLASS(Foreign, any, without, only)

struct ListFilter {
  std::vector<std::string> states;  ///< any of them; empty: all
  std::string stage;
  std::string agreement;
  UserId owner;
  std::string due_before;  ///< only open files whose next deadline is on or before this day
  std::string words;       ///< search text; found by words, then filtered
  std::vector<std::string> ids;  ///< only these, at most 1,000
  bool open_only = false;
  /// Only what came back to its officer: a draft returned from screening, a blocked case, a request for documents to answer; on
  /// the requested side a file whose documents have arrived.
  bool returned = false;
  bool ready = false;     ///< only those whose next step no safeguard holds back
  bool on_desks = false;  ///< only what is not on hold
  bool on_hold = false;   ///< only what is
  Foreign foreign = Foreign::any;
  std::string own_code;  ///< three letters of the requested State, whose nationals are not foreign; read with `foreign`
};

/// A row of a list: what the columns can show, nothing more.
struct ListRow {
  std::string id;
  std::string reference;
  std::string partner_reference;
  std::string partner;
  std::string agreement;
  std::string state;
  std::string stage;
  std::string owner;
  PersonSummary person;
  std::string portrait;
  std::int64_t changed_at = 0;
  std::int64_t created_at = 0;
  std::string submitted_on;
  std::string next_due_on;
  std::string next_due_kind;
  std::int64_t revision = 0;
  std::string held_until;  ///< day on which it comes back, or empty
  int told = 0;            ///< that it waits too long: 0 nobody, 1 the officer, 2 the supervisor
};

struct ListPage {
  std::vector<ListRow> rows;
  std::string next;  ///< cursor of the next page; empty at the end
};

/// A statement and its values.
struct ListQuestion {
  std::string text;
  db::Values values;
};

/// What `list_case_files` asks the database, in turn until the page is full: for the order of deadlines the files with one, then
/// those without. Pure. Refuses: field_invalid (cursor).
Result<std::vector<ListQuestion>> ask_case_files(PartyId const& party, Side side, ListFilter const& filter, Sort sort,
                                                 std::string const& cursor, int limit);

/// `limit` 1 to 100. Refuses: field_invalid (cursor).
Result<ListPage> list_case_files(db::Database& database, PartyId const& party, Side side, ListFilter const& filter, Sort sort,
                                 std::string const& cursor, int limit);

/// How many open files of this officer came back to them, counted up to 10,000.
std::int64_t count_returned(db::Database& database, PartyId const& party, Side side, UserId const& owner);

/// How many open files of this State in `state` no safeguard keeps back, counted up to 10,000.
std::int64_t count_unguarded(db::Database& database, PartyId const& party, Side side, std::string_view state);

/// How many open files of this State on no hold are accepted and wait for no document of it, counted up to 10,000.
std::int64_t count_foreign(db::Database& database, PartyId const& party, std::string_view own_code);

/// The state in which a file of the requested State waits for its travel document.
inline constexpr std::string_view state_to_document = "accepted";

/// Calls `each` for every row of the filter in the order of change, for exports; stops when it returns false.
void each_case_file(db::Database& database, PartyId const& party, Side side, ListFilter const& filter,
                    std::function<bool(ListRow const&)> const& each);

/// Number of open files by state; closed ones are not counted, so it does not grow with the years.
std::map<std::string, std::int64_t> count_open_by_state(db::Database& database, PartyId const& party, Side side);

}  // namespace rcms::case_files
