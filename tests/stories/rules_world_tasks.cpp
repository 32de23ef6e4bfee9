// Verification tasks in the world of the rules.
#include <algorithm>

#include "capabilities/case_files/step.hpp"
#include "stories/rules_world.hpp"

namespace rcms::stories {

using case_files::Decision;
using case_files::Side;

RulesWorld::Done RulesWorld::open_task(Acting const& acting, SharedCase& shared) {
  auto& space = shared.requested;
  auto const kind = acting.line.word("kind");
  auto const body = acting.line.has("body") ? acting.line.word("body") : body_for_task(kind);
  applications::NewTask const input{kind, OrganisationId{body}, {}, today_.plus_days(7), {}};
  auto decision = case_files::take_step(norms_.process, *space.file, "open_task", acting.viewer, {}, now_);
  if (auto checked = applications::check_new_task(input, norms_.codes, today_); decision && !checked)
    return tl::unexpected(checked.error());
  applications::VerificationTask task;
  task.id = applications::TaskId::make(now_);
  task.party = acting.viewer.party;
  task.kind = kind;
  task.state = "open";
  task.organisation = input.organisation;
  task.due_on = input.due_on;
  if (decision) task.card = applications::make_card(kind, *space.file, norms_.application_form, norms_.field_slip_form);
  auto const done = apply(shared, Side::requested, std::move(decision));
  if (done) space.tasks.push_back(std::move(task));
  return done;
}

Result<identification::Identification> RulesWorld::form_opinion(Acting const& acting, applications::VerificationTask const& task,
                                                                std::vector<identification::Identification> const& opinions) {
  auto const& line = acting.line;
  if (line.has("second")) {
    if (opinions.empty()) return refuse(Why::wrong_step);
    return identification::decide_second(opinions.front(), line.word("second") == "agrees", line.word("note"), acting.viewer,
                                         now_);
  }
  registry::Found found;
  found.candidates.push_back({.person = {.id = "U-1"}, .band = matching::Band::proposed});
  if (line.word("prints") == "yes") {
    // As the node says: what was deleted cannot be compared, and nothing was searched.
    if (!acting.viewer.may(case_files::compare_prints_permission) || task.state != "open")
      return refuse(Why::field_missing, "searches");
    found = found_with_prints();
  }
  identification::OpinionInput const input{line.word("outcome"), line.word("outcome") == "confirmed" ? "U-1" : "",
                                           line.word("note")};
  return identification::decide_opinion(task, opinions, input, {{registry::Question{}, found}}, norms_.codes, acting.viewer,
                                        now_);
}

RulesWorld::Done RulesWorld::complete_task(Acting const& acting, SharedCase& shared) {
  auto& space = shared.requested;
  auto const task = std::find_if(space.tasks.rbegin(), space.tasks.rend(),
                                 [&](auto const& one) { return one.kind == acting.line.word("kind"); });
  if (task == space.tasks.rend()) return refuse(Why::not_found);
  applications::TaskResult result{acting.line.word("outcome"), acting.line.word("note"), {}, {}};
  if (task->kind == "registry_search") {
    auto const opinion = form_opinion(acting, *task, space.opinions);
    if (!opinion) return tl::unexpected(opinion.error());
    if (opinion->state == "waiting") {
      auto const step = case_files::check_step(norms_.process, *space.file, "complete_task", acting.viewer);
      if (!step) return tl::unexpected(step.error());
    }
    if (acting.line.has("second")) space.opinions.erase(space.opinions.begin());
    space.opinions.insert(space.opinions.begin(), *opinion);
    if (opinion->state != "final") {
      Decision decision;
      decision.after = *space.file;
      decision.action = opinion->state == "waiting" ? "identification_proposed" : "identification_disagreed";
      return apply(shared, Side::requested, std::move(decision));
    }
    result = identification::result_of(*opinion);
  }
  auto after = applications::decide_result(*task, result, {}, norms_.codes, acting.viewer, now_);
  if (!after) return tl::unexpected(after.error());
  auto const done = apply(shared, Side::requested,
                          case_files::take_step(norms_.process, *space.file, "complete_task", acting.viewer, {}, now_));
  if (done) *task = std::move(*after);
  return done;
}

}  // namespace rcms::stories
