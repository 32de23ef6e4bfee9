// A page of the ledger as one State reads it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "foundation/base/date.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::oversight {

/// Where an entry stands in the order of writing.
struct LedgerPlace {
  std::int64_t commit_order = 0;
  std::string subject;
  std::int64_t position = 0;
};

struct LedgerLine {
  LedgerPlace place;
  std::optional<std::int64_t> number;  ///< among the sealed entries; none before the next seal
  std::string actor;                   ///< id of the user, or `clock`, `exchange`, `installation`
  std::string action;
  std::string source;  ///< the norm on which it rests, or empty
  Instant at;
  Bytes hash;
};

struct LedgerQuestion {
  PartyId party;
  std::optional<std::string> subject;  ///< only this chain; none: all of the State
  std::optional<LedgerPlace> before;   ///< of the last line of the page before
  int limit = 25;                      ///< 1 to 100
};

/// "order.position.subject".
std::string cursor_of(LedgerPlace const& place);
std::optional<LedgerPlace> read_cursor(std::string const& text);

}  // namespace rcms::oversight
