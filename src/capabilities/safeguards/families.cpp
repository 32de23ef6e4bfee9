// Families: cases that belong together, the exception that separates one, and the departure of all at once.
#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/safeguards/actions.hpp"
#include "capabilities/safeguards/quota.hpp"

namespace rcms::safeguarding {

using case_files::Side;

namespace {

std::optional<CaseFile> find_file(Context const& context, PartyId const& party, CaseId const& id) {
  return case_files::find_case_file(context.database, party, Side::requesting, id);
}

/// The cases that leave together with this one, this one first.
std::vector<CaseId> list_departing(Family const& family, CaseId const& id) {
  std::vector<CaseId> cases{id};
  auto const own = std::find_if(family.members.begin(), family.members.end(), [&](auto const& one) { return one.id == id; });
  if (own == family.members.end() || own->is_excepted || family.id.empty()) return cases;
  for (auto const& member : family.members) {
    if (member.id != id && !member.is_excepted && member.state != "departed") cases.push_back(member.id);
  }
  return cases;
}

std::vector<std::string> subjects_of(std::vector<CaseId> const& cases) {
  std::vector<std::string> subjects;
  for (auto const& id : cases) subjects.push_back(case_files::subject_of(Side::requesting, id));
  return subjects;
}

}  // namespace

Result<std::string> group_family(Context const& context, access::Viewer const& viewer, std::vector<CaseId> const& cases) {
  std::set<std::string> distinct;
  for (auto const& id : cases) distinct.insert(id.value);
  if (distinct.size() < 2 || distinct.size() != cases.size())
    return refuse(Why::field_invalid, "cases", "a family has two cases or more, each once");
  std::string family;
  auto const answer = ledger::carry_out(context.database, subjects_of(cases), [&]() -> Result<ledger::Decided<CaseFile>> {
    auto const now = context.clock.now();
    family.clear();
    std::vector<CaseFile> files;
    std::vector<bool> is_member;
    for (auto const& id : cases) {
      auto file = find_visible(context, viewer, id);
      if (!file) return refuse(Why::not_found, "cases");
      auto const known = find_family(context.database, viewer.party, id).id;
      if (!known.empty() && !family.empty() && known != family)
        return refuse(Why::field_invalid, "cases", "two of them are in different families");
      if (!known.empty()) family = known;
      is_member.push_back(!known.empty());
      files.push_back(std::move(*file));
    }
    if (family.empty()) family = make_uuid(now);
    ledger::Decided<CaseFile> decided;
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (is_member[i]) continue;
      auto decision = case_files::take_step(context.norms.process, files[i], "group_family", viewer, {}, now);
      if (!decision) return tl::unexpected(decision.error());
      insert_member(decided.command, viewer.party, files[i].id, family, viewer.user, now);
      decision->told["family"] = family;
      case_files::complete_decision(context, decided, &files[i], std::move(*decision), {viewer.user, viewer.user.value});
    }
    return decided;
  });
  if (!answer) return tl::unexpected(answer.error());
  return family;
}

Result<CaseFile> ask_exception(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view reason) {
  if (!find_visible(context, viewer, id)) return refuse(Why::not_found);
  return case_files::act(context, viewer, Side::requesting, id, std::nullopt,
                         [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const now = context.clock.now();
    auto decision = case_files::take_step(context.norms.process, before, "ask_family_exception", viewer, reason, now);
    if (!decision) return decision;
    auto const standing = find_exception(context.database, before.party, before.id);
    if (standing && !standing->granted) return refuse(Why::wrong_step, "exception", "one is asked for and waits for its review");
    FamilyException exception;
    exception.id = make_uuid(now);
    exception.reason = reason;
    exception.asked_by = viewer.user;
    exception.asked_at = now;
    insert_exception(more, before.party, before.id, exception);
    return decision;
  });
}

Result<CaseFile> review_exception(Context const& context, access::Viewer const& viewer, CaseId const& id, bool granted,
                                  std::string_view reason) {
  if (!find_visible(context, viewer, id)) return refuse(Why::not_found);
  return case_files::act(context, viewer, Side::requesting, id, std::nullopt,
                         [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const now = context.clock.now();
    auto decision = case_files::take_step(context.norms.process, before, "review_family_exception", viewer, reason, now);
    if (!decision) return decision;
    auto exception = find_exception(context.database, before.party, before.id);
    if (!exception || exception->granted) return refuse(Why::wrong_step, "exception", "no exception waits for a review");
    if (exception->asked_by == viewer.user)
      return refuse(Why::same_person, "actor", "another person reviews what one has asked for");
    exception->granted = granted;
    exception->review_reason = reason;
    exception->reviewed_by = viewer.user;
    exception->reviewed_at = now;
    review_exception(more, *exception);
    decision->told["outcome"] = granted ? "granted" : "refused";
    return decision;
  });
}

Result<CaseFile> depart(Context const& context, access::Viewer const& viewer, CaseId const& id, IfMatch if_match) {
  auto const asked = find_visible(context, viewer, id);
  if (!asked) return refuse(Why::not_found);
  if (if_match && *if_match != asked->revision)
    return refuse(Why::stale_revision, "revision", "somebody changed it meanwhile: load it again and compare");
  auto const departing = list_departing(find_family(context.database, viewer.party, id), id);
  if (context.renew_status) {
    for (auto const& one : departing) (void)context.renew_status(viewer.party, one);
  }
  auto const answer =
      ledger::carry_out(context.database, subjects_of(departing), [&]() -> Result<ledger::Decided<CaseFile>> {
    auto const family = find_family(context.database, viewer.party, id);
    ledger::Decided<CaseFile> decided;
    Quota quota(context);
    for (auto one = departing.rbegin(); one != departing.rend(); ++one) {  // the one that was asked for is the answer
      auto const file = find_file(context, viewer.party, *one);
      if (!file) return refuse(Why::not_found);
      auto const board = load_board(context, *file);
      auto decision = decide_departure(context.norms.process, *file, list_open(context, *file, board, "transfer"),
                                       context.norms.departure_hours, viewer, context.clock.now(),
                                       case_files::today_of(context, file->party));
      if (!decision) return tl::unexpected(decision.error());
      // Counted again beside who has departed: since the plan a limit may have been lowered.
      if (auto const plan = find_plan(*file)) {
        auto room = quota.take_room(decided.command, *file, {plan->departs_at, plan->charter}, Beside::departed);
        if (!room) return tl::unexpected(room.error());
      }
      case_files::complete_decision(context, decided, &*file, std::move(*decision), {viewer.user, viewer.user.value});
    }
    // Who does not leave now must not have changed since the decision: a family is decided as it was read.
    for (auto const& member : family.members) {
      if (std::find(departing.begin(), departing.end(), member.id) != departing.end() || family.id.empty()) continue;
      auto const other = find_file(context, viewer.party, member.id);
      if (other) expect_unchanged(decided.command, viewer.party, member.id, other->revision);
    }
    return decided;
  });
  if (answer && context.after_write) context.after_write();
  return answer;
}

namespace {

bool is_planned(CaseFile const& file) { return file.state == "transfer_planned" || file.state == "ready_to_depart"; }

}  // namespace

Result<void> plan_together(Context const& context, access::Viewer const& viewer, std::vector<CaseId> const& cases,
                           PlanInput const& input, std::vector<std::string> subjects, Also const& also) {
  for (auto const& id : cases) {
    if (!find_visible(context, viewer, id)) return refuse(Why::not_found, "cases");
    if (context.renew_status) (void)context.renew_status(viewer.party, id);
  }
  for (auto& one : subjects_of(cases)) subjects.push_back(std::move(one));
  auto const answer = ledger::carry_out(context.database, subjects, [&]() -> Result<ledger::Decided<CaseFile>> {
    auto const now = context.clock.now();
    ledger::Decided<CaseFile> decided;
    Quota quota(context);
    for (auto const& id : cases) {
      auto const file = find_file(context, viewer.party, id);
      if (!file) return refuse(Why::not_found, "cases");
      if (auto const plan = find_plan(*file); plan && is_planned(*file)) {
        if (plan->departs_at != input.departs_at || plan->charter != input.charter)
          return refuse(Why::wrong_step, "cases", file->reference + " is planned for another departure: postpone it first");
        expect_unchanged(decided.command, viewer.party, id, file->revision);
        continue;
      }
      auto const open = list_open(context, *file, load_board(context, *file), "travel_document");
      auto decision = decide_plan(context.norms.process, *file, input, open, viewer, now);
      if (!decision) return tl::unexpected(decision.error());
      auto room = quota.take_room(decided.command, *file, {input.departs_at, input.charter}, Beside::planned);
      if (!room) return tl::unexpected(room.error());
      auto const& hours = context.norms.departure_hours;
      schedule_review(decided.command, *file, "pre_departure", input.departs_at.plus_ms(-hours.check_ms()), now);
      schedule_review(decided.command, *file, "transfer", input.departs_at.plus_ms(-hours.departure_ms() / 2), now);
      case_files::complete_decision(context, decided, &*file, std::move(*decision), {viewer.user, viewer.user.value});
    }
    if (auto added = also(decided); !added) return tl::unexpected(added.error());
    return decided;
  });
  if (!answer) return tl::unexpected(answer.error());
  if (context.after_write) context.after_write();
  return {};
}

Result<void> postpone_together(Context const& context, access::Viewer const& viewer, std::vector<CaseId> const& cases,
                               std::string_view reason, std::vector<std::string> subjects, Also const& also) {
  for (auto const& id : cases) {
    if (!find_visible(context, viewer, id)) return refuse(Why::not_found, "cases");
  }
  for (auto& one : subjects_of(cases)) subjects.push_back(std::move(one));
  auto const answer = ledger::carry_out(context.database, subjects, [&]() -> Result<ledger::Decided<CaseFile>> {
    auto const now = context.clock.now();
    ledger::Decided<CaseFile> decided;
    for (auto const& id : cases) {
      auto const file = find_file(context, viewer.party, id);
      if (!file || !is_planned(*file)) continue;
      auto decision = decide_postponement(context.norms.process, *file, viewer, reason, now);
      if (!decision) return tl::unexpected(decision.error());
      cancel_reviews(decided.command, file->party, file->id, now);
      case_files::complete_decision(context, decided, &*file, std::move(*decision), {viewer.user, viewer.user.value});
    }
    if (auto added = also(decided); !added) return tl::unexpected(added.error());
    return decided;
  });
  if (!answer) return tl::unexpected(answer.error());
  if (context.after_write) context.after_write();
  return {};
}

}  // namespace rcms::safeguarding
