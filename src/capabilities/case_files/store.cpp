#include "capabilities/case_files/store.hpp"

#include <algorithm>
#include <map>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/save_statement.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/db/optional_value.hpp"
#include "foundation/search/search_words.hpp"

namespace rcms::case_files {

namespace json = boost::json;

namespace {

using db::instant_or_null;
using db::text_or_null;

db::Sql const find_file{
    "case_files.find",
    "SELECT f.party, f.case_id, f.side, f.partner, f.agreement, f.reference, f.partner_reference, f.state, f.state_before,"
    " f.stage, f.is_open, f.revision, f.author, f.owner, f.person_name, f.person_original, f.birth, f.sex, f.nationality,"
    " f.portrait, f.created_at, f.changed_at, f.submitted_on, f.next_due_on, f.next_due_kind, f.clock, f.reply, c.content,"
    " f.acts, f.step_since, f.tell_on, f.told, f.hold, f.error_claim"
    " FROM case_files f LEFT JOIN case_contents c ON c.party = f.party AND c.case_id = f.case_id"
    " WHERE f.party = $1 AND f.case_id = $2"};

db::Sql const insert_file{
    "case_files.insert",
    "INSERT INTO case_files (party, case_id, side, partner, agreement, reference, partner_reference, state, state_before, stage,"
    " is_open, revision, author, owner, person_name, person_original, birth, sex, nationality, portrait, created_at, changed_at,"
    " submitted_on, next_due_on, next_due_kind, clock, reply, acts, step_since, tell_on, told, held_until, hold,"
    " error_claim)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,"
    " $25, $26, $27, $28, $29, $30, $31, $32, $33, $34)"};

db::Sql const insert_content{"case_files.insert_content",
                             "INSERT INTO case_contents (party, case_id, content) VALUES ($1, $2, $3)"};

db::Sql const save_content{"case_files.save_content",
                           "UPDATE case_contents SET content = $3 WHERE party = $1 AND case_id = $2"};

db::Sql const select_deadlines{
    "case_files.deadlines",
    "SELECT id, kind, due_on, state, computed_at, computation FROM deadlines WHERE party = $1 AND case_id = $2"
    " ORDER BY computed_at, id"};

db::Sql const insert_deadline_row{
    "case_files.insert_deadline",
    "INSERT INTO deadlines (id, party, case_id, kind, due_on, state, computed_at, computation)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};

db::Sql const end_deadline_row{
    "case_files.end_deadline",
    "UPDATE deadlines SET state = $2, ended_at = $3 WHERE id = $1 AND state IN ('open', 'paused')"};

db::Sql const select_requests{
    "case_files.requests",
    "SELECT id, state, asked_at, due_on, answered_at, items FROM document_requests WHERE party = $1 AND case_id = $2"
    " ORDER BY asked_at, id"};

db::Sql const insert_request{
    "case_files.insert_request",
    "INSERT INTO document_requests (party, id, case_id, state, asked_at, due_on, answered_at, items)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};

db::Sql const save_request{
    "case_files.save_request",
    "UPDATE document_requests SET state = $3, answered_at = $4, items = $5 WHERE party = $1 AND id = $2 AND state <> 'closed'"};

db::Sql const select_gates{"case_files.gates",
                           "SELECT gate, status, evidence, reason, decided_by, decided_at FROM gate_decisions"
                           " WHERE party = $1 AND case_id = $2 ORDER BY gate, decided_at DESC, id DESC"};

db::Sql const select_notes{
    "case_files.notes",
    "SELECT id, author, written_at, body FROM case_notes WHERE party = $1 AND case_id = $2 ORDER BY written_at, id"};

db::Sql const insert_note_row{
    "case_files.insert_note",
    "INSERT INTO case_notes (id, party, case_id, author, written_at, body) VALUES ($1, $2, $3, $4, $5, $6)"};

db::Sql const select_overdue{"case_files.overdue",
                             "SELECT id, party, case_id, kind, due_on FROM deadlines WHERE state = 'open' AND due_on < $1"
                             " AND (due_on, id) > ($2, $3) ORDER BY due_on, id LIMIT 500"};


std::string clock_text(std::vector<ClockEvent> const& clock) {
  json::array events;
  for (auto const& event : clock) {
    json::object told{{"event", event.event}, {"at", event.at.ms}, {"note", event.note}, {"value", event.value}};
    if (!event.issued_on.empty()) told["issued_on"] = event.issued_on;
    if (!event.expires_on.empty()) told["expires_on"] = event.expires_on;
    if (!event.document_kind.empty()) told["document_kind"] = event.document_kind;
    if (!event.document_issuer.empty()) told["document_issuer"] = event.document_issuer;
    events.push_back(std::move(told));
  }
  return json::serialize(events);
}

std::vector<ClockEvent> read_clock(std::string const& text) {
  std::vector<ClockEvent> clock;
  auto const parsed = json::parse(text);  // named: a loop does not keep what its range is taken from
  for (auto const& value : parsed.as_array()) {
    auto const& event = value.as_object();
    clock.push_back({std::string(event.at("event").as_string()), Instant{event.at("at").as_int64()},
                     std::string(event.at("note").as_string()), static_cast<int>(event.at("value").as_int64()),
                     text_of(event, "issued_on"), text_of(event, "expires_on"), text_of(event, "document_kind"),
                     text_of(event, "document_issuer")});
  }
  return clock;
}

std::string acts_text(std::vector<PastAct> const& acts) {
  json::array list;
  for (auto const& act : acts) list.push_back(json::array{act.action, act.actor});
  return json::serialize(list);
}

std::vector<PastAct> read_acts(std::string const& text) {
  std::vector<PastAct> acts;
  auto const parsed = json::parse(text);  // named: a loop does not keep what its range is taken from
  for (auto const& value : parsed.as_array()) {
    acts.push_back({std::string(value.as_array().at(0).as_string()), std::string(value.as_array().at(1).as_string())});
  }
  return acts;
}

std::string object_text(json::object const& object) { return json::serialize(object); }

bool is_same(json::value const& one, json::value const& other);

/// Of contents in the same order, as a decision leaves those that it does not touch. OPTIMIZATION: the comparison of Boost copies
/// each member. Contents in another order count as different, which only writes them again.
bool is_same(json::object const& one, json::object const& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](auto const& left, auto const& right) {
    return left.key() == right.key() && is_same(left.value(), right.value());
  });
}

bool is_same(json::value const& one, json::value const& other) {
  if (one.is_object() && other.is_object()) return is_same(one.get_object(), other.get_object());
  if (!one.is_array() || !other.is_array()) return one == other;
  auto const& left = one.get_array();
  auto const& right = other.get_array();
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](json::value const& a, json::value const& b) { return is_same(a, b); });
}

db::Value object_or_null(json::object const& object) { return object.empty() ? db::Value() : db::Value(object_text(object)); }

db::Value hold_or_null(std::optional<Hold> const& hold) {
  if (!hold) return {};
  return object_text({{"until", hold->until}, {"reason", hold->reason}, {"by", hold->by.value}, {"at", hold->at.ms}});
}


Hold read_hold(std::string const& text) {
  auto const hold = json::parse(text).as_object();
  return {text_of(hold, "until"), text_of(hold, "reason"), UserId{text_of(hold, "by")}, Instant{hold.at("at").as_int64()}};
}

CaseFile read_file(db::Row const& row) {
  CaseFile file;
  file.party = PartyId{row.text(0)};
  file.id = CaseId{row.text(1)};
  file.side = row.text(2) == "requesting" ? Side::requesting : Side::requested;
  file.partner = PartyId{row.text(3)};
  file.agreement = row.text(4);
  file.reference = row.text(5);
  file.partner_reference = row.find_text(6).value_or("");
  file.state = row.text(7);
  file.state_before = row.find_text(8).value_or("");
  file.stage = row.text(9);
  file.is_open = row.integer(10) != 0;
  file.revision = row.integer(11);
  file.author = UserId{row.find_text(12).value_or("")};
  file.owner = UserId{row.find_text(13).value_or("")};
  file.person = {row.text(14), row.text(15), row.text(16), row.text(17), row.text(18)};
  file.portrait = row.find_text(19).value_or("");
  file.created_at = Instant{row.integer(20)};
  file.changed_at = Instant{row.integer(21)};
  file.submitted_on = row.find_text(22).value_or("");
  file.next_due_on = row.find_text(23).value_or("");
  file.next_due_kind = row.find_text(24).value_or("");
  file.clock = read_clock(row.text(25));
  if (auto reply = row.find_text(26)) file.reply = json::parse(*reply).as_object();
  file.content = json::parse(row.text(27)).as_object();
  file.acts = read_acts(row.text(28));
  if (auto const since = row.find_integer(29)) file.step_since = Instant{*since};
  file.tell_on = row.find_text(30).value_or("");
  file.told = static_cast<int>(row.integer(31));
  if (auto const hold = row.find_text(32)) file.hold = read_hold(*hold);
  if (auto const claim = row.find_text(33)) file.error_claim = json::parse(*claim).as_object();
  return file;
}

}  // namespace

std::optional<CaseFile> find_case_file(db::Database& database, PartyId const& party, CaseId const& id) {
  auto const row = database.find(find_file, {party.value, id.value});
  if (!row) return std::nullopt;
  return read_file(*row);
}

std::optional<CaseFile> find_case_file(db::Database& database, PartyId const& party, Side side, CaseId const& id) {
  auto file = find_case_file(database, party, id);
  if (file && file->side != side) return std::nullopt;
  return file;
}

void insert_case_file(db::Command& command, CaseFile const& file) {
  command.add(insert_file,
              {file.party.value, file.id.value, name_of(file.side), file.partner.value, file.agreement, file.reference,
               text_or_null(file.partner_reference), file.state, text_or_null(file.state_before), file.stage,
               std::int64_t{file.is_open ? 1 : 0}, file.revision, text_or_null(file.author.value),
               text_or_null(file.owner.value), file.person.name, file.person.original, file.person.birth, file.person.sex,
               file.person.nationality, text_or_null(file.portrait), file.created_at.ms, file.changed_at.ms,
               text_or_null(file.submitted_on), text_or_null(file.next_due_on), text_or_null(file.next_due_kind),
               clock_text(file.clock), object_or_null(file.reply),
               acts_text(file.acts), instant_or_null(file.step_since), text_or_null(file.tell_on), std::int64_t{file.told},
               text_or_null(file.hold ? file.hold->until : std::string()), hold_or_null(file.hold),
               object_or_null(file.error_claim)});
  command.add(insert_content, {file.party.value, file.id.value, object_text(file.content)});
  search::add_words(command, file.party, name_of(file.side), file.id.value, search_words_of(file));
}

void save_case_file(db::Command& command, CaseFile const& before, CaseFile& after) {
  after.revision = before.revision + 1;
  auto const held_until = [](CaseFile const& file) { return file.hold ? file.hold->until : std::string(); };
  auto const free = [](std::string_view column, db::Value value) { return ColumnValue{column, std::move(value), true, false}; };
  auto const indexed = [](std::string_view column, db::Value value, bool changed) {
    return ColumnValue{column, std::move(value), changed, true};
  };
  auto const save = make_save_statement(
      before,
      {free("revision", after.revision), free("partner_reference", text_or_null(after.partner_reference)),
       indexed("state", after.state, after.state != before.state), free("state_before", text_or_null(after.state_before)),
       indexed("stage", after.stage, after.stage != before.stage),
       indexed("is_open", std::int64_t{after.is_open ? 1 : 0}, after.is_open != before.is_open),
       indexed("owner", text_or_null(after.owner.value), after.owner != before.owner),
       indexed("person_name", after.person.name, after.person.name != before.person.name),
       free("person_original", after.person.original), free("birth", after.person.birth), free("sex", after.person.sex),
       free("nationality", after.person.nationality), free("portrait", text_or_null(after.portrait)),
       indexed("changed_at", after.changed_at.ms, after.changed_at != before.changed_at),
       free("submitted_on", text_or_null(after.submitted_on)),
       indexed("next_due_on", text_or_null(after.next_due_on), after.next_due_on != before.next_due_on),
       free("next_due_kind", text_or_null(after.next_due_kind)), free("clock", clock_text(after.clock)),
       free("reply", object_or_null(after.reply)),
       free("acts", acts_text(after.acts)), free("step_since", instant_or_null(after.step_since)),
       indexed("tell_on", text_or_null(after.tell_on), after.tell_on != before.tell_on), free("told", std::int64_t{after.told}),
       indexed("held_until", text_or_null(held_until(after)), held_until(after) != held_until(before)),
       free("hold", hold_or_null(after.hold)), free("error_claim", object_or_null(after.error_claim))});
  command.add_expecting(*save.sql, save.values);
  bool const same_content = is_same(after.content, before.content);
  if (!same_content) command.add_expecting(save_content, {after.party.value, after.id.value, object_text(after.content)});
  // OPTIMIZATION: the words follow from these alone; most acts change none of them.
  bool const same_words = same_content && after.reference == before.reference &&
                          after.partner_reference == before.partner_reference && after.person.birth == before.person.birth;
  if (same_words) return;
  search::change_words(command, after.party, name_of(after.side), after.id.value, search_words_of(before),
                       search_words_of(after));
}

std::vector<DeadlineRecord> list_deadlines(db::Database& database, PartyId const& party, CaseId const& id) {
  std::vector<DeadlineRecord> deadlines;
  for (auto const& row : database.read(select_deadlines, {party.value, id.value})) {
    deadlines.push_back({row.text(0), row.text(1), Date::parse(row.find_text(2).value_or("")), row.text(3),
                         Instant{row.integer(4)}, json::parse(row.text(5)).as_object()});
  }
  return deadlines;
}

void insert_deadline(db::Command& command, CaseFile const& file, DeadlineRecord const& deadline) {
  command.add(insert_deadline_row, {deadline.id, file.party.value, file.id.value, deadline.kind,
                                    deadline.due_on ? db::Value(deadline.due_on->text()) : db::Value(), deadline.state,
                                    deadline.computed_at.ms, object_text(deadline.computation)});
}

void end_deadline(db::Command& command, std::string const& id, std::string_view state, Instant at) {
  command.add_expecting(end_deadline_row, {id, std::string(state), at.ms});
}

std::vector<DocumentRequest> list_document_requests(db::Database& database, PartyId const& party, CaseId const& id) {
  std::vector<DocumentRequest> requests;
  for (auto const& row : database.read(select_requests, {party.value, id.value})) {
    DocumentRequest request;
    request.id = row.text(0);
    request.state = row.text(1);
    request.asked_at = Instant{row.integer(2)};
    request.due_on = row.find_text(3).value_or("");
    if (auto at = row.find_integer(4)) request.answered_at = Instant{*at};
    request.items = read_items(json::parse(row.text(5)));
    requests.push_back(std::move(request));
  }
  return requests;
}

void insert_document_request(db::Command& command, CaseFile const& file, DocumentRequest const& request) {
  command.add(insert_request, {file.party.value, request.id, file.id.value, request.state, request.asked_at.ms,
                               text_or_null(request.due_on),
                               request.answered_at ? db::Value(request.answered_at->ms) : db::Value(),
                               json::serialize(items_json(request.items))});
}

void save_document_request(db::Command& command, CaseFile const& file, DocumentRequest const& request) {
  command.add_expecting(save_request, {file.party.value, request.id, request.state,
                                       request.answered_at ? db::Value(request.answered_at->ms) : db::Value(),
                                       json::serialize(items_json(request.items))});
}

std::vector<GateDecision> list_gate_decisions(db::Database& database, PartyId const& party, CaseId const& id) {
  std::vector<GateDecision> decisions;
  for (auto const& row : database.read(select_gates, {party.value, id.value})) {
    if (!decisions.empty() && decisions.back().gate == row.text(0)) continue;
    decisions.push_back({row.text(0), row.text(1), json::value_to<std::map<std::string, std::string>>(json::parse(row.text(2))),
                         row.text(3), UserId{row.text(4)}, Instant{row.integer(5)}});
  }
  return decisions;
}

std::vector<Note> list_notes(db::Database& database, PartyId const& party, CaseId const& id) {
  std::vector<Note> notes;
  for (auto const& row : database.read(select_notes, {party.value, id.value})) {
    notes.push_back({row.text(0), UserId{row.text(1)}, Instant{row.integer(2)}, row.text(3)});
  }
  return notes;
}

void insert_note(db::Command& command, CaseFile const& file, Note const& note) {
  command.add(insert_note_row, {note.id, file.party.value, file.id.value, note.author.value, note.written_at.ms, note.body});
}

std::vector<OverdueDeadline> list_overdue(db::Database& database, Date day, OverdueDeadline const* after) {
  std::vector<OverdueDeadline> overdue;
  auto const from_day = after == nullptr ? std::string() : after->due_on.text();
  auto const from_id = after == nullptr ? std::string() : after->id;
  for (auto const& row : database.read(select_overdue, {day.text(), from_day, from_id})) {
    overdue.push_back({row.text(0), PartyId{row.text(1)}, CaseId{row.text(2)}, row.text(3), Date::parse(row.text(4)).value()});
  }
  return overdue;
}

}  // namespace rcms::case_files
