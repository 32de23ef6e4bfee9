#include "capabilities/statistics/fact.hpp"

namespace rcms::statistics {

std::string age_group_of(std::string_view birth, Date on) {
  auto const born = PartialDate::parse(birth);
  if (!born) return "unknown";
  Date const day = born->last();
  int age = on.year() - day.year();
  if (std::pair(on.month(), on.day()) < std::pair(day.month(), day.day())) --age;
  if (age < 0) return "unknown";
  struct Group { int up_to; char const* name; };
  static constexpr Group groups[] = {{5, "0-5"}, {11, "6-11"}, {17, "12-17"}, {29, "18-29"}, {44, "30-44"}, {59, "45-59"}};
  for (auto const& group : groups) {
    if (age <= group.up_to) return group.name;
  }
  return "60+";
}

}  // namespace rcms::statistics
