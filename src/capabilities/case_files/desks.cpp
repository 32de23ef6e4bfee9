#include "capabilities/case_files/desks.hpp"

#include <algorithm>

#include "capabilities/case_files/covering.hpp"
#include "foundation/access/store.hpp"

namespace rcms::case_files {

namespace {

constexpr std::size_t page = 200;

db::Sql const list_to_tell{"desks.to_tell",
                           "SELECT tell_on, case_id, party FROM case_files WHERE tell_on > '1970-01-01' AND tell_on <= $1"
                           " AND (tell_on, case_id, party) > ($2, $3, $4) ORDER BY tell_on, case_id, party LIMIT 200"};
db::Sql const list_held{"desks.held",
                        "SELECT held_until, case_id, party FROM case_files WHERE held_until IS NOT NULL AND held_until <= $1"
                        " AND (held_until, case_id, party) > ($2, $3, $4) ORDER BY held_until, case_id, party LIMIT 200"};
db::Sql const list_to_begin{"desks.to_begin",
                            "SELECT case_id, party, side, state, is_open, revision, nationality FROM case_files"
                            " WHERE tell_on = '1970-01-01' LIMIT 250"};
db::Sql const begin_to_wait{"desks.begin_to_wait",
                            "UPDATE case_files SET step_since = $3, tell_on = $4 WHERE party = $1 AND case_id = $2"
                            " AND revision = $5"};
db::Sql const count_held_by_state{"desks.count_held",
                                  "SELECT state, count(*) FROM case_files WHERE party = $1 AND side = $2"
                                  " AND held_until IS NOT NULL GROUP BY state"};
db::Sql const count_held_of_owner{"desks.count_held_of",
                                  "SELECT count(*) FROM (SELECT 1 FROM case_files WHERE party = $1 AND owner = $2 AND is_open = 1"
                                  " AND held_until IS NOT NULL LIMIT 10000) AS held"};
db::Sql const count_open_of_owner{"desks.count_open_of",
                                  "SELECT count(*) FROM (SELECT 1 FROM case_files WHERE party = $1 AND owner = $2 AND is_open = 1"
                                  " AND coalesce(side, '') = $3 AND held_until IS NULL LIMIT 10000) AS open_files"};

struct DueFile {
  std::string on;
  CaseId id;
  PartyId party;
};

/// The day in that State of this node where it is latest.
std::string latest_day(Context const& context) {
  std::string latest;
  for (auto const& party : context.directory.parties()) latest = std::max(latest, today_of(context, party.id).text());
  return latest;
}

/// Files whose day has come somewhere, the oldest first; the next page begins after the last.
std::vector<DueFile> list_due(Context const& context, db::Sql const& sql, DueFile const& after) {
  std::vector<DueFile> due;
  for (auto const& row : context.database.read(sql, {latest_day(context), after.on, after.id.value, after.party.value}))
    due.push_back({row.text(0), CaseId{row.text(1)}, PartyId{row.text(2)}});
  return due;
}

/// The person who is told first: in charge, else who wrote it, while they are active people of the State.
Answerable answerable_of(Context const& context, CaseFile const& file) {
  access::Viewer nobody;
  nobody.party = file.party;
  Answerable answerable;
  for (auto const& id : {file.owner, file.author}) {
    auto const user = id.empty() ? std::nullopt : access::find_user(context.database, nobody, id);
    if (!user || !user->active) continue;
    answerable.officer = id;
    break;
  }
  if (answerable.officer.empty()) return answerable;
  if (auto const absence = find_absence(context.database, answerable.officer, today_of(context, file.party)))
    answerable.cover = absence->cover;
  answerable.supervisor = find_supervisor(context.database, answerable.officer);
  return answerable;
}

/// Whether anything was done: on another day than its State's nothing is.
bool tell(Context const& context, DueFile const& due) {
  auto const file = find_case_file(context.database, due.party, due.id);
  if (!file) return false;
  auto const told = act_as(context, due.party, file->side, due.id, std::nullopt, {{}, "clock"},
                           [&](CaseFile const& before, db::Command&) {
                             return decide_telling(desks_of(context, due.party), before, answerable_of(context, before));
                           });
  return told.has_value();
}

bool bring_back(Context const& context, DueFile const& due) {
  auto const file = find_case_file(context.database, due.party, due.id);
  if (!file) return false;
  auto const back = act_as(context, due.party, file->side, due.id, std::nullopt, {{}, "clock"},
                           [&](CaseFile const& before, db::Command&) {
                             return decide_return(desks_of(context, due.party), before);
                           });
  return back.has_value();
}

template <class Deal>
std::size_t deal_with(Context const& context, db::Sql const& sql, Deal deal) {
  std::size_t dealt = 0;
  DueFile last;
  for (auto due = list_due(context, sql, last); !due.empty() && dealt < page; due = list_due(context, sql, last)) {
    for (auto const& one : due) {
      if (one.on <= today_of(context, one.party).text() && deal(context, one)) ++dealt;
    }
    last = due.back();
    if (due.size() < page) break;
  }
  return dealt;
}

}  // namespace

Result<CaseFile> hold(Context const& context, access::Viewer const& viewer, Side side, CaseId const& id, HoldInput const& input,
                      std::optional<std::int64_t> if_match) {
  return act(context, viewer, side, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_hold(context.norms.process, desks_of(context, before.party), before, input, viewer);
  });
}

Result<CaseFile> end_hold(Context const& context, access::Viewer const& viewer, Side side, CaseId const& id,
                          std::optional<std::int64_t> if_match) {
  return act(context, viewer, side, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_end_of_hold(context.norms.process, before, viewer, context.clock.now());
  });
}

Result<CaseFile> assign(Context const& context, access::Viewer const& viewer, Side side, CaseId const& id, UserId const& owner,
                        std::optional<std::int64_t> if_match) {
  if (!find_case_file(context.database, viewer.party, side, id)) return refuse(Why::not_found);
  auto const user = access::find_user(context.database, viewer, owner);
  std::string_view const needed = side == Side::requesting ? "case.read" : "application.read";
  bool const reads = user && user->active && permissions::permissions_of(context.norms.roles, user->roles).contains(needed);
  if (!reads) {
    auto const* detail = side == Side::requesting ? "choose an active officer of your State who works on cases"
                                                  : "choose an active officer of your State who works on applications";
    return refuse(Why::field_invalid, "user", detail);
  }
  return act(context, viewer, side, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_assignment(context.norms.process, before, owner, viewer, context.clock.now());
  });
}

Assigned assign_several(Context const& context, access::Viewer const& viewer, Side side, std::vector<std::string> const& ids,
                        UserId const& owner) {
  Assigned answer;
  for (auto const& text : ids) {
    auto const id = CaseId::parse(text);
    auto const done = id ? assign(context, viewer, side, *id, owner, std::nullopt) : refuse(Why::not_found);
    if (done) {
      answer.done.push_back(text);
      continue;
    }
    auto const file = id ? find_case_file(context.database, viewer.party, side, *id) : std::nullopt;
    answer.refused.push_back({text, file ? file->reference : std::string(), done.error()});
  }
  return answer;
}

std::size_t begin_waiting(Context const& context) {
  db::Command command;
  for (auto const& row : context.database.read(list_to_begin)) {
    CaseFile file;
    file.party = PartyId{row.text(1)};
    file.side = row.text(2) == "requesting" ? Side::requesting : Side::requested;
    file.state = row.text(3);
    file.is_open = row.integer(4) != 0;
    file.person.nationality = row.text(6);
    auto const desks = desks_of(context, file.party);
    keep_waiting(desks, nullptr, file);
    auto const tell_on = file.tell_on.empty() ? db::Value() : db::Value(file.tell_on);
    command.add(begin_to_wait, {row.text(1), row.text(0), desks.now.ms, tell_on, row.integer(5)});
  }
  if (!command.empty()) (void)context.database.write(command);
  return command.statements().size();
}

std::size_t look_at_desks(Context const& context) {
  return deal_with(context, list_held, bring_back) + deal_with(context, list_to_tell, tell);
}

std::map<std::string, std::int64_t> count_on_hold(db::Database& database, PartyId const& party, Side side) {
  std::map<std::string, std::int64_t> counts;
  for (auto const& row : database.read(count_held_by_state, {party.value, name_of(side)})) counts[row.text(0)] = row.integer(1);
  return counts;
}

std::int64_t count_held_of(db::Database& database, PartyId const& party, UserId const& owner) {
  return database.find(count_held_of_owner, {party.value, owner.value})->integer(0);
}

std::int64_t count_open_of(db::Database& database, PartyId const& party, Side side, UserId const& owner) {
  return database.find(count_open_of_owner, {party.value, owner.value, name_of(side)})->integer(0);
}

std::vector<db::Sql> questions_of_the_clock() { return {list_to_tell, list_held, list_to_begin}; }

}  // namespace rcms::case_files
