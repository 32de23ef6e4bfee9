#include "capabilities/case_files/tomorrow.hpp"

#include "capabilities/case_files/step.hpp"
#include "norms/agreements/calendar.hpp"

namespace rcms::case_files {

namespace {

constexpr int longest_rest_days = 30;
constexpr int saturday = 6;

db::Sql const find_reminder{"reminders.find", "SELECT told_at FROM reminders WHERE party = $1 AND subject = $2 AND day = $3"};
db::Sql const insert_reminder{"reminders.insert", "INSERT INTO reminders (party, subject, day, told_at) VALUES ($1, $2, $3, $4)"};
db::Sql const forget{"reminders.forget", "DELETE FROM reminders WHERE day < $1"};
db::Sql const list_terms{
    "reminders.terms",
    "SELECT d.id, d.case_id, d.kind, d.due_on, f.side FROM deadlines d"
    " JOIN case_files f ON f.party = d.party AND f.case_id = d.case_id"
    " WHERE d.state = 'open' AND d.due_on > $2 AND d.due_on <= $3 AND d.party = $1 AND NOT EXISTS"
    " (SELECT 1 FROM reminders r WHERE r.party = d.party AND r.subject = 'term:' || d.case_id || ':' || d.kind"
    " AND r.day = d.due_on) ORDER BY d.due_on, d.id LIMIT 200"};

db::Sql const list_requests{
    "reminders.requests",
    "SELECT q.id, q.case_id, q.due_on FROM document_requests q JOIN case_files f ON f.party = q.party AND f.case_id = q.case_id"
    " WHERE q.party = $1 AND q.state = 'open' AND q.due_on > $2 AND q.due_on <= $3 AND f.side = 'requesting' AND f.is_open = 1"
    " AND NOT EXISTS (SELECT 1 FROM reminders r WHERE r.party = q.party AND r.subject = 'request:' || q.id AND r.day = q.due_on)"
    " ORDER BY q.due_on, q.id LIMIT 200"};

bool is_free(agreements::Calendar const* calendar, Date day) {
  if (calendar == nullptr) return day.weekday() >= saturday;
  return agreements::is_weekend(*calendar, day) || agreements::find_holiday(*calendar, day) != nullptr;
}

struct Term {
  CaseId id;
  std::string kind;
  Date due;
  Side side = Side::requesting;
  std::string subject() const { return "term:" + id.value + ":" + kind; }
};

/// One entry in the file, with the note that it was told; only the note where the other State has to act.
void tell(Context const& context, PartyId const& party, Term const& term) {
  auto const now = context.clock.now();
  auto const told = act_as(context, party, term.side, term.id, std::nullopt, {{}, "clock"},
                           [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    if (was_reminded(context.database, party, term.subject(), term.due)) return refuse(Why::already_exists);
    if (ball_of(context.norms.process, before) != name_of(term.side)) return refuse(Why::wrong_step);
    add_reminder(more, party, term.subject(), term.due, now);
    Decision decision;
    decision.after = before;
    decision.action = "term_tomorrow";
    decision.told["term"] = term.kind;
    decision.told["due_on"] = term.due.text();
    decision.keeps_place = true;
    return decision;
  });
  if (told || told.error().why == Why::already_exists) return;
  db::Command command;
  add_reminder(command, party, term.subject(), term.due, now);
  (void)context.database.write(command);
}

}  // namespace

std::optional<Tomorrow> tomorrow_of(agreements::Calendar const* calendar, Date today) {
  if (is_free(calendar, today)) return std::nullopt;
  auto until = today.plus_days(1);
  for (int days = 1; days < longest_rest_days && is_free(calendar, until); ++days) until = until.plus_days(1);
  return Tomorrow{today, until};
}

std::optional<Tomorrow> tomorrow_of(Context const& context, PartyId const& party) {
  return tomorrow_of(desks_of(context, party).calendar, today_of(context, party));
}

bool was_reminded(db::Database& database, PartyId const& party, std::string const& subject, Date day) {
  return database.find(find_reminder, {party.value, subject, day.text()}).has_value();
}

void add_reminder(db::Command& command, PartyId const& party, std::string const& subject, Date day, Instant now) {
  command.add(insert_reminder, {party.value, subject, day.text(), now.ms});
}

void forget_reminders(db::Database& database, Date day) {
  db::Command command;
  command.add(forget, {day.text()});
  (void)database.write(command);
}

bool tell_once(Context const& context, PartyId const& party, DueTomorrow const& due) {
  if (was_reminded(context.database, party, due.subject, due.day)) return false;
  auto const now = context.clock.now();
  auto const told = act_as(context, party, due.side, due.id, std::nullopt, {{}, "clock"},
                           [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    if (was_reminded(context.database, party, due.subject, due.day)) return refuse(Why::already_exists);
    add_reminder(more, party, due.subject, due.day, now);
    Decision decision;
    decision.after = before;
    decision.action = due.action;
    decision.told = due.told;
    decision.told["day"] = due.day.text();
    decision.keeps_place = true;
    return decision;
  });
  return told.has_value();
}

std::size_t tell_requests_of_tomorrow(Context const& context) {
  std::size_t told = 0;
  for (auto const& party : context.directory.parties()) {
    auto const days = party.hosted ? tomorrow_of(context, party.id) : std::nullopt;
    if (!days) continue;
    for (auto const& row : context.database.read(list_requests, {party.id.value, days->today.text(), days->until.text()})) {
      DueTomorrow const due{Side::requesting, CaseId{row.text(1)}, "request:" + row.text(0), "answer_tomorrow",
                            {{"request", row.text(0)}}, Date::parse(row.text(2)).value()};
      if (tell_once(context, party.id, due)) ++told;
    }
  }
  return told;
}

std::size_t tell_terms_of_tomorrow(Context const& context) {
  std::size_t looked_at = 0;
  for (auto const& party : context.directory.parties()) {
    if (!party.hosted) continue;
    auto const days = tomorrow_of(context, party.id);
    if (!days) continue;
    for (auto const& row : context.database.read(list_terms, {party.id.value, days->today.text(), days->until.text()})) {
      Term term{CaseId{row.text(1)}, row.text(2), Date::parse(row.text(3)).value(),
                row.text(4) == "requesting" ? Side::requesting : Side::requested};
      tell(context, party.id, term);
      ++looked_at;
    }
  }
  return looked_at;
}

}  // namespace rcms::case_files
