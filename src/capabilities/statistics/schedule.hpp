// Reports that are made and sent by themselves, and what became of each sending.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::statistics {

using ScheduleId = Id<struct ScheduleTag>;

struct Schedule {
  ScheduleId id;
  PartyId party;
  std::string report;    ///< "monthly"
  std::string language;  ///< "en"
  std::string format;    ///< pdf, xlsx, csv
  std::vector<std::string> receivers;
  int day_of_month = 1;  ///< from this day on, at the seat of the State, the report of the month before is sent
  UserId created_by;
  Instant created_at;
};

/// One for each schedule, month and receiver.
struct Delivery {
  ScheduleId schedule;
  std::string period;    ///< yyyy-mm
  std::string receiver;  ///< address
  PartyId party;
  std::string status;  ///< sending, retry, sent, failed
  int attempts = 0;
  Instant next_at;     ///< when it may be tried again
  Instant changed_at;
  std::int64_t report_revision = 0;
  std::string sha256;  ///< of what was attached, one file after the other
  std::string detail;  ///< why it failed
};

}  // namespace rcms::statistics
