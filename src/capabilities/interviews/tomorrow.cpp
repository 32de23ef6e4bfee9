#include "capabilities/interviews/tomorrow.hpp"

#include <boost/json.hpp>

#include "capabilities/case_files/tomorrow.hpp"
#include "capabilities/interviews/appointment_store.hpp"
#include "capabilities/interviews/store.hpp"

namespace rcms::interviews {

namespace json = boost::json;
using case_files::Context;
using case_files::DueTomorrow;
using case_files::Side;

namespace {

DueTomorrow interview_told(Interview const& one, Date day) {
  json::array people;
  for (auto const& user : one.interviewers) people.push_back(json::string(user.value));
  if (!one.interpreter_user.empty()) people.push_back(json::string(one.interpreter_user.value));
  return {Side::requested, one.case_id, "interview:" + one.id.value, "interview_tomorrow",
          {{"interview", one.id.value}, {"task_id", one.task.value}, {"people", std::move(people)}}, day};
}

}  // namespace

std::size_t tell_interviews_of_tomorrow(Context const& context) {
  std::size_t told = 0;
  for (auto const& party : context.directory.parties()) {
    if (!party.hosted) continue;
    auto const days = case_files::tomorrow_of(context, party.id);
    if (!days) continue;
    auto const& zone = party.time_zone;
    auto const from = start_of_day(days->today.plus_days(1), zone);
    auto const to = start_of_day(days->until.plus_days(1), zone);
    for (auto const& row : list_interviews(context.database, party.id, from, to)) {
      if (row.interview.state != "booked") continue;
      if (case_files::tell_once(context, party.id, interview_told(row.interview, date_in_zone(row.interview.starts_at, zone))))
        ++told;
    }
    for (auto const& row : list_appointments(context.database, party.id, from, to)) {
      auto const& one = row.appointment;
      if (one.state != "asked" && one.state != "arranged") continue;
      DueTomorrow const appointment{Side::requesting, one.case_id, "appointment:" + one.id.value, "appointment_tomorrow",
                              {{"interview", one.id.value}}, date_in_zone(one.starts_at, zone)};
      if (case_files::tell_once(context, party.id, appointment)) ++told;
    }
  }
  return told;
}

}  // namespace rcms::interviews
