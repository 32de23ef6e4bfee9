#include "capabilities/applications/tasks.hpp"

#include <boost/json.hpp>

#include "foundation/access/store.hpp"
#include "foundation/ledger/subject.hpp"
#include "norms/forms/content.hpp"

namespace rcms::applications {

namespace json = boost::json;
using case_files::Side;

namespace {

#define TASK_COLUMNS                                                                                                        \
  "id, party, case_id, kind, state, organisation, assignee, created_by, created_at, due_on, note, card, outcome, result,"   \
  " done_by, done_at, revision"

db::Sql const find_row{"tasks.find", "SELECT " TASK_COLUMNS " FROM verification_tasks WHERE id = $1"};
db::Sql const list_of_case{
    "tasks.of_case", "SELECT " TASK_COLUMNS " FROM verification_tasks WHERE party = $1 AND case_id = $2 ORDER BY created_at, id"};
db::Sql const list_open{"tasks.open", "SELECT " TASK_COLUMNS
                                      " FROM verification_tasks WHERE party = $1 AND organisation = $2 AND state = 'open'"
                                      " ORDER BY due_on, id LIMIT 200"};
db::Sql const list_done{"tasks.done", "SELECT " TASK_COLUMNS
                                      " FROM verification_tasks WHERE party = $1 AND organisation = $2 AND state = 'done'"
                                      " ORDER BY done_at DESC, id DESC LIMIT 200"};
db::Sql const insert_row{"tasks.insert",
                         "INSERT INTO verification_tasks (id, party, case_id, kind, state, organisation, assignee, created_by,"
                         " created_at, due_on, note, card, revision)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};
db::Sql const save_row{
    "tasks.save",
    "UPDATE verification_tasks SET state = $2, outcome = $3, result = $4, done_by = $5, done_at = $6, revision = $7"
    " WHERE id = $1 AND revision = $8"};

db::Sql const stop_rows{"tasks.stop",
                        "UPDATE verification_tasks SET state = 'cancelled', revision = revision + 1"
                        " WHERE party = $1 AND case_id = $2 AND kind = $3 AND state = 'open'"};

/// Whether the task has a date in the calendar of interviews: who came is recorded there, and the minutes are signed there.
db::Sql const find_interview{"tasks.interview",
                             "SELECT id FROM interviews WHERE task = $1 AND state IN ('booked', 'held') LIMIT 1"};

#undef TASK_COLUMNS

VerificationTask read_task(db::Row const& row) {
  VerificationTask task;
  task.id = TaskId{row.text(0)};
  task.party = PartyId{row.text(1)};
  task.case_id = CaseId{row.text(2)};
  task.kind = row.text(3);
  task.state = row.text(4);
  task.organisation = OrganisationId{row.text(5)};
  task.assignee = UserId{row.find_text(6).value_or("")};
  task.created_by = UserId{row.text(7)};
  task.created_at = Instant{row.integer(8)};
  task.due_on = Date::parse(row.text(9)).value();
  task.note = row.text(10);
  task.card = json::parse(row.text(11)).as_object();
  task.outcome = row.find_text(12).value_or("");
  if (auto result = row.find_text(13)) task.result = json::parse(*result).as_object();
  task.done_by = UserId{row.find_text(14).value_or("")};
  if (auto at = row.find_integer(15)) task.done_at = Instant{*at};
  task.revision = row.integer(16);
  return task;
}

void insert_task(db::Command& command, VerificationTask const& task) {
  command.add(insert_row, {task.id.value, task.party.value, task.case_id.value, task.kind, task.state, task.organisation.value,
                           task.assignee.empty() ? db::Value() : db::Value(task.assignee.value), task.created_by.value,
                           task.created_at.ms, task.due_on.text(), task.note, json::serialize(task.card), task.revision});
}

void save_task(db::Command& command, VerificationTask const& task) {
  command.add_expecting(save_row, {task.id.value, task.state, task.outcome, json::serialize(task.result), task.done_by.value,
                                   task.done_at ? db::Value(task.done_at->ms) : db::Value(), task.revision + 1, task.revision});
}

}  // namespace

Result<VerificationTask> open_task(Context const& context, access::Viewer const& viewer, CaseId const& id, NewTask const& input) {
  auto const today = case_files::today_of(context, viewer.party);
  if (auto checked = check_new_task(input, context.norms.codes, today); !checked) return tl::unexpected(checked.error());
  auto const organisation = access::find_organisation(context.database, viewer, input.organisation);
  if (!organisation || !organisation->active)
    return refuse(Why::field_invalid, "organisation", "choose an active body of your State");
  auto const now = context.clock.now();
  VerificationTask task;
  task.id = TaskId::make(now);
  task.party = viewer.party;
  task.case_id = id;
  task.kind = input.kind;
  task.state = "open";
  task.organisation = input.organisation;
  task.assignee = input.assignee;
  task.created_by = viewer.user;
  task.created_at = now;
  task.due_on = input.due_on;
  task.note = input.note;
  auto const answer = case_files::act(context, viewer, Side::requested, id, std::nullopt,
                                      [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto decision = case_files::take_step(context.norms.process, before, "open_task", viewer, {}, now);
    if (!decision) return decision;
    task.card = make_card(task.kind, before, context.norms.application_form, context.norms.field_slip_form);
    insert_task(more, task);
    decision->told["task"] = task.kind;
    decision->told["due_on"] = task.due_on.text();
    decision->told["organisation"] = task.organisation.value;
    decision->told["task_id"] = task.id.value;
    decision->told["assignee"] = task.assignee.value;
    return decision;
  });
  if (!answer) return tl::unexpected(answer.error());
  return task;
}

tl::expected<VerificationTask, Findings> complete_task(Context const& context, access::Viewer const& viewer, TaskId const& id,
                                                       TaskResult result, std::function<void(db::Command&)> const& also) {
  auto const task = find_task(context, viewer, id);
  if (!task) return tl::unexpected(Findings{{Why::not_found, {}, {}, {}}});
  if (task->kind == "interview" && !result.is_signed && context.database.find(find_interview, {id.value})) {
    return tl::unexpected(Findings{{Why::wrong_step, "minutes", "this task has a date: its minutes are written and signed there",
                                    "data/safeguards/gates.toml G12"}});
  }
  auto const now = context.clock.now();
  auto const& minutes_form = context.norms.forms.at("interview_minutes");
  Findings defects;
  if (result.is_signed) {
    result.minutes = forms::normalise_content(minutes_form, json::value(result.minutes)).as_object();
    defects =
        check_minutes(*task, result.minutes, minutes_form, context.norms.codes, case_files::today_of(context, viewer.party));
  }
  std::optional<VerificationTask> after;
  auto const answer = case_files::act(context, viewer, Side::requested, task->case_id, std::nullopt,
                                      [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const current = find_task(context, viewer, id);
    if (!current) return refuse(Why::not_found);
    auto done = decide_result(*current, result, defects, context.norms.codes, viewer, now);
    if (!done) return tl::unexpected(done.error());
    auto decision = case_files::take_step(context.norms.process, before, "complete_task", viewer, {}, now);
    if (!decision) return decision;
    save_task(more, *done);
    if (also) also(more);
    decision->told["task"] = done->kind;
    decision->told["outcome"] = done->outcome;
    after = std::move(*done);
    return decision;
  });
  if (!answer) {
    bool const is_defect = !defects.empty() && answer.error() == defects.front();
    return tl::unexpected(is_defect ? std::move(defects) : Findings{answer.error()});
  }
  ++after->revision;
  return *after;
}

std::optional<VerificationTask> find_task(Context const& context, access::Viewer const& viewer, TaskId const& id) {
  auto const row = context.database.find(find_row, {id.value});
  if (!row) return std::nullopt;
  auto task = read_task(*row);
  if (!may_see(task, viewer)) return std::nullopt;
  return task;
}

std::vector<VerificationTask> list_own_tasks(Context const& context, access::Viewer const& viewer, bool done) {
  std::vector<VerificationTask> tasks;
  for (auto const& row : context.database.read(done ? list_done : list_open, {viewer.party.value, viewer.organisation.value})) {
    auto task = read_task(row);
    if (may_see(task, viewer)) tasks.push_back(std::move(task));
  }
  return tasks;
}

void stop_tasks(db::Command& command, PartyId const& party, CaseId const& id, std::string_view kind) {
  command.add(stop_rows, {party.value, id.value, std::string(kind)});
}

std::vector<VerificationTask> list_tasks_of_case(db::Database& database, PartyId const& party, CaseId const& id) {
  std::vector<VerificationTask> tasks;
  for (auto const& row : database.read(list_of_case, {party.value, id.value})) tasks.push_back(read_task(row));
  return tasks;
}

}  // namespace rcms::applications
