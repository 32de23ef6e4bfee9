#include "capabilities/case_files/present.hpp"

#include <algorithm>
#include <map>

#include <boost/json.hpp>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/covering.hpp"
#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/evidence.hpp"
#include "capabilities/case_files/rendered_deadline.hpp"
#include "norms/agreements/deadline.hpp"
#include "norms/agreements/evidence.hpp"
#include "norms/forms/content.hpp"

namespace rcms::case_files {

namespace json = boost::json;

namespace {

PersonView present_person(PersonSummary const& person, std::string const& portrait) {
  return {person.name, optional_text(person.original), optional_text(person.birth), optional_text(person.sex),
          optional_text(person.nationality), optional_text(portrait)};
}

NamedView present_party(Context const& context, std::string_view language, PartyId const& id) {
  auto const& party = context.directory.get_party(id);
  return {party.code, party.names.in(language)};
}

std::string item_label(Context const& context, std::string_view language, std::string const& item) {
  auto const key = "agreements.checklist." + item;
  if (context.labels.has(key)) return context.labels.text(language, key);
  auto const type = "codes.evidence_type." + item;
  if (context.labels.has(type)) return context.labels.text(language, type);
  return context.labels.text(language, "case_files.item_other");
}

DocumentRequestView present_request(Context const& context, std::string_view language, CaseFile const& file,
                                    DocumentRequest const& request) {
  DocumentRequestView view{request.id, request.state, request.asked_at, optional_text(request.due_on), request.answered_at, {}};
  for (auto const& item : request.items) {
    view.items.push_back({item.item, item_label(context, language, item.item), optional_text(item.language),
                          optional_text(item.note), item.answered ? "answered" : "open", optional_text(item.answer), item.files,
                          present_wanted(context, language, file, item), item.count});
  }
  return view;
}

std::optional<ReplyView> present_reply(Context const& context, access::Viewer const& viewer, json::object const& reply) {
  if (reply.empty()) return std::nullopt;
  auto const text = [&](char const* key) {
    auto const* value = reply.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
  };
  ReplyView view;
  view.kind = text("kind");
  view.note = optional_text(text("note"));
  view.at = Instant::parse(text("at")).value_or(Instant{});
  view.by = present_user(context, viewer, UserId{text("by")});
  if (auto const* in_time = reply.if_contains("in_time"); in_time != nullptr && in_time->is_bool())
    view.in_time = in_time->get_bool();
  if (auto const* reasons = reply.if_contains("reasons"); reasons != nullptr && reasons->is_array()) {
    for (auto const& value : reasons->get_array()) {
      if (!value.is_object()) continue;
      auto const& reason = value.get_object();
      auto const code = std::string(reason.at("code").as_string());
      view.reasons.push_back({code, context.labels.text(viewer.language, "codes.refusal_reason." + code),
                              optional_text(std::string(reason.at("text").as_string()))});
    }
  }
  return view;
}

std::optional<ErrorClaimView> present_error_claim(Context const& context, access::Viewer const& viewer,
                                                  json::object const& claim) {
  if (claim.empty()) return std::nullopt;
  auto const text = [&](char const* key) { return text_of(claim, key); };
  ErrorClaimView view;
  view.ground = text("ground");
  view.statement = text("statement");
  view.at = Instant::parse(text("at")).value_or(Instant{});
  view.by = present_user(context, viewer, UserId{text("by")});
  view.due_on = optional_text(text("due_on"));
  view.clause = optional_text(text("clause"));
  view.answer = optional_text(text("answer"));
  view.note = optional_text(text("note"));
  view.answered_at = Instant::parse(text("answered_at"));
  view.answered_by = present_user(context, viewer, UserId{text("answered_by")});
  view.returned_on = optional_text(text("returned_on"));
  return view;
}

/// Of the content that stands in the view already.
void present_checklist(Context const& context, std::string_view language, CaseFile const& file, CaseFileView& view) {
  auto const* agreement = context.norms.find_agreement(file.agreement, file.submitted_on);
  if (agreement == nullptr) return;
  auto const on = agreements::day_that_counts(file.submitted_on, today_of(context, file.party));
  auto const facts = facts_of_evidence(context, file, view.content);
  auto const checklist = agreements::check_completeness(*agreement, view.content, facts, on, list_found_false(file));
  for (auto const& item : checklist.items) {
    ChecklistItemView line;
    line.item = item.code;
    line.label = item_label(context, language, item.code);
    line.state = agreements::name_of(item.state);
    line.clause = optional_text(item.source);
    if (!item.enough.empty()) {
      std::string options;
      for (auto const& option : item.options) {
        options += (options.empty() ? "" : ", ") + context.labels.text(language, "codes.evidence_type." + option);
      }
      line.enough = context.labels.text(language, "evidence.enough." + item.enough,
                                        {{"options", options}, {"count", std::to_string(item.count)}});
    }
    if (auto const purpose = purpose_of(item.code); !purpose.empty()) {
      auto const& shown = purpose == "nationality" ? checklist.nationality : checklist.third_country;
      line.strength = std::string(agreements::name_of(shown.result));
    }
    view.checklist.push_back(std::move(line));
  }
  bool const own = forms::text_in(view.content, "A_person.nationality") == requested_code(context, file);
  view.evidence_result = std::string(agreements::name_of((own ? checklist.nationality : checklist.third_country).result));
}

/// The act that moves the case on from each state; the others are second.
std::string_view primary_action(CaseFile const& file) {
  static std::map<std::string_view, std::string_view> const requesting = {
      {"draft", "send_to_screening"},       {"screening", "release"},          {"documents_requested", "answer"},
      {"consent_to_confirm", "confirm"},    {"refused", "reopen"},             {"withdrawn", "close"},
      {"suspended", "lift_suspension"},     {"blocked", "resume_screening"},   {"document_issued", "close"},
      {"error_claimed", "take_back"},       {"taking_back", "record_return"}};
  static std::map<std::string_view, std::string_view> const requested = {
      {"received", "acknowledge"},  {"completeness", "declare_complete"}, {"verification", "reply_accepted"},
      {"interview", "reply_accepted"}, {"lapsed", "reply_accepted"},      {"accepted", "issue_document"},
      {"suspended", "lift_suspension"}, {"refused", "close"},            {"withdrawn", "close"}};
  auto const& table = file.side == Side::requesting ? requesting : requested;
  auto const found = table.find(file.state);
  return found == table.end() ? std::string_view() : found->second;
}

void present_actions(Context const& context, access::Viewer const& viewer, CaseFile const& file, CaseFileView& view) {
  auto const primary = primary_action(file);
  for (auto const& action : context.norms.process.actions) {
    if (action.by != workflow::By::person || action.side != side_of(file)) continue;
    if (std::find(action.from.begin(), action.from.end(), file.state) == action.from.end()) continue;
    if (action.code == "end_hold" && !file.hold) continue;
    if (!has_act(context.norms.process, file, action.code)) continue;
    auto const attempt = check_step(context.norms.process, file, action.code, viewer);
    ActionView shown;
    shown.action = action.code;
    shown.label = context.labels.text(viewer.language, "workflow.action." + action.code);
    shown.allowed = attempt.has_value();
    shown.primary = action.code == primary;
    shown.needs_reason = action.reason;
    if (!attempt)
      shown.refused_why = context.labels.text(viewer.language, "refused." + std::string(name_of(attempt.error().why)));
    if (!action.sends.empty()) shown.receiver = context.directory.get_party(file.partner).names.in(viewer.language);
    view.actions.push_back(std::move(shown));
  }
}

void present_documents(Context const& context, CaseFile const& file, CaseFileView& view) {
  auto const& zone = context.directory.get_party(file.party).time_zone;
  for (auto const& paper : list_travel_papers(file)) {
    auto const day = paper.issued_on.empty() ? date_in_zone(paper.told_at, zone).text() : paper.issued_on;
    auto const state = !paper.is_void ? "issued" : paper.kind.empty() ? "void" : "taken_back";
    view.documents.push_back(
        {paper.number, state, day, paper.expires_on, optional_text(paper.kind), optional_text(paper.issuer)});
  }
}

std::string name_of_told(int told, std::string_view nobody) {
  return told == 0 ? std::string(nobody) : told == 1 ? "officer" : "supervisor";
}

void present_desk(Context const& context, access::Viewer const& viewer, CaseFile const& file, CaseFileView& view) {
  if (file.hold)
    view.hold = HoldView{file.hold->until, file.hold->reason, present_user(context, viewer, file.hold->by), file.hold->at};
  auto const& zone = context.directory.get_party(file.party).time_zone;
  if (file.step_since) view.waiting.since = date_in_zone(*file.step_since, zone).text();
  view.waiting.told = name_of_told(file.told, "nobody");
  if (file.tell_on != begins_to_wait) view.waiting.tell_on = optional_text(file.tell_on);
  if (auto const absence = find_absence(context.database, file.owner, today_of(context, file.party))) {
    if (auto const cover = present_user(context, viewer, absence->cover))
      view.covered = CoverView{*cover, absence->from_on.text(), absence->to_on.text()};
  }
}

}  // namespace

std::string ledger_label(Labels const& labels, std::string_view language, std::string_view action) {
  auto const key = "workflow.ledger." + std::string(action);
  return labels.text(language, labels.has(key) ? key : "case_files.ledger." + std::string(action));
}

std::optional<NamedView> present_user(Context const& context, access::Viewer const& viewer, UserId const& user) {
  auto const name = context.directory.user_name(viewer.party, user);
  if (name.empty()) return std::nullopt;
  return NamedView{user.value, name};
}

AttachmentView present_attachment(Context const& context, access::Viewer const& viewer, files::FileRecord const& record) {
  return {record.id.value, record.name, record.kind, std::string(files::media_type_of(record.type)), record.size, record.sha256,
          record.added_at, present_user(context, viewer, UserId{record.added_by})};
}

CaseFileView present_file(Context const& context, access::Viewer const& viewer, CaseFile const& file,
                          CaseParts const& parts) {
  auto const& language = viewer.language;
  auto const today = today_of(context, file.party);
  CaseFileView view;
  view.id = file.id.value;
  view.side = name_of(file.side);
  view.reference = file.reference;
  view.partner_reference = optional_text(file.partner_reference);
  view.party = present_party(context, language, file.party);
  view.partner = present_party(context, language, file.partner);
  view.agreement = file.agreement;
  if (auto const* agreement = context.norms.find_agreement(file.agreement, file.submitted_on)) {
    auto const title = agreement->titles.find(language);
    view.agreement_title = title == agreement->titles.end() ? agreement->cited : title->second;
  }
  view.state = file.state;
  view.stage = file.stage;
  view.ball = ball_of(context.norms.process, file);
  view.revision = file.revision;
  view.author = present_user(context, viewer, file.author);
  view.owner = present_user(context, viewer, file.owner);
  view.created_at = file.created_at;
  view.changed_at = file.changed_at;
  view.submitted_on = optional_text(file.submitted_on);
  view.person = present_person(file.person, file.portrait);
  view.content = file.content;
  for (auto const& record : parts.attachments) view.attachments.push_back(present_attachment(context, viewer, record));
  present_checklist(context, language, file, view);
  for (auto const& request : parts.requests) view.requests.push_back(present_request(context, language, file, request));
  for (auto const& record : parts.deadlines) view.deadlines.push_back(present_deadline(context.labels, language, record, today));
  view.reply = present_reply(context, viewer, file.reply);
  view.error_claim = present_error_claim(context, viewer, file.error_claim);
  present_documents(context, file, view);
  for (auto const& sent : parts.transmissions) {
    view.transmissions.push_back({sent.id.value, sent.direction, sent.kind,
                                  context.labels.text(language, "workflow.envelope." + sent.kind), sent.number, sent.hash,
                                  sent.state, sent.created_at, sent.ended_at, optional_text(sent.problem)});
  }
  for (auto const& note : parts.notes) {
    view.notes.push_back({note.id, present_user(context, viewer, note.author).value_or(NamedView{note.author.value, {}}),
                          note.written_at, note.body});
  }
  present_actions(context, viewer, file, view);
  present_desk(context, viewer, file, view);
  view.fingerprint = optional_text(fingerprint_of(context.exchange, file, parts.transmissions));
  return view;
}

CaseFileView present_file(Context const& context, access::Viewer const& viewer, CaseFile const& file) {
  return present_file(context, viewer, file, read_parts(context.database, file));
}

CaseRowView present_row(Context const& context, access::Viewer const& viewer, Side side, ListRow const& row) {
  auto const today = today_of(context, viewer.party);
  auto const process_side = side == Side::requesting ? workflow::Side::requesting : workflow::Side::requested;
  CaseRowView view;
  view.id = row.id;
  view.reference = row.reference;
  view.partner_reference = optional_text(row.partner_reference);
  view.side = name_of(side);
  view.partner = present_party(context, viewer.language, PartyId{row.partner});
  view.agreement = row.agreement;
  view.state = row.state;
  view.stage = row.stage;
  view.ball = workflow::get_state(context.norms.process, process_side, row.state).ball;
  view.owner = present_user(context, viewer, UserId{row.owner});
  view.person = present_person(row.person, row.portrait);
  view.created_at = Instant{row.created_at};
  view.changed_at = Instant{row.changed_at};
  view.days_waiting = (context.clock.now().ms - row.changed_at) / 86'400'000;
  view.submitted_on = optional_text(row.submitted_on);
  view.next_due_on = optional_text(row.next_due_on);
  view.next_due_kind = optional_text(row.next_due_kind);
  if (auto const due = Date::parse(row.next_due_on)) view.days_left = days_between(today, *due);
  view.held_until = optional_text(row.held_until);
  view.waits_too_long = name_of_told(row.told, "no");
  view.revision = row.revision;
  return view;
}

}  // namespace rcms::case_files
