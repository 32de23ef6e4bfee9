#include "app/demo_transports.hpp"

#include <fmt/format.h>

#include "app/demo_acts.hpp"
#include "capabilities/safeguards/actions.hpp"
#include "capabilities/transfers/announcing.hpp"

namespace rcms::app {

namespace {

constexpr char const* status_gate = "G02";

transfers::CrossingPoint keep_crossing(DemoStage& stage, char const* name, char const* state, char const* code,
                                       char const* zone, std::string source) {
  transfers::CrossingPoint point;
  point.name = name;
  point.kind = "airport";
  point.state = state;
  point.code = code;
  point.time_zone = zone;
  for (int weekday = 1; weekday <= 7; ++weekday)
    point.hours.push_back({weekday, weekday > 5 ? 8 * 60 : 6 * 60, weekday > 5 ? 18 * 60 : 22 * 60});
  point.source = std::move(source);
  return must("crossing point",
              transfers::keep_crossing_point(stage.node.context(), stage.officers.by_login("tomas.xar"), point))
      .value();
}

transfers::Transport keep_flight(DemoStage& stage, std::vector<transfers::CrossingPoint> const& points, char const* name,
                                 char const* kind, int working_days_ahead, int seats) {
  auto const& tomas = stage.officers.by_login("tomas.xar");
  auto const today = case_files::today_of(stage.node.context(), tomas.party);
  auto const day = stage.calendar.add_working_days(today, working_days_ahead);
  auto const departs_at = start_of_day(day, "UTC").plus_ms(13LL * 3'600'000);
  transfers::Transport one;
  one.partner = stage.officers.by_login("jorge.uto").party;
  one.name = name;
  one.kind = kind;
  one.legs = {{points[0].id, points[1].id, departs_at, departs_at.plus_ms(4LL * 3'600'000), "Arcadia Air",
               fmt::format("AX {}", 100 + working_days_ahead)}};
  one.seats = seats;
  one.medical_seats = 1;
  one.document_margin_days = 3;
  one.reception = "Centro de recepción de Puerto Sur";
  one.reception_places = 25;
  auto const until = day.plus_days(400).text();
  one.escorts = {{"Berta Lindgren", "leader", "XA771203", until, {"de_escalation", "first_aid"}, {"en"}},
                 {"Omar Haddad", "escort", "XA771377", until, {"children"}, {"es", "en"}},
                 {"Lucía Ferrer", "interpreter", "XA770918", until, {}, {"es"}},
                 {"Petra Novak", "monitor", "XA770042", until, {}, {"en"}}};
  one.costs = {{"tickets", "requesting_state", "EUR", 41'000LL * seats},
               {"escorts", "requesting_state", "EUR", 182'500},
               {"onward", "organisation", "EUR", 3'500LL * seats}};
  return must("transport", transfers::keep_transport(stage.node.context(), tomas, one)).value();
}

/// The crossing points of both States, made when they are first needed.
std::vector<transfers::CrossingPoint> keep_crossings(DemoStage& stage) {
  auto const& party = stage.officers.by_login("tomas.xar").party;
  std::vector<transfers::CrossingPoint> points(2);
  for (auto const& one : transfers::list_crossing_points(stage.node.context().database, party)) {
    if (one.code == "XAA") points[0] = one;
    if (one.code == "XPS") points[1] = one;
  }
  if (points[0].revision > 0) return points;
  return {keep_crossing(stage, "Airport of Arcadia", "XAR", "XAA", "Europe/Zurich", "UTO-XAR Protocol 2022, annex 2 (invented)"),
          keep_crossing(stage, "Aeropuerto de Puerto Sur", "UTO", "XPS", "America/Guatemala", {})};
}

void announce_to_utopia(DemoStage& stage, transfers::TransportId const& id) {
  auto const& context = stage.node.context();
  auto const& tomas = stage.officers.by_login("tomas.xar");
  auto const copies = transfers::load_manifest_copies(stage.node.settings().data);
  auto const list = transfers::make_manifest(context, *transfers::find_transport(context.database, tomas.party, id));
  must("announcement", transfers::announce_transport(context, tomas, id, *transfers::find_copy(copies, "requested_state"),
                                                     list.fingerprint()));
}

/// The check of status is asked anew before a plan; who has another safeguard open stays, and the planner says so.
void renew_checks(DemoStage& stage) {
  auto const& context = stage.node.context();
  auto const& dora = stage.officers.by_login("dora.xar");
  auto const today = case_files::today_of(context, dora.party);
  std::size_t number = 0;
  for (auto const& one : transfers::load_waiting(context, dora.party, stage.officers.by_login("jorge.uto").party)) {
    if (++number % 4 == 0) continue;
    (void)safeguarding::decide_gate(context, dora, one.file.id,
                                    {status_gate, "closed", {{"status_token", "ST-5120"}, {"checked_on", today.text()}}, {}},
                                    std::nullopt);
  }
}

}  // namespace

void set_coming_transports(DemoStage& stage) {
  auto const& context = stage.node.context();
  auto const& tomas = stage.officers.by_login("tomas.xar");
  auto const points = keep_crossings(stage);
  auto const flight = keep_flight(stage, points, "Scheduled flight AX 105", "scheduled", 5, 4);
  auto const charter = keep_flight(stage, points, "Charter to Puerto Sur", "charter", 9, 12);
  renew_checks(stage);
  auto const proposed = must("proposal", transfers::propose(context, tomas, {flight.id, charter.id})).value();
  // At most half of those who wait get a seat, so that the planner has somebody left to propose.
  auto const& people = proposed.people;
  std::vector<CaseId> seated;
  for (std::size_t p = 0; p < people.size(); ++p) {
    bool const is_proposed = !proposed.is_seated[p] && proposed.proposal.seating[p] == 0 && people[p].family.empty();
    if (is_proposed && 2 * (seated.size() + 1) <= people.size()) seated.push_back(people[p].file.id);
  }
  if (!seated.empty()) must("seats", transfers::add_passengers(context, tomas, flight.id, seated, {}));
  must("notice", transfers::record_notice(context, tomas, flight.id,
                                          {context.clock.now(), "note_verbale", "NV 48/2031", {}}, {}));
  if (seated.empty()) return;
  announce_to_utopia(stage, flight.id);
}

void set_past_transport(DemoStage& stage, DemoHandover& handover) {
  auto const& context = stage.node.context();
  auto const& tomas = stage.officers.by_login("tomas.xar");
  renew_checks(stage);
  std::vector<CaseId> seated;
  for (auto const& one : transfers::load_waiting(context, tomas.party, stage.officers.by_login("jorge.uto").party)) {
    bool const is_free = one.open_gates.empty() && one.family.empty() && !one.file.person.birth.empty();
    if (is_free && seated.size() < 6) seated.push_back(one.file.id);
  }
  if (seated.empty()) return;
  auto const flight = keep_flight(stage, keep_crossings(stage), "Charter AX 104", "charter", 4, 6);
  // Whom a rule keeps off is left for a later transport.
  std::erase_if(seated, [&](auto const& one) { return !transfers::add_passengers(context, tomas, flight.id, {one}, {}); });
  if (seated.empty()) {
    must("cancellation", transfers::cancel_transport(context, tomas, flight.id, "Nobody could travel with it.", {}));
    return;
  }
  announce_to_utopia(stage, flight.id);
  handover.transport = flight.id;
}

}  // namespace rcms::app
