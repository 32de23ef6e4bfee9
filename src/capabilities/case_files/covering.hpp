// Who is away, who covers, and who answers for whom. Whoever covers works in their own name with their own rights; that they work
// for a colleague is told, and the colleague's work is shown to them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "foundation/access/people.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"
#include "foundation/db/database.hpp"

namespace rcms::case_files {

using AbsenceId = Id<struct AbsenceTag>;

struct Absence {
  AbsenceId id;
  PartyId party;
  UserId user;   ///< who is away
  UserId cover;  ///< who covers
  Date from_on;
  Date to_on;    ///< the last day
  UserId made_by;
  Instant made_at;
};

/// How many days an absence may last.
inline constexpr int absence_days_limit = 366;

/// Whether `absence` may stand beside `others` (of both persons, that have not ended). `user` and `cover` are who they name.
/// Refuses: field_invalid (`cover`: somebody inactive, oneself, without a role of the one who is away, or away themselves;
/// `from_on`, `to_on`: in the past, in the wrong order, too long, or on days of another absence).
Result<void> check_absence(Absence const& absence, access::User const& user, access::User const& cover,
                           std::vector<Absence> const& others, Date today);

/// Whether `viewer` may say when `user` is away: it is themselves, they answer for them, or they keep the users.
bool may_plan(access::Viewer const& viewer, UserId const& user, UserId const& supervisor);

/// The absence of `user` on `day`, or nothing.
std::optional<Absence> find_absence(db::Database& database, UserId const& user, Date day);
/// Whom `cover` covers on `day`.
std::vector<Absence> list_covered(db::Database& database, UserId const& cover, Date day);
/// Absences of a State that end on `day` or later, by their first day; at most 500.
std::vector<Absence> list_absences(db::Database& database, PartyId const& party, Date day);
/// The supervisor of `user`; empty when nobody is named.
UserId find_supervisor(db::Database& database, UserId const& user);
/// The supervisors of a State's people: user → supervisor.
std::vector<std::pair<UserId, UserId>> list_supervisors(db::Database& database, PartyId const& party);

/// Says when somebody is away. Refuses: as check_absence; not_permitted (see may_plan), not_found (no such person).
Result<Absence> plan_absence(db::Database& database, access::Viewer const& viewer, Absence absence, Date today, Instant now);
/// Takes an absence back, or ends it before its last day. Refuses: not_found, not_permitted.
Result<Absence> end_absence(db::Database& database, access::Viewer const& viewer, AbsenceId const& id, Instant now);
/// Names the supervisor of somebody; empty: nobody. Refuses: not_permitted, not_found, field_invalid (`supervisor`: oneself,
/// somebody inactive or unknown, or somebody who answers to this person).
Result<void> name_supervisor(db::Database& database, access::Viewer const& viewer, UserId const& user, UserId const& supervisor,
                             Instant now);

}  // namespace rcms::case_files
