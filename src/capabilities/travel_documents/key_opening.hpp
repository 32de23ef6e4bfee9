// Where a State has settled it, nobody issues before two officers have opened the sealing key, each with their own name; it
// closes by itself. What guards the key against whoever owns the machine is its token or its file, not this.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "capabilities/travel_documents/desk.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::travel_documents {

constexpr std::int64_t key_open_hours = 12;  ///< from the moment of each officer: a working day, never the next one

struct KeyEvent {
  bool opens = true;  ///< else it was closed, for all who had opened it
  UserId by;
  Instant at;
};

/// Of the key of one State, at an instant.
struct KeyState {
  int persons = 1;                ///< how many it takes; 1: it stands open
  std::vector<KeyEvent> openers;  ///< the latest opening of each officer that still counts, newest first
  std::optional<Instant> until;   ///< when it closes by itself; empty while it is closed, or when it always stands open

  bool is_open() const { return persons == 1 || until.has_value(); }
};

/// Pure; `events` in any order.
KeyState decide_key_state(int persons, std::vector<KeyEvent> events, Instant now);

/// Throws std::runtime_error as SealKeys::settings.
KeyState key_state_of(Desk const& desk, PartyId const& party, Instant now);
/// Refuses: wrong_step (closed: how many have to open it still).
Result<void> check_key_open(Desk const& desk, PartyId const& party, Instant now);

/// The viewer is one of the officers who open it. Refuses: not_permitted, wrong_step (one person is enough here), already_exists
/// (the viewer has opened it; another has to).
Result<KeyState> open_key(Desk& desk, access::Viewer const& viewer);
/// Closes it at once, whoever opened it. Refuses: not_permitted, wrong_step (nobody has opened it).
Result<KeyState> close_key(Desk& desk, access::Viewer const& viewer);

}  // namespace rcms::travel_documents
