// Interviews and missions on the rules alone: what crosses between the States is taken over at once.
#include <algorithm>

#include <boost/json.hpp>

#include "capabilities/interviews/mission_plan.hpp"
#include "capabilities/interviews/rules.hpp"
#include "stories/rules_world.hpp"

namespace rcms::stories {

using case_files::Side;
using interviews::Interview;

namespace {

interviews::Place story_place() {
  interviews::Place place;
  place.id = interviews::PlaceId{"place"};
  place.name = "Consulate, room 1";
  place.mode = "in_person";
  place.address = "Harbour Street 4";
  place.time_zone = "Europe/Zurich";
  for (int weekday = 1; weekday <= 7; ++weekday) place.hours.push_back({weekday, 9 * 60, 17 * 60});
  return place;
}

applications::VerificationTask* find_interview_task(Space& space) {
  auto const found =
      std::find_if(space.tasks.rbegin(), space.tasks.rend(), [](auto const& one) { return one.kind == "interview"; });
  return found == space.tasks.rend() ? nullptr : &*found;
}

std::vector<interviews::Attendant> people_of(Interview const& interview, std::string const& came) {
  auto const reason = came == "present" ? "" : "It is not known";
  return {{"person", {}, "", came, reason}, {"interviewer", interview.interviewers.front(), "", "present", ""}};
}

}  // namespace

std::vector<interviews::Quarter> RulesWorld::taken() const {
  std::vector<interviews::Quarter> taken;
  for (auto const& [number, shared] : cases_) {
    if (!shared.interview || shared.interview->state != "booked") continue;
    for (auto& quarter : interviews::quarters_of(*shared.interview)) taken.push_back(std::move(quarter));
  }
  return taken;
}

RulesWorld::Done RulesWorld::book(Acting const& acting, SharedCase& shared, Interview wanted) {
  auto const* task = find_interview_task(shared.requested);
  if (task == nullptr) return refuse(Why::not_found);
  if (shared.interview && (shared.interview->state == "booked" || shared.interview->state == "held"))
    return refuse(Why::already_exists, "task");
  wanted.case_id = shared.requested.file->id;
  wanted.task = task->id;
  auto booked = interviews::decide_booking(std::move(wanted), story_place(), *task, *shared.requested.file, taken(), norms_.codes,
                                           acting.viewer, now_);
  if (!booked) return tl::unexpected(booked.error());
  booked->id = interviews::InterviewId::make(now_);
  shared.interview = std::move(*booked);
  shared.minutes.reset();
  return {};
}

RulesWorld::Done RulesWorld::arrange(SharedCase& shared) {
  auto& interview = shared.interview;
  if (!interview || interview->state != "booked") return refuse(Why::wrong_step, "state");
  for (auto const& open : list_open(shared.requesting, "interview")) {
    if (open.blocks) return refuse(Why::gate_open, open.gate->code);
  }
  interview->presence = "arranged";
  return {};
}

RulesWorld::Done RulesWorld::act_on_minutes(Acting const& acting, SharedCase& shared) {
  auto const& line = acting.line;
  auto& interview = *shared.interview;
  auto* task = find_interview_task(shared.requested);
  if (line.act == "write_minutes") {
    auto defects =
        applications::check_minutes(*task, sample_minutes(line), norms_.forms.at("interview_minutes"), norms_.codes, today_);
    auto const hour = interviews::check_held_at(interview, sample_minutes(line), story_place().time_zone, now_);
    defects.insert(defects.end(), hour.begin(), hour.end());
    auto written = interviews::decide_minutes(interview, shared.minutes, sample_minutes(line), defects, task->state == "open", "",
                                              acting.viewer, now_);
    if (!written) return tl::unexpected(written.error());
    shared.minutes = std::move(*written);
    return {};
  }
  if (line.act == "sign_minutes") {
    if (!shared.minutes) return refuse(Why::not_found);
    auto signed_one = interviews::decide_mark(
        interview, *shared.minutes, {shared.minutes->version, line.word("role"), "", line.word("mark"), line.word("reason")},
        acting.viewer, now_);
    if (!signed_one) return tl::unexpected(signed_one.error());
    shared.minutes = std::move(*signed_one);
    return {};
  }
  if (!shared.minutes || shared.minutes->state != "closed") return refuse(Why::wrong_step, "minutes");
  applications::TaskResult result{
      line.word("outcome"), line.word("note"), {}, interviews::with_signatures(*shared.minutes, today_)};
  result.is_signed = true;
  auto after = applications::decide_result(*task, result, {}, norms_.codes, acting.viewer, now_);
  if (!after) return tl::unexpected(after.error());
  *task = std::move(*after);
  return {};
}

RulesWorld::Done RulesWorld::place_batch(Acting const& acting, SharedCase& shared) {
  if (!mission_) return refuse(Why::not_found);
  if (mission_->state != "announced") return refuse(Why::wrong_step, "mission");
  std::vector<SharedCase*> batch{&shared};
  for (auto const& [name, value] : acting.line.words) {
    if (name == "with") batch.push_back(&cases_.at(std::stoi(value)));
  }
  std::vector<interviews::Candidate> candidates;
  for (auto* one : batch) {
    auto const* task = find_interview_task(one->requested);
    if (task == nullptr) return refuse(Why::not_found);
    candidates.push_back({task->id, one->requested.file->id, "es", task->due_on.text(), ""});
  }
  auto const plan = interviews::plan_batch(*mission_, {story_place()}, candidates, taken(), {}, now_);
  for (auto const& placement : plan.placed) {
    auto const at = std::find_if(batch.begin(), batch.end(),
                                 [&](auto const* one) { return one->requested.file->id == placement.interview.case_id; });
    if (auto done = book(acting, **at, placement.interview); !done) return done;
  }
  return {};
}

RulesWorld::Done RulesWorld::act_on_mission(Acting const& acting, SharedCase& shared) {
  auto const& line = acting.line;
  if (line.act == "place_batch") return place_batch(acting, shared);
  if (line.act == "plan_mission") {
    interviews::Mission wanted;
    wanted.id = interviews::MissionId::make(now_);
    wanted.party = acting.viewer.party;
    wanted.partner = PartyId{"XAR"};
    wanted.name = "Spring mission";
    wanted.places = {story_place().id};
    wanted.from = Date::parse(line.word("from")).value();
    wanted.to = Date::parse(line.word("to")).value();
    wanted.experts = {{UserId{"carla"}, "", "F", {"es", "en"}}};
    auto planned = interviews::decide_mission(nullptr, wanted, {story_place()}, {}, norms_.codes, acting.viewer, today_, now_);
    if (!planned) return tl::unexpected(planned.error());
    mission_ = std::move(*planned);
    return {};
  }
  if (!mission_) return refuse(Why::not_found);
  auto after = line.act == "announce_mission"
                   ? interviews::decide_announcement(*mission_, acting.viewer, today_, now_)
                   : interviews::decide_mission_cancellation(*mission_, line.word("reason"), acting.viewer, now_);
  if (!after) return tl::unexpected(after.error());
  mission_ = std::move(*after);
  for (auto& [number, one] : cases_) {
    if (mission_->state == "cancelled" && one.interview && one.interview->state == "booked") one.interview->state = "cancelled";
  }
  return {};
}

std::optional<RulesWorld::Done> RulesWorld::act_on_interviews(Acting const& acting, SharedCase& shared) {
  auto const& line = acting.line;
  if (line.act.ends_with("_mission") || line.act == "place_batch") return act_on_mission(acting, shared);
  auto& interview = shared.interview;
  // A file that stopped presents nobody, and the task ends with it.
  if (interview && interview->state == "booked" && shared.requesting.file->state == "suspended") {
    interview->state = "cancelled";
    interview->presence = "not_presented";
    if (auto* task = find_interview_task(shared.requested)) task->state = "cancelled";
  }
  if (line.act == "book_interview") {
    Interview wanted;
    wanted.place = story_place().id;
    wanted.starts_at = Instant::parse(line.word("at")).value();
    wanted.language = "es";
    wanted.interviewers = {UserId{"carla"}};
    return book(acting, shared, std::move(wanted));
  }
  if (line.act == "invite") return interview ? Done() : refuse(Why::not_found);
  if (line.act == "arrange_presence") return arrange(shared);
  if (line.act == "record_attendance") {
    if (!interview) return refuse(Why::not_found);
    auto seen = interviews::decide_attendance(*interview, people_of(*interview, line.word("person")), acting.viewer, now_);
    if (!seen) return tl::unexpected(seen.error());
    interview = std::move(*seen);
    return Done();
  }
  if (line.act == "write_minutes" || line.act == "sign_minutes" || line.act == "give_result") {
    if (!interview) return refuse(Why::not_found);
    return act_on_minutes(acting, shared);
  }
  return std::nullopt;
}

}  // namespace rcms::stories
