#include "capabilities/travel_documents/key_opening.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::travel_documents {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;

db::Sql const select_openings{"travel_documents.key_openings",
                              "SELECT event, at, acted_by FROM key_openings WHERE party = $1 AND at > $2 ORDER BY step"};
db::Sql const insert_opening{
    "travel_documents.insert_key_opening",
    "INSERT INTO key_openings (party, step, event, at, acted_by)"
    " SELECT $1, 1 + coalesce((SELECT max(k.step) FROM key_openings k WHERE k.party = $1), 0), $2, CAST($3 AS bigint), $4"};

std::vector<KeyEvent> events_since(Desk const& desk, PartyId const& party, Instant since) {
  std::vector<KeyEvent> events;
  for (auto const& row : desk.context.database.read(select_openings, {party.value, since.ms}))
    events.push_back({row.text(0) == "opened", UserId{row.text(2)}, Instant{row.integer(1)}});
  return events;
}

/// Writes that the viewer opened or closed the key, when `check` of its state has no objection.
template <class Check>
Result<KeyState> change_key(Desk& desk, access::Viewer const& viewer, char const* event, Check const& check) {
  if (!viewer.may("document.key")) return refuse(Why::not_permitted, {}, "needs document.key");
  auto const subject = ledger::subject_of("sealing_key", viewer.party.value);
  return ledger::carry_out(desk.context.database, {subject}, [&]() -> Result<ledger::Decided<KeyState>> {
    auto const now = desk.context.clock.now();
    auto const before = key_state_of(desk, viewer.party, now);
    if (before.persons == 1) return refuse(Why::wrong_step, {}, "the sealing key of your State stands open: one person issues");
    if (Result<void> const fine = check(before); !fine) return tl::unexpected(fine.error());
    ledger::Decided<KeyState> decided;
    decided.command.add(insert_opening, {viewer.party.value, event, now.ms, viewer.user.value});
    decided.entries.push_back({.subject = subject,
                               .party = viewer.party,
                               .actor = viewer.user.value,
                               .action = std::string("sealing_key.") + event,
                               .source = {},
                               .content = "{}",
                               .revision = 0,
                               .at = now});
    auto events = before.openers;
    events.push_back({std::string_view(event) == "opened", viewer.user, now});
    decided.answer = decide_key_state(before.persons, std::move(events), now);
    return decided;
  });
}

}  // namespace

KeyState decide_key_state(int persons, std::vector<KeyEvent> events, Instant now) {
  KeyState state;
  state.persons = persons;
  // Of two at the same instant the closing counts last.
  std::stable_sort(events.begin(), events.end(), [](auto const& left, auto const& right) {
    return left.at.ms != right.at.ms ? left.at.ms < right.at.ms : left.opens && !right.opens;
  });
  auto const since = now.ms - key_open_hours * hour_ms;
  for (auto const& event : events) {
    if (event.at.ms > now.ms) continue;
    if (!event.opens) {
      state.openers.clear();
    } else if (event.at.ms > since) {
      std::erase_if(state.openers, [&](auto const& one) { return one.by == event.by; });
      state.openers.insert(state.openers.begin(), event);
    }
  }
  auto const needed = static_cast<std::size_t>(persons);
  if (persons > 1 && state.openers.size() >= needed)
    state.until = Instant{state.openers[needed - 1].at.ms + key_open_hours * hour_ms};
  return state;
}

KeyState key_state_of(Desk const& desk, PartyId const& party, Instant now) {
  auto const persons = desk.keys.settings(desk.context.directory.get_party(party).code).persons;
  if (persons == 1) return decide_key_state(1, {}, now);
  return decide_key_state(persons, events_since(desk, party, Instant{now.ms - key_open_hours * hour_ms}), now);
}

Result<void> check_key_open(Desk const& desk, PartyId const& party, Instant now) {
  auto const state = key_state_of(desk, party, now);
  if (state.is_open()) return {};
  auto const missing = static_cast<std::size_t>(state.persons) - state.openers.size();
  return refuse(Why::wrong_step, {},
                missing > 1 ? "the sealing key is closed: two officers have to open it first"
                            : "the sealing key is closed: a second officer has to open it first");
}

Result<KeyState> open_key(Desk& desk, access::Viewer const& viewer) {
  return change_key(desk, viewer, "opened", [&](KeyState const& before) -> Result<void> {
    bool const is_mine =
        std::any_of(before.openers.begin(), before.openers.end(), [&](auto const& one) { return one.by == viewer.user; });
    if (is_mine && !before.is_open())
      return refuse(Why::already_exists, {}, "you have opened the sealing key already: another officer has to open it too");
    if (is_mine) return refuse(Why::already_exists, {}, "you have opened the sealing key already");
    return {};
  });
}

Result<KeyState> close_key(Desk& desk, access::Viewer const& viewer) {
  return change_key(desk, viewer, "closed", [](KeyState const& before) -> Result<void> {
    if (before.openers.empty()) return refuse(Why::wrong_step, {}, "nobody has opened the sealing key");
    return {};
  });
}

}  // namespace rcms::travel_documents
