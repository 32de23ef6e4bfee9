// The desks of a State's officers: what is laid aside and comes back, what waits too long and who is told, who is in charge.
#pragma once

#include <string>
#include <vector>

#include "capabilities/case_files/acting.hpp"

namespace rcms::case_files {

/// Refuses: not_found, stale_revision; as decide_hold.
Result<CaseFile> hold(Context const& context, access::Viewer const& viewer, Side side, CaseId const& id, HoldInput const& input,
                      std::optional<std::int64_t> if_match);
/// Refuses: not_found, stale_revision; as decide_end_of_hold.
Result<CaseFile> end_hold(Context const& context, access::Viewer const& viewer, Side side, CaseId const& id,
                          std::optional<std::int64_t> if_match);

/// Refuses: not_found, stale_revision; field_invalid (`user`: not an active officer of the State who reads such files); as
/// decide_assignment.
Result<CaseFile> assign(Context const& context, access::Viewer const& viewer, Side side, CaseId const& id, UserId const& owner,
                        std::optional<std::int64_t> if_match);

/// How many files are assigned in one request.
inline constexpr std::size_t assignments_limit = 200;

/// One that was not assigned.
struct NotAssigned {
  std::string id;
  std::string reference;  ///< empty when there is no such file
  Refused refused;
};
struct Assigned {
  std::vector<std::string> done;
  std::vector<NotAssigned> refused;
};
/// Each by itself: what is refused does not hold back the others.
Assigned assign_several(Context const& context, access::Viewer const& viewer, Side side, std::vector<std::string> const& ids,
                        UserId const& owner);

/// Files that were open before anybody counted (before version 0098 of the database) begin to wait today, and nobody is told of
/// what was before: 250 of them, in one durable write, so that the answers of a large node do not wait. Returns how many.
std::size_t begin_waiting(Context const& context);

/// What the clock looks at: holds that are over, then files that wait too long; at most 200 of each. Returns how many it dealt
/// with; 0: nothing is due. Reads two entries of an index when nothing is.
std::size_t look_at_desks(Context const& context);

/// How many files of a State and side are on hold, by state.
std::map<std::string, std::int64_t> count_on_hold(db::Database& database, PartyId const& party, Side side);
/// How many open files of this officer are on hold, and how many are on their desk, counted up to 10,000.
std::int64_t count_held_of(db::Database& database, PartyId const& party, UserId const& owner);
std::int64_t count_open_of(db::Database& database, PartyId const& party, Side side, UserId const& owner);

/// What the clock asks the database, for the test of its plans.
std::vector<db::Sql> questions_of_the_clock();

}  // namespace rcms::case_files
