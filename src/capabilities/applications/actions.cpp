#include "capabilities/applications/actions.hpp"

#include <algorithm>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/desks.hpp"
#include "norms/agreements/deadline.hpp"

namespace rcms::applications {

using case_files::Side;

namespace {

std::optional<agreements::Deadline> find_reply_deadline(Context const& context, CaseFile const& file) {
  return case_files::find_reply_term(case_files::list_deadlines(context.database, file.party, file.id));
}

CaseFile blank_file(Context const& context, exchange::Correspondent const& to, exchange::Envelope const& envelope,
                    PartyId const& from) {
  CaseFile file;
  file.party = to.id;
  file.id = envelope.case_id;
  file.side = Side::requested;
  file.partner = from;
  file.created_at = context.clock.now();
  file.reference = case_files::take_reference(context.database, to.id, to.code, case_files::today_of(context, to.id).year());
  return file;
}

/// An application opens a file, or comes again to the one that exists.
Result<void> receive_application(Context const& context, exchange::Correspondent const& to, exchange::Envelope const& envelope,
                                 db::Command const& inbox) {
  auto const now = context.clock.now();
  auto const today = case_files::today_of(context, to.id);
  auto const* agreement = context.norms.find_agreement(case_files::text_of(envelope.body, "agreement"));
  if (agreement == nullptr) return refuse(Why::agreement_does_not_apply, "body.agreement");
  if (auto applies = agreements::check_applies(*agreement, envelope.from, to.code, today); !applies) return applies;
  auto const from = context.exchange.find_correspondent(envelope.from)->id;
  auto const answer = ledger::carry_out(context.database, {case_files::subject_of(Side::requested, envelope.case_id)},
                                        [&]() -> Result<ledger::Decided<CaseFile>> {
    auto const before = case_files::find_case_file(context.database, to.id, envelope.case_id);
    if (before && before->side != Side::requested) return refuse(Why::not_found);
    ledger::Decided<CaseFile> decided;
    decided.command.append(inbox);
    auto decision = before ? decide_reopening(context.norms.process, *before, envelope, now, today)
                           : decide_opening(context.norms.process, blank_file(context, to, envelope, from), envelope, now, today);
    if (!decision) return tl::unexpected(decision.error());
    case_files::complete_decision(context, decided, before ? &*before : nullptr, std::move(*decision), {{}, "exchange"});
    return decided;
  });
  if (!answer) return tl::unexpected(answer.error());
  if (context.after_write) context.after_write();
  return {};
}

std::optional<DocumentRequest> find_request(Context const& context, CaseFile const& file, exchange::Envelope const& envelope) {
  if (envelope.kind != exchange::EnvelopeKind::answer) return std::nullopt;
  auto const id = case_files::text_of(envelope.body, "request");
  for (auto& request : case_files::list_document_requests(context.database, file.party, file.id)) {
    if (request.id == id) return std::move(request);
  }
  return std::nullopt;
}

/// Refuses: field_invalid (a document or a form that no list has).
Result<void> check_wanted_codes(Context const& context, std::vector<case_files::RequestItem> const& items) {
  for (auto const& item : items) {
    for (auto const& one : item.any_of) {
      auto const field = "items." + item.item + ".any_of";
      if (!forms::has_code(context.norms.codes, "evidence_type", one.type))
        return refuse(Why::field_invalid, field, "choose a document of the list");
      if (!one.form.empty() && !forms::has_code(context.norms.codes, "document_form", one.form))
        return refuse(Why::field_invalid, field, "original, authenticated copy or copy");
    }
  }
  return {};
}

}  // namespace

Result<CaseFile> acknowledge(Context const& context, access::Viewer const& viewer, CaseId const& id, IfMatch if_match) {
  return case_files::act(context, viewer, Side::requested, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_acknowledgement(context.norms.process, before, viewer, context.clock.now(),
                                  case_files::today_of(context, before.party));
  });
}

Result<CaseFile> assign(Context const& context, access::Viewer const& viewer, CaseId const& id, UserId const& owner,
                        IfMatch if_match) {
  return case_files::assign(context, viewer, Side::requested, id, owner, if_match);
}

Result<CaseFile> declare_complete(Context const& context, access::Viewer const& viewer, CaseId const& id, IfMatch if_match) {
  return case_files::act(context, viewer, Side::requested, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_completeness(context.norms.process, before, viewer, context.clock.now(),
                               case_files::today_of(context, before.party));
  });
}

Result<CaseFile> assess(Context const& context, access::Viewer const& viewer, CaseId const& id, EvidenceFinding const& finding,
                        std::string_view reason, IfMatch if_match) {
  return case_files::act(context, viewer, Side::requested, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_assessment(context.norms.process, before, finding, viewer, reason, context.clock.now());
  });
}

Result<CaseFile> request_documents(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                   RequestInput const& input, IfMatch if_match) {
  if (auto known = check_wanted_codes(context, input.items); !known) return tl::unexpected(known.error());
  auto const now = context.clock.now();
  DocumentRequest request;
  request.id = make_uuid(now);
  request.due_on = input.due_on;
  request.items = input.items;
  return case_files::act(context, viewer, Side::requested, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_document_request(context.norms.process, before, request, viewer, now,
                                   case_files::today_of(context, before.party));
  });
}

Result<CaseFile> extend(Context const& context, access::Viewer const& viewer, CaseId const& id, int days, std::string_view reason,
                        IfMatch if_match) {
  return case_files::act(
      context, viewer, Side::requested, id, if_match, [&](CaseFile const& before, db::Command&) -> Result<Decision> {
        auto const deadline = find_reply_deadline(context, before);
        auto const* agreement = context.norms.find_agreement(before.agreement, before.submitted_on);
        auto const version_on = Date::parse(before.submitted_on);
        Result<void> permitted = refuse(Why::wrong_step, {}, "no term of a reply runs in this case");
        if (deadline && agreement != nullptr && version_on) {
          permitted =
              agreements::check_extension(*agreement, *deadline, days, case_files::today_of(context, before.party), *version_on);
        }
        return decide_extension(context.norms.process, before, permitted, days, deadline ? deadline->source : "", viewer, reason,
                                context.clock.now());
      });
}

Result<CaseFile> reply(Context const& context, access::Viewer const& viewer, CaseId const& id, ReplyInput input,
                       IfMatch if_match) {
  for (auto const& reason : input.reasons) {
    if (!forms::has_code(context.norms.codes, "refusal_reason", reason.code)) {
      return refuse(Why::field_invalid, "reasons", "choose a reason of the list");
    }
  }
  if (auto known = check_wanted_codes(context, input.items); !known) return tl::unexpected(known.error());
  auto const now = context.clock.now();
  input.request_id = make_uuid(now);
  return case_files::act(context, viewer, Side::requested, id, if_match, [&](CaseFile const& before, db::Command&) {
    auto const deadline = find_reply_deadline(context, before);
    auto const agreed = case_files::agreed_conditions(case_files::law_of(context), before);
    return decide_reply(context.norms.process, before, input, deadline ? deadline->due : std::nullopt,
                        deadline ? deadline->source : "", agreed, viewer, now, case_files::today_of(context, before.party));
  });
}

Result<CaseFile> do_plain_step(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view action,
                               std::string_view reason, IfMatch if_match) {
  return case_files::act(context, viewer, Side::requested, id, if_match, [&](CaseFile const& before, db::Command&) {
    return case_files::take_step(context.norms.process, before, action, viewer, reason, context.clock.now());
  });
}

Result<CaseFile> add_note(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view body) {
  if (body.empty()) return refuse(Why::field_missing, "body");
  auto const now = context.clock.now();
  return case_files::act(context, viewer, Side::requested, id, std::nullopt,
                         [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    case_files::insert_note(more, before, {make_uuid(now), viewer.user, now, std::string(body)});
    Decision decision;
    decision.after = before;
    decision.action = "note_written";
    return decision;
  });
}

void receive_envelopes(Context const& context) {
  using Kind = exchange::EnvelopeKind;
  context.exchange.receive_with(Kind::application, [&context](auto const& to, auto const& envelope, auto const& inbox) {
    return receive_application(context, to, envelope, inbox);
  });
  auto const receive = [&context](exchange::Correspondent const& to, exchange::Envelope const& envelope,
                                  db::Command const& inbox) -> Result<void> {
    auto const answer = case_files::act_as(context, to.id, Side::requested, envelope.case_id, std::nullopt, {{}, "exchange"},
                                           [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
      more.append(inbox);
      return decide_receipt(context.norms.process, before, envelope, find_request(context, before, envelope), context.clock.now(),
                            case_files::today_of(context, before.party));
    });
    if (!answer) return tl::unexpected(answer.error());
    return {};
  };
  for (auto const kind : {Kind::answer, Kind::correction, Kind::deemed_consent, Kind::held_document, Kind::withdrawal,
                          Kind::departure_notice, Kind::error_reply}) {
    context.exchange.receive_with(kind, receive);
  }
}

Result<CaseFile> note_term_over(Context const& context, PartyId const& party, CaseId const& id, std::string_view deadline_kind) {
  return case_files::act_as(context, party, Side::requested, id, std::nullopt, {{}, "clock"},
                            [&](CaseFile const& before, db::Command&) -> Result<Decision> {
    auto decision = case_files::decide_term_over(case_files::law_of(context), before, deadline_kind, context.clock.now());
    if (decision && decision->action == "reply_term_over") {
      decision->facts.push_back(case_files::fact_of(before, "reply_term_over", case_files::today_of(context, before.party)));
    }
    return decision;
  });
}

}  // namespace rcms::applications
