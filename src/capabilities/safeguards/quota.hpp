// How many may travel in a month or in one flight: whether a transfer that is planned has room beside those that are. The rule is
// pure; `Quota` reads the plans of the State.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capabilities/case_files/acting.hpp"
#include "norms/agreements/agreement.hpp"

namespace rcms::safeguarding {

struct PlannedTravel {
  Instant departs_at;
  bool charter = false;
};

/// Whether one more person may travel as `wanted` beside `others`. Months are those of the State in whose `zone` they depart;
/// those who depart by charter at the same instant are in one flight. Refuses: limit_reached (field departs_at), with the clause.
/// Source: max_returnees_per_charter_month, max_returnees_per_month and max_returnees_per_flight of the agreement.
Result<void> check_room(agreements::Agreement const& agreement, std::vector<PlannedTravel> const& others,
                        PlannedTravel const& wanted, std::string_view zone, Date version_on);

/// Beside whom a person is counted.
enum class Beside { planned, departed };

/// The limits of the agreement of a case, counted beside all that is planned and departed under it, or only beside who departed.
/// Who counts takes a turn in the command: what was counted at the same time by another is refused by the database and counted
/// again.
class Quota {
 public:
  explicit Quota(case_files::Context const& context) : context_(context) {}
  /// Whether the case has room to travel as `wanted` beside the others and those that had room here before. Nothing is read for
  /// an agreement without limits. Refuses as check_room.
  Result<void> take_room(db::Command& command, case_files::CaseFile const& file, PlannedTravel const& wanted, Beside beside);

 private:
  struct Counted {
    std::string agreement;
    std::string case_id;
    PlannedTravel travel;
  };
  void take_turn(db::Command& command, case_files::CaseFile const& file);

  case_files::Context const& context_;
  std::vector<Counted> taken_;
};

}  // namespace rcms::safeguarding
