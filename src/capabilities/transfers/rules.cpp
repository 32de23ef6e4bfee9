#include "capabilities/transfers/rules.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "capabilities/case_files/deciding.hpp"

namespace rcms::transfers {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr int day_minutes = 1'440;
constexpr std::string_view children = "children";

CrossingPoint const* find_point(std::vector<CrossingPoint> const& points, CrossingPointId const& id) {
  auto const found = std::find_if(points.begin(), points.end(), [&](auto const& one) { return one.id == id; });
  return found == points.end() ? nullptr : &*found;
}

bool is_code_of_point(std::string const& code) {
  auto const is_letter = [](char one) { return (one >= 'A' && one <= 'Z') || (one >= '2' && one <= '9'); };
  return (code.size() == 3 || code.size() == 5) && std::all_of(code.begin(), code.end(), is_letter);
}

Result<void> check_open(CrossingPoint const& point, Instant at) {
  if (is_open_at(point, at)) return {};
  auto const wall = wall_clock(at, point.time_zone);
  return refuse(Why::field_invalid, "legs",
                fmt::format("{} is closed on {} at {}", point.name, wall.day.text(), text_of_wall(wall.minute)), point.source);
}

Result<void> check_legs(Transport const& transport, std::vector<CrossingPoint> const& points, std::string_view partner_code) {
  if (transport.legs.empty()) return refuse(Why::field_missing, "legs");
  if (transport.legs.size() > legs_limit) return refuse(Why::limit_reached, "legs", "at most 6 legs");
  Leg const* before = nullptr;
  for (auto const& leg : transport.legs) {
    auto const* from = find_point(points, leg.from);
    auto const* to = find_point(points, leg.to);
    if (from == nullptr || to == nullptr || !from->active || !to->active || from == to)
      return refuse(Why::field_invalid, "legs", "choose two crossing points of the list");
    if (leg.arrives_at <= leg.departs_at) return refuse(Why::field_invalid, "legs", "a leg arrives after it departs");
    if (before != nullptr && (before->to != leg.from || before->arrives_at > leg.departs_at))
      return refuse(Why::field_invalid, "legs", "a leg begins where the one before ended, and after it");
    if (auto open = check_open(*from, leg.departs_at); !open) return open;
    if (auto open = check_open(*to, leg.arrives_at); !open) return open;
    before = &leg;
  }
  if (transport.arrives_at().ms - transport.departs_at().ms > longest_journey_days * day_minutes * minute_ms)
    return refuse(Why::limit_reached, "legs", "a journey takes at most 30 days");
  if (find_point(points, before->to)->state != partner_code)
    return refuse(Why::field_invalid, "legs", "the last leg ends in the requested State");
  return {};
}

Result<void> check_escorts(Transport const& transport, forms::Codes const& codes) {
  if (transport.escorts.size() > escorts_limit) return refuse(Why::limit_reached, "escorts", "at most 60 escorts");
  auto const arrives_on = date_in_zone(transport.arrives_at(), "UTC");
  for (auto const& one : transport.escorts) {
    if (one.name.empty()) return refuse(Why::field_missing, "escorts.name");
    if (!forms::has_code(codes, "escort_function", one.function)) return refuse(Why::field_invalid, "escorts.function");
    if (one.document_number.empty()) return refuse(Why::field_missing, "escorts.document_number");
    auto const until = Date::parse(one.document_until);
    if (!until) return refuse(Why::field_invalid, "escorts.document_until", "a day as 2031-03-04");
    if (*until < arrives_on)
      return refuse(Why::field_invalid, "escorts.document_until",
                    fmt::format("the document of {} ends before the arrival", one.name));
    for (auto const& code : one.qualifications) {
      if (!forms::has_code(codes, "escort_qualification", code)) return refuse(Why::field_invalid, "escorts.qualifications");
    }
    for (auto const& code : one.languages) {
      if (!forms::has_code(codes, "language", code))
        return refuse(Why::field_invalid, "escorts.languages", "choose a language of the list");
    }
  }
  return {};
}

Result<void> check_costs(Transport const& transport, forms::Codes const& codes) {
  if (transport.costs.size() > costs_limit) return refuse(Why::limit_reached, "costs", "at most 60 costs");
  auto const is_currency = [](std::string const& text) {
    return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char one) { return one >= 'A' && one <= 'Z'; });
  };
  for (auto const& one : transport.costs) {
    if (!forms::has_code(codes, "cost_item", one.item)) return refuse(Why::field_invalid, "costs.item");
    if (!forms::has_code(codes, "cost_payer", one.payer)) return refuse(Why::field_invalid, "costs.payer");
    if (!is_currency(one.currency)) return refuse(Why::field_invalid, "costs.currency", "three letters, as EUR");
    if (one.amount_cents < 0) return refuse(Why::field_invalid, "costs.amount_cents");
  }
  return {};
}

bool is_same_journey(Transport const& a, Transport const& b) {
  return a.departs_at() == b.departs_at() && a.arrives_at() == b.arrives_at() && a.partner == b.partner &&
         a.is_charter() == b.is_charter();
}

Result<void> check_standing(Transport const& before, Instant now) {
  if (before.state != "planned") return refuse(Why::wrong_step, "transport", "it was called off");
  if (before.departs_at() <= now) return refuse(Why::wrong_step, "transport", "its hour of departure has passed");
  return {};
}

}  // namespace

WallClock wall_clock(Instant at, std::string_view zone) {
  auto const day = date_in_zone(at, zone);
  auto const left_ms = start_of_day(day.plus_days(1), zone).ms - at.ms;
  return {day, static_cast<int>(day_minutes - (left_ms + minute_ms - 1) / minute_ms)};
}

std::string text_of_wall(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

std::optional<int> parse_wall(std::string_view text) {
  auto const digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 100; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  int const hour = digit(0) * 10 + digit(1);
  int const minute = digit(3) * 10 + digit(4);
  if (minute > 59 || hour * 60 + minute > day_minutes) return std::nullopt;
  return hour * 60 + minute;
}

bool is_open_at(CrossingPoint const& point, Instant at) {
  auto const wall = wall_clock(at, point.time_zone);
  return std::any_of(point.hours.begin(), point.hours.end(), [&](auto const& one) {
    return one.weekday == wall.day.weekday() && one.from_minute <= wall.minute && wall.minute < one.to_minute;
  });
}

Result<void> check_crossing_point(CrossingPoint const& point, forms::Codes const& codes) {
  if (point.name.empty()) return refuse(Why::field_missing, "name");
  if (!forms::has_code(codes, "crossing_kind", point.kind)) return refuse(Why::field_invalid, "kind");
  if (!forms::has_code(codes, "country", point.state)) return refuse(Why::field_invalid, "state");
  if (!point.code.empty() && !is_code_of_point(point.code))
    return refuse(Why::field_invalid, "code", "three letters of an airport or five of a UN/LOCODE");
  if (point.hours.empty()) return refuse(Why::field_missing, "hours");
  for (auto const& one : point.hours) {
    bool const holds = one.weekday >= 1 && one.weekday <= 7 && one.from_minute >= 0 && one.from_minute < one.to_minute &&
                       one.to_minute <= day_minutes;
    if (!holds) return refuse(Why::field_invalid, "hours", "from a time to a later one of the same day");
  }
  return {};
}

Result<void> check_transport(Transport const& transport, std::vector<CrossingPoint> const& points, std::string_view partner_code,
                             forms::Codes const& codes) {
  if (transport.name.empty()) return refuse(Why::field_missing, "name");
  if (!forms::has_code(codes, "transport_kind", transport.kind)) return refuse(Why::field_invalid, "kind");
  if (auto legs = check_legs(transport, points, partner_code); !legs) return legs;
  if (transport.seats < 0 || transport.seats > seats_limit) return refuse(Why::field_invalid, "seats", "0 to 1,000 seats");
  if (transport.medical_seats < 0 || transport.medical_seats > seats_limit)
    return refuse(Why::field_invalid, "medical_seats", "0 to 1,000 seats");
  if (transport.document_margin_days < 0 || transport.document_margin_days > 365)
    return refuse(Why::field_invalid, "document_margin_days", "0 to 365 days");
  if (transport.reception_places && (*transport.reception_places < 0 || transport.reception.empty()))
    return refuse(Why::field_invalid, "reception_places", "places belong to a centre");
  if (auto escorts = check_escorts(transport, codes); !escorts) return escorts;
  return check_costs(transport, codes);
}

Result<Transport> decide_transport(Transport const* before, Transport wanted, std::size_t passengers,
                                   std::vector<CrossingPoint> const& points, std::string_view partner_code,
                                   forms::Codes const& codes, access::Viewer const& viewer, Instant now) {
  if (!viewer.may("case.transfer")) return refuse(Why::not_permitted);
  if (before != nullptr) {
    if (auto stands = check_standing(*before, now); !stands) return tl::unexpected(stands.error());
    if (passengers > 0 && !is_same_journey(*before, wanted))
      return refuse(Why::wrong_step, "legs", "people are planned for this hour: take them off first, or plan another transport");
    wanted.id = before->id;
    wanted.party = before->party;
    wanted.notice = before->notice;
    wanted.made_by = before->made_by;
    wanted.revision = before->revision;
  }
  if (auto checked = check_transport(wanted, points, partner_code, codes); !checked) return tl::unexpected(checked.error());
  if (wanted.departs_at() <= now) return refuse(Why::field_invalid, "legs", "a departure to come");
  if (static_cast<std::size_t>(wanted.seats + wanted.medical_seats) < passengers)
    return refuse(Why::limit_reached, "seats", "more people have a seat already");
  wanted.state = "planned";
  wanted.changed_at = now;
  return wanted;
}

Result<Transport> decide_cancellation(Transport const& before, std::string_view reason, access::Viewer const& viewer,
                                      Instant now) {
  if (!viewer.may("case.transfer")) return refuse(Why::not_permitted);
  if (auto stands = check_standing(before, now); !stands) return tl::unexpected(stands.error());
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  auto after = before;
  after.state = "cancelled";
  after.reason = reason;
  after.changed_at = now;
  return after;
}

Result<Transport> decide_notice(Transport const& before, NoticeGiven given, forms::Codes const& codes,
                                access::Viewer const& viewer, Instant now) {
  if (!viewer.may("case.transfer")) return refuse(Why::not_permitted);
  if (auto stands = check_standing(before, now); !stands) return tl::unexpected(stands.error());
  if (!forms::has_code(codes, "notice_channel", given.channel)) return refuse(Why::field_invalid, "channel");
  if (given.at > now) return refuse(Why::field_invalid, "given_at", "a notice that was given, not one to come");
  given.by = viewer.user;
  auto after = before;
  after.notice = std::move(given);
  after.changed_at = now;
  return after;
}

Result<void> check_fitness(Fitness const& fitness, forms::Codes const& codes, access::Viewer const& viewer, Instant now) {
  if (!viewer.may("safeguard.medical")) return refuse(Why::not_permitted);
  if (fitness.certificate.empty()) return refuse(Why::field_missing, "certificate");
  if (!forms::has_code(codes, "fitness_outcome", fitness.outcome)) return refuse(Why::field_invalid, "outcome");
  if (fitness.examined_at > now) return refuse(Why::field_invalid, "examined_at", "an examination that took place");
  if (fitness.valid_hours < 1 || fitness.valid_hours > longest_fitness_hours)
    return refuse(Why::field_invalid, "valid_hours", "1 to 720 hours");
  return {};
}

std::string state_on(Transport const& transport, Instant now) {
  if (transport.state != "planned") return transport.state;
  return transport.departs_at() <= now ? "departed" : "planned";
}

bool may_be_child(std::string const& birth, Date day) {
  auto const born = PartialDate::parse(birth);
  return born && born->last().plus_months(18 * 12) > day;
}

allocation::Person person_of(Traveller const& traveller, Date departs_on) {
  auto const& file = traveller.file;
  allocation::Person person;
  person.id = file.id.value;
  person.family = traveller.family;
  person.is_excepted = traveller.is_excepted;
  person.is_child = may_be_child(file.person.birth, departs_on);
  person.destination = file.partner.value;
  person.agreement = file.agreement;
  person.has_open_gate = !traveller.open_gates.empty();
  if (traveller.fitness) {
    person.is_unfit = traveller.fitness->outcome == "unfit";
    person.needs_medical_seat = traveller.fitness->needs_medical_seat;
    person.fit_until = traveller.fitness->ends_at();
  }
  // The document that lasts longest; none that lasts is as one that has ended.
  person.document_valid_until = Date();
  for (auto const& paper : case_files::list_travel_papers(file)) {
    auto const until = Date::parse(paper.expires_on);
    if (!paper.is_void && until && *until > *person.document_valid_until) person.document_valid_until = until;
  }
  person.window_until = traveller.window_until;
  return person;
}

allocation::Transport seats_of(Transport const& transport, std::vector<CrossingPoint> const& points) {
  auto const zone_of = [&](CrossingPointId const& id) {
    auto const* point = find_point(points, id);
    return point == nullptr ? std::string("UTC") : point->time_zone;
  };
  allocation::Transport seats;
  seats.id = transport.id.value;
  seats.destination = transport.partner.value;
  seats.departs_at = transport.departs_at();
  seats.arrives_at = transport.arrives_at();
  if (!transport.legs.empty()) {
    seats.departs_on = date_in_zone(seats.departs_at, zone_of(transport.legs.front().from));
    seats.arrives_on = date_in_zone(seats.arrives_at, zone_of(transport.legs.back().to));
  }
  seats.seats = transport.seats;
  seats.medical_seats = transport.medical_seats;
  seats.document_margin_days = transport.document_margin_days;
  seats.child_escorts = static_cast<int>(std::count_if(transport.escorts.begin(), transport.escorts.end(), [](auto const& one) {
    return std::find(one.qualifications.begin(), one.qualifications.end(), children) != one.qualifications.end();
  }));
  return seats;
}

}  // namespace rcms::transfers
