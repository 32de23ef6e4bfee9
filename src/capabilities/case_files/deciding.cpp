#include "capabilities/case_files/deciding.hpp"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "foundation/base/hash.hpp"
#include "foundation/base/json_read.hpp"
#include "norms/forms/content.hpp"

namespace rcms::case_files {

namespace json = boost::json;

std::string text_of(boost::json::object const& body, std::string_view key) {
  auto const* value = body.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

void happened(CaseFile& file, std::string event, Instant at, std::string note) {
  file.clock.push_back({std::move(event), at, std::move(note)});
}

void begin_clock_anew(CaseFile& file) {
  std::vector<ClockEvent> kept;
  for (auto const& event : file.clock) {
    bool const stands = event.event == "suspension" && file.state == "suspended";
    if (event.event == "lifting") std::erase_if(kept, [](auto const& one) { return one.event == "suspension"; });
    if (stands || event.event == "evidence_false" || event.event == "evidence_genuine") kept.push_back(event);
  }
  file.clock = std::move(kept);
}

std::optional<Instant> find_event(CaseFile const& file, std::string_view event) {
  for (auto one = file.clock.rbegin(); one != file.clock.rend(); ++one) {
    if (one->event == event) return one->at;
  }
  return std::nullopt;
}

std::vector<TravelPaper> list_travel_papers(CaseFile const& file) {
  std::vector<TravelPaper> papers;
  for (auto const& event : file.clock) {
    if (event.event == "document_issue") {
      papers.push_back(
          {event.note, event.document_kind, event.document_issuer, event.issued_on, event.expires_on, event.at, false});
    }
    if (event.event != "document_void") continue;
    for (auto& paper : papers) paper.is_void |= paper.number == event.note && paper.kind == event.document_kind;
  }
  return papers;
}

bool has_other_paper(CaseFile const& file, std::string_view number, std::string_view kind) {
  auto const papers = list_travel_papers(file);
  return std::any_of(papers.begin(), papers.end(), [&](auto const& one) {
    return !one.is_void && (one.number != number || one.kind != kind);
  });
}

std::vector<std::string> list_changes(json::object const& before, json::object const& after) {
  static json::object const nothing;
  std::set<std::string> changed;
  auto const section_of = [](json::object const& content, std::string_view name) -> json::object const& {
    auto const* section = content.if_contains(name);
    return section != nullptr && section->is_object() ? section->get_object() : nothing;
  };
  auto const compare = [&](json::object const& one, json::object const& other) {
    for (auto const& [name, fields] : one) {
      if (name == "header" || !fields.is_object()) continue;
      auto const& others = section_of(other, name);
      for (auto const& [code, value] : fields.get_object()) {
        auto const* held = others.if_contains(code);
        if (held == nullptr || *held != value) changed.insert(std::string(name) + "." + std::string(code));
      }
    }
  };
  compare(before, after);
  compare(after, before);
  return {changed.begin(), changed.end()};
}

void take_photograph(CaseFile& file, std::vector<RequestItem> const& items, std::vector<exchange::AttachmentNote> const& notes) {
  for (auto const& item : items) {
    if (item.item != "photograph" || !item.answered) continue;
    for (auto const& id : item.files) {
      auto const note = std::find_if(notes.begin(), notes.end(), [&](auto const& one) { return one.file.value == id; });
      if (note == notes.end() || note->type.compare(0, 6, "image/") != 0) continue;
      auto& person = file.content["A_person"];
      if (!person.is_object()) person.emplace_object();
      person.get_object()["photo"] = id;
      file.portrait = id;
      return;
    }
  }
}

std::string evidence_note(json::object const& content, std::string_view purpose, std::size_t index) {
  bool const third_country = purpose == "third_country";
  auto const* section = content.if_contains(third_country ? "E_tcn" : "D_evidence");
  if (section == nullptr) return {};
  auto const documents = list_at(*section, third_country ? "tcn_evidence" : "nationality_evidence");
  if (index >= documents.size()) return {};
  return std::string(purpose) + ":" + to_hex(sha256(json::serialize(documents[index])));
}

agreements::FoundFalse list_found_false(CaseFile const& file) {
  std::set<std::string> found;
  for (auto const& event : file.clock) {
    if (event.event == "evidence_false") found.insert(event.note);
    if (event.event == "evidence_genuine") found.erase(event.note);
  }
  agreements::FoundFalse indexes;
  if (found.empty()) return indexes;
  for (auto const* purpose : {"nationality", "third_country"}) {
    auto& list = std::string_view(purpose) == "nationality" ? indexes.nationality : indexes.third_country;
    for (std::size_t i = 0;; ++i) {
      auto const note = evidence_note(file.content, purpose, i);
      if (note.empty()) break;
      if (found.contains(note)) list.push_back(i);
    }
  }
  return indexes;
}

std::string reply_event(std::string_view reply_kind) {
  if (reply_kind == "accepted") return "acceptance";
  return reply_kind == "interview" ? "interview_reply" : "reply";
}

statistics::Fact fact_of(CaseFile const& file, std::string kind, Date today) {
  statistics::Fact fact;
  fact.party = file.party;
  bool const transit = forms::ticked_conditions(file.content).contains("transit");
  fact.kind = transit ? "transit_" + kind : std::move(kind);
  fact.on = today;
  fact.side = name_of(file.side);
  fact.partner = file.partner.value;
  fact.agreement = file.agreement;
  fact.sex = file.person.sex;
  fact.age_group = statistics::age_group_of(file.person.birth, today);
  return fact;
}

std::optional<statistics::Fact> fact_of_ending(CaseFile const& before, CaseFile const& after, Instant now, Date today) {
  static constexpr std::string_view waiting[] = {"submitted", "acknowledged", "documents_requested", "verification", "interview",
                                                 "consent_to_confirm", "received", "completeness", "lapsed"};
  auto const state_of = [](CaseFile const& file) { return file.state == "suspended" ? file.state_before : file.state; };
  auto const waits = [&](CaseFile const& file) {
    return std::find(std::begin(waiting), std::end(waiting), state_of(file)) != std::end(waiting);
  };
  if (!waits(before) || waits(after)) return std::nullopt;
  auto fact = fact_of(after, "application_ended", today);
  fact.outcome = state_of(after);
  if (fact.outcome == "accepted" && text_of(after.reply, "kind") == "deemed") fact.outcome = "deemed";
  fact.hours = hours_since(before, before.side == Side::requesting ? "submission" : "receipt", now);
  return fact;
}

std::optional<std::int64_t> hours_since(CaseFile const& file, std::string_view event, Instant now) {
  auto const at = find_event(file, event);
  if (!at) return std::nullopt;
  return (now.ms - at->ms) / 3'600'000;
}

}  // namespace rcms::case_files
