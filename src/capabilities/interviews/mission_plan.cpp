#include "capabilities/interviews/mission_plan.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "capabilities/interviews/rules.hpp"

namespace rcms::interviews {

namespace {

bool speaks(MissionMember const& one, std::string const& language) {
  return std::find(one.languages.begin(), one.languages.end(), language) != one.languages.end();
}

/// When interviews of the mission can begin at a place.
std::vector<FreeTime> times_at(Mission const& mission, Place const& place, Instant now) {
  Interview wanted;
  wanted.place = place.id;
  wanted.length_minutes = mission.length_minutes;
  auto paced = place;
  paced.slot_minutes = mission.length_minutes + mission.pause_minutes;
  auto times = list_times(wanted, paced, mission.from, days_between(mission.from, mission.to) + 1, {}, now);
  std::erase_if(times, [](auto const& time) { return !time.taken_by.empty(); });
  return times;
}

/// A beginning at a place.
struct Slot {
  Place const* place = nullptr;
  Instant starts_at;
  Date day;
};

/// An expert who could ask, with the interpreter whom it takes; nullptr: none is needed.
struct Pair {
  MissionMember const* expert = nullptr;
  MissionMember const* interpreter = nullptr;
};

class Planner {
 public:
  Planner(Mission const& mission, std::vector<Place> const& places, std::vector<Quarter> const& taken,
          std::vector<Interview> const& kept, Instant now)
      : mission_(mission) {
    for (auto const& one : taken) taken_.emplace(one.resource, one.number);
    for (auto const& place : places) add_slots(place, now);
    std::stable_sort(slots_.begin(), slots_.end(), [](auto const& a, auto const& b) { return a.starts_at < b.starts_at; });
    for (auto const& interview : kept) {
      auto const place = std::find_if(places.begin(), places.end(), [&](auto const& one) { return one.id == interview.place; });
      if (place != places.end()) count(interview, wall_time(interview.starts_at, place->time_zone).day);
      take_pause(interview);
    }
  }

  void place(Candidate const& candidate, Plan& plan) {
    auto const language = candidate.language.empty() ? mission_.experts.front().languages.front() : candidate.language;
    auto why = std::string();
    auto pairs = pairs_for(candidate, language, why);
    if (pairs.empty()) {
      plan.not_placed.push_back({candidate.task, why});
      return;
    }
    for (auto const& slot : slots_) {
      sort_by_load(pairs);
      for (auto const& pair : pairs) {
        auto interview = trial(candidate, language, slot, pair);
        if (loads_of_day_[{slot.day, pair.expert->user}] >= mission_.daily_limit || !find_room(interview, *slot.place)) continue;
        for (auto const& quarter : quarters_of(interview)) taken_.emplace(quarter.resource, quarter.number);
        take_pause(interview);
        count(interview, slot.day);
        bool const is_late = !candidate.last_day.empty() && slot.day.text() > candidate.last_day;
        plan.placed.push_back({std::move(interview), is_late});
        return;
      }
    }
    plan.not_placed.push_back({candidate.task, "full"});
  }

 private:
  void add_slots(Place const& place, Instant now) {
    for (auto const& time : times_at(mission_, place, now)) slots_.push_back({&place, time.starts_at, time.at.day});
  }

  /// Whoever speaks the language needs no interpreter and comes first.
  std::vector<Pair> pairs_for(Candidate const& candidate, std::string const& language, std::string& why) const {
    std::vector<Pair> pairs;
    bool is_spoken = false;
    bool is_of_sex = false;
    for (auto const& expert : mission_.experts) {
      bool const fits = candidate.interviewer_sex.empty() || expert.sex == candidate.interviewer_sex;
      is_of_sex = is_of_sex || fits;
      if (speaks(expert, language)) {
        is_spoken = true;
        if (fits) pairs.push_back({&expert, nullptr});
        continue;
      }
      for (auto const& interpreter : mission_.interpreters) {
        if (!speaks(interpreter, language)) continue;
        is_spoken = true;
        if (fits) pairs.push_back({&expert, &interpreter});
      }
    }
    why = is_spoken ? "interviewer" : "language";
    return pairs;
  }

  void sort_by_load(std::vector<Pair>& pairs) {
    std::stable_sort(pairs.begin(), pairs.end(), [&](auto const& a, auto const& b) {
      if ((a.interpreter == nullptr) != (b.interpreter == nullptr)) return a.interpreter == nullptr;
      return loads_[a.expert->user] < loads_[b.expert->user];
    });
  }

  Interview trial(Candidate const& candidate, std::string const& language, Slot const& slot, Pair const& pair) const {
    Interview interview;
    interview.party = mission_.party;
    interview.case_id = candidate.case_id;
    interview.task = candidate.task;
    interview.mission = mission_.id;
    interview.place = slot.place->id;
    interview.starts_at = slot.starts_at;
    interview.length_minutes = mission_.length_minutes;
    interview.language = language;
    interview.interviewers = {pair.expert->user};
    if (pair.interpreter != nullptr) {
      interview.interpreter = pair.interpreter->name;
      interview.interpreter_user = pair.interpreter->user;
    }
    return interview;
  }

  bool find_room(Interview& interview, Place const& place) const {
    for (interview.room = 1; interview.room <= place.rooms; ++interview.room) {
      auto const quarters = quarters_of(interview);
      bool const is_free = std::none_of(quarters.begin(), quarters.end(), [&](auto const& one) {
        return taken_.contains({one.resource, one.number});
      });
      if (is_free) return true;
    }
    return false;
  }

  /// Nobody who works goes from one interview straight into the next, also not at another place.
  void take_pause(Interview const& interview) {
    auto pause = interview;
    pause.interviewers = interview.interviewers;
    pause.length_minutes = mission_.pause_minutes;
    pause.starts_at = interview.ends_at();
    if (mission_.pause_minutes == 0) return;
    for (auto const& user : pause.interviewers) {
      auto const end = (pause.ends_at().ms + quarter_ms - 1) / quarter_ms;
      for (auto number = pause.starts_at.ms / quarter_ms; number < end; ++number) taken_.emplace("user:" + user.value, number);
    }
  }

  void count(Interview const& interview, Date day) {
    for (auto const& user : interview.interviewers) {
      ++loads_[user];
      ++loads_of_day_[{day, user}];
    }
  }

  Mission const& mission_;
  std::vector<Slot> slots_;
  std::set<std::pair<std::string, std::int64_t>> taken_;
  std::map<UserId, int> loads_;
  std::map<std::pair<Date, UserId>, int> loads_of_day_;
};

}  // namespace

Plan plan_batch(Mission const& mission, std::vector<Place> const& places, std::vector<Candidate> candidates,
                std::vector<Quarter> const& taken, std::vector<Interview> const& kept, Instant now) {
  auto const far = [](Candidate const& one) { return one.last_day.empty() ? std::string("9999") : one.last_day; };
  std::stable_sort(candidates.begin(), candidates.end(), [&](auto const& a, auto const& b) { return far(a) < far(b); });
  Planner planner(mission, places, taken, kept, now);
  Plan plan;
  for (auto const& candidate : candidates) planner.place(candidate, plan);
  return plan;
}

int capacity_of(Mission const& mission, std::vector<Place> const& places) {
  std::map<Instant, std::pair<Date, int>> rooms;
  for (auto const& place : places) {
    for (auto const& time : times_at(mission, place, Instant{})) {
      auto& at = rooms[time.starts_at];
      at.first = time.at.day;
      at.second += place.rooms;
    }
  }
  int const experts = static_cast<int>(mission.experts.size());
  std::map<Date, int> of_day;
  for (auto const& [at, one] : rooms) of_day[one.first] += std::min(one.second, experts);
  int capacity = 0;
  for (auto const& [day, count] : of_day) capacity += std::min(count, experts * mission.daily_limit);
  return capacity;
}

bool is_covered(Mission const& mission, std::string const& language) {
  auto const knows = [&](MissionMember const& one) { return speaks(one, language); };
  return std::any_of(mission.experts.begin(), mission.experts.end(), knows) ||
         std::any_of(mission.interpreters.begin(), mission.interpreters.end(), knows);
}

std::vector<std::string> resources_of_batch(Mission const& mission, std::vector<Place> const& places,
                                            std::vector<CaseId> const& persons) {
  std::set<std::string> all;
  Interview team;
  for (auto const& one : mission.experts) team.interviewers.push_back(one.user);
  for (auto const& place : places) {
    for (auto const& resource : resources_of(team, place)) all.insert(resource);
  }
  for (auto const& one : mission.interpreters) {
    Interview with;
    with.interpreter = one.name;
    with.interpreter_user = one.user;
    for (auto const& resource : resources_of(with, Place{})) all.insert(resource);
  }
  for (auto const& person : persons) {
    Interview of;
    of.case_id = person;
    for (auto const& resource : resources_of(of, Place{})) all.insert(resource);
  }
  return {all.begin(), all.end()};
}

}  // namespace rcms::interviews
