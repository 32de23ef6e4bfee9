#include "capabilities/casework/actions.hpp"

#include <algorithm>
#include <iterator>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/prints.hpp"
#include "capabilities/casework/coverage.hpp"
#include "capabilities/casework/gates.hpp"
#include "capabilities/casework/release.hpp"
#include "norms/forms/content_of_file.hpp"

namespace rcms::casework {

namespace json = boost::json;
using case_files::Side;

namespace {

Findings one(Refused refused) { return {std::move(refused)}; }

tl::expected<CaseFile, Findings> all_findings(Result<CaseFile> answer) {
  if (!answer) return tl::unexpected(one(answer.error()));
  return std::move(*answer);
}

/// The agreement, when it binds both States today.
Result<agreements::Agreement const*> find_agreement(Context const& context, PartyId const& party, std::string_view code,
                                                    Date today) {
  auto const* agreement = context.norms.find_agreement(code);
  if (agreement == nullptr) return refuse(Why::field_invalid, "agreement", "choose one of the agreements of your State");
  auto const& own = context.directory.get_party(party).code;
  for (auto const& other : agreement->parties) {
    if (other == own) continue;
    if (context.directory.find_party(other) == nullptr)
      return refuse(Why::field_invalid, "agreement", "the other State is not known here");
    if (auto applies = agreements::check_applies(*agreement, own, other, today); !applies) return tl::unexpected(applies.error());
    return agreement;
  }
  return refuse(Why::agreement_does_not_apply, "agreement");
}

access::Party const& partner_of(Context const& context, PartyId const& party, agreements::Agreement const& agreement) {
  auto const& own = context.directory.get_party(party).code;
  auto const other =
      std::find_if(agreement.parties.begin(), agreement.parties.end(), [&](auto const& code) { return code != own; });
  return *context.directory.find_party(*other);
}

CaseFile blank_file(Context const& context, access::Viewer const& viewer, agreements::Agreement const& agreement) {
  auto const now = context.clock.now();
  CaseFile file;
  file.party = viewer.party;
  file.id = CaseId{case_files::make_shared_uuid(now)};
  file.side = Side::requesting;
  file.partner = partner_of(context, viewer.party, agreement).id;
  file.agreement = agreement.code;
  file.author = viewer.user;
  file.owner = viewer.user;
  file.created_at = now;
  file.reference = case_files::take_reference(context.database, viewer.party, viewer.party_code,
                                              case_files::today_of(context, viewer.party).year());
  return file;
}

void append(Findings& findings, Findings more) {
  findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// The photograph of the form is the portrait of the file.
void take_portrait(CaseFile& file) { file.portrait = forms::text_in(file.content, "A_person.photo"); }

}  // namespace

Findings coverage_of(Context const& context, CaseFile const& file, json::value const& content, forms::Demand demand) {
  auto const parties = case_files::parties_of(context, file);
  return check_coverage(context.norms, file.agreement, file.submitted_on, parties.requesting, parties.requested, content, demand,
                        case_files::today_of(context, file.party));
}

forms::Conditions conditions_of(Context const& context, CaseFile const& file) {
  auto const today = case_files::today_of(context, file.party);
  auto conditions = forms::derive_conditions(file.content, context.directory.get_party(file.partner).code, today);
  auto const decisions = safeguarding::load_board(context, file).decisions;
  conditions.merge(safeguards::granted_conditions(context.norms.gates, decisions, {today, context.clock.now()}));
  return conditions;
}

Result<access::Party> find_requested(Context const& context, PartyId const& party, std::string_view agreement_code) {
  auto const agreement = find_agreement(context, party, agreement_code, case_files::today_of(context, party));
  if (!agreement) return tl::unexpected(agreement.error());
  return partner_of(context, party, **agreement);
}

tl::expected<CaseFile, Findings> draft_case(Context const& context, access::Viewer const& viewer, NewCase const& input) {
  auto const today = case_files::today_of(context, viewer.party);
  auto const agreement = find_agreement(context, viewer.party, input.agreement, today);
  if (!agreement) return tl::unexpected(one(agreement.error()));
  auto const& form = context.norms.application_form;
  auto content = forms::normalise_content(form, input.content);
  auto const conditions = forms::derive_conditions(content, partner_of(context, viewer.party, **agreement).code, today);
  auto findings = forms::check_content(form, context.norms.codes, content, conditions, forms::Demand::draft, today);
  append(findings, check_coverage(context.norms, (*agreement)->code, {}, context.directory.get_party(viewer.party).code,
                                  partner_of(context, viewer.party, **agreement).code, content, forms::Demand::draft, today));
  if (!findings.empty()) return tl::unexpected(std::move(findings));
  auto file = blank_file(context, viewer, **agreement);
  file.content = std::move(content.as_object());
  take_portrait(file);
  return file;
}

Result<ledger::Decided<CaseFile>> decide_draft(Context const& context, access::Viewer const& viewer, CaseFile const& draft,
                                               std::string_view action, json::object told) {
  auto decision = case_files::take_first_step(context.norms.process, draft, action, viewer);
  if (!decision) return tl::unexpected(decision.error());
  for (auto& member : told) decision->told[member.key()] = std::move(member.value());
  ledger::Decided<CaseFile> decided;
  case_files::complete_decision(context, decided, nullptr, std::move(*decision), {viewer.user, viewer.user.value});
  return decided;
}

tl::expected<CaseFile, Findings> create_case(Context const& context, access::Viewer const& viewer, NewCase const& input,
                                             std::string_view action) {
  auto const draft = draft_case(context, viewer, input);
  if (!draft) return draft;
  return all_findings(ledger::carry_out(context.database, {}, [&] { return decide_draft(context, viewer, *draft, action); }));
}

tl::expected<CaseFile, Findings> edit_case(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                           std::optional<std::int64_t> if_match, json::object const& content) {
  auto const& form = context.norms.application_form;
  auto const tidy = forms::normalise_content(form, content);
  Findings findings;
  auto answer = case_files::act(context, viewer, Side::requesting, id, if_match,
                                [&](CaseFile const& before, db::Command&) -> Result<Decision> {
    auto const today = case_files::today_of(context, before.party);
    auto const conditions = forms::derive_conditions(tidy, context.directory.get_party(before.partner).code, today);
    findings = forms::check_content(form, context.norms.codes, tidy, conditions, forms::Demand::draft, today);
    append(findings, coverage_of(context, before, tidy, forms::Demand::draft));
    if (!findings.empty()) return tl::unexpected(findings.front());
    auto decision = decide_edit(context.norms.process, before, tidy.as_object(), viewer, context.clock.now());
    if (decision) take_portrait(decision->after);
    return decision;
  });
  if (!answer && !findings.empty()) return tl::unexpected(std::move(findings));
  return all_findings(std::move(answer));
}

tl::expected<CaseFile, Findings> send_to_screening(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                                   std::optional<std::int64_t> if_match) {
  Findings findings;
  auto answer = case_files::act(context, viewer, Side::requesting, id, if_match,
                                [&](CaseFile const& before, db::Command&) -> Result<Decision> {
    findings = list_defects(context, before);
    auto decision = decide_screening(context.norms.process, before, findings, viewer, context.clock.now());
    if (!decision && (findings.empty() || decision.error() != findings.front())) findings = one(decision.error());
    return decision;
  });
  if (!answer && !findings.empty()) return tl::unexpected(std::move(findings));
  return all_findings(std::move(answer));
}

Result<CaseFile> do_plain_step(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view action,
                               std::string_view reason, std::optional<std::int64_t> if_match) {
  // Court clerks and guardians do not read files; they act on those whose safeguards they see. A monitor acts on any.
  bool const sees_safeguards = viewer.may("safeguard.read") && !viewer.may("case.read");
  if (sees_safeguards && !safeguarding::find_visible(context, viewer, id)) return refuse(Why::not_found);
  return case_files::act(context, viewer, Side::requesting, id, if_match, [&](CaseFile const& before, db::Command&) {
    return case_files::take_step(context.norms.process, before, action, viewer, reason, context.clock.now());
  });
}

Result<CaseFile> withdraw(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view reason,
                          std::optional<std::int64_t> if_match) {
  return case_files::act(context, viewer, Side::requesting, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_withdrawal(context.norms.process, before, viewer, reason, context.clock.now(),
                             case_files::today_of(context, before.party));
  });
}

Result<CaseFile> confirm_silence(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view reason,
                                 std::optional<std::int64_t> if_match) {
  return case_files::act(context, viewer, Side::requesting, id, if_match, [&](CaseFile const& before, db::Command&) {
    auto const term = case_files::find_reply_term(case_files::list_deadlines(context.database, before.party, before.id));
    return decide_confirmation(context.norms.process, before, viewer, reason, term ? term->source : "",
                               term && term->due ? term->due->text() : "", context.clock.now());
  });
}

Result<CaseFile> answer_request(Context const& context, access::Viewer const& viewer, CaseId const& id, AnswerInput const& input,
                                std::optional<std::int64_t> if_match) {
  return case_files::act(context, viewer, Side::requesting, id, if_match,
                         [&](CaseFile const& before, db::Command&) -> Result<Decision> {
    auto const requests = case_files::list_document_requests(context.database, before.party, before.id);
    auto const request =
        std::find_if(requests.begin(), requests.end(), [&](auto const& each) { return each.id == input.request; });
    if (request == requests.end()) return refuse(Why::not_found, "request");
    auto package = build_answer_package(context, before, input.items);
    if (!package) return tl::unexpected(package.error());
    return decide_answer(context.norms.process, before, *request, input.items, std::move(*package), viewer, context.clock.now());
  });
}

tl::expected<CaseFile, Findings> correct(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                         CorrectionInput const& input, std::optional<std::int64_t> if_match) {
  auto content = forms::normalise_content(context.norms.application_form, input.content).as_object();
  Findings missing;
  auto answer = case_files::act(context, viewer, Side::requesting, id, if_match,
                                [&](CaseFile const& before, db::Command&) -> Result<Decision> {
    auto const sent = build_preview(context, before);
    if (!sent) return tl::unexpected(sent.error());
    CaseFile corrected = before;
    corrected.content = content;
    auto preview = build_preview(context, corrected);
    if (!preview) return tl::unexpected(preview.error());
    missing = preview->obstacles.missing;
    auto& leaving = preview->package.attachments;
    std::erase_if(leaving, [&](auto const& note) {
      auto const& there = sent->package.attachments;
      return std::any_of(there.begin(), there.end(), [&](auto const& one) { return one.file == note.file; });
    });
    auto decision = decide_correction(context.norms.process, before, content, std::move(preview->package), sent->package.form,
                                      missing, viewer, input.reason, context.clock.now());
    if (decision) take_portrait(decision->after);
    return decision;
  });
  if (answer) return std::move(*answer);
  bool const is_missing = !missing.empty() && answer.error() == missing.front();
  return tl::unexpected(is_missing ? std::move(missing) : one(answer.error()));
}

Result<files::FileRecord> attach(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view name,
                                 std::string_view kind, std::span<std::uint8_t const> content) {
  if (case_files::looks_like_prints(content)) {
    return refuse(Why::unsupported_type, "file",
                  "a template of fingerprints is no attachment: add it under Fingerprints, with its basis");
  }
  std::optional<files::FileRecord> record;
  auto const answer = case_files::act(context, viewer, Side::requesting, id, std::nullopt,
                                      [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto decision = case_files::take_step(context.norms.process, before, "attach", viewer, {}, context.clock.now());
    if (!decision) return decision;
    if (!record) {
      auto taken = context.attachments.take_in(case_files::subject_of(before), name, kind, content, viewer.user.value);
      if (!taken) return tl::unexpected(taken.error());
      record = std::move(*taken);
    }
    files::add_file(more, *record);
    decision->told["file"] = record->name;
    decision->told["kind"] = record->kind;
    decision->told["sha256"] = record->sha256;
    return decision;
  });
  if (!answer) return tl::unexpected(answer.error());
  return *record;
}

Result<CaseFile> detach(Context const& context, access::Viewer const& viewer, CaseId const& id, FileId const& file) {
  return case_files::act(context, viewer, Side::requesting, id, std::nullopt,
                         [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto decision = case_files::take_step(context.norms.process, before, "detach", viewer, {}, context.clock.now());
    if (!decision) return decision;
    auto const subject = case_files::subject_of(before);
    auto const record = context.attachments.find(subject, file);
    if (!record || record->removed_at) return refuse(Why::not_found);
    for (auto const& use : forms::list_files(context.norms.application_form, before.content)) {
      if (use.file == file.value)
        return refuse(Why::wrong_step, use.path, "the form names this attachment: change the form first");
    }
    files::remove_file(more, subject, file, context.clock.now());
    decision->told["file"] = record->name;
    return decision;
  });
}

void receive_envelopes(Context const& context) {
  auto const receive = [&context](exchange::Correspondent const& to, exchange::Envelope const& envelope,
                                  db::Command const& inbox) -> Result<void> {
    auto const answer = case_files::act_as(context, to.id, Side::requesting, envelope.case_id, std::nullopt, {{}, "exchange"},
                                           [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
      more.append(inbox);
      auto holding = case_files::agreed_conditions(case_files::law_of(context), before);
      auto const deadlines = case_files::list_deadlines(context.database, before.party, before.id);
      if (case_files::extension_in_time(deadlines, envelope.at)) holding.insert("extension_in_time");
      return decide_receipt(context.norms.process, before, envelope, holding, context.clock.now(),
                            case_files::today_of(context, before.party));
    });
    if (!answer) return tl::unexpected(answer.error());
    return {};
  };
  using Kind = exchange::EnvelopeKind;
  for (auto const kind :
       {Kind::acknowledgement, Kind::document_request, Kind::extension, Kind::reply, Kind::travel_document_notice,
        Kind::error_claim}) {
    context.exchange.receive_with(kind, receive);
  }
  context.exchange.tell_deliveries_to([&context](exchange::Correspondent const& from, exchange::Envelope const& envelope,
                                                 exchange::Receipt const& receipt) {
    if (envelope.kind != Kind::application) return;
    // The signed receipt is the proof of receipt, from which the clock of the reply may run.
    (void)case_files::act_as(context, from.id, Side::requesting, envelope.case_id, std::nullopt, {{}, "exchange"},
                             [&](CaseFile const& before, db::Command&) -> Result<Decision> {
      Decision decision;
      decision.after = before;
      decision.action = "application_delivered";
      decision.told["receipt"] = receipt.signature;
      if (!case_files::find_event(before, "receipt")) case_files::happened(decision.after, "receipt", receipt.at);
      return decision;
    });
  });
}

Result<CaseFile> note_term_over(Context const& context, PartyId const& party, CaseId const& id, std::string_view deadline_kind) {
  return case_files::act_as(
      context, party, Side::requesting, id, std::nullopt, {{}, "clock"}, [&](CaseFile const& before, db::Command&) {
        return case_files::decide_term_over(case_files::law_of(context), before, deadline_kind, context.clock.now());
      });
}

}  // namespace rcms::casework
