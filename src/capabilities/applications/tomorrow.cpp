#include "capabilities/applications/tomorrow.hpp"

#include <boost/json.hpp>

#include "capabilities/case_files/tomorrow.hpp"

namespace rcms::applications {

namespace {

db::Sql const list_tasks{
    "tasks.tomorrow",
    "SELECT t.id, t.case_id, t.due_on, t.kind, t.organisation, t.assignee FROM verification_tasks t"
    " WHERE t.party = $1 AND t.state = 'open' AND t.due_on > $2 AND t.due_on <= $3 AND NOT EXISTS"
    " (SELECT 1 FROM reminders r WHERE r.party = t.party AND r.subject = 'task:' || t.id AND r.day = t.due_on)"
    " ORDER BY t.due_on, t.id LIMIT 200"};

}  // namespace

std::size_t tell_tasks_of_tomorrow(case_files::Context const& context) {
  std::size_t told = 0;
  for (auto const& party : context.directory.parties()) {
    auto const days = party.hosted ? case_files::tomorrow_of(context, party.id) : std::nullopt;
    if (!days) continue;
    for (auto const& row : context.database.read(list_tasks, {party.id.value, days->today.text(), days->until.text()})) {
      case_files::DueTomorrow const due{
          case_files::Side::requested, CaseId{row.text(1)}, "task:" + row.text(0), "task_tomorrow",
          {{"task_id", row.text(0)}, {"task", row.text(3)}, {"organisation", row.text(4)},
           {"assignee", row.find_text(5).value_or("")}},
          Date::parse(row.text(2)).value()};
      if (case_files::tell_once(context, party.id, due)) ++told;
    }
  }
  return told;
}

}  // namespace rcms::applications
