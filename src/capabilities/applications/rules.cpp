#include "capabilities/applications/rules.hpp"

#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/applications/error_claim.hpp"
#include "capabilities/case_files/deciding.hpp"
#include "norms/forms/content.hpp"

namespace rcms::applications {

namespace json = boost::json;
using case_files::fact_of;
using case_files::find_event;
using case_files::happened;
using case_files::hours_since;
using case_files::text_of;

namespace {

constexpr std::size_t request_items_limit = 30;

/// Takes form, reference and agreement from an application.
Result<void> take_form(CaseFile& file, exchange::Envelope const& envelope) {
  auto const* form = envelope.body.if_contains("form");
  if (form == nullptr || !form->is_object()) return refuse(Why::field_missing, "body.form");
  file.agreement = text_of(envelope.body, "agreement");
  file.partner_reference = text_of(envelope.body, "reference");
  file.submitted_on = text_of(envelope.body, "submitted_on");
  if (file.agreement.empty()) return refuse(Why::field_missing, "body.agreement");
  if (!Date::parse(file.submitted_on)) return refuse(Why::field_invalid, "body.submitted_on");
  file.content = form->get_object();
  file.portrait = forms::text_in(*form, "A_person.photo");
  return {};
}

json::array items_body(std::vector<case_files::RequestItem> const& items) {
  json::array array;
  for (auto const& item : items) {
    json::object one{{"item", item.item}, {"language", item.language}, {"note", item.note}};
    if (!item.any_of.empty()) {
      one["any_of"] = case_files::wanted_json(item.any_of);
      one["count"] = item.count;
    }
    array.push_back(std::move(one));
  }
  return array;
}

/// What would be enough is named only where evidence is asked for, and each document once.
Result<void> check_wanted(case_files::RequestItem const& item) {
  if (item.any_of.empty() && item.count == 0) return {};
  auto const field = "items." + item.item + ".any_of";
  if (case_files::purpose_of(item.item).empty()) return refuse(Why::field_invalid, field, "only for an item of evidence");
  if (item.count < 0 || item.count > static_cast<int>(item.any_of.size()))
    return refuse(Why::field_invalid, "items." + item.item + ".count", "at most as many as there are documents");
  std::set<std::pair<std::string, std::string>> seen;
  for (auto const& one : item.any_of) {
    if (one.type.empty()) return refuse(Why::field_missing, field);
    if (!seen.insert({one.type, one.form}).second) return refuse(Why::field_invalid, field, "named twice");
  }
  return {};
}

Result<void> check_items(std::vector<case_files::RequestItem> const& items) {
  if (items.empty()) return refuse(Why::field_missing, "items", "say at least one document that is missing");
  if (items.size() > request_items_limit) return refuse(Why::limit_reached, "items", "at most 30 items in one request");
  std::set<std::string> seen;
  for (auto const& item : items) {
    if (item.item.empty()) return refuse(Why::field_missing, "items");
    if (item.item != "other" && !seen.insert(item.item).second)
      return refuse(Why::field_invalid, "items." + item.item, "asked twice");
    if (auto checked = check_wanted(item); !checked) return checked;
  }
  return {};
}

/// Answers are attached to the items of the request they answer.
Result<void> attach_answers(DocumentRequest& request, exchange::Envelope const& envelope, Instant now) {
  auto const* items = envelope.body.if_contains("items");
  if (items == nullptr || !items->is_array()) return refuse(Why::field_missing, "body.items");
  for (auto const& value : items->get_array()) {
    if (!value.is_object()) return refuse(Why::field_invalid, "body.items");
    auto const& answer = value.get_object();
    auto const item = std::find_if(request.items.begin(), request.items.end(),
                                   [&](auto const& one) { return one.item == text_of(answer, "item") && !one.answered; });
    if (item == request.items.end()) return refuse(Why::field_invalid, "body.items");
    item->answer = text_of(answer, "answer");
    item->answered = true;
    if (auto const* files = answer.if_contains("files"); files != nullptr && files->is_array()) {
      for (auto const& file : files->get_array()) {
        if (file.is_string()) item->files.emplace_back(file.get_string());
      }
    }
  }
  request.state = "answered";
  request.answered_at = now;
  return {};
}

/// Whether nothing was asked after this request; also true when the clock tells of no request.
bool is_newest_request(CaseFile const& file, std::string const& request) {
  for (auto event = file.clock.rbegin(); event != file.clock.rend(); ++event) {
    if (event->event == "document_request") return event->note == request;
  }
  return true;
}

/// The requesting State tells with what the person travels, or that they do not after all.
Result<void> take_held_document(Decision& decision, exchange::Envelope const& envelope) {
  auto const& body = envelope.body;
  for (auto const* name : {"kind", "number"}) {
    if (text_of(body, name).empty()) return refuse(Why::field_missing, "body." + std::string(name));
  }
  bool const is_taken_back = case_files::variant_of(envelope) == "taken_back";
  happened(decision.after, is_taken_back ? "document_void" : "document_issue", envelope.at, text_of(body, "number"));
  auto& event = decision.after.clock.back();
  event.document_kind = text_of(body, "kind");
  decision.told["number"] = event.note;
  decision.told["kind"] = event.document_kind;
  if (is_taken_back) return {};
  for (auto const* day : {"issued_on", "expires_on"}) {
    if (!Date::parse(text_of(body, day))) return refuse(Why::field_invalid, "body." + std::string(day));
  }
  event.issued_on = text_of(body, "issued_on");
  event.expires_on = text_of(body, "expires_on");
  event.document_issuer = text_of(body, "issuer");
  return {};
}

/// The form is replaced; the timeline names what changed.
Result<void> take_correction(Decision& decision, exchange::Envelope const& envelope) {
  auto const* form = envelope.body.if_contains("form");
  if (form == nullptr || !form->is_object()) return refuse(Why::field_missing, "body.form");
  json::array changed;
  for (auto const& path : case_files::list_changes(decision.after.content, form->get_object())) {
    changed.push_back(json::string(path));
  }
  decision.told["changed"] = std::move(changed);
  decision.after.content = form->get_object();
  decision.after.portrait = forms::text_in(*form, "A_person.photo");
  return {};
}

}  // namespace

Result<Decision> decide_opening(workflow::Process const& process, CaseFile blank, exchange::Envelope const& envelope, Instant now,
                                Date today) {
  if (auto taken = take_form(blank, envelope); !taken) return tl::unexpected(taken.error());
  happened(blank, "submission", envelope.at);
  happened(blank, "receipt", now);
  auto decision = case_files::take_first_receipt(process, std::move(blank), "application");
  if (!decision) return decision;
  decision->after.person = case_files::summarise(decision->after.content);
  decision->told["partner_reference"] = decision->after.partner_reference;
  decision->facts.push_back(fact_of(decision->after, "application_received", today));
  return decision;
}

Result<Decision> decide_reopening(workflow::Process const& process, CaseFile const& before, exchange::Envelope const& envelope,
                                  Instant now, Date today) {
  auto decision = case_files::take_receipt(process, before, "application", {}, {}, now);
  if (!decision) return decision;
  auto& after = decision->after;
  if (auto taken = take_form(after, envelope); !taken) return tl::unexpected(taken.error());
  case_files::begin_clock_anew(after);
  after.reply.clear();
  happened(after, "submission", envelope.at);
  happened(after, "receipt", now);
  after.person = case_files::summarise(after.content);
  decision->facts.push_back(fact_of(after, "application_received", today));
  return decision;
}

Result<Decision> decide_acknowledgement(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                        Instant now, Date today) {
  auto decision = case_files::take_step(process, before, "acknowledge", viewer, {}, now);
  if (!decision) return decision;
  happened(decision->after, "acknowledgement", now);
  decision->sending->body["reference"] = before.reference;
  decision->sending->body["received_at"] = find_event(before, "receipt").value_or(now).text();
  auto fact = fact_of(before, "application_acknowledged", today);
  fact.hours = hours_since(before, "receipt", now);
  decision->facts.push_back(std::move(fact));
  return decision;
}

Result<Decision> decide_completeness(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                     Instant now, Date today) {
  auto decision = case_files::take_step(process, before, "declare_complete", viewer, {}, now);
  if (!decision) return decision;
  happened(decision->after, "complete_file", now);
  auto fact = fact_of(before, "application_complete", today);
  fact.hours = hours_since(before, "receipt", now);
  decision->facts.push_back(std::move(fact));
  return decision;
}

Result<Decision> decide_assessment(workflow::Process const& process, CaseFile const& before, EvidenceFinding const& finding,
                                   access::Viewer const& viewer, std::string_view reason, Instant now) {
  auto decision = case_files::take_step(process, before, "assess", viewer, reason, now);
  if (!decision) return decision;
  if (finding.purpose != "nationality" && finding.purpose != "third_country")
    return refuse(Why::field_invalid, "purpose", "nationality or third_country");
  auto note = case_files::evidence_note(before.content, finding.purpose, finding.index);
  if (note.empty()) return refuse(Why::not_found, "document", "the application has no such document");
  auto const documents = agreements::list_documents(json::value(before.content), finding.purpose);
  decision->told["document"] = documents.at(finding.index).type;
  decision->told["finding"] = finding.is_false ? "false" : "genuine";
  happened(decision->after, finding.is_false ? "evidence_false" : "evidence_genuine", now, std::move(note));
  return decision;
}

Result<Decision> decide_document_request(workflow::Process const& process, CaseFile const& before, DocumentRequest request,
                                         access::Viewer const& viewer, Instant now, Date today) {
  auto decision = case_files::take_step(process, before, "request_documents", viewer, {}, now);
  if (!decision) return decision;
  if (auto checked = check_items(request.items); !checked) return tl::unexpected(checked.error());
  if (!request.due_on.empty()) {
    auto const due = Date::parse(request.due_on);
    if (!due || *due < today) return refuse(Why::field_invalid, "due_on", "a day from today on");
  }
  request.state = "open";
  request.asked_at = now;
  happened(decision->after, "document_request", now, request.id);
  decision->sending->body["request"] = request.id;
  decision->sending->body["due_on"] = request.due_on;
  decision->sending->body["items"] = items_body(request.items);
  decision->told["items"] = items_body(request.items);
  decision->facts.push_back(fact_of(before, "documents_requested", today));
  decision->new_requests.push_back(std::move(request));
  return decision;
}

Result<Decision> decide_extension(workflow::Process const& process, CaseFile const& before, Result<void> const& permitted,
                                  int days, std::string_view source, access::Viewer const& viewer, std::string_view reason,
                                  Instant now) {
  auto decision = case_files::take_step(process, before, "extend", viewer, reason, now);
  if (!decision) return decision;
  if (!permitted) return tl::unexpected(permitted.error());
  decision->source = std::string(source);
  happened(decision->after, "extension", now, std::string(reason));
  decision->after.clock.back().value = days;
  decision->sending->body["days"] = days;
  decision->told["days"] = days;
  return decision;
}

Result<Decision> decide_reply(workflow::Process const& process, CaseFile const& before, ReplyInput const& reply,
                              std::optional<Date> reply_due, std::string_view source,
                              std::set<std::string, std::less<>> const& agreed, access::Viewer const& viewer, Instant now,
                              Date today) {
  static std::set<std::string_view> const kinds = {"accepted", "refused", "interview", "more_information"};
  if (!kinds.contains(reply.kind)) return refuse(Why::field_invalid, "kind", "accepted, refused, interview or more_information");
  // The reason of a refusal is structured; the process only asks whether there is one.
  std::string reason = reply.note;
  if (!reply.reasons.empty())
    reason = reply.reasons.front().text.empty() ? reply.reasons.front().code : reply.reasons.front().text;
  if (reply.kind == "more_information" && reason.empty() && !reply.items.empty()) reason = reply.items.front().item;
  bool const late_refusal = before.state == "accepted" && reply.kind == "refused";
  auto const action = late_refusal ? std::string("reply_late_refusal") : "reply_" + reply.kind;
  auto decision = case_files::take_step(process, before, action, viewer, reason, now);
  if (!decision) return decision;
  if (late_refusal && !agreed.contains("late_refusal_allowed")) {
    return refuse(Why::wrong_step, "kind", "the agreement allows no refusal after the acceptance");
  }
  if (reply.kind == "refused" && reply.reasons.empty())
    return refuse(Why::reason_missing, "reasons", "say why, with a code of the list");
  if (reply.kind == "more_information") {
    if (auto checked = check_items(reply.items); !checked) return tl::unexpected(checked.error());
    DocumentRequest request{reply.request_id, "open", now, {}, std::nullopt, reply.items};
    decision->sending->body["request"] = request.id;
    decision->sending->body["due_on"] = "";
    decision->sending->body["items"] = items_body(request.items);
    happened(decision->after, "document_request", now, request.id);
    decision->new_requests.push_back(std::move(request));
  }
  json::array reasons;
  for (auto const& one : reply.reasons) reasons.push_back(json::object{{"code", one.code}, {"text", one.text}});
  bool const in_time = !reply_due || today <= *reply_due;
  decision->sending->body.erase("reason");
  decision->sending->body["reasons"] = reasons;
  decision->sending->body["note"] = reply.note;
  auto& after = decision->after;
  after.reply = {{"kind", reply.kind}, {"reasons", reasons}, {"note", reply.note}, {"at", now.text()}, {"by", viewer.user.value},
                 {"in_time", in_time}};
  happened(after, case_files::reply_event(reply.kind), now, reply.kind);
  decision->source = std::string(source);
  decision->told["reply"] = reply.kind;
  for (auto const& one : reply.reasons) {
    auto counted = fact_of(before, "refusal_reason", today);
    counted.outcome = one.code;
    decision->facts.push_back(std::move(counted));
  }
  auto fact = fact_of(before, "reply_given", today);
  fact.outcome = reply.kind;
  if (reply_due) fact.in_time = in_time;
  fact.hours = hours_since(before, "receipt", now);
  decision->facts.push_back(std::move(fact));
  return decision;
}

Result<Decision> decide_receipt(workflow::Process const& process, CaseFile const& before, exchange::Envelope const& envelope,
                                std::optional<DocumentRequest> const& request, Instant now, Date today) {
  std::set<std::string, std::less<>> holding;
  if (case_files::has_other_paper(before, text_of(envelope.body, "number"), text_of(envelope.body, "kind")))
    holding.insert("another_document");
  auto decision =
      case_files::take_receipt(process, before, exchange::name_of(envelope.kind), case_files::variant_of(envelope), holding, now);
  if (!decision) return decision;
  decision->told["envelope"] = exchange::name_of(envelope.kind);
  if (case_files::has_ended(before)) return decision;
  auto& after = decision->after;
  switch (envelope.kind) {
    case exchange::EnvelopeKind::answer: {
      if (!request) return refuse(Why::not_found, "body.request");
      DocumentRequest answered = *request;
      if (auto attached = attach_answers(answered, envelope, now); !attached) return tl::unexpected(attached.error());
      case_files::take_photograph(after, answered.items, envelope.attachments);
      if (is_newest_request(before, request->id)) {
        happened(after, "answer", now, request->id);
      } else {
        // A newer question crossed this answer: the file and its clock wait on for the answer to that.
        after.state = before.state;
        after.state_before = before.state_before;
        after.stage = before.stage;
      }
      auto fact = fact_of(after, "documents_answered", today);
      fact.hours = hours_since(before, "document_request", now);
      decision->facts.push_back(std::move(fact));
      decision->changed_requests.push_back(std::move(answered));
      return decision;
    }
    case exchange::EnvelopeKind::correction:
      if (auto taken = take_correction(*decision, envelope); !taken) return tl::unexpected(taken.error());
      return decision;
    case exchange::EnvelopeKind::deemed_consent:
      if (case_files::has_moved(before, after)) {
        after.reply = {{"kind", "deemed"}, {"at", envelope.at.text()}, {"clause", text_of(envelope.body, "clause")},
                       {"due_on", text_of(envelope.body, "due_on")}};
        happened(after, "acceptance", now, "deemed");
        decision->facts.push_back(fact_of(after, "consent_deemed", today));
      }
      return decision;
    case exchange::EnvelopeKind::held_document:
      if (auto held = take_held_document(*decision, envelope); !held) return tl::unexpected(held.error());
      return decision;
    case exchange::EnvelopeKind::departure_notice:
      if (auto left = take_departure(*decision, envelope, now); !left) return tl::unexpected(left.error());
      return decision;
    case exchange::EnvelopeKind::error_reply:
      if (auto answered = take_error_reply(*decision, envelope, now); !answered) return tl::unexpected(answered.error());
      return decision;
    case exchange::EnvelopeKind::withdrawal:
      happened(after, "withdrawal", now);
      decision->facts.push_back(fact_of(after, "application_withdrawn", today));
      return decision;
    default: return refuse(Why::field_invalid, "kind", "the requesting State does not send this kind");
  }
}

Result<Decision> decide_document_issue(workflow::Process const& process, CaseFile const& before, IssuedDocument const& document,
                                       access::Viewer const& viewer, Instant now, Date today) {
  auto decision = case_files::take_step(process, before, "issue_document", viewer, {}, now);
  if (!decision) return decision;
  happened(decision->after, "document_issue", now, document.number);
  decision->after.clock.back().issued_on = document.issued_on.text();
  decision->after.clock.back().expires_on = document.expires_on.text();
  decision->told["number"] = document.number;
  decision->sending->body["number"] = document.number;
  decision->sending->body["issued_on"] = document.issued_on.text();
  decision->sending->body["expires_on"] = document.expires_on.text();
  auto fact = fact_of(before, "document_issued", today);
  fact.hours = hours_since(before, "acceptance", now);
  decision->facts.push_back(std::move(fact));
  return decision;
}

Result<Decision> decide_document_renewal(workflow::Process const& process, CaseFile const& before, IssuedDocument const& document,
                                         std::string_view renewed, access::Viewer const& viewer, Instant now, Date today) {
  auto decision = case_files::take_step(process, before, "renew_document", viewer, {}, now);
  if (!decision) return decision;
  happened(decision->after, "document_issue", now, document.number);
  decision->after.clock.back().issued_on = document.issued_on.text();
  decision->after.clock.back().expires_on = document.expires_on.text();
  happened(decision->after, "document_void", now, std::string(renewed));
  for (auto* object : {&decision->told, &decision->sending->body}) {
    (*object)["number"] = document.number;
    (*object)["replaces"] = renewed;
  }
  decision->sending->body["issued_on"] = document.issued_on.text();
  decision->sending->body["expires_on"] = document.expires_on.text();
  decision->facts.push_back(fact_of(before, "document_issued", today));
  return decision;
}

Result<Decision> decide_document_void(workflow::Process const& process, CaseFile const& before, IssuedDocument const& document,
                                      access::Viewer const& viewer, std::string_view reason, Instant now, Date today) {
  auto decision = case_files::take_step(process, before, "void_document", viewer, reason, now);
  if (!decision) return decision;
  happened(decision->after, "document_void", now, document.number);
  // With another paper the person may still travel.
  if (case_files::has_other_paper(decision->after, document.number, {})) {
    decision->after.state = before.state;
    decision->after.stage = before.stage;
  }
  decision->told["number"] = document.number;
  decision->sending->body["number"] = document.number;
  decision->sending->body["issued_on"] = document.issued_on.text();
  decision->sending->body["expires_on"] = document.expires_on.text();
  decision->facts.push_back(fact_of(before, "document_voided", today));
  return decision;
}

}  // namespace rcms::applications
