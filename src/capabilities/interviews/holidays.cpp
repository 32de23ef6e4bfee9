#include "capabilities/interviews/holidays.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "norms/agreements/calendar.hpp"

namespace rcms::interviews {

using case_files::Context;

namespace {

std::string in_language(agreements::Names const& names, std::string_view language) {
  auto found = names.find(std::string(language));
  if (found == names.end()) found = names.find("en");
  return found == names.end() ? std::string() : found->second;
}

void add_days_of(Context const& context, agreements::Agreement const& agreement, std::string_view language, Date from, Date to,
                 std::vector<ClosedDay>& days) {
  for (auto const& authority : agreement.authorities) {
    auto const calendar = context.norms.calendars.find(authority.calendar);
    if (calendar == context.norms.calendars.end()) continue;
    for (auto day = from; day <= to; day = day.plus_days(1)) {
      auto const* holiday = agreements::find_holiday(calendar->second, day, authority.region);
      if (holiday == nullptr) continue;
      auto const* party = context.directory.find_party(authority.party);
      auto const state = party == nullptr ? authority.party : party->names.in(language);
      ClosedDay closed{day, fmt::format("{} ({})", in_language(holiday->names, language), state)};
      if (std::find(days.begin(), days.end(), closed) == days.end()) days.push_back(std::move(closed));
    }
  }
}

bool is_between(agreements::Agreement const& agreement, std::string_view one, std::string_view other) {
  auto const has = [&](std::string_view code) {
    return std::any_of(agreement.authorities.begin(), agreement.authorities.end(),
                       [&](auto const& authority) { return authority.party == code; });
  };
  return has(one) && has(other);
}

std::vector<ClosedDay> in_order(std::vector<ClosedDay> days) {
  std::stable_sort(days.begin(), days.end(), [](auto const& a, auto const& b) { return a.day < b.day; });
  return days;
}

}  // namespace

std::vector<ClosedDay> list_holidays(Context const& context, std::string_view agreement, std::string_view language, Date from,
                                     Date to) {
  std::vector<ClosedDay> days;
  if (auto const* found = context.norms.find_agreement(agreement)) add_days_of(context, *found, language, from, to, days);
  return in_order(std::move(days));
}

bool has_agreement(Context const& context, std::string_view one, std::string_view other) {
  auto const all = context.norms.list_agreements();
  return std::any_of(all.begin(), all.end(), [&](auto const* agreement) { return is_between(*agreement, one, other); });
}

std::vector<ClosedDay> list_holidays_between(Context const& context, PartyId const& one, PartyId const& other,
                                             std::string_view language, Date from, Date to) {
  auto const& first = context.directory.get_party(one).code;
  auto const& second = context.directory.get_party(other).code;
  std::vector<ClosedDay> days;
  for (auto const* agreement : context.norms.list_agreements()) {
    if (is_between(*agreement, first, second)) add_days_of(context, *agreement, language, from, to, days);
  }
  return in_order(std::move(days));
}

}  // namespace rcms::interviews
