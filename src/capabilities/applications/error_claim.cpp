#include "capabilities/applications/error_claim.hpp"

#include "capabilities/case_files/deciding.hpp"
#include "foundation/base/text.hpp"

namespace rcms::applications {

using case_files::text_of;

Result<Decision> decide_error_claim(workflow::Process const& process, CaseFile const& before, std::string_view ground,
                                    std::string_view statement, std::optional<agreements::Deadline> const& window,
                                    access::Viewer const& viewer, Instant now, Date today) {
  auto const words = tidy_text(statement);
  auto decision = case_files::take_step(process, before, "claim_error", viewer, words, now);
  if (!decision) return decision;
  auto const due = window ? window->due : std::nullopt;
  if (due && today > *due)
    return refuse(Why::too_late, "statement", "the window in which a person can be returned is over", window->source);
  auto& claim = decision->after.error_claim;
  claim = {{"ground", ground}, {"statement", words}, {"at", now.text()}, {"by", viewer.user.value}};
  if (due) {
    claim["due_on"] = due->text();
    claim["clause"] = window->source;
    decision->source = window->source;
  }
  decision->sending->body["ground"] = ground;
  decision->told["ground"] = ground;
  auto fact = case_files::fact_of(before, "error_claimed", today);
  fact.outcome = std::string(ground);
  decision->facts.push_back(std::move(fact));
  return decision;
}

Result<void> take_departure(Decision& decision, exchange::Envelope const& envelope, Instant now) {
  auto const departed_at = Instant::parse(text_of(envelope.body, "departed_at"));
  if (!departed_at) return refuse(Why::field_invalid, "body.departed_at");
  if (*departed_at > envelope.at || *departed_at > now)
    return refuse(Why::field_invalid, "body.departed_at", "lies in the future");
  case_files::happened(decision.after, "departure", *departed_at);
  case_files::happened(decision.after, "transfer", *departed_at);
  decision.told["departed_at"] = departed_at->text();
  return {};
}

Result<void> take_error_reply(Decision& decision, exchange::Envelope const& envelope, Instant now) {
  auto const variant = case_files::variant_of(envelope);
  auto& claim = decision.after.error_claim;
  decision.told["reply"] = variant;
  if (variant == "returned") {
    auto const day = text_of(envelope.body, "returned_on");
    if (!Date::parse(day)) return refuse(Why::field_invalid, "body.returned_on");
    claim["returned_on"] = day;
    decision.told["returned_on"] = day;
    return {};
  }
  auto const note = text_of(envelope.body, "reason");
  if (variant == "rejected" && note.empty()) return refuse(Why::field_missing, "body.reason");
  claim["answer"] = variant;
  claim["answered_at"] = envelope.at.text();
  claim["note"] = variant == "rejected" ? note : std::string();
  case_files::happened(decision.after, "error_reply", now, variant);
  return {};
}

Result<CaseFile> claim_error(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view ground,
                             std::string_view statement, IfMatch if_match) {
  return case_files::act(context, viewer, case_files::Side::requested, id, if_match,
                         [&](CaseFile const& before, db::Command&) -> Result<case_files::Decision> {
    if (!forms::has_code(context.norms.codes, "error_ground", ground))
      return refuse(Why::field_invalid, "ground", "choose a reason of the list");
    auto const window =
        case_files::find_error_window(case_files::list_deadlines(context.database, before.party, before.id));
    return decide_error_claim(context.norms.process, before, ground, statement, window, viewer, context.clock.now(),
                              case_files::today_of(context, before.party));
  });
}

}  // namespace rcms::applications
