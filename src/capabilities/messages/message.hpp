// A message between the authorities of the two States about one case, as one State keeps it.
#pragma once

#include <cstddef>
#include <string>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::messages {

inline constexpr std::size_t message_limit = 4'000;     ///< code points of a message
inline constexpr std::int64_t messages_of_case = 1'000;  ///< most that one State sends about one case

enum class Direction { out, in };

struct Message {
  std::string id;
  PartyId party;  ///< whose copy it is
  CaseId case_id;
  Direction direction = Direction::out;
  UserId author;  ///< empty when it came from the other State: names of officers never cross
  Instant sent_at;
  std::string body;
};

}  // namespace rcms::messages
