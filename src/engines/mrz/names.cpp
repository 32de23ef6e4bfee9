#include "engines/mrz/names.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "engines/mrz/check_digit.hpp"

namespace rcms::mrz {
namespace {

constexpr auto names_source = "Doc 9303-4 section 4.2.3";
using Components = std::vector<std::string_view>;

Components components_of(std::string_view name) {
  Components parts;
  while (true) {
    auto start = name.find_first_not_of("< ");
    if (start == std::string_view::npos) return parts;
    auto end = std::min(name.find_first_of("< ", start), name.size());
    parts.push_back(name.substr(start, end - start));
    name.remove_prefix(end);
  }
}

int letters_of(Components const& parts, std::size_t count) {
  int letters = 0;
  for (std::size_t i = 0; i < count; ++i) letters += static_cast<int>(parts[i].size());
  return letters;
}

int separators_of(std::size_t primary, std::size_t secondary) {
  int separators = static_cast<int>(primary) - 1;
  if (secondary > 0) separators += 2 + static_cast<int>(secondary) - 1;
  return separators;
}

std::string written(Components const& primary, Components const& secondary) {
  std::string field;
  for (auto part : primary) field.append(field.empty() ? "" : "<").append(part);
  for (std::size_t i = 0; i < secondary.size(); ++i) field.append(i == 0 ? "<<" : "<").append(secondary[i]);
  return field;
}

/// The first `primary` and `secondary` components, one letter each, then filled up in order to exactly `letters`.
std::string shortened(Components names, Components given, std::size_t primary, std::size_t secondary, int letters) {
  names.resize(primary);
  given.resize(secondary);
  int spare = letters - static_cast<int>(primary + secondary);
  for (auto* parts : {&names, &given}) {
    for (auto& part : *parts) {
      int more = std::min(spare, static_cast<int>(part.size()) - 1);
      part = part.substr(0, static_cast<std::size_t>(1 + more));
      spare -= more;
    }
  }
  return written(names, given);
}

}  // namespace

Result<std::string> name_field(std::string_view primary, std::string_view secondary, int columns) {
  auto names = components_of(primary);
  auto given = components_of(secondary);
  if (names.empty()) return refuse(Why::field_missing, "primary_identifier", "the primary identifier is empty", names_source);
  for (auto const* parts : {&names, &given}) {
    for (auto part : *parts) {
      if (!std::all_of(part.begin(), part.end(), is_letter)) {
        return refuse(Why::field_invalid, parts == &names ? "primary_identifier" : "secondary_identifier",
                      fmt::format("\"{}\" holds a character other than A to Z", part), names_source);
      }
    }
  }
  std::string full = written(names, given);
  if (full.size() <= static_cast<std::size_t>(columns)) {
    full.resize(static_cast<std::size_t>(columns), '<');
    return full;
  }
  for (std::size_t p = names.size(); p > 0; --p) {
    for (std::size_t g = given.size() + 1; g-- > (given.empty() ? 0 : 1);) {
      int letters = columns - separators_of(p, g);
      bool fits = letters >= static_cast<int>(p + g) && letters <= letters_of(names, p) + letters_of(given, g);
      if (fits) return shortened(names, given, p, g, letters);
    }
  }
  return refuse(Why::field_too_long, "primary_identifier", "the name cannot be shortened by rule; give a shorter Latin form",
                names_source);
}

}  // namespace rcms::mrz
