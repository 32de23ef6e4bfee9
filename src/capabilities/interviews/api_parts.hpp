// The parts of the table of routes of interviews.
#pragma once

#include <memory>
#include <vector>

#include "capabilities/interviews/rights.hpp"
#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::interviews {

inline constexpr int longest_days = 62;  ///< of a calendar in one answer

inline http::Problem wrong(Why why, char const* field, char const* remedy = "") {
  return http::Problem(Refused{why, field, remedy, {}});
}

void add_place_routes(http::Routes& routes, case_files::Context const& context);
void add_calendar_routes(http::Routes& routes, case_files::Context const& context);
void add_mission_routes(http::Routes& routes, case_files::Context const& context);
void add_minutes_routes(http::Routes& routes, case_files::Context const& context);
void add_appointment_routes(http::Routes& routes, case_files::Context const& context,
                            std::shared_ptr<std::vector<Right> const> const& rights);

}  // namespace rcms::interviews
