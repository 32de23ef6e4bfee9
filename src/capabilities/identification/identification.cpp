#include "capabilities/identification/identification.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "capabilities/registry/print_weight.hpp"

namespace rcms::identification {

namespace json = boost::json;

namespace {

registry::Candidate const* find_candidate(std::vector<Looked> const& looked, std::string const& citizen) {
  for (auto one = looked.rbegin(); one != looked.rend(); ++one) {
    for (auto const& candidate : one->found.candidates)
      if (candidate.person.id == citizen) return &candidate;
  }
  return nullptr;
}

std::string text_of(std::vector<Looked> const& looked) {
  json::array answers;
  for (auto const& one : looked) answers.push_back(registry::json_of(one.question, one.found));
  return json::serialize(answers);
}

}  // namespace

Result<Identification> decide_opinion(applications::VerificationTask const& task, std::vector<Identification> const& before,
                                      OpinionInput const& input, std::vector<Looked> const& looked, forms::Codes const& codes,
                                      access::Viewer const& viewer, Instant now) {
  if (!viewer.may("task.complete")) return refuse(Why::not_permitted);
  if (!applications::may_see(task, viewer)) return refuse(Why::not_found);
  if (!forms::has_code(codes, "task_result", input.outcome))
    return refuse(Why::field_invalid, "outcome", "choose a result of the list");
  if (task.kind != "registry_search" || task.state != "open") return refuse(Why::wrong_step, "state", "the task is closed");
  auto const waits = [](Identification const& one) { return one.state == "waiting"; };
  if (std::any_of(before.begin(), before.end(), waits))
    return refuse(Why::wrong_step, "state", "an opinion on this task waits for a second person");
  if (looked.empty()) return refuse(Why::field_missing, "searches", "search the registry before you decide");
  registry::Candidate const* chosen = nullptr;
  if (input.outcome == "confirmed") {
    if (input.citizen.empty()) return refuse(Why::field_missing, "citizen", "say which person of the registry it is");
    chosen = find_candidate(looked, input.citizen);
    if (chosen == nullptr)
      return refuse(Why::field_invalid, "citizen", "choose one of the candidates that the registry answered");
  }
  bool const is_plain =
      chosen != nullptr && chosen->band == matching::Band::proposed && !registry::rests_on_prints(*chosen);
  if (input.reason.empty() && !is_plain) return refuse(Why::reason_missing, "reason");
  Identification opinion;
  opinion.id = IdentificationId::make(now);
  opinion.party = task.party;
  opinion.case_id = task.case_id;
  opinion.task = task.id;
  bool const rests_on_prints = chosen != nullptr && registry::rests_on_prints(*chosen);
  opinion.state = input.outcome == "not_confirmed" || rests_on_prints ? "waiting" : "final";
  opinion.outcome = input.outcome;
  opinion.citizen = chosen == nullptr ? std::string() : input.citizen;
  opinion.reason = input.reason;
  opinion.answers = text_of(looked);
  opinion.model = looked.back().found.model;
  opinion.first_by = viewer.user;
  opinion.first_at = now;
  return opinion;
}

Result<Identification> decide_second(Identification const& before, bool agrees, std::string const& reason,
                                     access::Viewer const& viewer, Instant now) {
  if (!viewer.may("task.complete")) return refuse(Why::not_permitted);
  if (before.state != "waiting") return refuse(Why::wrong_step, "state", "no opinion on this task waits for a second person");
  if (before.first_by == viewer.user)
    return refuse(Why::same_person, "state", "another person than the first looks at it");
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  auto after = before;
  after.state = agrees ? "final" : "disagreed";
  after.second_by = viewer.user;
  after.second_at = now;
  after.second_reason = reason;
  return after;
}

applications::TaskResult result_of(Identification const& final) {
  applications::TaskResult result;
  result.outcome = final.outcome;
  result.note = final.reason;
  if (!final.second_reason.empty()) result.note += "\n" + final.second_reason;
  result.citizen = final.citizen;
  result.is_identified = true;
  return result;
}

}  // namespace rcms::identification
