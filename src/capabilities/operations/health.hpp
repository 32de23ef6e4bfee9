// Whether the node is well: what is measured, and the pure judgement of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/date.hpp"

namespace rcms::operations {

enum class State { ok, degraded, down };
std::string_view name_of(State state);

/// Things in a queue.
struct Waiting {
  std::int64_t count = 0;
  std::optional<Instant> oldest;
};

struct Space {
  std::uint64_t free_bytes = 0;
  std::uint64_t all_bytes = 0;
};

/// What was measured. Empty where it could not be, because the part that it needs is down.
struct Figures {
  Instant now;
  std::optional<std::int64_t> database_ms;  ///< how long a small reading took
  bool disk_writes = true;                  ///< a small file could be written and synced
  std::optional<Space> space;               ///< of the disk of the node's folder
  std::uint64_t reserve_bytes = 0;          ///< what is kept free: below it nothing is written
  std::optional<Waiting> outbox;
  bool ledger_is_known = false;
  std::optional<Instant> oldest_unsealed;
  std::optional<Waiting> mail;
  std::optional<Instant> last_backup;
  std::int64_t refused_agreements = 0;  ///< files that do not hold: the last good version stays in force
  std::int64_t waiting_agreements = 0;  ///< versions that nobody has put in force yet
};

/// One part, with the label that says how it is (`operations.…`) and its arguments.
struct PartHealth {
  std::string part;  ///< database, disk, exchange, ledger, mail, backup; law, when something is to be done about it
  State state = State::ok;
  std::string label;
  std::map<std::string, std::string> arguments;
};

/// In a fixed order. Limits: database slow above 1 s; disk degraded below 10 % or 2 GB, down below the reserve, below 1 MB or
/// when it cannot be written; envelopes older than 5 minutes or entries without number older than 10 seconds degraded, down after
/// an hour and after 2 minutes; mail older than 15 minutes degraded; last backup older than 26 hours degraded. Source:
/// docs/administrator_guide.md.
std::vector<PartHealth> judge(Figures const& figures);

/// The worst of the parts.
State worst_of(std::vector<PartHealth> const& parts);

}  // namespace rcms::operations
