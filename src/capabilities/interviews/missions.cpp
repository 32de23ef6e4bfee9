#include "capabilities/interviews/missions.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "capabilities/applications/tasks.hpp"
#include "capabilities/interviews/holidays.hpp"
#include "capabilities/interviews/mission_notice.hpp"
#include "foundation/access/store.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::interviews {

namespace json = boost::json;

namespace {

std::string subject_of(MissionId const& id) { return ledger::subject_of("interview_mission", id.value); }

ledger::Entry entry_of(Mission const& mission, std::string actor, std::string action) {
  return {subject_of(mission.id),
          mission.party,
          std::move(actor),
          std::move(action),
          {},
          json::serialize(json::object{
              {"name", mission.name}, {"from", mission.from.text()}, {"to", mission.to.text()}, {"reason", mission.reason}}),
          mission.revision + 1,
          mission.changed_at};
}

Result<Mission> load_mission(Context const& context, access::Viewer const& viewer, MissionId const& id, IfMatch if_match) {
  auto mission = find_mission(context.database, viewer.party, id);
  if (!mission) return refuse(Why::not_found);
  if (if_match && *if_match != mission->revision)
    return refuse(Why::stale_revision, "revision", "somebody changed it meanwhile: load it again and compare");
  return std::move(*mission);
}

std::vector<Interview> booked_of(Context const& context, PartyId const& party, MissionId const& id) {
  std::vector<Interview> booked;
  if (id.empty()) return booked;
  for (auto const& row : list_interviews_of_mission(context.database, party, id)) {
    if (row.interview.state == "booked") booked.push_back(row.interview);
  }
  return booked;
}

/// The places of the mission as they are open on its days.
std::vector<Place> open_places(Context const& context, access::Viewer const& viewer, Mission const& mission) {
  auto const closed = list_holidays_between(context, mission.party, mission.partner, viewer.language, mission.from, mission.to);
  std::vector<Place> places;
  for (auto& place : list_places(context.database, viewer.party)) {
    if (!place.active || std::find(mission.places.begin(), mission.places.end(), place.id) == mission.places.end()) continue;
    place.closed = closed;
    places.push_back(std::move(place));
  }
  return places;
}

/// Writes what `decide(before, booked)` says of the mission and tells the visited State the variant, when it is to know.
template <class Decide>
Result<Mission> act_on(Context const& context, access::Viewer const& viewer, MissionId const& id, IfMatch if_match,
                       std::string const& action, std::string_view variant, Decide&& decide) {
  auto const written = ledger::carry_out(context.database, {subject_of(id)}, [&]() -> Result<ledger::Decided<Mission>> {
    auto const before = load_mission(context, viewer, id, if_match);
    if (!before) return tl::unexpected(before.error());
    Result<Mission> after = decide(*before, booked_of(context, viewer.party, id));
    if (!after) return tl::unexpected(after.error());
    ledger::Decided<Mission> decided;
    save_mission(decided.command, *after);
    decided.entries.push_back(entry_of(*after, viewer.user.value, action));
    bool const is_known = before->state == "announced" || after->state == "announced";
    if (is_known && !variant.empty())
      context.exchange.post(decided.command, viewer.party, after->partner, chain_of(id), exchange::EnvelopeKind::appointment,
                            body_of(*after, list_places(context.database, viewer.party), variant), {});
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  if (context.after_write) context.after_write();
  return *find_mission(context.database, viewer.party, id);
}

/// Experts hold interviews; an interpreter who signs in here bears their own name.
Result<void> check_staff(Context const& context, access::Viewer const& viewer, Mission& mission) {
  auto const staff = list_interviewers(context, viewer);
  for (auto const& expert : mission.experts) {
    bool const holds = std::any_of(staff.begin(), staff.end(), [&](auto const& one) { return one.id == expert.user; });
    if (!holds) return refuse(Why::field_invalid, "experts", "choose somebody who may hold interviews");
  }
  for (auto& one : mission.interpreters) {
    if (one.user.empty()) continue;
    auto const user = access::find_user(context.database, viewer, one.user);
    if (!user || !user->active) return refuse(Why::field_invalid, "interpreters", "choose an active user of your State");
    one.name = user->name;
  }
  return {};
}

Candidate candidate_of(CandidateRow const& row, std::string interviewer_sex) {
  auto const& waiting = row.waiting;
  return {waiting.task, waiting.case_id, row.language, waiting.term_on.empty() ? waiting.task_due_on : waiting.term_on,
          std::move(interviewer_sex)};
}

std::vector<Quarter> taken_on(Context const& context, Mission const& mission, std::vector<Place> const& places,
                              std::vector<CaseId> const& persons) {
  // A day more on either side: the days of a place begin and end by its own clock.
  auto const from = start_of_day(mission.from.plus_days(-1), "UTC");
  auto const to = start_of_day(mission.to.plus_days(2), "UTC");
  return list_taken(context.database, mission.party, resources_of_batch(mission, places, persons), from, to);
}

std::string why_not(Refused const& refused) {
  if (refused.why == Why::already_exists) return refused.field == "task" ? "has_date" : "taken";
  if (refused.why == Why::wrong_step || refused.why == Why::not_found) return "stopped";
  if (refused.why == Why::field_invalid && refused.field == "starts_at") return "closed";
  return "refused";
}

/// Of one interview, when its mission has other days.
class Mover {
 public:
  Mover(Context const& context, access::Viewer const& viewer, Mission const& mission, int days, std::string_view reason)
      : context_(context),
        viewer_(viewer),
        mission_(mission),
        places_(open_places(context, viewer, mission)),
        days_(days),
        reason_(reason) {}

  MovedMission run(std::vector<Interview> const& booked) {
    MovedMission done{mission_, 0, 0, {}};
    std::vector<Interview> left;
    for (auto const& interview : booked) {
      if (move_with(interview)) {
        ++done.moved;
      } else {
        left.push_back(interview);
      }
    }
    for (auto const& interview : left) {
      if (move_elsewhere(interview)) {
        ++done.replaced;
      } else {
        (void)cancel(context_, viewer_, interview.id, reason_, std::nullopt);
        done.called_off.push_back(interview.id);
      }
    }
    return done;
  }

 private:
  BookingInput input_of(Interview const& interview) const {
    return {interview.place,        interview.starts_at,   interview.length_minutes,
            interview.language,     interview.interpreter, interview.interpreter_user,
            interview.interviewers, mission_.id,           reason_};
  }

  /// To the same hour, as many days away.
  bool move_with(Interview const& interview) {
    auto const place = std::find_if(places_.begin(), places_.end(), [&](auto const& one) { return one.id == interview.place; });
    if (place == places_.end()) return false;
    auto at = wall_time(interview.starts_at, place->time_zone);
    at.day = at.day.plus_days(days_);
    auto input = input_of(interview);
    input.starts_at = instant_of(at, place->time_zone);
    return move(context_, viewer_, interview.id, input, std::nullopt).has_value();
  }

  bool move_elsewhere(Interview const& interview) {
    auto taken = taken_on(context_, mission_, places_, {interview.case_id});
    std::erase_if(taken, [&](auto const& one) { return one.interview == interview.id; });
    std::vector<Interview> kept;
    for (auto const& one : booked_of(context_, mission_.party, mission_.id)) {
      if (one.id != interview.id) kept.push_back(one);
    }
    Mission narrowed = mission_;
    std::erase_if(narrowed.experts, [&](auto const& one) { return one.user != interview.interviewers.front(); });
    if (narrowed.experts.empty()) narrowed.experts = mission_.experts;
    auto const plan = plan_batch(narrowed, places_, {{interview.task, interview.case_id, interview.language, {}, {}}}, taken,
                                 kept, context_.clock.now());
    if (plan.placed.empty()) return false;
    auto const input = input_of(plan.placed.front().interview);
    return move(context_, viewer_, interview.id, input, std::nullopt).has_value();
  }

  Context const& context_;
  access::Viewer const& viewer_;
  Mission const& mission_;
  std::vector<Place> places_;
  int days_;
  std::string reason_;
};

}  // namespace

Result<Mission> keep_mission(Context const& context, access::Viewer const& viewer, Mission mission) {
  auto const now = context.clock.now();
  auto const today = case_files::today_of(context, viewer.party);
  auto const places = list_places(context.database, viewer.party);
  auto const& codes = context.norms.codes;
  mission.party = viewer.party;
  bool const is_a_state = std::any_of(context.directory.parties().begin(), context.directory.parties().end(),
                                      [&](auto const& one) { return one.id == mission.partner; });
  if (!is_a_state) return refuse(Why::field_invalid, "partner", "choose the State that is visited");
  if (auto checked = check_staff(context, viewer, mission); !checked) return tl::unexpected(checked.error());
  if (mission.revision > 0) {
    return act_on(context, viewer, mission.id, mission.revision, "mission_changed", "mission_changed",
                  [&](Mission const& before, std::vector<Interview> const& booked) {
                    return decide_mission(&before, mission, places, booked, codes, viewer, today, now);
                  });
  }
  mission.id = MissionId::make(now);
  mission.made_by = viewer.user;
  auto const made = decide_mission(nullptr, mission, places, {}, codes, viewer, today, now);
  if (!made) return tl::unexpected(made.error());
  auto const written = ledger::carry_out(context.database, {subject_of(made->id)}, [&]() -> Result<ledger::Decided<>> {
    ledger::Decided<> decided;
    save_mission(decided.command, *made);
    decided.entries.push_back(entry_of(*made, viewer.user.value, "mission_planned"));
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  return *find_mission(context.database, viewer.party, made->id);
}

Result<Mission> announce_mission(Context const& context, access::Viewer const& viewer, MissionId const& id, IfMatch if_match) {
  return act_on(context, viewer, id, if_match, "mission_announced", "mission_announced",
                [&](Mission const& before, std::vector<Interview> const&) {
                  return decide_announcement(before, viewer, case_files::today_of(context, viewer.party), context.clock.now());
                });
}

Result<Mission> close_mission(Context const& context, access::Viewer const& viewer, MissionId const& id, IfMatch if_match) {
  return act_on(context, viewer, id, if_match, "mission_closed", {},
                [&](Mission const& before, std::vector<Interview> const& booked) {
                  return decide_closure(before, booked, viewer, context.clock.now());
                });
}

std::vector<CandidateRow> list_candidates(Context const& context, access::Viewer const& viewer, Mission const& mission) {
  std::vector<CandidateRow> candidates;
  for (auto& waiting : list_waiting(context.database, viewer.party)) {
    if (waiting.partner != mission.partner || waiting.is_on_hold || !may_see(viewer, waiting.organisation)) continue;
    auto const task = applications::find_task(context, viewer, waiting.task);
    if (!task) continue;
    CandidateRow row{std::move(waiting), {}, {}};
    auto const* content = task->card.if_contains("content");
    auto const* person = content != nullptr && content->is_object() ? content->get_object().if_contains("A_person") : nullptr;
    if (person != nullptr) {
      row.language = text_at(*person, "language");
      row.sex = text_at(*person, "sex");
    }
    candidates.push_back(std::move(row));
  }
  return candidates;
}

Result<PlanRow> plan_mission(Context const& context, access::Viewer const& viewer, MissionId const& id,
                             std::vector<Wish> const& wishes) {
  if (!viewer.may("interview.book")) return refuse(Why::not_permitted);
  if (wishes.size() > batch_limit) return refuse(Why::limit_reached, "tasks", "at most 100 persons at once");
  auto const mission = load_mission(context, viewer, id, std::nullopt);
  if (!mission) return tl::unexpected(mission.error());
  auto const places = open_places(context, viewer, *mission);
  PlanRow row;
  std::vector<Candidate> batch;
  std::vector<CaseId> persons;
  for (auto& one : list_candidates(context, viewer, *mission)) {
    auto const wish =
        std::find_if(wishes.begin(), wishes.end(), [&](auto const& wished) { return wished.task == one.waiting.task; });
    if (wish == wishes.end()) continue;
    persons.push_back(one.waiting.case_id);
    batch.push_back(candidate_of(one, wish->interviewer_sex));
    row.candidates.push_back(std::move(one));
  }
  row.closed = places.empty() ? std::vector<ClosedDay>() : places.front().closed;
  row.plan = plan_batch(*mission, places, batch, taken_on(context, *mission, places, persons),
                        booked_of(context, viewer.party, id), context.clock.now());
  return row;
}

Result<BatchDone> place_batch(Context const& context, access::Viewer const& viewer, MissionId const& id,
                              std::vector<PlacementInput> const& placements) {
  if (!viewer.may("interview.book")) return refuse(Why::not_permitted);
  if (placements.size() > batch_limit) return refuse(Why::limit_reached, "placements", "at most 100 persons at once");
  auto const mission = load_mission(context, viewer, id, std::nullopt);
  if (!mission) return tl::unexpected(mission.error());
  if (mission->state != "announced")
    return refuse(Why::wrong_step, "mission", "announce the mission first: the other State must know that it comes");
  BatchDone done;
  for (auto const& placement : placements) {
    auto booking = placement.booking;
    booking.mission = id;
    booking.length_minutes = mission->length_minutes;
    auto const booked = book(context, viewer, placement.task, booking);
    if (booked) {
      ++done.placed;
    } else {
      done.not_placed.push_back({placement.task, why_not(booked.error())});
    }
  }
  return done;
}

Result<MovedMission> move_mission(Context const& context, access::Viewer const& viewer, MissionId const& id, Date from,
                                  std::string_view reason, IfMatch if_match) {
  auto const before = load_mission(context, viewer, id, if_match);
  if (!before) return tl::unexpected(before.error());
  auto const mission = act_on(context, viewer, id, if_match, "mission_moved", "mission_changed",
                              [&](Mission const& current, std::vector<Interview> const&) {
                                return decide_mission_move(current, from, reason, viewer,
                                                           case_files::today_of(context, viewer.party), context.clock.now());
                              });
  if (!mission) return tl::unexpected(mission.error());
  auto booked = booked_of(context, viewer.party, id);
  int const days = days_between(before->from, mission->from);
  // Those that go furthest first: nobody takes the hour that another of the mission is about to leave.
  if (days > 0) std::reverse(booked.begin(), booked.end());
  return Mover(context, viewer, *mission, days, reason).run(booked);
}

Result<MovedMission> cancel_mission(Context const& context, access::Viewer const& viewer, MissionId const& id,
                                    std::string_view reason, IfMatch if_match) {
  auto const mission = act_on(context, viewer, id, if_match, "mission_cancelled", "mission_cancelled",
                              [&](Mission const& before, std::vector<Interview> const&) {
                                return decide_mission_cancellation(before, reason, viewer, context.clock.now());
                              });
  if (!mission) return tl::unexpected(mission.error());
  MovedMission done{*mission, 0, 0, {}};
  for (auto const& interview : booked_of(context, viewer.party, id)) {
    if (cancel(context, viewer, interview.id, reason, std::nullopt)) done.called_off.push_back(interview.id);
  }
  return done;
}

Result<void> receive_mission(Context const& context, exchange::Correspondent const& to, exchange::Envelope const& envelope,
                             db::Command const& inbox) {
  auto const* from = context.exchange.find_correspondent(envelope.from);
  if (from == nullptr) return refuse(Why::not_found, "from");
  auto const subject = ledger::subject_of("mission_notice", envelope.case_id.value);
  auto const written = ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<>> {
    auto const known = find_mission_notice(context.database, to.id, MissionId{envelope.case_id.value});
    if (known && known->partner != from->id) return refuse(Why::not_found, "body.mission");
    auto taken = take_mission_notice(known, envelope, context.clock.now());
    if (!taken) return tl::unexpected(taken.error());
    taken->party = to.id;
    taken->partner = from->id;
    ledger::Decided<> decided;
    decided.command.append(inbox);
    save_mission_notice(decided.command, *taken);
    decided.entries.push_back({subject,
                               to.id,
                               "exchange",
                               "mission_notice_received",
                               {},
                               json::serialize(json::object{{"name", taken->name}, {"state", taken->state}}),
                               taken->revision + 1,
                               context.clock.now()});
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  return {};
}

}  // namespace rcms::interviews
