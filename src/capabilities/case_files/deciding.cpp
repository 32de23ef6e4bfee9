#include "capabilities/case_files/deciding.hpp"

#include <algorithm>

#include <boost/json/value.hpp>

namespace rcms::case_files {

std::string text_of(boost::json::object const& body, std::string_view key) {
  auto const* value = body.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

void happened(CaseFile& file, std::string event, Instant at, std::string note) {
  file.clock.push_back({std::move(event), at, std::move(note)});
}

std::optional<Instant> find_event(CaseFile const& file, std::string_view event) {
  for (auto one = file.clock.rbegin(); one != file.clock.rend(); ++one) {
    if (one->event == event) return one->at;
  }
  return std::nullopt;
}

std::string reply_event(std::string_view reply_kind) {
  if (reply_kind == "accepted") return "acceptance";
  return reply_kind == "interview" ? "interview_reply" : "reply";
}

statistics::Fact fact_of(CaseFile const& file, std::string kind, Date today) {
  statistics::Fact fact;
  fact.party = file.party;
  fact.kind = std::move(kind);
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
