#include "capabilities/interviews/minutes_actions.hpp"

#include <boost/json.hpp>

#include "capabilities/applications/tasks.hpp"
#include "capabilities/interviews/appointment.hpp"
#include "foundation/base/json_read.hpp"
#include "norms/forms/content.hpp"

namespace rcms::interviews {

namespace json = boost::json;
using case_files::CaseFile;
using case_files::Decision;
using case_files::Side;

namespace {

db::Sql const select_versions{
    "interviews.minutes",
    "SELECT party, interview, version, state, content, content_hash, signatures, written_by, written_at, closed_at, revision"
    " FROM interview_minutes WHERE interview = $1 ORDER BY version DESC LIMIT 50"};
db::Sql const insert_version{
    "interviews.insert_minutes",
    "INSERT INTO interview_minutes (party, interview, version, state, content, content_hash, signatures, written_by, written_at,"
    " closed_at, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)"};
db::Sql const update_version{
    "interviews.save_minutes",
    "UPDATE interview_minutes SET state = $4, content = $5, content_hash = $6, signatures = $7, written_by = $8,"
    " written_at = $9, closed_at = $10, revision = revision + 1 WHERE party = $1 AND interview = $2 AND version = $3"
    " AND revision = $11"};
db::Sql const replace_versions{"interviews.replace_minutes",
                               "UPDATE interview_minutes SET state = 'replaced', revision = revision + 1"
                               " WHERE interview = $1 AND version < $2 AND state <> 'replaced'"};

std::string render(std::vector<Signature> const& signatures) {
  json::array list;
  for (auto const& one : signatures) {
    json::object item{{"role", one.role}, {"user", one.user.value}, {"name", one.name},
                      {"mark", one.mark}, {"reason", one.reason},   {"recorded_by", one.recorded_by.value}};
    if (one.at) item["at"] = one.at->ms;
    list.push_back(std::move(item));
  }
  return json::serialize(list);
}

std::vector<Signature> read_signatures(std::string const& text) {
  std::vector<Signature> signatures;
  auto const list = json::parse(text);
  for (auto const& one : list.as_array()) {
    Signature signature{text_at(one, "role"), UserId{text_at(one, "user")}, text_at(one, "name"), text_at(one, "mark"),
                        text_at(one, "reason"), UserId{text_at(one, "recorded_by")}, std::nullopt};
    if (auto const at = find_whole(one, "at")) signature.at = Instant{*at};
    signatures.push_back(std::move(signature));
  }
  return signatures;
}

Minutes read_minutes(db::Row const& row) {
  Minutes minutes;
  minutes.party = PartyId{row.text(0)};
  minutes.interview = InterviewId{row.text(1)};
  minutes.version = static_cast<int>(row.integer(2));
  minutes.state = row.text(3);
  minutes.content = json::parse(row.text(4)).as_object();
  minutes.content_hash = row.text(5);
  minutes.signatures = read_signatures(row.text(6));
  minutes.written_by = UserId{row.text(7)};
  minutes.written_at = Instant{row.integer(8)};
  if (auto const at = row.find_integer(9)) minutes.closed_at = Instant{*at};
  minutes.revision = row.integer(10);
  return minutes;
}

void save_minutes(db::Command& command, Minutes const& minutes) {
  db::Values values{minutes.party.value, minutes.interview.value, std::int64_t{minutes.version}, minutes.state,
                    json::serialize(minutes.content), minutes.content_hash, render(minutes.signatures), minutes.written_by.value,
                    minutes.written_at.ms, minutes.closed_at ? db::Value(minutes.closed_at->ms) : db::Value()};
  if (minutes.revision == 0) {
    command.add(insert_version, std::move(values));
    command.add(replace_versions, {minutes.interview.value, std::int64_t{minutes.version}});
  } else {
    values.emplace_back(minutes.revision);
    command.add_expecting(update_version, std::move(values));
  }
}

/// Every defect of the form but of who signed and when.
Findings defects_of(Context const& context, PartyId const& party, json::object const& content) {
  auto const& form = context.norms.forms.at("interview_minutes");
  auto findings = forms::check_content(form, context.norms.codes, json::value(content), {}, forms::Demand::complete,
                                       case_files::today_of(context, party));
  std::erase_if(findings, [](auto const& one) { return one.field == "minutes.signed_by" || one.field == "minutes.signed_on"; });
  return findings;
}

Decision about(CaseFile const& before, Minutes const& minutes, std::string action) {
  Decision decision;
  decision.after = before;
  decision.action = std::move(action);
  decision.told["interview"] = minutes.interview.value;
  decision.told["version"] = minutes.version;
  decision.told["sha256"] = minutes.content_hash;
  return decision;
}

/// The first official who has still to sign, but for the one who wrote it.
UserId next_signer(Minutes const& minutes, UserId const& writer) {
  for (auto const& one : minutes.signatures) {
    if (!one.user.empty() && one.user != writer && one.mark.empty()) return one.user;
  }
  return {};
}

}  // namespace

std::vector<Minutes> list_minutes(db::Database& database, InterviewId const& id) {
  std::vector<Minutes> all;
  for (auto const& row : database.read(select_versions, {id.value})) all.push_back(read_minutes(row));
  return all;
}

std::optional<Minutes> find_minutes(db::Database& database, InterviewId const& id) {
  auto all = list_minutes(database, id);
  if (all.empty()) return std::nullopt;
  return std::move(all.front());
}

tl::expected<Minutes, Findings> write_minutes(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                              json::object const& input) {
  auto const row = find_visible(context, viewer, id);
  if (!row) return tl::unexpected(Findings{{Why::not_found, {}, {}, {}}});
  auto const content = forms::normalise_content(context.norms.forms.at("interview_minutes"), json::value(input)).as_object();
  auto defects = defects_of(context, viewer.party, content);
  auto const place = find_place(context.database, row->interview.party, row->interview.place);
  auto const zone = place ? place->time_zone : context.directory.get_party(viewer.party).time_zone;
  auto const late = check_held_at(row->interview, content, zone, context.clock.now());
  defects.insert(defects.end(), late.begin(), late.end());
  auto const answer = case_files::act(context, viewer, Side::requested, row->interview.case_id, std::nullopt,
                                      [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const current = find_visible(context, viewer, id);
    if (!current) return refuse(Why::not_found);
    auto const written = decide_minutes(current->interview, find_minutes(context.database, id), content, defects,
                                        current->task_state == "open", current->person, viewer, context.clock.now());
    if (!written) return tl::unexpected(written.error());
    auto interview = current->interview;
    interview.minutes_state = "signing";
    interview.changed_at = context.clock.now();
    save_interview_record(more, interview);
    save_minutes(more, *written);
    auto decision = about(before, *written, "minutes_written");
    decision.told["task_id"] = interview.task.value;
    decision.told["assignee"] = next_signer(*written, viewer.user).value;
    return decision;
  });
  if (answer) return *find_minutes(context.database, id);
  bool const is_defect = !defects.empty() && answer.error() == defects.front();
  return tl::unexpected(is_defect ? std::move(defects) : Findings{answer.error()});
}

Result<Minutes> mark_minutes(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                             MarkInput const& input) {
  auto const row = find_visible(context, viewer, id);
  if (!row) return refuse(Why::not_found);
  auto const answer = case_files::act(context, viewer, Side::requested, row->interview.case_id, std::nullopt,
                                      [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const current = find_visible(context, viewer, id);
    auto const minutes = find_minutes(context.database, id);
    if (!current || !minutes) return refuse(Why::not_found);
    auto const now = context.clock.now();
    auto const marked = decide_mark(current->interview, *minutes, input, viewer, now);
    if (!marked) return tl::unexpected(marked.error());
    save_minutes(more, *marked);
    bool const is_closed = marked->state == "closed";
    auto decision = about(before, *marked, is_closed ? "minutes_closed" : "minutes_signed");
    decision.told["role"] = input.role;
    decision.told["mark"] = input.mark;
    if (!is_closed) return decision;
    auto interview = current->interview;
    interview.minutes_state = "closed";
    interview.changed_at = now;
    save_interview_record(more, interview);
    auto body = body_of(interview, Place{}, "minutes_signed");
    body["signed_on"] = case_files::today_of(context, viewer.party).text();
    body["sha256"] = marked->content_hash;
    decision.sending = case_files::Sending{exchange::EnvelopeKind::appointment, std::move(body), {}};
    return decision;
  });
  if (!answer) return tl::unexpected(answer.error());
  return *find_minutes(context.database, id);
}

tl::expected<InterviewRow, Findings> give_result(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                                 std::string const& outcome, std::string const& note) {
  auto const refused = [](Refused one) { return tl::unexpected(Findings{std::move(one)}); };
  auto const row = find_visible(context, viewer, id);
  if (!row) return refused({Why::not_found, {}, {}, {}});
  auto const minutes = find_minutes(context.database, id);
  if (!minutes || minutes->state != "closed")
    return refused({Why::wrong_step, "minutes", "the minutes are not signed by everybody who was present", {}});
  auto const closed_on = date_in_zone(minutes->closed_at.value_or(minutes->written_at),
                                      context.directory.get_party(viewer.party).time_zone);
  applications::TaskResult result;
  result.outcome = outcome;
  result.note = note;
  result.minutes = with_signatures(*minutes, closed_on);
  result.is_signed = true;
  auto const done = applications::complete_task(context, viewer, row->interview.task, std::move(result));
  if (!done) return tl::unexpected(done.error());
  return *find_interview(context.database, viewer.party, id);
}

}  // namespace rcms::interviews
