#include "capabilities/reception/present.hpp"

#include <algorithm>

#include "capabilities/case_files/present.hpp"
#include "capabilities/transfers/announcement_store.hpp"
#include "capabilities/transfers/rules.hpp"
#include "foundation/base/text.hpp"

namespace rcms::reception {

using case_files::optional_text;
using transfers::AnnouncedTransport;

namespace {


OptionView word(Context const& context, access::Viewer const& viewer, char const* group, std::string const& code) {
  return {code, context.labels.text(viewer.language, std::string("reception.") + group + "." + code)};
}

std::optional<OptionView> coded(Context const& context, access::Viewer const& viewer, char const* list, std::string const& code) {
  if (code.empty()) return std::nullopt;
  auto const key = std::string("codes.") + list + "." + code;
  return OptionView{code, context.labels.has(key) ? context.labels.text(viewer.language, key) : code};
}

std::vector<OptionView> need_words(Context const& context, access::Viewer const& viewer, std::vector<std::string> const& needs) {
  std::vector<OptionView> words;
  for (auto const& one : needs) words.push_back(word(context, viewer, "need", one));
  return words;
}

std::optional<NamedView> named(std::vector<Centre> const& all, CentreId const& id) {
  for (auto const& one : all) {
    if (one.id == id) return NamedView{one.id.value, one.name};
  }
  return std::nullopt;
}

bool is_in_hours_of_list(AnnouncedTransport const& one, ArrivalRules const& rules, Instant now) {
  return one.state == "announced" && hours_of(one, rules, now) == ListHours::open;
}

BoardTransportView present_transport(Context const& context, access::Viewer const& viewer, AnnouncedTransport const& one,
                                     std::vector<Centre> const& centres, std::map<std::string, int> const& received,
                                     ArrivalRules const& rules) {
  auto const& place = one.legs.back().to;
  auto const wall = transfers::wall_clock(one.arrives_at(), place.time_zone);
  BoardTransportView view;
  view.id = one.id.value;
  view.name = one.name;
  view.partner = {one.partner.value, context.directory.get_party(one.partner).names.in(viewer.language)};
  view.day = wall.day.text();
  view.time = transfers::text_of_wall(wall.minute);
  view.place = optional_text(place.name);
  view.reception = optional_text(one.reception);
  for (auto const& centre : centres) {
    if (centre.state == "diverted" && search_form(centre.name) == search_form(one.reception))
      view.sent_to = named(centres, centre.diverted_to);
  }
  view.persons = static_cast<std::int64_t>(one.persons.size());
  auto const found = received.find(one.id.value);
  view.received = found == received.end() ? 0 : found->second;
  view.is_cancelled = one.state == "cancelled";
  view.may_check_in = is_in_hours_of_list(one, rules, context.clock.now());
  return view;
}

HourNeedsView present_hour(HourNeeds const& one) {
  return {one.day.text(), one.hour,       one.persons,      one.families, one.children, one.children_alone,
          one.wheelchairs, one.interpreters, one.medical, one.other_help, one.beds,    one.buses};
}

}  // namespace

CentreView present_centre(Context const& context, access::Viewer const& viewer, Centre const& centre,
                          std::vector<Centre> const& all) {
  CentreView view;
  view.id = centre.id.value;
  view.name = centre.name;
  view.organisation = {centre.organisation.value,
                       context.directory.organisation_name(viewer.party, centre.organisation, viewer.language)};
  view.address = optional_text(centre.address);
  view.time_zone = centre.time_zone;
  for (auto const& one : centre.hours)
    view.hours.push_back({one.weekday, transfers::text_of_wall(one.from_minute), transfers::text_of_wall(one.to_minute)});
  view.state = word(context, viewer, "state", centre.state);
  if (!centre.diverted_to.empty()) view.diverted_to = named(all, centre.diverted_to);
  view.reason = optional_text(centre.reason);
  view.is_open_now = is_open_at(centre, context.clock.now());
  view.beds = centre.beds;
  view.is_mine = may_work_at(viewer, centre);
  view.revision = centre.revision;
  auto const present = count_present(context.database, viewer.party);
  if (auto const found = present.find(centre.id.value); found != present.end()) {
    view.beds_taken = found->second.beds;
    view.present = found->second.persons;
  }
  return view;
}

std::vector<CentreView> present_centres(Context const& context, access::Viewer const& viewer) {
  std::vector<CentreView> views;
  auto const all = list_centres(context.database, viewer.party);
  for (auto const& one : all) views.push_back(present_centre(context, viewer, one, all));
  return views;
}

ArrivalsBoardView present_board(Context const& context, access::Viewer const& viewer, ArrivalRules const& rules, Date from,
                                int days) {
  ArrivalsBoardView view;
  view.from = from.text();
  view.days = days;
  view.centres = present_centres(context, viewer);
  view.rules = {transfers::text_of_wall(rules.last_onward_minute), transfers::text_of_wall(rules.first_onward_minute),
                rules.bus_seats, rules.confidence};
  auto const centres = list_centres(context.database, viewer.party);
  auto const until = from.plus_days(days);
  auto const received = count_received(context.database, viewer.party, start_of_day(from.plus_days(-1), "UTC"));
  std::vector<HourNeeds> hours;
  auto transports = transfers::list_announced(context.database, viewer.party);
  std::sort(transports.begin(), transports.end(),
            [](auto const& a, auto const& b) { return a.arrives_at() < b.arrives_at(); });
  for (auto const& one : transports) {
    if (one.legs.empty()) continue;
    auto const& zone = one.legs.back().to.time_zone;
    auto const day = transfers::wall_clock(one.arrives_at(), zone).day;
    if (day < from || until <= day) continue;
    view.transports.push_back(present_transport(context, viewer, one, centres, received, rules));
    if (one.state == "announced") add_needs(hours, one.arrives_at(), zone, load_expected(context, rules, one), rules);
  }
  std::sort(hours.begin(), hours.end(),
            [](auto const& a, auto const& b) { return std::pair(a.day, a.hour) < std::pair(b.day, b.hour); });
  for (auto const& one : hours) view.hours.push_back(present_hour(one));
  return view;
}

ExpectedListView present_expected(Context const& context, access::Viewer const& viewer, ArrivalRules const& rules,
                                  AnnouncedTransport const& transport) {
  auto const centres = list_centres(context.database, viewer.party);
  auto const received = list_received(context.database, viewer.party, transport.id);
  ExpectedListView view;
  view.transport =
      present_transport(context, viewer, transport, centres, {{transport.id.value, static_cast<int>(received.size())}}, rules);
  view.stays_the_night = stays_the_night(
      transfers::wall_clock(transport.arrives_at(), transport.legs.back().to.time_zone).minute, rules);
  for (auto const& one : load_expected(context, rules, transport)) {
    ExpectedPersonView person{one.case_id.value,
                              optional_text(one.family),
                              one.person.surname,
                              one.person.given_names,
                              optional_text(one.person.sex),
                              optional_text(one.person.birth_date),
                              optional_text(one.person.document_number),
                              one.is_child,
                              one.is_alone,
                              need_words(context, viewer, one.needs),
                              {}};
    for (auto const& record : received) {
      if (record.case_id != one.case_id) continue;
      auto const centre =
          std::find_if(centres.begin(), centres.end(), [&](auto const& each) { return each.id == record.centre; });
      auto const wall = transfers::wall_clock(record.arrived_at, centre->time_zone);
      person.received = ReceivedView{record.id.value, {centre->id.value, centre->name}, record.desk,
                                     transfers::text_of_wall(wall.minute), wall.day.text()};
    }
    view.persons.push_back(std::move(person));
  }
  return view;
}

ReceptionRowView present_row(Context const& context, access::Viewer const& viewer, Record const& record, Centre const& centre) {
  auto const wall = transfers::wall_clock(record.arrived_at, centre.time_zone);
  ReceptionRowView view;
  view.id = record.id.value;
  view.centre = {centre.id.value, centre.name};
  view.surname = record.person.surname;
  view.given_names = record.person.given_names;
  view.sex = optional_text(record.person.sex);
  view.birth_date = optional_text(record.person.birth_date);
  view.is_child = transfers::may_be_child(record.person.birth_date, wall.day);
  view.family = record.family;
  view.needs = need_words(context, viewer, record.needs);
  view.desk = record.desk;
  view.day = wall.day.text();
  view.time = transfers::text_of_wall(wall.minute);
  view.arrived_at = record.arrived_at;
  view.identity = word(context, viewer, "identity", record.identity);
  view.is_announced = !record.case_id.empty();
  view.has_bed = record.has_bed;
  view.state = word(context, viewer, "presence", record.state);
  return view;
}

ReceptionRecordView present_record(Context const& context, access::Viewer const& viewer, Record const& record) {
  auto const centre = *find_centre(context.database, viewer.party, record.centre);
  ReceptionRecordView view;
  view.person = present_row(context, viewer, record, centre);
  view.document_number = optional_text(record.person.document_number);
  view.nationality = coded(context, viewer, "country", record.person.nationality);
  view.language = coded(context, viewer, "language", record.person.language);
  if (!record.transport.empty()) {
    if (auto const transport = transfers::find_announced(context.database, viewer.party, record.transport))
      view.transport = transport->name;
  }
  for (auto const& one : list_family(context.database, viewer.party, record.family)) {
    if (one.id != record.id) view.family.push_back(present_row(context, viewer, one, centre));
  }
  view.checked_in_by = case_files::present_user(context, viewer, record.checked_in_by);
  view.left_at = record.left_at;
  view.left_to = optional_text(record.left_to);
  view.details = record.details;
  view.may_edit = viewer.may("reception.edit") && may_work_at(viewer, centre);
  view.revision = record.revision;
  return view;
}

}  // namespace rcms::reception
