#include "capabilities/casework/rules.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/casework/error_answer.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"

namespace rcms::casework {

namespace json = boost::json;
using case_files::fact_of;
using case_files::happened;
using case_files::RequestItem;
using case_files::text_of;

namespace {

Result<void> nothing_forbidden(std::vector<WordFound> const& words) {
  auto const word = std::find_if(words.begin(), words.end(), [](auto const& each) { return !each.cleared; });
  if (word == words.end()) return {};
  return refuse(Why::must_not_leave, word->place, fmt::format("\"{}\" must not leave the State", word->word),
                "data/safeguards/word_list.toml");
}

/// What the application rests on, as one hash: evidence of nationality and of the stay.
std::string evidence_in(json::object const& form) {
  json::array parts;
  for (auto const* section : {"D_evidence", "E_tcn"}) {
    auto const* content = form.if_contains(section);
    parts.push_back(content == nullptr ? json::value() : *content);
  }
  return to_hex(sha256(json::serialize(parts)));
}

/// The submission of an earlier round; nullptr when the case never left.
case_files::ClockEvent const* find_submission(CaseFile const& file) {
  for (auto const& event : file.clock) {
    if (event.event == "submission") return &event;
  }
  return nullptr;
}

/// Reads what a document request asks for.
Result<DocumentRequest> read_request(exchange::Envelope const& envelope) {
  DocumentRequest request;
  request.id = text_of(envelope.body, "request");
  request.state = "open";
  request.asked_at = envelope.at;
  request.due_on = text_of(envelope.body, "due_on");
  if (!is_uuid(request.id)) return refuse(Why::field_invalid, "body.request");
  auto const* items = envelope.body.if_contains("items");
  if (items == nullptr || !items->is_array() || items->get_array().empty()) return refuse(Why::field_missing, "body.items");
  for (auto const& value : items->get_array()) {
    if (!value.is_object() || text_of(value.get_object(), "item").empty()) return refuse(Why::field_invalid, "body.items");
    RequestItem item;
    item.item = text_of(value.get_object(), "item");
    item.language = text_of(value.get_object(), "language");
    item.note = text_of(value.get_object(), "note");
    if (!case_files::purpose_of(item.item).empty()) {
      item.any_of = case_files::read_wanted(value.get_object());
      auto const* count = value.get_object().if_contains("count");
      if (count != nullptr && count->is_int64())
        item.count = static_cast<int>(std::clamp<std::int64_t>(count->get_int64(), 0, 5));
    }
    request.items.push_back(std::move(item));
  }
  return request;
}

Result<void> apply_reply(Decision& decision, CaseFile const& before, exchange::Envelope const& envelope, Date today) {
  auto const variant = case_files::variant_of(envelope);
  auto& after = decision.after;
  // A reply that moves nothing came too late: it is kept with its receipt, and the answer in force stays.
  decision.told["reply"] = variant;
  if (!case_files::has_moved(before, after) && variant != "accepted") return {};
  after.reply = envelope.body;
  after.reply["at"] = envelope.at.text();
  after.reply["kind"] = variant;
  after.reply.erase("variant");
  happened(after, case_files::reply_event(variant), envelope.at, variant);
  auto fact = fact_of(after, "reply_received", today);
  fact.outcome = variant;
  decision.facts.push_back(std::move(fact));
  if (variant == "more_information") {
    auto request = read_request(envelope);
    if (!request) return tl::unexpected(request.error());
    happened(after, "document_request", envelope.at, request->id);
    decision.new_requests.push_back(std::move(*request));
  }
  return {};
}

Result<void> apply_document_notice(CaseFile& after, exchange::Envelope const& envelope) {
  if (case_files::variant_of(envelope) != "issued") {
    happened(after, "document_void", envelope.at, text_of(envelope.body, "number"));
    return {};
  }
  for (auto const* day : {"issued_on", "expires_on"}) {
    if (!Date::parse(text_of(envelope.body, day))) return refuse(Why::field_invalid, "body." + std::string(day));
  }
  happened(after, "document_issue", envelope.at, text_of(envelope.body, "number"));
  after.clock.back().issued_on = text_of(envelope.body, "issued_on");
  after.clock.back().expires_on = text_of(envelope.body, "expires_on");
  // A renewal: the earlier document is over with the same notice.
  if (auto const replaced = text_of(envelope.body, "replaces"); !replaced.empty())
    happened(after, "document_void", envelope.at, replaced);
  return {};
}

/// What the body of an envelope changes in the file, beyond its state.
Result<void> apply_body(Decision& decision, CaseFile const& before, exchange::Envelope const& envelope, Date today) {
  auto& after = decision.after;
  auto const& body = envelope.body;
  switch (envelope.kind) {
    case exchange::EnvelopeKind::acknowledgement:
      if (case_files::variant_of(envelope) == "receipt") {
        auto const received = Instant::parse(text_of(body, "received_at"));
        if (!received) return refuse(Why::field_invalid, "body.received_at");
        if (!case_files::find_event(after, "receipt")) happened(after, "receipt", *received);
        happened(after, "acknowledgement", envelope.at);
        after.partner_reference = text_of(body, "reference");
      } else {
        happened(after, "complete_file", envelope.at);
      }
      return {};
    case exchange::EnvelopeKind::document_request: {
      auto request = read_request(envelope);
      if (!request) return tl::unexpected(request.error());
      happened(after, "document_request", envelope.at, request->id);
      decision.new_requests.push_back(std::move(*request));
      return {};
    }
    case exchange::EnvelopeKind::extension: {
      auto const* days = body.if_contains("days");
      if (days == nullptr || !days->is_int64() || days->get_int64() < 1 || days->get_int64() > 3650)
        return refuse(Why::field_invalid, "body.days");
      happened(after, "extension", envelope.at, text_of(body, "reason"));
      after.clock.back().value = static_cast<int>(days->get_int64());
      return {};
    }
    case exchange::EnvelopeKind::reply: return apply_reply(decision, before, envelope, today);
    case exchange::EnvelopeKind::travel_document_notice: return apply_document_notice(after, envelope);
    case exchange::EnvelopeKind::error_claim: return take_error_claim(decision, envelope);
    default: return refuse(Why::field_invalid, "kind", "the requested State does not send this kind");
  }
}

}  // namespace

Result<Decision> decide_edit(workflow::Process const& process, CaseFile const& before, json::object content,
                             access::Viewer const& viewer, Instant now) {
  auto decision = case_files::take_step(process, before, "edit", viewer, {}, now);
  if (!decision) return decision;
  decision->after.content = std::move(content);
  return decision;
}

Result<Decision> decide_screening(workflow::Process const& process, CaseFile const& before, Findings const& defects,
                                  access::Viewer const& viewer, Instant now) {
  auto decision = case_files::take_step(process, before, "send_to_screening", viewer, {}, now);
  if (decision && !defects.empty()) return tl::unexpected(defects.front());
  return decision;
}

Result<Decision> decide_clearance(CaseFile const& before, WordFound const& word, access::Viewer const& viewer,
                                  std::string_view reason) {
  if (!before.is_open) return refuse(Why::wrong_step);
  if (before.author == viewer.user) return refuse(Why::same_person);
  auto const why = tidy_text(reason);
  if (why.empty()) return refuse(Why::reason_missing, "reason");
  Decision decision;
  decision.after = before;
  decision.action = "word_cleared";
  decision.source = "data/safeguards/word_list.toml";
  decision.told["place"] = word.place;
  decision.told["word"] = word.word;
  decision.told["reason"] = why;
  return decision;
}

Result<void> check_new_evidence(CaseFile const& before, json::object const& form) {
  auto const* refused = find_submission(before);
  if (refused == nullptr || refused->note != evidence_in(form)) return {};
  return refuse(Why::field_missing, "D_evidence.nationality_evidence",
                "a refused application comes again only with new evidence", "data/workflow/individual.toml");
}

Result<Decision> decide_release(workflow::Process const& process, CaseFile const& before, Package package,
                                Obstacles const& obstacles, access::Viewer const& viewer, Instant now, Date today) {
  auto decision = case_files::take_step(process, before, "release", viewer, {}, now);
  if (!decision) return decision;
  if (!obstacles.missing.empty()) return tl::unexpected(obstacles.missing.front());
  if (!obstacles.open_gates.empty()) {
    return refuse(Why::gate_open, obstacles.open_gates.front(), {}, "data/safeguards/gates.toml");
  }
  if (auto clean = nothing_forbidden(package.words); !clean) return tl::unexpected(clean.error());
  if (std::any_of(package.words.begin(), package.words.end(), [&](auto const& word) { return word.cleared->by == viewer.user; }))
    return refuse(Why::same_person, package.words.front().place, "somebody else releases what you answer for");
  auto& after = decision->after;
  auto const evidence = evidence_in(package.form);
  if (auto is_new = check_new_evidence(before, package.form); !is_new) return tl::unexpected(is_new.error());
  after.submitted_on = today.text();
  case_files::begin_clock_anew(after);
  after.reply.clear();
  happened(after, "submission", now, evidence);
  decision->sending->body["agreement"] = after.agreement;
  decision->sending->body["reference"] = after.reference;
  decision->sending->body["submitted_on"] = after.submitted_on;
  decision->sending->body["form"] = std::move(package.form);
  if (!package.print.empty()) decision->sending->body["print"] = std::move(package.print);
  decision->sending->attachments = std::move(package.attachments);
  decision->facts.push_back(fact_of(after, "application_sent", today));
  return decision;
}

Result<Decision> decide_answer(workflow::Process const& process, CaseFile const& before, DocumentRequest const& request,
                               std::vector<ItemAnswer> const& answers, Package package, access::Viewer const& viewer,
                               Instant now) {
  auto decision = case_files::take_step(process, before, "answer", viewer, {}, now);
  if (!decision) return decision;
  if (request.state != "open") return refuse(Why::not_found, "request");
  if (auto clean = nothing_forbidden(package.words); !clean) return tl::unexpected(clean.error());
  DocumentRequest answered = request;
  json::array items;
  for (auto& item : answered.items) {
    auto const answer =
        std::find_if(answers.begin(), answers.end(), [&](ItemAnswer const& one) { return one.item == item.item; });
    if (answer == answers.end() || (answer->text.empty() && answer->files.empty())) {
      return refuse(Why::field_missing, "items." + item.item, "answer with a text or a file");
    }
    item.answer = answer->text;
    item.files = answer->files;
    item.answered = true;
    json::array files;
    for (auto const& file : item.files) files.push_back(json::string(file));
    items.push_back(json::object{{"item", item.item}, {"answer", item.answer}, {"files", files}});
  }
  for (auto const& answer : answers) {
    auto const asked =
        std::any_of(request.items.begin(), request.items.end(), [&](auto const& item) { return item.item == answer.item; });
    if (!asked) return refuse(Why::not_found, "items." + answer.item);
  }
  answered.state = "answered";
  answered.answered_at = now;
  happened(decision->after, "answer", now, request.id);
  decision->sending->body["request"] = request.id;
  decision->sending->body["items"] = std::move(items);
  case_files::take_photograph(decision->after, answered.items, package.attachments);
  decision->sending->attachments = std::move(package.attachments);
  decision->changed_requests.push_back(std::move(answered));
  return decision;
}

Result<Decision> decide_correction(workflow::Process const& process, CaseFile const& before, json::object content,
                                   Package package, json::object const& shared_before, Findings const& missing,
                                   access::Viewer const& viewer, std::string_view reason, Instant now) {
  auto decision = case_files::take_step(process, before, "correct", viewer, reason, now);
  if (!decision) return decision;
  if (!missing.empty()) return tl::unexpected(missing.front());
  if (auto clean = nothing_forbidden(package.words); !clean) return tl::unexpected(clean.error());
  auto const changed = case_files::list_changes(shared_before, package.form);
  if (changed.empty()) return refuse(Why::field_missing, "content", "nothing that the other State has is changed");
  json::array paths;
  for (auto const& path : changed) paths.push_back(json::string(path));
  decision->told["changed"] = std::move(paths);
  decision->after.content = std::move(content);
  decision->sending->body["form"] = std::move(package.form);
  decision->sending->attachments = std::move(package.attachments);
  return decision;
}

Result<Decision> decide_withdrawal(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                   std::string_view reason, Instant now, Date today) {
  auto decision = case_files::take_step(process, before, "withdraw", viewer, reason, now);
  if (!decision) return decision;
  happened(decision->after, "withdrawal", now);
  decision->facts.push_back(fact_of(decision->after, "application_withdrawn", today));
  return decision;
}

Result<Decision> decide_confirmation(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                     std::string_view reason, std::string_view clause, std::string_view due_on, Instant now) {
  auto decision = case_files::take_step(process, before, "confirm", viewer, reason, now);
  if (!decision) return decision;
  auto& after = decision->after;
  decision->source = std::string(clause);
  after.reply = {{"kind", "deemed"}, {"at", now.text()}, {"clause", clause}, {"due_on", due_on}};
  happened(after, "acceptance", now, "deemed");
  decision->sending->body["clause"] = clause;
  decision->sending->body["due_on"] = due_on;
  return decision;
}

Result<Decision> decide_receipt(workflow::Process const& process, CaseFile const& before, exchange::Envelope const& envelope,
                                std::set<std::string, std::less<>> const& holding, Instant now, Date today) {
  auto conditions = holding;
  if (case_files::has_other_paper(before, text_of(envelope.body, "number"), {})) conditions.insert("another_document");
  if (case_files::find_event(before, "transfer")) conditions.insert("was_transferred");
  auto decision = case_files::take_receipt(process, before, exchange::name_of(envelope.kind), case_files::variant_of(envelope),
                                           conditions, now);
  if (!decision) return decision;
  decision->told["envelope"] = exchange::name_of(envelope.kind);
  if (case_files::has_ended(decision->after)) return decision;
  if (auto applied = apply_body(*decision, before, envelope, today); !applied) return tl::unexpected(applied.error());
  return decision;
}

}  // namespace rcms::casework
