#include "app/demo_reception.hpp"

#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/demo_acts.hpp"
#include "capabilities/reception/actions.hpp"
#include "capabilities/registry/invented.hpp"
#include "capabilities/transfers/announcement_store.hpp"
#include "capabilities/transfers/announcing.hpp"

namespace rcms::app {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t demo_zone_hours = 6;

reception::Centre keep_demo_centre(DemoStage& stage, char const* name, char const* address, int beds, int from, int to) {
  reception::Centre one;
  one.organisation = stage.officers.by_login("isabel.uto").organisation;
  one.name = name;
  one.address = address;
  one.time_zone = "America/Guatemala";
  for (int weekday = 1; weekday <= 7; ++weekday) one.hours.push_back({weekday, from * 60, to * 60});
  one.beds = beds;
  return must("centre", reception::keep_centre(stage.node.context(), stage.officers.by_login("elena.uto"), one)).value();
}

/// Invented people, every fourth group a family of an adult and children.
std::vector<transfers::ListedTraveller> invent_passengers(DemoStage& stage, std::size_t count, std::uint64_t seed, Date on) {
  auto const now = stage.node.context().clock.now();
  auto const citizens = registry::invent_citizens(stage.sources, count, seed);
  static constexpr char const* languages[] = {"es", "es", "es", "quc", "es", "es", "mam", "es"};
  std::vector<transfers::ListedTraveller> persons;
  std::vector<std::string> families;
  for (std::size_t index = 0; index < citizens.size(); ++index) {
    auto const& citizen = citizens[index];
    auto const group = index / 7;
    auto const place = index % 7;
    bool const is_family = place >= 4;
    bool const is_child = is_family && place > 4;
    transfers::ListedTraveller one;
    one.case_id = CaseId::make(now);
    one.number = static_cast<int>(index) + 1;
    one.is_child = is_child;
    auto const& head = citizens[is_child ? index - (place - 4) : index];
    one.surname = head.surname2.empty() ? head.surname1 : head.surname1 + " " + head.surname2;
    one.given_names = citizen.given;
    one.sex = citizen.sex;
    auto const age = is_child ? 3 + static_cast<int>(index % 12) : index % 29 == 0 ? 16 : 19 + static_cast<int>(index % 37);
    one.birth_date = Date(on.year() - age, citizen.birth.month(), std::min(citizen.birth.day(), 28)).text();
    one.nationality = "UTO";
    one.document_number = fmt::format("UR{:02}{:05}", seed % 100, index + 1);
    one.document_issuer = "UTO";
    one.language = languages[index % std::size(languages)];
    persons.push_back(std::move(one));
    families.push_back(is_family ? fmt::format("{}", group) : std::string());
  }
  transfers::set_in_order(persons, families);
  return persons;
}

}  // namespace

void make_reception_centres(DemoStage& stage) {
  keep_demo_centre(stage, "Centro de recepción de Puerto Sur", "Aeropuerto de Puerto Sur, puerta 4", 40, 4, 24);
  keep_demo_centre(stage, "Centro de recepción Ciudad Esperanza", "3a calle 7-21, Ciudad Esperanza", 25, 6, 22);
}

void announce_flight(DemoStage& stage, char const* name, Date arrives_on, int minute, std::size_t persons, std::uint64_t seed) {
  auto const& context = stage.node.context();
  auto const arcadia = stage.officers.by_login("tomas.xar").party;
  auto const arrives_at = start_of_day(arrives_on, "UTC").plus_ms((demo_zone_hours * 60 + minute) * minute_ms);
  transfers::AnnouncedTransport one;
  one.id = transfers::TransportId::make(context.clock.now());
  one.party = stage.officers.by_login("jorge.uto").party;
  one.partner = arcadia;
  one.name = name;
  one.kind = "charter";
  one.legs = {{{"Airport of Arcadia", "XAA", "XAR", "Europe/Zurich"},
               {"Aeropuerto de Puerto Sur", "XPS", "UTO", "America/Guatemala"},
               arrives_at.plus_ms(-660 * minute_ms),
               arrives_at,
               "Arcadia Air",
               fmt::format("AX {}", 900 + seed % 90)}};
  one.reception = "Centro de recepción de Puerto Sur";
  one.persons = invent_passengers(stage, persons, seed, arrives_on);
  one.fingerprint = fmt::format("{:016X}", 0x51A7'3C90'0000'0000ULL + seed * 7919);
  one.changed_at = context.clock.now();
  db::Command command;
  context.exchange.post(command, arcadia, one.party, transfers::chain_of(one.id), exchange::EnvelopeKind::message,
                        transfers::body_of(one, "transport_announced"), {});
  if (context.database.write(command).outcome != db::Outcome::written)
    throw std::runtime_error("The world of the demo cannot be made: an announced flight");
  context.exchange.deliver_due();
}

void receive_flight(DemoStage& stage, std::string const& name) {
  auto const& context = stage.node.context();
  auto const& isabel = stage.officers.by_login("isabel.uto");
  auto const rules = reception::load_arrival_rules(stage.node.settings().data);
  auto const centre = reception::list_centres(context.database, isabel.party).back();
  for (auto const& transport : transfers::list_announced(context.database, isabel.party)) {
    if (transport.name != name) continue;
    std::map<std::string, std::vector<CaseId>> groups;
    for (auto const& one : transport.persons)
      groups[one.family.empty() ? fmt::format("{:04}", one.number) : "family " + one.family].push_back(one.case_id);
    std::size_t number = 0;
    for (auto const& [key, cases] : groups) {
      // Somebody of each list does not come to the centre.
      if (++number % 11 == 0) continue;
      bool const stays = number % 6 == 0;
      auto const records = must("check-in", reception::check_in(context, isabel, rules, centre.id, {transport.id, cases, {}},
                                                                {fmt::format("{}", 1 + number % 4), {}, stays}))
                               .value();
      stage.clock.set(context.clock.now().plus_ms(minute_ms));
      for (auto const& record : records) {
        if (!stays)
          must("departure", reception::leave(context, isabel, record.id, "Bus a la terminal central", {}));
      }
    }
  }
}

}  // namespace rcms::app
