// What both States do at their desks: who is in charge, what is laid aside.
#include "stories/rules_world.hpp"

#include "capabilities/applications/error_claim.hpp"
#include "capabilities/casework/error_answer.hpp"
#include "capabilities/casework/held_document.hpp"
#include "norms/forms/content.hpp"

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
  if (line.act == "record_document") return record_document(acting, shared);
  if (line.act == "take_back_document")
    return apply(shared, side,
                 casework::decide_held_document_back(norms_.process, file, acting.viewer, line.word("reason"), now_));
  if (auto const done = act_on_error(acting, shared, side)) return done;
  if (line.act == "end_hold")
    return apply(shared, side, case_files::decide_end_of_hold(norms_.process, file, acting.viewer, now_));
  return std::nullopt;
}

std::optional<RulesWorld::Done> RulesWorld::act_on_error(Acting const& acting, SharedCase& shared, Side side) {
  auto const& line = acting.line;
  auto const reason = line.has("reason") ? line.word("reason") : std::string();
  auto const& process = norms_.process;
  if (line.act == "claim_error") {
    auto const window = case_files::find_error_window(shared.requested.deadlines);
    return apply(shared, side,
                 applications::decide_error_claim(process, *shared.requested.file, line.word("ground"), reason, window,
                                                  acting.viewer, now_, today_));
  }
  auto const& file = *shared.requesting.file;
  if (line.act == "take_back")
    return apply(shared, side, casework::decide_taking_back(process, file, acting.viewer, reason, now_, today_));
  if (line.act == "reject_error_claim")
    return apply(shared, side,
                 casework::decide_error_rejection(process, file, scan("reason", reason), acting.viewer, reason, now_, today_));
  if (line.act == "record_return") {
    auto const day = Date::parse(line.word("day")).value();
    return apply(shared, side, casework::decide_return(process, file, day, acting.viewer, now_, today_));
  }
  return std::nullopt;
}

RulesWorld::Done RulesWorld::record_document(Acting const& acting, SharedCase& shared) {
  auto const& line = acting.line;
  auto const& file = *shared.requesting.file;
  casework::HeldInput const input{line.word("kind"), line.word("number"), line.word("issuer"),
                                  Date::parse(line.word("issued")).value(), Date::parse(line.word("expires")).value()};
  auto const conditions = forms::derive_conditions(file.content, "UTO", today_);
  agreements::HeldFacts const facts{"XAR", "UTO", !conditions.contains("third_country_national"), std::nullopt,
                                    forms::text_in(file.content, "transit.transit_request.destination")};
  auto const permitted = agreements::check_held_document(norms_.agreements.at(file.agreement),
                                                         {input.kind, input.issuer, input.issued_on, input.expires_on}, facts,
                                                         today_, Date::parse(file.submitted_on).value_or(today_));
  return apply(shared, Side::requesting,
               casework::decide_held_document(norms_.process, file, input, permitted, acting.viewer, now_));
}

}  // namespace rcms::stories
