// Where the registry of a State comes from, as its administration has set it, and how it is doing. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/registry/reading.hpp"
#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"
#include "foundation/base/result.hpp"

namespace rcms::registry {

enum class SourceKind {
  none,
  file,         ///< a folder of the node in which the State puts its table
  postgresql,   ///< a view with the columns of a person
  http_table,   ///< an address that gives the table
  http_answers  ///< an address that answers questions itself
};
std::string_view name_of(SourceKind kind);
std::optional<SourceKind> parse_source_kind(std::string_view name);

struct Source {
  PartyId party;
  SourceKind kind = SourceKind::none;
  std::string address;  ///< `postgresql://user@host:port/database` or `https://host/path`; no password
  std::string view;     ///< of PostgreSQL: `name` or `schema.name`
  int refresh_hours = 24;
  int old_after_days = 7;       ///< from when a verifier is warned
  bool accept_smaller = false;  ///< a table with less than half of the persons is taken
  UserId changed_by;
  Instant changed_at;
  std::int64_t revision = 0;  ///< 0: never set
};

/// How the connection is doing. `since` is when it began to be so.
struct Health {
  bool works = false;
  std::optional<Instant> since;
  std::optional<Instant> looked_at;
  std::optional<Instant> data_as_of;  ///< of what is searched
  std::uint64_t persons = 0;
  std::uint64_t left_out = 0;        ///< lines of the newest table
  std::vector<LineDefect> defects;   ///< the first of them
  std::string problem;               ///< a code, see `problems`; empty while it works
  std::string problem_detail;        ///< what the other side said, as it said it
  std::string taken;                 ///< what the searched data is, as the connector names it
};

/// The codes of `Health::problem`, each with a label `registry.problem.<code>`.
inline constexpr std::string_view problems[] = {"not_reached", "no_table", "not_a_table", "nobody", "smaller", "no_room"};

/// What stands in the way of searching, in one word.
enum class Condition {
  none,     ///< no source was ever set
  waiting,  ///< set, and no data has come yet
  working,
  old,   ///< it works or not, but the data is older than the State allows
  down   ///< the connection does not work; what is there is still searched
};
std::string_view name_of(Condition condition);
Condition condition_of(Source const& source, Health const& health, Instant now);

/// The host of an address, in small letters; empty when it has none.
std::string host_of(std::string_view address);

/// Every defect of new settings: field_missing and field_invalid with the field; the host of an address must be one that the
/// operator of the node allows (`hosts`).
Findings check_source(Source const& source, std::set<std::string, std::less<>> const& hosts);

/// What becomes of the health after a look that failed or that worked.
Health after_failure(Health before, std::string problem, std::string detail, Instant now);
Health after_success(Health before, Instant now);

/// Whether a table with so many persons may take the place of one with `before`.
bool may_replace(std::uint64_t before, std::uint64_t after, bool accept_smaller);

/// Whether it is time to look again: a folder always, a connection that fails after ten minutes, else after `refresh_hours`.
bool is_due(Source const& source, Health const& health, Instant now);

}  // namespace rcms::registry
