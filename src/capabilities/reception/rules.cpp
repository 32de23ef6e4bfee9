#include "capabilities/reception/rules.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "capabilities/transfers/rules.hpp"
#include "engines/mrz/reading.hpp"
#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::reception {

namespace {

constexpr int most_beds = 5'000;
constexpr std::size_t most_together = 40;

bool has(std::vector<std::string> const& list, std::string_view one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

/// The first word without what a zone may write instead of a letter with marks (Doc 9303-3 section 6, table A).
std::string folded_first(std::string_view name) {
  auto form = search_form(name);
  form = form.substr(0, form.find(' '));
  static constexpr std::pair<std::string_view, std::string_view> written[] = {
      {"NXX", "N"}, {"UXX", "U"}, {"AE", "A"}, {"AA", "A"}, {"OE", "O"}, {"UE", "U"}, {"SS", "S"}};
  for (auto const& [two, one] : written) {
    for (auto at = form.find(two); at != std::string::npos; at = form.find(two, at + one.size()))
      form.replace(at, two.size(), one);
  }
  return form;
}

/// Whether two names can be the same when one was cut or written in the letters of a zone.
bool may_be_same_name(std::string_view read, std::string_view known) {
  constexpr std::size_t enough = 6;
  auto const a = folded_first(read);
  auto const b = folded_first(known);
  if (a.empty() || b.empty()) return true;
  auto const length = std::min({a.size(), b.size(), enough});
  return a.substr(0, length) == b.substr(0, length);
}

bool may_be_same_birth(std::string const& read, std::string const& known) {
  auto const a = PartialDate::parse(read);
  auto const b = PartialDate::parse(known);
  if (!a || !b) return true;
  return a->first() <= b->last() && b->first() <= a->last();
}

}  // namespace

std::string plain_number(std::string_view text) {
  std::string form;
  for (char const letter : search_form(text)) {
    if (letter != ' ') form += letter;
  }
  return form;
}

ArrivalRules load_arrival_rules(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "reception/arrivals.toml", data / "schema/reception_arrivals.schema.json");
  ArrivalRules rules;
  rules.confidence = text_at(file, "confidence");
  rules.last_onward_minute = transfers::parse_wall(text_at(file, "last_onward")).value_or(0);
  rules.first_onward_minute = transfers::parse_wall(text_at(file, "first_onward")).value_or(0);
  rules.bus_seats = static_cast<int>(whole_at(file, "bus_seats"));
  rules.check_in_hours_before = static_cast<int>(whole_at(file, "check_in_hours_before"));
  rules.list_hours_after = static_cast<int>(whole_at(file, "list_hours_after"));
  for (auto const& one : list_at(file, "need")) {
    NeedWords need{text_at(one, "code"), {}};
    for (auto const& word : texts_at(one, "words")) need.words.push_back(search_form(word));
    rules.needs.push_back(std::move(need));
  }
  return rules;
}

bool may_work_at(access::Viewer const& viewer, Centre const& centre) {
  return viewer.organisation == centre.organisation || viewer.may("reception.protect");
}

Result<void> check_centre(Centre const& centre) {
  if (centre.name.empty()) return refuse(Why::field_missing, "name");
  try {
    (void)date_in_zone(Instant{}, centre.time_zone);
  } catch (std::runtime_error const&) {
    return refuse(Why::field_invalid, "time_zone", "a zone as America/Guatemala");
  }
  for (auto const& one : centre.hours) {
    if (one.weekday < 1 || one.weekday > 7 || one.from_minute < 0 || one.from_minute >= one.to_minute || one.to_minute > 24 * 60)
      return refuse(Why::field_invalid, "hours", "a day of the week, opened before it is closed");
  }
  if (centre.beds < 0 || centre.beds > most_beds) return refuse(Why::field_invalid, "beds", "0 to 5000 beds");
  return {};
}

Result<Centre> decide_state(Centre before, std::string const& state, Centre const* to, std::string reason,
                            access::Viewer const& viewer, Instant now) {
  bool const is_own = viewer.organisation == before.organisation;
  if (!is_own && !viewer.may("reception.centres"))
    return refuse(Why::not_permitted, "centre", "another body runs this centre");
  if (state != "open" && state != "closed" && state != "diverted") return refuse(Why::field_invalid, "state");
  if (state == "diverted" && (to == nullptr || to->id == before.id || to->state != "open"))
    return refuse(Why::field_invalid, "diverted_to", "choose another centre that is open");
  if (state != "open" && reason.empty()) return refuse(Why::reason_missing, "reason");
  before.state = state;
  before.diverted_to = state == "diverted" ? to->id : CentreId{};
  before.reason = state == "open" ? std::string() : std::move(reason);
  before.changed_at = now;
  return before;
}

bool is_open_at(Centre const& centre, Instant at) {
  if (centre.state != "open") return false;
  auto const wall = transfers::wall_clock(at, centre.time_zone);
  return std::any_of(centre.hours.begin(), centre.hours.end(), [&](auto const& one) {
    return one.weekday == wall.day.weekday() && one.from_minute <= wall.minute && wall.minute < one.to_minute;
  });
}

std::vector<std::string> needs_in(std::string_view told, ArrivalRules const& rules) {
  std::vector<std::string> found;
  auto const form = search_form(told);
  if (form.empty()) return found;
  for (auto const& need : rules.needs) {
    bool const is_told = std::any_of(need.words.begin(), need.words.end(),
                                     [&](auto const& word) { return form.find(word) != std::string::npos; });
    if (is_told) found.push_back(need.code);
  }
  if (found.empty()) found.emplace_back("other_help");
  return found;
}

std::vector<Expected> expect(transfers::AnnouncedTransport const& transport, std::vector<std::string> const& languages,
                             std::function<std::string(CaseId const&)> const& help_of, ArrivalRules const& rules) {
  std::vector<Expected> all;
  if (transport.legs.empty()) return all;
  auto const day = transfers::wall_clock(transport.arrives_at(), transport.legs.back().to.time_zone).day;
  std::set<std::string> with_adult;
  for (auto const& one : transport.persons) {
    Expected person{one.case_id,
                    one.family,
                    {one.surname, one.given_names, one.sex, one.birth_date, one.nationality, one.language, one.document_number},
                    transfers::may_be_child(one.birth_date, day),
                    false,
                    needs_in(help_of(one.case_id), rules)};
    if (!one.language.empty() && !has(languages, one.language)) person.needs.emplace_back("interpreter");
    std::sort(person.needs.begin(), person.needs.end());
    if (!person.is_child && !one.family.empty()) with_adult.insert(one.family);
    all.push_back(std::move(person));
  }
  for (auto& one : all) one.is_alone = one.is_child && (one.family.empty() || with_adult.count(one.family) == 0);
  return all;
}

bool stays_the_night(int minute, ArrivalRules const& rules) {
  return minute >= rules.last_onward_minute || minute < rules.first_onward_minute;
}

void add_needs(std::vector<HourNeeds>& hours, Instant at, std::string_view zone, std::vector<Expected> const& persons,
               ArrivalRules const& rules) {
  if (persons.empty()) return;
  auto const wall = transfers::wall_clock(at, zone);
  auto const hour = wall.minute / 60;
  auto found = std::find_if(hours.begin(), hours.end(),
                            [&](auto const& one) { return one.day == wall.day && one.hour == hour; });
  if (found == hours.end()) {
    HourNeeds fresh;
    fresh.day = wall.day;
    fresh.hour = hour;
    found = hours.insert(hours.end(), fresh);
  }
  bool const is_late = stays_the_night(wall.minute, rules);
  std::set<std::string> families;
  int going_on = 0;
  for (auto const& one : persons) {
    ++found->persons;
    found->children += one.is_child ? 1 : 0;
    found->children_alone += one.is_alone ? 1 : 0;
    found->wheelchairs += has(one.needs, "wheelchair") ? 1 : 0;
    found->interpreters += has(one.needs, "interpreter") || has(one.needs, "sign_language") ? 1 : 0;
    found->medical += has(one.needs, "medical") ? 1 : 0;
    found->other_help += has(one.needs, "other_help") ? 1 : 0;
    bool const stays = is_late || one.is_alone;
    found->beds += stays ? 1 : 0;
    going_on += stays ? 0 : 1;
    if (!one.family.empty()) families.insert(one.family);
  }
  found->families += static_cast<int>(families.size());
  found->buses += (going_on + rules.bus_seats - 1) / rules.bus_seats;
}

Result<ScannedDocument> read_scan(std::string_view text, Date today) {
  auto const has_zone = text.find('<') != std::string_view::npos;
  if (!has_zone) {
    auto number = plain_number(text);
    if (number.size() < 4 || number.size() > 24)
      return refuse(Why::field_invalid, "scan", "the two or three lines of the zone, or the number of the document");
    return ScannedDocument{std::move(number), {}, {}, {}, {}, {}};
  }
  auto const reading = mrz::parse_mrz(text);
  if (!reading.is_valid() || !reading.document)
    return refuse(Why::does_not_verify, "scan", "the zone was read with a mistake: scan it again, or type the number");
  auto const& document = *reading.document;
  ScannedDocument scanned;
  scanned.number = plain_number(document.document_number);
  scanned.surname = document.primary_identifier;
  scanned.given_names = document.secondary_identifier;
  if (auto const birth = mrz::birth_of(document, today)) scanned.birth_date = birth->text();
  scanned.nationality = document.nationality;
  scanned.sex = document.sex == 'F' || document.sex == 'M' ? std::string(1, document.sex) : std::string("X");
  return scanned;
}

Result<void> check_document(ScannedDocument const& scanned, Person const& person) {
  auto const number = plain_number(person.document_number);
  if (!number.empty() && number != scanned.number)
    return refuse(Why::does_not_verify, "scan",
                  fmt::format("document {} is not the one of {}, who is announced with {}", scanned.number, person.name(),
                              person.document_number));
  if (!may_be_same_name(scanned.surname, person.surname) || !may_be_same_name(scanned.given_names, person.given_names))
    return refuse(Why::does_not_verify, "scan",
                  fmt::format("document {} says {} {}, the list says {}", scanned.number, scanned.given_names, scanned.surname,
                              person.name()));
  if (!may_be_same_birth(scanned.birth_date, person.birth_date))
    return refuse(Why::does_not_verify, "scan",
                  fmt::format("document {} says born {}, the list says {}", scanned.number, scanned.birth_date,
                              person.birth_date));
  return {};
}

std::vector<std::string> arrival_keys(Record const& record, Date day) {
  std::vector<std::string> keys;
  if (!record.case_id.empty()) keys.push_back("case:" + record.case_id.value + ":" + record.transport.value);
  if (auto const number = plain_number(record.person.document_number); !number.empty())
    keys.push_back("document:" + number + ":" + day.text());
  return keys;
}

ListHours hours_of(transfers::AnnouncedTransport const& transport, ArrivalRules const& rules, Instant now) {
  constexpr std::int64_t hour_ms = 3'600'000;
  auto const arrives = transport.arrives_at();
  if (now < arrives.plus_ms(-rules.check_in_hours_before * hour_ms)) return ListHours::too_early;
  return arrives.plus_ms(rules.list_hours_after * hour_ms) < now ? ListHours::over : ListHours::open;
}

Result<void> check_arrival(Centre const& centre, std::optional<transfers::AnnouncedTransport> const& transport,
                           std::string const& diverted_to, ArrivalRules const& rules, Instant now) {
  if (centre.state == "diverted")
    return refuse(Why::wrong_step, "centre", fmt::format("the centre sends people to {}: check them in there", diverted_to));
  if (centre.state != "open") return refuse(Why::wrong_step, "centre", "the centre is closed: open it first");
  if (!transport) return {};
  if (transport->state == "cancelled")
    return refuse(Why::wrong_step, "transport", "the transport was called off: who has come is checked in as not announced");
  auto const hours = hours_of(*transport, rules, now);
  if (hours == ListHours::too_early)
    return refuse(
        Why::too_early, "transport",
        fmt::format("people of this list are checked in from {} hours before they arrive", rules.check_in_hours_before));
  if (hours == ListHours::over)
    return refuse(Why::too_late, "transport", "the list is closed: who comes now is checked in as not announced");
  return {};
}

namespace {

Result<void> check_person(Person const& person, Date today) {
  if (person.surname.empty() && person.given_names.empty()) return refuse(Why::field_missing, "persons.surname");
  if (person.sex != "F" && person.sex != "M" && person.sex != "X") return refuse(Why::field_invalid, "persons.sex");
  if (!person.birth_date.empty()) {
    auto const birth = PartialDate::parse(person.birth_date);
    if (!birth || birth->first() > today) return refuse(Why::field_invalid, "persons.birth_date");
  }
  return {};
}

/// Who of them the document belongs to. Refuses: as check_document of the only one, or that it belongs to none.
Result<std::size_t> find_holder(std::vector<Record> const& persons, ScannedDocument const& scanned) {
  for (std::size_t index = 0; index < persons.size(); ++index) {
    if (plain_number(persons[index].person.document_number) != scanned.number) continue;
    if (auto const fits = check_document(scanned, persons[index].person); !fits) return tl::unexpected(fits.error());
    return index;
  }
  for (std::size_t index = 0; index < persons.size(); ++index) {
    if (check_document(scanned, persons[index].person)) return index;
  }
  if (persons.size() == 1) return tl::unexpected(check_document(scanned, persons.front().person).error());
  return refuse(Why::does_not_verify, "scan", fmt::format("document {} belongs to nobody of those chosen", scanned.number));
}

}  // namespace

Result<std::vector<Record>> decide_check_in(Centre const& centre, std::vector<Record> persons, CheckIn const& input,
                                            int free_beds, std::string const& family, access::Viewer const& viewer, Instant now) {
  if (!viewer.may("reception.check_in") || !may_work_at(viewer, centre)) return refuse(Why::not_permitted);
  if (input.desk.empty()) return refuse(Why::field_missing, "desk");
  if (persons.empty()) return refuse(Why::field_missing, "cases", "nobody is chosen");
  if (persons.size() > most_together) return refuse(Why::limit_reached, "cases", "at most 40 persons at once");
  auto const today = date_in_zone(now, centre.time_zone);
  std::optional<std::size_t> holder;
  if (!input.scan.empty()) {
    auto const scanned = read_scan(input.scan, today);
    if (!scanned) return tl::unexpected(scanned.error());
    auto const found = find_holder(persons, *scanned);
    if (!found) return tl::unexpected(found.error());
    holder = *found;
    auto& person = persons[*holder].person;
    if (person.document_number.empty()) person.document_number = scanned->number;
    if (person.nationality.empty()) person.nationality = scanned->nationality;
  }
  if (input.has_beds && free_beds < static_cast<int>(persons.size()))
    return refuse(
        Why::limit_reached, "beds",
        fmt::format("{} beds are free: check in without a bed and send them to another centre", std::max(0, free_beds)));
  for (std::size_t index = 0; index < persons.size(); ++index) {
    auto& one = persons[index];
    if (one.case_id.empty()) {
      if (auto const right = check_person(one.person, today); !right) return tl::unexpected(right.error());
    }
    one.id = RecordId::make(now);
    one.party = centre.party;
    one.centre = centre.id;
    one.family = family;
    one.desk = input.desk;
    one.arrived_at = one.changed_at = now;
    one.identity = holder == index ? "document" : one.case_id.empty() ? "declared" : "list";
    one.has_bed = input.has_beds;
    one.checked_in_by = viewer.user;
  }
  return persons;
}

}  // namespace rcms::reception
