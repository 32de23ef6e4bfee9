// Fingerprints in the world of the rules: the bytes are the stories' own, who keeps them and how long is the rules'.
#include "capabilities/registry/print_weight.hpp"
#include "stories/prints.hpp"
#include "stories/rules_world.hpp"

namespace rcms::stories {

using case_files::Prints;
using case_files::Side;

std::optional<RulesWorld::Done> RulesWorld::act_on_prints(Acting const& acting, SharedCase& shared, Side side) {
  auto const& line = acting.line;
  auto& space = side == Side::requesting ? shared.requesting : shared.requested;
  auto const kept = space.prints && !space.prints->ended_at ? space.prints : std::nullopt;
  if (line.act == "prints_are") {
    auto const* permission =
        side == Side::requesting ? &case_files::add_prints_permission : &case_files::compare_prints_permission;
    if (!acting.viewer.may(*permission)) return Done(refuse(Why::not_permitted));
    auto const* state = kept ? "kept" : space.prints ? "deleted" : "none";
    return line.word("state") == state ? Done() : Done(refuse(Why::wrong_step, "prints", state));
  }
  if (line.act == "add_prints") {
    Prints one;
    one.file = FileId::make(now_);
    one.basis = {line.word("basis"), line.word("reference"), line.word("given_on")};
    one.added_at = now_;
    one.delete_on = today_.plus_days(case_files::print_days_kept).text();
    auto done = apply(shared, side,
                      case_files::decide_adding_prints(norms_.process, *space.file, &norms_.agreements.at(agreement_), kept,
                                                       one.basis, prints_file(line.word("file")), acting.viewer, now_, today_));
    if (done) space.prints = one;
    return done;
  }
  if (line.act != "remove_prints") return std::nullopt;
  auto decision = case_files::take_step(norms_.process, *space.file, "remove_prints", acting.viewer, {}, now_);
  if (decision && !kept) return Done(refuse(Why::not_found, "prints"));
  auto done = apply(shared, side, std::move(decision));
  if (done) space.prints->ended_at = now_;
  return done;
}

void RulesWorld::carry_prints(SharedCase& shared) {
  auto const& sent = shared.requesting.prints;
  if (!shared.requested.file || shared.requested.prints || !sent || sent->ended_at) return;
  if (!case_files::check_print_clause(&norms_.agreements.at(agreement_))) return;
  shared.requested.prints = sent;
  shared.requested.prints->added_at = now_;
}

void RulesWorld::forget_prints(SharedCase& shared) {
  static std::set<std::string, std::less<>> const unanswered = {
      "draft",     "screening",    "blocked",  "submitted",    "acknowledged", "documents_requested", "verification",
      "interview", "received", "completeness", "suspended"};
  for (auto* space : {&shared.requesting, &shared.requested}) {
    if (!space->file || !space->prints || space->prints->ended_at) continue;
    bool has_done = false, has_open = false;
    for (auto const& task : space->tasks) {
      if (task.kind != "registry_search" && task.kind != "biometrics") continue;
      has_done = has_done || task.state == "done";
      has_open = has_open || task.state == "open";
    }
    bool const is_over = space->prints->delete_on <= today_.text();
    if (is_over || !unanswered.contains(space->file->state) || (has_done && !has_open)) space->prints->ended_at = now_;
  }
}

registry::Found RulesWorld::found_with_prints() {
  registry::Found found;
  for (auto const* id : {"U-1", "U-2"}) {
    found.candidates.push_back(
        {.person = {.id = id}, .score = 20'000, .posterior_ppm = 450'000, .band = matching::Band::to_review});
  }
  found.candidates.back().may_be_relative = true;
  registry::weigh_prints(found, prints_of_applicant(), prints_of_registry());
  return found;
}

}  // namespace rcms::stories
