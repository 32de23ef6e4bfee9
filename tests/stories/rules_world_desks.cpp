// What both States do at their desks: who is in charge, what is laid aside.
#include "stories/rules_world.hpp"

namespace rcms::stories {

using case_files::Side;

case_files::Desks RulesWorld::desks(Side side) const {
  auto const calendar = norms_.calendars.find(side == Side::requesting ? "XAR" : "UTO");
  return {norms_.queues, calendar == norms_.calendars.end() ? nullptr : &calendar->second, "UTC", now_};
}

std::optional<RulesWorld::Done> RulesWorld::act_at_desk(Acting const& acting, SharedCase& shared, Side side) {
  if (auto const done = act_on_interviews(acting, shared)) return done;
  auto const& line = acting.line;
  auto const& file = *(side == Side::requesting ? shared.requesting : shared.requested).file;
  if (line.act == "assign")
    return apply(shared, side, case_files::decide_assignment(norms_.process, file, UserId{line.word("to")}, acting.viewer, now_));
  if (line.act == "hold") {
    case_files::HoldInput const input{line.word("until"), line.word("reason")};
    return apply(shared, side, case_files::decide_hold(norms_.process, desks(side), file, input, acting.viewer));
  }
  if (line.act == "end_hold")
    return apply(shared, side, case_files::decide_end_of_hold(norms_.process, file, acting.viewer, now_));
  return std::nullopt;
}

}  // namespace rcms::stories
