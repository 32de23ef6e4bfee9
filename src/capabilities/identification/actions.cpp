#include "capabilities/identification/actions.hpp"

#include "capabilities/applications/tasks.hpp"
#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/prints.hpp"
#include "capabilities/identification/store.hpp"
#include "capabilities/registry/actions.hpp"
#include "capabilities/registry/print_weight.hpp"

namespace rcms::identification {

using case_files::CaseFile;
using case_files::Decision;
using case_files::Side;

namespace {

constexpr std::size_t most_searches = 20;

/// Every search again. Who decides says which answers they saw; another answer than that is not decided on.
Result<std::vector<Looked>> look_again(Context const& context, registry::Registries& registries, access::Viewer const& viewer,
                                       TaskId const& task, std::vector<SearchSeen> const& searches) {
  std::vector<Looked> looked;
  if (searches.size() > most_searches) return refuse(Why::limit_reached, "searches", "at most 20 searches belong to a decision");
  for (auto const& one : searches) {
    auto found = one.with_prints ? search_with_prints(context, registries, viewer, task, one.question)
                                 : registries.search(viewer.party, one.question);
    if (!found) return tl::unexpected(found.error());
    if (registry::fingerprint_of(one.question, *found) != one.fingerprint)
      return refuse(Why::stale_revision, "searches", "the registry has changed since this search: search again");
    looked.push_back({one.question, std::move(*found)});
  }
  return looked;
}

Decision about(CaseFile const& before, Identification const& one, std::string action) {
  Decision decision;
  decision.after = before;
  decision.action = std::move(action);
  decision.told["task"] = "registry_search";
  decision.told["outcome"] = one.outcome;
  decision.told["task_id"] = one.task.value;
  return decision;
}

/// The result of the task and the identification that it rests on, in one command.
Result<Identification> complete(Context const& context, access::Viewer const& viewer, Identification const& final) {
  auto const done = applications::complete_task(context, viewer, final.task, result_of(final), [&](db::Command& more) {
    final.revision == 0 ? insert(more, final) : save(more, final);
  });
  if (!done) return tl::unexpected(done.error().front());
  return final;
}

}  // namespace

Result<registry::Found> search_with_prints(Context const& context, registry::Registries& registries,
                                           access::Viewer const& viewer, TaskId const& id, registry::Question const& question) {
  if (!viewer.may(case_files::compare_prints_permission)) return refuse(Why::not_permitted);
  auto const task = applications::find_task(context, viewer, id);
  if (!task) return refuse(Why::not_found);
  if (task->kind != "registry_search" || task->state != "open") return refuse(Why::wrong_step, "state", "the task is closed");
  auto found = registry::search_citizens(registries, viewer, question);
  auto const prints = case_files::find_prints(context.database, viewer.party, task->case_id);
  if (!found || !prints || prints->side != Side::requested) return found;
  auto const applicant = case_files::open_prints(context, *prints);
  if (!applicant) return tl::unexpected(applicant.error());
  std::vector<std::string> citizens;
  for (auto const& one : found->candidates) citizens.push_back(one.person.id);
  registry::weigh_prints(*found, *applicant, registries.prints(viewer.party, citizens));
  return found;
}

Result<Identification> identify(Context const& context, registry::Registries& registries, access::Viewer const& viewer,
                                TaskId const& id, OpinionInput const& input, std::vector<SearchSeen> const& searches) {
  auto const task = applications::find_task(context, viewer, id);
  if (!task) return refuse(Why::not_found);
  auto const looked = look_again(context, registries, viewer, id, searches);
  if (!looked) return tl::unexpected(looked.error());
  auto const now = context.clock.now();
  auto opinion = decide_opinion(*task, list_of_task(context.database, viewer.party, id), input, *looked, context.norms.codes,
                                viewer, now);
  if (!opinion) return opinion;
  if (opinion->state == "final") return complete(context, viewer, *opinion);
  auto const answer = case_files::act(context, viewer, Side::requested, task->case_id, std::nullopt,
                                      [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const current = applications::find_task(context, viewer, id);
    if (!current) return refuse(Why::not_found);
    auto again = decide_opinion(*current, list_of_task(context.database, viewer.party, id), input, *looked, context.norms.codes,
                                viewer, now);
    if (!again) return tl::unexpected(again.error());
    if (auto const step = case_files::check_step(context.norms.process, before, "complete_task", viewer); !step)
      return tl::unexpected(step.error());
    again->id = opinion->id;
    insert(more, *again);
    return about(before, *again, "identification_proposed");
  });
  if (!answer) return tl::unexpected(answer.error());
  return list_of_task(context.database, viewer.party, id).front();
}

Result<Identification> second(Context const& context, access::Viewer const& viewer, TaskId const& id, bool agrees,
                              std::string const& reason) {
  auto const opinions = list_opinions(context, viewer, id);
  if (!opinions) return refuse(Why::not_found);
  if (!viewer.may("task.complete")) return refuse(Why::not_permitted);
  if (opinions->empty()) return refuse(Why::wrong_step, "state", "no opinion on this task waits for a second person");
  auto const now = context.clock.now();
  auto const after = decide_second(opinions->front(), agrees, reason, viewer, now);
  if (!after || agrees) return after ? complete(context, viewer, *after) : after;
  auto const answer = case_files::act(context, viewer, Side::requested, after->case_id, std::nullopt,
                                      [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const now_waits = list_of_task(context.database, viewer.party, id);
    auto const again = decide_second(now_waits.front(), agrees, reason, viewer, now);
    if (!again) return tl::unexpected(again.error());
    save(more, *again);
    return about(before, *again, "identification_disagreed");
  });
  if (!answer) return tl::unexpected(answer.error());
  return list_of_task(context.database, viewer.party, id).front();
}

std::optional<std::vector<Identification>> list_opinions(Context const& context, access::Viewer const& viewer, TaskId const& id) {
  if (!applications::find_task(context, viewer, id)) return std::nullopt;
  return list_of_task(context.database, viewer.party, id);
}

}  // namespace rcms::identification
