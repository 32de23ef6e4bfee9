// The hand-over of the demo: two tablets at the gate, one at the border, a clash that nobody has settled and a difference that
// nobody has explained.
#include <algorithm>

#include "app/demo_acts.hpp"
#include "app/demo_transports.hpp"
#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/store.hpp"

namespace rcms::app {

namespace {

using case_files::Side;

constexpr std::int64_t fast_clock_ms = 23 * demo_minute_ms;

transfers::Taking take(DemoStage& stage, char const* login, Side side, DemoHandover const& handover, char const* device,
                       std::int64_t ahead_ms) {
  auto const& context = stage.node.context();
  return must("taking", transfers::take_list(context, stage.officers.by_login(login), side, handover.transport, device,
                                             context.clock.now().plus_ms(ahead_ms)))
      .value();
}

void send(DemoStage& stage, char const* login, Side side, DemoHandover const& handover, transfers::Taking const& taking,
          std::vector<transfers::Tick> ticks, std::int64_t ahead_ms = 0) {
  auto const& context = stage.node.context();
  std::int64_t counter = 0;
  for (auto& one : ticks) {
    one.id = transfers::TickId::make(one.device_at);
    one.list = taking.list;
    one.counter = ++counter;
    one.device_at = one.device_at.plus_ms(ahead_ms);
  }
  must("ticks", transfers::receive_ticks(context, stage.officers.by_login(login), side, handover.transport, taking.id,
                                         context.clock.now().plus_ms(ahead_ms), std::move(ticks)));
}

transfers::Tick tick_of(CaseId const& person, char const* value, Instant at, char const* note = "") {
  transfers::Tick one;
  one.case_id = person;
  one.value = value;
  one.note = note;
  one.device_at = at;
  return one;
}

std::optional<transfers::Handover> load(DemoStage& stage, char const* login, Side side, DemoHandover const& handover) {
  if (handover.transport.empty()) return std::nullopt;
  auto one = transfers::load_handover(stage.node.context(), stage.officers.by_login(login), side, handover.transport);
  if (!one || one->list.persons.empty()) return std::nullopt;
  return std::move(*one);
}

}  // namespace

void take_lists(DemoStage& stage, DemoHandover& handover) {
  if (!load(stage, "tomas.xar", Side::requesting, handover)) return;
  handover.gate = take(stage, "tomas.xar", Side::requesting, handover, "Tablet 1, gate B", 0);
  handover.bus = take(stage, "tomas.xar", Side::requesting, handover, "Tablet 2, bus", fast_clock_ms);
  if (load(stage, "oscar.uto", Side::requested, handover))
    handover.border = take(stage, "oscar.uto", Side::requested, handover, "Tableta 1, llegadas", 0);
}

void send_ticks(DemoStage& stage, DemoHandover const& handover) {
  auto const at_gate = load(stage, "tomas.xar", Side::requesting, handover);
  auto const at_border = load(stage, "oscar.uto", Side::requested, handover);
  if (!handover.gate || !handover.border || !at_gate || !at_border) return;
  auto const& context = stage.node.context();
  std::vector<transfers::Tick> boarded;
  std::vector<transfers::Tick> arrived;
  auto at = at_gate->departs_at.plus_ms(-40 * demo_minute_ms);
  auto there = at_gate->arrives_at.plus_ms(15 * demo_minute_ms);
  for (auto const& list : at_gate->taken) {
    for (auto const& person : list.persons) {
      auto const file =
          case_files::find_case_file(context.database, at_gate->party, Side::requesting, person.case_id);
      bool const is_gone = file && case_files::find_event(*file, "departure");
      boarded.push_back(tick_of(person.case_id, is_gone ? "boarded" : "no_show", at));
      at = at.plus_ms(2 * demo_minute_ms);
    }
  }
  // The border says the opposite of the first, and nobody knows why yet.
  for (auto const& person : at_border->list.persons) {
    bool const is_gone = std::any_of(boarded.begin(), boarded.end(), [&](auto const& one) {
      return one.case_id == person.case_id && one.value == "boarded";
    });
    bool const is_there = is_gone != arrived.empty();
    arrived.push_back(tick_of(person.case_id, is_there ? "arrived" : "not_arrived", there));
    there = there.plus_ms(demo_minute_ms);
  }
  send(stage, "tomas.xar", Side::requesting, handover, *handover.gate, boarded);
  send(stage, "oscar.uto", Side::requested, handover, *handover.border, arrived);
  must("gate", transfers::tell_handover(context, stage.officers.by_login("tomas.xar"), Side::requesting, handover.transport));
  must("border", transfers::tell_handover(context, stage.officers.by_login("oscar.uto"), Side::requested, handover.transport));
}

void send_late_ticks(DemoStage& stage, DemoHandover const& handover) {
  auto const one = load(stage, "tomas.xar", Side::requesting, handover);
  if (!handover.bus || !one || one->taken.empty() || one->ticks.empty()) return;
  auto const& last = one->ticks.back();
  send(stage, "tomas.xar", Side::requesting, handover, *handover.bus,
       {tick_of(last.case_id, last.value == "boarded" ? "refused" : "boarded",
                one->departs_at.plus_ms(-35 * demo_minute_ms), "Stayed in the bus at the first call")},
       fast_clock_ms);
}

}  // namespace rcms::app
