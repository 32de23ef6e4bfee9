#include "capabilities/casework/error_answer.hpp"

#include <fmt/format.h>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/casework/words.hpp"
#include "foundation/base/text.hpp"

namespace rcms::casework {

using case_files::Side;
using case_files::text_of;

namespace {

/// What both answers have: the claim that stands gets it, and it is counted.
void note_answer(Decision& decision, CaseFile const& before, std::string_view answer, std::string_view note,
                 access::Viewer const& viewer, Instant now, Date today) {
  auto& claim = decision.after.error_claim;
  claim["answer"] = answer;
  claim["answered_at"] = now.text();
  claim["answered_by"] = viewer.user.value;
  claim["note"] = note;
  case_files::happened(decision.after, "error_reply", now, std::string(answer));
  auto fact = case_files::fact_of(before, "error_answered", today);
  fact.outcome = std::string(answer);
  decision.facts.push_back(std::move(fact));
}

}  // namespace

Result<void> take_error_claim(Decision& decision, exchange::Envelope const& envelope) {
  auto const ground = text_of(envelope.body, "ground");
  auto const statement = text_of(envelope.body, "reason");
  if (ground.empty()) return refuse(Why::field_missing, "body.ground");
  if (statement.empty()) return refuse(Why::field_missing, "body.reason");
  decision.after.error_claim = {{"ground", ground}, {"statement", statement}, {"at", envelope.at.text()}};
  decision.told["ground"] = ground;
  return {};
}

Result<Decision> decide_taking_back(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                    std::string_view reason, Instant now, Date today) {
  auto decision = case_files::take_step(process, before, "take_back", viewer, tidy_text(reason), now);
  if (decision) note_answer(*decision, before, "taken_back", {}, viewer, now, today);
  return decision;
}

Result<Decision> decide_error_rejection(workflow::Process const& process, CaseFile const& before,
                                        std::vector<WordFound> const& words, access::Viewer const& viewer,
                                        std::string_view reason, Instant now, Date today) {
  auto const note = tidy_text(reason);
  auto decision = case_files::take_step(process, before, "reject_error_claim", viewer, note, now);
  if (!decision) return decision;
  if (!words.empty())
    return refuse(Why::must_not_leave, words.front().place, fmt::format("\"{}\" must not leave the State", words.front().word),
                  "data/safeguards/word_list.toml");
  note_answer(*decision, before, "rejected", note, viewer, now, today);
  return decision;
}

Result<Decision> decide_return(workflow::Process const& process, CaseFile const& before, Date returned_on,
                               access::Viewer const& viewer, Instant now, Date today) {
  auto decision = case_files::take_step(process, before, "record_return", viewer, {}, now);
  if (!decision) return decision;
  auto const departed = case_files::find_event(before, "departure");
  bool const is_early = departed && returned_on < Date::from_days(static_cast<int>(departed->ms / 86'400'000) - 1);
  if (returned_on > today || is_early)
    return refuse(Why::field_invalid, "returned_on", "a day between the departure and today");
  decision->after.error_claim["returned_on"] = returned_on.text();
  decision->sending->body["returned_on"] = returned_on.text();
  decision->told["returned_on"] = returned_on.text();
  decision->facts.push_back(case_files::fact_of(before, "person_returned", today));
  return decision;
}

Result<CaseFile> take_back(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view reason,
                           std::optional<std::int64_t> if_match) {
  return case_files::act(context, viewer, Side::requesting, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_taking_back(context.norms.process, before, viewer, reason, context.clock.now(),
                              case_files::today_of(context, before.party));
  });
}

Result<CaseFile> reject_error_claim(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                    std::string_view reason, std::optional<std::int64_t> if_match) {
  std::vector<WordFound> words;
  scan_text(context, "reason", reason, words);
  return case_files::act(context, viewer, Side::requesting, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_error_rejection(context.norms.process, before, words, viewer, reason, context.clock.now(),
                                  case_files::today_of(context, before.party));
  });
}

Result<CaseFile> record_return(Context const& context, access::Viewer const& viewer, CaseId const& id, Date returned_on,
                               std::optional<std::int64_t> if_match) {
  return case_files::act(context, viewer, Side::requesting, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_return(context.norms.process, before, returned_on, viewer, context.clock.now(),
                         case_files::today_of(context, before.party));
  });
}

}  // namespace rcms::casework
