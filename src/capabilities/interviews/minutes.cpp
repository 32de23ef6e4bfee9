#include "capabilities/interviews/minutes.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/interviews/rules.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::interviews {

namespace json = boost::json;

namespace {

bool is_there(Attendant const& one) { return one.attendance == "present" || one.attendance == "late"; }

bool has_marks(Minutes const& minutes) {
  return std::any_of(minutes.signatures.begin(), minutes.signatures.end(), [](auto const& one) { return !one.mark.empty(); });
}

/// The signature that the viewer sets themselves, or whose paper they record.
Signature* find_signature(Minutes& minutes, MarkInput const& input, access::Viewer const& viewer) {
  for (auto& one : minutes.signatures) {
    if (one.role != input.role) continue;
    if (!one.user.empty() ? one.user == viewer.user : input.name.empty() || one.name == input.name) return &one;
  }
  return nullptr;
}

}  // namespace

std::string hash_of_content(json::object const& content) { return to_hex(sha256(json::serialize(content))); }

std::vector<Signature> signatures_wanted(Interview const& interview, std::string const& person_name) {
  std::vector<Signature> wanted;
  for (auto const& one : interview.attendance) {
    if (!is_there(one)) continue;
    Signature signature;
    signature.role = one.role;
    signature.user = one.user;
    signature.name = one.role == "person" ? person_name : one.name;
    wanted.push_back(std::move(signature));
  }
  return wanted;
}

json::object signed_part(json::object content) {
  if (auto* minutes = content.if_contains("minutes"); minutes != nullptr && minutes->is_object()) {
    minutes->get_object().erase("signed_by");
    minutes->get_object().erase("signed_on");
  }
  return content;
}

json::object with_signatures(Minutes const& minutes, Date closed_on) {
  auto content = minutes.content;
  auto const signer = std::find_if(minutes.signatures.begin(), minutes.signatures.end(),
                                   [](auto const& one) { return one.role == "interviewer"; });
  auto& section = content["minutes"];
  if (!section.is_object()) section = json::object();
  section.as_object()["signed_by"] = signer == minutes.signatures.end() ? std::string() : signer->name;
  section.as_object()["signed_on"] = closed_on.text();
  return content;
}

Findings check_held_at(Interview const& interview, json::object const& content, std::string_view zone, Instant now) {
  auto const* section = content.if_contains("interview");
  auto const held_at = section == nullptr ? std::nullopt : Instant::parse(text_at(*section, "held_at"));
  if (!held_at) return {};
  auto const booked = wall_time(interview.starts_at, zone);
  auto const hour = fmt::format("{} {}", booked.day.text(), text_of_minute(booked.minute));
  auto const wrong = [](std::string words) {
    return Findings{{Why::field_invalid, "interview.held_at", std::move(words), "data/safeguards/gates.toml G12"}};
  };
  if (*held_at > now) return wrong("minutes are written of an interview that has begun: this hour has not come yet");
  if (*held_at < interview.starts_at)
    return wrong(fmt::format("the interview was booked for {}: it cannot have begun before", hour));
  if (wall_time(*held_at, zone).day != booked.day)
    return wrong(fmt::format("the interview was booked for {}: one held on another day needs a booking of its own", hour));
  return {};
}

Result<Minutes> decide_minutes(Interview const& interview, std::optional<Minutes> const& before, json::object content,
                               Findings const& defects, bool is_task_open, std::string const& person_name,
                               access::Viewer const& viewer, Instant now) {
  if (!viewer.may("interview.conduct")) return refuse(Why::not_permitted);
  if (interview.state != "held") return refuse(Why::wrong_step, "state", "minutes are written of an interview that was held");
  if (!is_task_open) return refuse(Why::wrong_step, "task", "the result of this interview was given");
  if (!defects.empty()) return tl::unexpected(defects.front());
  Minutes after;
  if (before && !has_marks(*before)) {
    after = *before;
  } else {
    after.version = before ? before->version + 1 : 1;
  }
  after.interview = interview.id;
  after.party = interview.party;
  after.content = signed_part(std::move(content));
  after.content_hash = hash_of_content(after.content);
  after.signatures = signatures_wanted(interview, person_name);
  after.written_by = viewer.user;
  after.written_at = now;
  return after;
}

Result<Minutes> decide_mark(Interview const& interview, Minutes const& before, MarkInput const& input,
                            access::Viewer const& viewer, Instant now) {
  if (!viewer.may("interview.conduct")) return refuse(Why::not_permitted);
  auto after = before;
  auto* signature = find_signature(after, input, viewer);
  if (signature == nullptr) return refuse(Why::not_found, "role");
  bool const is_own = !signature->user.empty();
  if (is_own ? input.mark != "signed" : input.mark != "signed_on_paper" && input.mark != "refused")
    return refuse(Why::field_invalid, "mark", is_own ? "an official signs" : "signed on paper, or refuses to sign");
  if (before.state != "signing" || interview.state != "held")
    return refuse(Why::wrong_step, "state", "these minutes are closed");
  if (input.version != before.version)
    return refuse(Why::wrong_step, "version", "the minutes were written anew: read them again");
  if (!signature->mark.empty()) return refuse(Why::already_exists, "mark", "this mark stands already");
  if (input.mark == "refused" && input.reason.empty()) return refuse(Why::reason_missing, "reason");
  signature->mark = input.mark;
  signature->reason = input.reason;
  signature->recorded_by = viewer.user;
  signature->at = now;
  bool const complete =
      std::all_of(after.signatures.begin(), after.signatures.end(), [](auto const& one) { return !one.mark.empty(); });
  if (complete) {
    after.state = "closed";
    after.closed_at = now;
  }
  return after;
}

}  // namespace rcms::interviews
