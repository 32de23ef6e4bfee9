#include "capabilities/travel_documents/life.hpp"

#include "capabilities/case_files/acting.hpp"
#include "capabilities/travel_documents/issuing.hpp"
#include "capabilities/travel_documents/store.hpp"

namespace rcms::travel_documents {

using case_files::CaseFile;
using case_files::Decision;

namespace {

/// What only the register and the ledger hear.
Decision only_told(CaseFile const& file, std::string action, std::string const& number) {
  Decision decision;
  decision.after = file;
  decision.action = std::move(action);
  decision.told["number"] = number;
  decision.keeps_place = true;
  return decision;
}

char const* ledger_word(LifeAct act) {
  switch (act) {
    case LifeAct::hand_over: return "document_handed_over";
    case LifeAct::use: return "document_used";
    case LifeAct::take_back: return "document_returned";
    case LifeAct::report_loss: return "document_lost";
  }
  return "";
}

/// The sheet follows the document; what does not move it stands in the history alone.
void follow(db::Command& more, TravelDocument const& after, LifeAct act, std::string_view reason, access::Viewer const& viewer,
            Instant now) {
  auto const to = act == LifeAct::take_back ? BlankState::returned : BlankState::lost;
  if (act == LifeAct::take_back || act == LifeAct::report_loss) {
    move_blank(more, after.party, after.number, BlankState::issued, to, std::string(reason), viewer.user, now);
  } else {
    add_number_event(more, after.party, after.number, {after.state, now, viewer.user, viewer.organisation, {}});
  }
}

Result<Renewal> due_by_agreement(Desk const& desk, access::Viewer const& viewer, CaseFile const& file,
                                 TravelDocument const& document, std::string_view reason, Instant now) {
  auto const& context = desk.context;
  auto const& state = context.directory.get_party(file.party).code;
  auto const* agreement = context.norms.find_agreement(file.agreement, file.submitted_on, state);
  auto const on = Date::parse(file.submitted_on).value_or(document.issued_on);
  agreements::CaseFacts const facts{state, {}};
  auto const rule =
      agreement == nullptr ? std::optional<agreements::Rule>() : agreements::find_rule_for(*agreement, "td_renewal", on, facts);
  auto renewal = decide_renewal_request(document, agreement, rule ? &*rule : nullptr, viewer, reason, now);
  if (!renewal) return renewal;
  auto const term = agreements::compute_deadline(*agreement, context.norms.calendars, "td_renewal", state,
                                                 {{"document_order", now, 0}}, on, facts);
  if (term) renewal->due_on = term->due;
  return renewal;
}

}  // namespace

Result<TravelDocument> act_on_document(Desk& desk, access::Viewer const& viewer, std::string const& number, LifeAct act,
                                       std::string_view reason, IfMatch if_match) {
  auto& database = desk.context.database;
  auto const known = find_document(database, viewer.party, number);
  if (!known) return refuse(Why::not_found);
  return act_on_file<TravelDocument>(desk, viewer, known->case_id, std::nullopt,
                         [&](CaseFile const& application, db::Command& more, TravelDocument& after) -> Result<Decision> {
    auto const now = desk.context.clock.now();
    auto const before = find_document(database, viewer.party, number);
    auto decided = decide_life(*before, act, viewer, reason, if_match, case_files::today_of(desk.context, viewer.party), now);
    if (!decided) return tl::unexpected(decided.error());
    after = std::move(*decided);
    save_life(more, *before, after);
    follow(more, after, act, reason, viewer, now);
    if (act == LifeAct::report_loss && before->is_live()) {
      auto decision = decide_voiding(desk, viewer, application, *before, reason);
      if (decision) decision->told["lost"] = true;
      return decision;
    }
    return only_told(application, ledger_word(act), number);
  });
}

Result<Renewal> request_renewal(Desk& desk, access::Viewer const& viewer, std::string const& number, std::string_view reason) {
  auto& database = desk.context.database;
  auto const known = find_document(database, viewer.party, number);
  if (!known) return refuse(Why::not_found);
  return act_on_file<Renewal>(desk, viewer, known->case_id, std::nullopt,
                         [&](CaseFile const& application, db::Command& more, Renewal& made) -> Result<Decision> {
    auto const now = desk.context.clock.now();
    auto renewal =
        due_by_agreement(desk, viewer, application, *find_document(database, viewer.party, number), reason, now);
    if (!renewal) return tl::unexpected(renewal.error());
    if (find_open_renewal(database, viewer.party, number))
      return refuse(Why::already_exists, {}, "a renewal of this document is asked for already");
    renewal->id = make_uuid(now);
    insert_renewal(more, *renewal);
    made = std::move(*renewal);
    return only_told(application, "renewal_requested", number);
  });
}

Result<Renewal> answer_renewal(Desk& desk, access::Viewer const& viewer, std::string const& id, bool approves,
                               std::string_view reason, IfMatch if_match) {
  auto& database = desk.context.database;
  auto const known = find_renewal(database, viewer.party, id);
  if (!known) return refuse(Why::not_found);
  return act_on_file<Renewal>(desk, viewer, known->case_id, std::nullopt,
                         [&](CaseFile const& application, db::Command& more, Renewal& after) -> Result<Decision> {
    auto const before = find_renewal(database, viewer.party, id);
    auto decided = decide_renewal(*before, viewer, approves, reason, if_match, desk.context.clock.now());
    if (!decided) return tl::unexpected(decided.error());
    after = std::move(*decided);
    save_renewal(more, *before, after);
    return only_told(application, approves ? "renewal_approved" : "renewal_refused", after.number);
  });
}

Result<TravelDocument> issue_renewal(Desk& desk, access::Viewer const& viewer, std::string const& id, IssueInput const& input) {
  if (!viewer.may("document.issue")) return refuse(Why::not_permitted, {}, "needs document.issue");
  auto& database = desk.context.database;
  auto const known = find_renewal(database, viewer.party, id);
  if (!known) return refuse(Why::not_found);
  std::lock_guard const turn(desk.issuing);
  return act_on_file<TravelDocument>(desk, viewer, known->case_id, std::nullopt,
                         [&](CaseFile const& application, db::Command& more, TravelDocument& made) -> Result<Decision> {
    auto const before = find_renewal(database, viewer.party, id);
    if (before->state != "approved")
      return refuse(Why::wrong_step, {}, "a renewal is issued once another person has approved it");
    auto const renewed = find_document(database, viewer.party, before->number);
    if (!renewed->is_live())
      return refuse(Why::wrong_step, {}, "only a document that is issued or handed over is renewed, also when it ran out");
    auto decision = decide_issue(desk, viewer, application, input, &*renewed, more, made);
    if (!decision) return decision;
    auto after = *before;
    after.state = "issued";
    after.renewed_as = made.number;
    ++after.revision;
    save_renewal(more, *before, after);
    return decision;
  });
}

}  // namespace rcms::travel_documents
