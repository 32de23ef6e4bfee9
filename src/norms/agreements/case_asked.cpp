#include "norms/agreements/case_asked.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/json_read.hpp"
#include "norms/agreements/dates.hpp"

namespace rcms::agreements {

namespace json = boost::json;

namespace {

constexpr int minute_ms = 60'000;
constexpr int change_at_the_latest_ms = 4 * 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * 60 * minute_ms;
constexpr std::size_t most_events = 200;
constexpr int first_year = 1950;
constexpr int last_year = 2150;

constexpr std::array<std::string_view, 16> case_fields = {"id",      "agreement",   "events",     "requesting", "requested",
                                                          "person",  "procedure",   "conditions", "today",      "submitted",
                                                          "entered", "authorities", "language",   "note",       "persons",
                                                          "travelling"};
constexpr std::array<std::string_view, 8> event_fields = {"type",       "kind",  "at",       "days",
                                                          "total_days", "until", "decision", "note"};

template <std::size_t size>
void check_fields(json::object const& object, std::array<std::string_view, size> const& known, std::string const& place) {
  for (auto const& [key, value] : object) {
    if (std::find(known.begin(), known.end(), std::string_view(key)) != known.end()) continue;
    auto const name = key.empty() ? std::string("\"\"") : std::string(key);
    throw CaseMistake(place + name, "no such field", fmt::format("use {}", fmt::join(known, ", ")));
  }
}

std::string text_of(json::object const& object, std::string_view key, std::string const& place) {
  auto const* found = object.if_contains(key);
  if (found == nullptr || found->is_null()) return {};
  if (!found->is_string()) throw CaseMistake(place + std::string(key), "not a text", "write it in quotes");
  return std::string(found->get_string());
}

std::optional<Date> day_of(json::object const& object, std::string_view key, std::string const& place) {
  auto const text = text_of(object, key, place);
  if (text.empty()) return std::nullopt;
  return read_time(text, place + std::string(key)).day;
}

std::optional<int> count_of(json::object const& object, std::string_view key, std::string const& place) {
  auto const* found = object.if_contains(key);
  if (found == nullptr || found->is_null()) return std::nullopt;
  auto const number = find_whole(json::value(object), key);
  if (!number || *number < 1 || *number > 3650)
    throw CaseMistake(place + std::string(key), "not a number of days", "a whole number from 1 to 3650");
  return static_cast<int>(*number);
}

/// How many persons: from `least` on.
std::optional<int> persons_of(json::object const& object, std::string_view key, int least) {
  auto const* found = object.if_contains(key);
  if (found == nullptr || found->is_null()) return std::nullopt;
  auto const number = find_whole(json::value(object), key);
  if (!number || *number < least || *number > 100'000)
    throw CaseMistake(std::string(key), "not a number of persons", fmt::format("a whole number from {} to 100000", least));
  return static_cast<int>(*number);
}

/// The word of an event; a reply is named by its decision.
std::string word_of(json::object const& object, std::string const& place) {
  auto word = text_of(object, object.contains("type") ? "type" : "kind", place);
  auto const decision = text_of(object, "decision", place);
  if (word != "reply") {
    if (!decision.empty()) throw CaseMistake(place + "decision", "only a reply has it", "leave it out");
    return word;
  }
  constexpr std::array<std::string_view, 4> decisions = {"accepted", "refused", "interview", "more_information"};
  if (std::find(decisions.begin(), decisions.end(), decision) == decisions.end())
    throw CaseMistake(place + "decision", "no such reply", fmt::format("one of {}", fmt::join(decisions, ", ")));
  return decision == "interview" ? "interview_reply" : decision;
}

AskedEvent read_event(json::value const& item, std::size_t index) {
  std::string const place = fmt::format("events[{}].", index);
  if (!item.is_object())
    throw CaseMistake(fmt::format("events[{}]", index), "not an event", R"(write {"type":"received","at":"2027-03-01T10:00"})");
  auto const& object = item.get_object();
  check_fields(object, event_fields, place);
  AskedEvent event;
  event.word = word_of(object, place);
  event.kind = event_named(event.word);
  if (event.kind.empty()) {
    throw CaseMistake(place + "type", fmt::format("no event \"{}\"", event.word),
                      "rcms agreements dates --help lists the words: received, acknowledged, complete, extension …");
  }
  auto const at = text_of(object, "at", place);
  bool const extension = event.kind == "extension" || event.kind == "submit_extension";
  if (!at.empty()) event.at = read_time(at, place + "at");
  else if (!extension || index == 0) throw CaseMistake(place + "at", "no time", "write \"at\":\"2027-03-01T10:00\"");
  event.days = count_of(object, "days", place);
  event.total_days = count_of(object, "total_days", place);
  event.until = day_of(object, "until", place);
  int const ways = int(event.days.has_value()) + int(event.total_days.has_value()) + int(event.until.has_value());
  if (ways > 1) throw CaseMistake(place + "days", "more than one of days, total_days, until", "give one of them");
  if (ways == 1 && !extension) throw CaseMistake(place + "days", "only an extension has it", "leave it out");
  return event;
}

/// The id is only repeated: a text, or the number of a table.
void check_id(json::object const& object) {
  auto const* id = object.if_contains("id");
  if (id == nullptr || id->is_null() || id->is_string() || id->is_int64() || id->is_uint64()) return;
  throw CaseMistake("id", "not a text and not a whole number", "write it in quotes");
}

Date order_of(AskedEvent const& event) { return event.at->day; }

/// Events without a time go with the one before; then all in the order of time.
void order_events(std::vector<AskedEvent>& events) {
  for (std::size_t i = 1; i < events.size(); ++i) {
    if (!events[i].at) events[i].at = events[i - 1].at;
  }
  std::stable_sort(events.begin(), events.end(), [](auto const& left, auto const& right) {
    if (order_of(left) != order_of(right)) return order_of(left) < order_of(right);
    return left.at->has_time && right.at->has_time && left.at->ms_of_day < right.at->ms_of_day;
  });
}

void read_conditions(json::object const& object, AskedCase& asked) {
  if (auto const person = text_of(object, "person", ""); !person.empty()) {
    constexpr std::array<std::string_view, 3> kinds = {"own_national", "third_country_national", "stateless"};
    if (std::find(kinds.begin(), kinds.end(), person) == kinds.end())
      throw CaseMistake("person", fmt::format("no such kind \"{}\"", person), fmt::format("one of {}", fmt::join(kinds, ", ")));
    asked.conditions.insert(person);
  }
  if (auto const procedure = text_of(object, "procedure", ""); procedure == "accelerated") asked.conditions.insert(procedure);
  else if (!procedure.empty() && procedure != "standard")
    throw CaseMistake("procedure", fmt::format("no such procedure \"{}\"", procedure), "standard or accelerated");
  auto const* conditions = object.if_contains("conditions");
  if (conditions == nullptr || conditions->is_null()) return;
  if (!conditions->is_array()) throw CaseMistake("conditions", "not a list", R"(write ["accelerated"])");
  constexpr std::array<std::string_view, 5> known = {"accelerated", "exceptional_obstacles", "own_national",
                                                     "third_country_national", "stateless"};
  for (std::size_t i = 0; i < conditions->get_array().size(); ++i) {
    auto const& each = conditions->get_array()[i];
    auto const word = each.is_string() ? std::string_view(each.get_string()) : std::string_view();
    if (std::find(known.begin(), known.end(), word) == known.end())
      throw CaseMistake(fmt::format("conditions[{}]", i), "no such condition", fmt::format("one of {}", fmt::join(known, ", ")));
    asked.conditions.emplace(word);
  }
}

void read_authorities(json::object const& object, AskedCase& asked) {
  auto const* authorities = object.if_contains("authorities");
  if (authorities == nullptr || authorities->is_null()) return;
  if (!authorities->is_object())
    throw CaseMistake("authorities", "not an object", R"(write {"EUE":{"zone":"Europe/Berlin","calendar":"XAR"}})");
  constexpr std::array<std::string_view, 3> authority_fields = {"zone", "calendar", "region"};
  for (auto const& [party, value] : authorities->get_object()) {
    auto const place = fmt::format("authorities.{}", std::string_view(party));
    if (!value.is_object()) throw CaseMistake(place, "not an object", R"(write {"zone":"Europe/Berlin","calendar":"XAR"})");
    auto const& given = value.get_object();
    check_fields(given, authority_fields, place + ".");
    asked.authorities.push_back({std::string(party), text_of(given, "zone", place + "."), text_of(given, "calendar", place + "."),
                                 text_of(given, "region", place + ".")});
  }
}

/// Two digits at `at`; -1 when they are none.
int two_digits(std::string const& text, std::size_t at) {
  if (at + 2 > text.size() || text[at] < '0' || text[at] > '9' || text[at + 1] < '0' || text[at + 1] > '9') return -1;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/// "+04:00", "-0300", "Z" at the end of a time; false when it is none of them.
bool read_offset(std::string const& text, LocalTime& time) {
  if (text.empty()) return true;
  if (text == "Z") {
    time.offset_minutes = 0;
    return true;
  }
  std::size_t const minutes_at = text.size() == 6 ? 4 : 3;
  int const hours = two_digits(text, 1);
  int const minutes = two_digits(text, minutes_at);
  bool const right = (text.size() == 5 || (text.size() == 6 && text[3] == ':')) && (text[0] == '+' || text[0] == '-');
  if (!right || hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return false;
  time.offset_minutes = (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
  return true;
}

}  // namespace

LocalTime read_time(std::string const& text, std::string const& field) {
  auto const wrong = [&] {
    return CaseMistake(field, fmt::format("\"{}\" is no day or time that exists", text),
                       "write 2027-03-01, 2027-03-01T10:00 or 2027-03-01T10:00:00+04:00");
  };
  LocalTime time;
  auto const day = Date::parse(text.substr(0, 10));
  if (!day) throw wrong();
  if (day->year() < first_year || day->year() > last_year)
    throw CaseMistake(field, fmt::format("\"{}\" lies too far away", text),
                      fmt::format("a day of the years {} to {}", first_year, last_year));
  time.day = *day;
  if (text.size() == 10) return time;
  if (text[10] != 'T' && text[10] != ' ') throw wrong();
  int const hours = two_digits(text, 11);
  int const minutes = text.size() > 13 && text[13] == ':' ? two_digits(text, 14) : -1;
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) throw wrong();
  std::size_t rest = 16;
  int seconds = 0;
  if (text.size() > rest && text[rest] == ':') {
    seconds = two_digits(text, 17);
    rest = 19;
    if (text.size() > rest && text[rest] == '.') rest = std::min(text.size(), text.find_first_not_of("0123456789", rest + 1));
  }
  if (seconds < 0 || seconds > 59 || !read_offset(text.substr(std::min(rest, text.size())), time)) throw wrong();
  time.has_time = true;
  time.ms_of_day = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  return time;
}

Instant to_instant(LocalTime const& time, std::string_view zone) {
  if (time.offset_minutes) {
    std::int64_t const ms = std::int64_t{time.day.days()} * 86'400'000 + time.ms_of_day;
    return Instant{ms - std::int64_t{*time.offset_minutes} * minute_ms};
  }
  auto const start = start_of_day(time.day, zone);
  auto const next = start_of_day(time.day.plus_days(1), zone);
  // Clocks are changed in the small hours: what comes later is counted back from the midnight that follows.
  if (time.ms_of_day < change_at_the_latest_ms) return Instant{std::min(start.ms + time.ms_of_day, next.ms - 1)};
  return Instant{std::max(start.ms, next.ms - (day_ms - time.ms_of_day))};
}

AskedCase read_case(json::value const& value) {
  if (!value.is_object()) throw CaseMistake("case", "not a JSON object", R"(write {"agreement":"CH-AZ","events":[…]})");
  auto const& object = value.get_object();
  check_fields(object, case_fields, "");
  AskedCase asked;
  check_id(object);
  asked.agreement = text_of(object, "agreement", "");
  asked.requesting = text_of(object, "requesting", "");
  asked.requested = text_of(object, "requested", "");
  asked.language = text_of(object, "language", "");
  asked.submitted_on = day_of(object, "submitted", "");
  asked.entered_on = day_of(object, "entered", "");
  asked.today = day_of(object, "today", "");
  asked.persons = persons_of(object, "persons", 1);
  asked.travelling = persons_of(object, "travelling", 0);
  if (asked.agreement.empty()) throw CaseMistake("agreement", "missing", R"(name one, as "CH-AZ")");
  auto const* events = object.if_contains("events");
  if (events == nullptr || !events->is_array())
    throw CaseMistake("events", "missing", R"(write [{"type":"received","at":"2027-03-01T10:00"}])");
  auto const& list = events->get_array();
  if (list.empty() || list.size() > most_events)
    throw CaseMistake("events", "none, or too many", fmt::format("from 1 to {} events", most_events));
  for (std::size_t i = 0; i < list.size(); ++i) asked.events.push_back(read_event(list[i], i));
  order_events(asked.events);
  read_conditions(object, asked);
  read_authorities(object, asked);
  return asked;
}

}  // namespace rcms::agreements
