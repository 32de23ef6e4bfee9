#include "capabilities/interviews/mission.hpp"

#include <algorithm>
#include <set>

#include "capabilities/interviews/rules.hpp"
#include "foundation/base/text.hpp"
#include "norms/forms/content.hpp"

namespace rcms::interviews {

namespace {

bool contains(std::vector<std::string> const& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

Result<void> check_member(MissionMember const& one, char const* field, forms::Codes const& codes) {
  if (one.languages.empty()) return refuse(Why::field_missing, field, "name the languages of everybody who travels");
  for (auto const& language : one.languages) {
    if (!forms::has_code(codes, "language", language)) return refuse(Why::field_invalid, field, "choose a language of the list");
  }
  if (!one.sex.empty() && !forms::has_code(codes, "sex", one.sex))
    return refuse(Why::field_invalid, field, "choose the sex from the list, or leave it out");
  return {};
}

Result<void> check_team(Mission const& mission, forms::Codes const& codes) {
  if (mission.experts.empty()) return refuse(Why::field_missing, "experts");
  if (mission.experts.size() > mission_people_limit || mission.interpreters.size() > mission_people_limit)
    return refuse(Why::limit_reached, "experts", "at most 20 experts and 20 interpreters");
  std::set<std::string> seen;
  for (auto const& one : mission.experts) {
    if (one.user.empty()) return refuse(Why::field_missing, "experts");
    if (!seen.insert(one.user.value).second) return refuse(Why::field_invalid, "experts", "named twice");
    if (auto checked = check_member(one, "experts", codes); !checked) return checked;
  }
  for (auto const& one : mission.interpreters) {
    if (one.name.empty()) return refuse(Why::field_missing, "interpreters");
    auto const key = one.user.empty() ? search_form(one.name) : one.user.value;
    if (!seen.insert(key).second) return refuse(Why::field_invalid, "interpreters", "named twice");
    if (auto checked = check_member(one, "interpreters", codes); !checked) return checked;
  }
  return {};
}

Result<void> check_times(Mission const& mission) {
  if (mission.to < mission.from || days_between(mission.from, mission.to) >= longest_mission_days)
    return refuse(Why::field_invalid, "to", "a mission has 1 to 31 days");
  if (mission.length_minutes < quarter_minutes || mission.length_minutes > longest_minutes ||
      mission.length_minutes % quarter_minutes != 0)
    return refuse(Why::field_invalid, "length_minutes", "quarters of an hour, at most eight hours");
  if (mission.pause_minutes < 0 || mission.pause_minutes > 240 || mission.pause_minutes % quarter_minutes != 0)
    return refuse(Why::field_invalid, "pause_minutes", "quarters of an hour, at most four hours");
  if (mission.daily_limit < 1 || mission.daily_limit > 32)
    return refuse(Why::field_invalid, "daily_limit", "1 to 32 interviews of an expert on a day");
  return {};
}

bool is_expert(std::vector<MissionMember> const& experts, UserId const& user) {
  return std::any_of(experts.begin(), experts.end(), [&](auto const& one) { return one.user == user; });
}

/// Whoever and whatever an interview still counts on stays part of the mission.
Result<void> check_kept(Mission const& wanted, std::vector<Interview> const& booked) {
  for (auto const& interview : booked) {
    if (std::find(wanted.places.begin(), wanted.places.end(), interview.place) == wanted.places.end())
      return refuse(Why::wrong_step, "places", "interviews are booked at a place that is left out: move them first");
    for (auto const& user : interview.interviewers) {
      if (!is_expert(wanted.experts, user))
        return refuse(Why::wrong_step, "experts", "an expert who is left out has interviews: move them first");
    }
  }
  return {};
}

Result<void> check_open(Mission const& mission) {
  if (mission.state != "planned" && mission.state != "announced")
    return refuse(Why::wrong_step, "state", "this mission has come to its end");
  return {};
}

}  // namespace

std::string state_on(Mission const& mission, Date today) {
  return mission.state == "announced" && mission.from <= today ? "running" : mission.state;
}

Result<void> check_mission(Mission const& mission, std::vector<Place> const& places, forms::Codes const& codes) {
  if (mission.name.empty()) return refuse(Why::field_missing, "name");
  if (mission.partner.empty() || mission.partner == mission.party)
    return refuse(Why::field_missing, "partner", "choose the State that is visited");
  if (mission.places.empty()) return refuse(Why::field_missing, "places");
  if (mission.places.size() > mission_places_limit) return refuse(Why::limit_reached, "places", "at most 10 places");
  for (auto const& id : mission.places) {
    bool const is_there = std::any_of(places.begin(), places.end(), [&](auto const& one) { return one.id == id && one.active; });
    if (!is_there) return refuse(Why::field_invalid, "places", "choose places that are in use");
  }
  if (std::set<PlaceId>(mission.places.begin(), mission.places.end()).size() != mission.places.size())
    return refuse(Why::field_invalid, "places", "named twice");
  if (auto checked = check_times(mission); !checked) return checked;
  return check_team(mission, codes);
}

Result<Mission> decide_mission(Mission const* before, Mission wanted, std::vector<Place> const& places,
                               std::vector<Interview> const& booked, forms::Codes const& codes, access::Viewer const& viewer,
                               Date today, Instant now) {
  if (!viewer.may("interview.missions")) return refuse(Why::not_permitted);
  if (before != nullptr) {
    if (auto open = check_open(*before); !open) return tl::unexpected(open.error());
    wanted.id = before->id;
    wanted.party = before->party;
    wanted.state = before->state;
    wanted.reason = before->reason;
    wanted.made_by = before->made_by;
    wanted.revision = before->revision;
    bool const is_fixed = before->state == "announced" &&
                          (wanted.from != before->from || wanted.to != before->to || wanted.partner != before->partner);
    if (is_fixed) return refuse(Why::wrong_step, "from", "the other State knows the days: move the mission and say why");
  }
  if (auto checked = check_mission(wanted, places, codes); !checked) return tl::unexpected(checked.error());
  if (wanted.to < today) return refuse(Why::field_invalid, "to", "days that have not passed");
  if (auto kept = check_kept(wanted, booked); !kept) return tl::unexpected(kept.error());
  wanted.changed_at = now;
  return wanted;
}

Result<Mission> decide_announcement(Mission const& before, access::Viewer const& viewer, Date today, Instant now) {
  if (!viewer.may("interview.missions")) return refuse(Why::not_permitted);
  if (before.state != "planned") return refuse(Why::wrong_step, "state", "the other State has been told already");
  if (before.to < today) return refuse(Why::field_invalid, "to", "days that have not passed");
  auto after = before;
  after.state = "announced";
  after.changed_at = now;
  return after;
}

Result<Mission> decide_mission_move(Mission const& before, Date from, std::string_view reason, access::Viewer const& viewer,
                                    Date today, Instant now) {
  if (!viewer.may("interview.missions")) return refuse(Why::not_permitted);
  if (auto open = check_open(before); !open) return tl::unexpected(open.error());
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  if (from < today || from == before.from) return refuse(Why::field_invalid, "from", "choose another first day, from today on");
  auto after = before;
  after.from = from;
  after.to = from.plus_days(days_between(before.from, before.to));
  after.reason = std::string(reason);
  after.changed_at = now;
  return after;
}

Result<Mission> decide_mission_cancellation(Mission const& before, std::string_view reason, access::Viewer const& viewer,
                                            Instant now) {
  if (!viewer.may("interview.missions")) return refuse(Why::not_permitted);
  if (auto open = check_open(before); !open) return tl::unexpected(open.error());
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  auto after = before;
  after.state = "cancelled";
  after.reason = std::string(reason);
  after.changed_at = now;
  return after;
}

Result<Mission> decide_closure(Mission const& before, std::vector<Interview> const& booked, access::Viewer const& viewer,
                               Instant now) {
  if (!viewer.may("interview.missions")) return refuse(Why::not_permitted);
  if (before.state != "announced") return refuse(Why::wrong_step, "state", "only a mission that was announced is closed");
  if (!booked.empty())
    return refuse(Why::wrong_step, "interviews", "some interviews are still booked: record who came, or call them off");
  auto after = before;
  after.state = "closed";
  after.changed_at = now;
  return after;
}

Result<void> check_within(Mission const& mission, Interview const& interview, Place const& place) {
  if (mission.state != "announced")
    return refuse(Why::wrong_step, "mission", "announce the mission first: the other State must know that it comes");
  if (std::find(mission.places.begin(), mission.places.end(), interview.place) == mission.places.end())
    return refuse(Why::field_invalid, "place", "not a place of the mission");
  auto const day = wall_time(interview.starts_at, place.time_zone).day;
  if (day < mission.from || day > mission.to) return refuse(Why::field_invalid, "starts_at", "not on a day of the mission");
  for (auto const& user : interview.interviewers) {
    if (!is_expert(mission.experts, user)) return refuse(Why::field_invalid, "interviewers", "not an expert of the mission");
  }
  if (interview.interpreter.empty()) return {};
  bool const travels = std::any_of(mission.interpreters.begin(), mission.interpreters.end(), [&](auto const& one) {
    return one.name == interview.interpreter && one.user == interview.interpreter_user &&
           contains(one.languages, interview.language);
  });
  if (!travels) return refuse(Why::field_invalid, "interpreter", "not an interpreter of the mission for this language");
  return {};
}

MissionFigures count_figures(std::vector<Interview> const& interviews, std::vector<std::string> const& outcomes) {
  MissionFigures figures;
  for (std::size_t i = 0; i < interviews.size(); ++i) {
    auto const& one = interviews[i];
    ++figures.placed;
    if (one.state == "booked") {
      ++figures.to_come;
      if (one.presence == "arranged") ++figures.arranged;
    } else if (one.state == "held") {
      ++figures.held;
      if (one.minutes_state == "closed") ++figures.minutes_closed;
      auto const& outcome = outcomes.at(i);
      ++(outcome == "confirmed" ? figures.identified : outcome == "not_confirmed" ? figures.not_identified : figures.not_yet);
    } else if (one.state == "not_held") {
      ++figures.not_held;
    } else {
      ++(one.presence == "not_presented" ? figures.not_presented : figures.called_off);
    }
  }
  return figures;
}

}  // namespace rcms::interviews
