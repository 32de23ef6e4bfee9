#include "engines/matching/record.hpp"

#include <algorithm>

#include "engines/matching/text_form.hpp"

namespace rcms::matching {

namespace {

constexpr bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

constexpr int days_of_month(int year, int month) {
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

/// Days from 1 January 1880 to 1 January of each year.
constexpr std::array<std::uint16_t, years_count> year_starts = [] {
  std::array<std::uint16_t, years_count> starts{};
  int days = 0;
  for (int at = 0; at < years_count; ++at) {
    starts[static_cast<std::size_t>(at)] = static_cast<std::uint16_t>(days);
    days += is_leap(first_year + at) ? 366 : 365;
  }
  return starts;
}();

std::optional<int> number_of(std::string_view digits) {
  int number = 0;
  for (char const c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

constexpr int code_of(char c) {
  if (c >= '0' && c <= '9') return c - '0' + 1;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 11;
  if (c >= 'a' && c <= 'z') return c - 'a' + 11;
  return 0;
}

constexpr std::uint64_t most_letters = 11;  // 37^11 has 58 bits
constexpr std::uint64_t most_digits = 17;   // 10^17 has 57 bits
constexpr std::uint64_t is_hash = std::uint64_t{1} << 63;
constexpr std::uint64_t is_number = std::uint64_t{1} << 62;

std::uint64_t mix(std::uint64_t value) {
  value ^= value >> 32;
  value *= 0xD6E8FEB86659FD93ULL;
  value ^= value >> 29;
  value *= 0x9FB21C651E98DF25ULL;
  return value ^ (value >> 32);
}

}  // namespace

std::optional<std::uint16_t> days_of(int year, int month, int day) {
  if (year < first_year || year >= first_year + years_count || month < 1 || month > 12 || day < 1 ||
      day > days_of_month(year, month))
    return std::nullopt;
  int days = year_starts[static_cast<std::size_t>(year - first_year)];
  for (int before = 1; before < month; ++before) days += days_of_month(year, before);
  return static_cast<std::uint16_t>(days + day - 1);
}

std::optional<Birth> Birth::parse(std::string_view text) {
  if (text.empty()) return Birth{};
  bool const has_dashes = text.size() > 4 && text[4] == '-';
  auto const year = number_of(text.substr(0, 4));
  if (!year || text.size() < 4) return std::nullopt;
  if (text.size() == 4) {
    auto const days = days_of(*year, 1, 1);
    return days ? std::optional(Birth{Precision::year, *days}) : std::nullopt;
  }
  auto const month = number_of(text.substr(has_dashes ? 5 : 4, 2));
  if (!month) return std::nullopt;
  if (text.size() == 7 && has_dashes) {
    auto const days = days_of(*year, *month, 1);
    return days ? std::optional(Birth{Precision::month, *days}) : std::nullopt;
  }
  if (text.size() != (has_dashes ? 10U : 8U) || (has_dashes && text[7] != '-')) return std::nullopt;
  auto const day = number_of(text.substr(has_dashes ? 8 : 6, 2));
  if (!day) return std::nullopt;
  auto const days = days_of(*year, *month, *day);
  return days ? std::optional(Birth{Precision::day, *days}) : std::nullopt;
}

// OPTIMIZATION: no table and no loop; the dates of thousands are taken apart for a question. Years begin in March, so that the
// leap day is the last. Source: H. Hinnant, chrono-compatible low-level date algorithms, civil_from_days.
Birth::Parts Birth::parts() const {
  constexpr unsigned from_march_1600 = 102'208;  // days to 1 January 1880
  constexpr unsigned of_400_years = 146'097;
  unsigned const all = days + from_march_1600;
  unsigned const era = all / of_400_years;
  unsigned const of_era = all - era * of_400_years;
  unsigned const year_of_era = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  unsigned const of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  unsigned const month = (5 * of_year + 2) / 153;
  unsigned const day = of_year - (153 * month + 2) / 5 + 1;
  int const year = static_cast<int>(1600 + era * 400 + year_of_era) + (month >= 10 ? 1 : 0);
  return {year, static_cast<int>(month < 10 ? month + 3 : month - 9), static_cast<int>(day)};
}

Sex sex_of(std::string_view text) {
  if (text == "M" || text == "m") return Sex::male;
  if (text == "F" || text == "f") return Sex::female;
  if (text == "X" || text == "x") return Sex::other;
  return Sex::unknown;
}

std::uint64_t packed(std::string_view text) {
  std::uint64_t in_37 = 0;
  std::uint64_t in_10 = 0;
  std::uint64_t letters = 0;
  bool only_digits = true;
  for (char const c : text) {
    int const code = code_of(c);
    if (code == 0) continue;
    ++letters;
    only_digits = only_digits && code <= 10;
    if (letters <= most_letters) in_37 = in_37 * 37 + static_cast<std::uint64_t>(code);
    if (letters <= most_digits && only_digits) in_10 = in_10 * 10 + static_cast<std::uint64_t>(code - 1);
  }
  if (letters <= most_letters) return in_37;
  if (only_digits && letters <= most_digits) return is_number | (letters << 57) | in_10;
  return hash_of(text) | is_hash;
}

std::string unpacked(std::uint64_t value) {
  std::string text;
  if ((value & is_hash) != 0) return text;
  if ((value & is_number) != 0) {
    auto digits = value & ((std::uint64_t{1} << 57) - 1);
    for (auto left = (value >> 57) & 31; left > 0; --left, digits /= 10) text += static_cast<char>('0' + digits % 10);
  } else {
    for (; value != 0; value /= 37) {
      auto const code = static_cast<int>(value % 37);
      if (code == 0) return {};
      text += static_cast<char>(code <= 10 ? '0' + code - 1 : 'A' + code - 11);
    }
  }
  std::reverse(text.begin(), text.end());
  return text;
}

std::string_view name_of(Key key) {
  constexpr std::array<std::string_view, keys_count> names{
      "surnames_given", "given_surname_year",  "surname_date", "given_date", "surnames_year",
      "givens_surname", "given_surname_place", "mother",       "father",     "document", "parents"};
  return names[static_cast<std::size_t>(key)];
}

std::uint64_t pair_hash(std::uint64_t a, std::uint64_t b) { return mix(std::min(a, b)) * 3 + mix(std::max(a, b) + 1); }

std::uint64_t key_hash(Key key, std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  auto hash = mix(a + static_cast<std::uint64_t>(key) * 0x9E3779B97F4A7C15ULL);
  hash = mix(hash ^ (b + 0x632BE59BD9B4E019ULL));
  return mix(hash ^ (c + 0xD1B54A32D192ED03ULL));
}

std::size_t hashes_of(Key key, KeyParts const& parts, std::array<std::uint64_t, most_hashes_of_a_key>& hashes) {
  std::size_t count = 0;
  auto const add = [&](std::uint64_t a, std::uint64_t b, std::uint64_t c = 0) {
    if (count == hashes.size()) return;
    auto const hash = key_hash(key, a, b, c);
    if (std::find(hashes.begin(), hashes.begin() + static_cast<std::ptrdiff_t>(count), hash) ==
        hashes.begin() + static_cast<std::ptrdiff_t>(count))
      hashes[count++] = hash;
  };
  bool const has_year = parts.birth.precision != Precision::unknown;
  bool const has_day = parts.birth.precision == Precision::day;
  auto const year_of = [&] { return static_cast<std::uint64_t>(parts.birth.year()); };
  std::array<std::uint64_t, 2> const surnames{parts.surname1, parts.surname2};
  bool const has_surnames = parts.surname1 != 0 && parts.surname2 != 0;
  // The third given name is filed only where nothing but names is asked.
  std::array<std::uint64_t, 2> const givens{parts.given[0], parts.given[1]};
  switch (key) {
    case Key::surnames_given:
      for (auto const given : parts.given)
        if (given != 0 && has_surnames) add(pair_hash(parts.surname1, parts.surname2), given);
      break;
    case Key::given_surname_year:
      if (!has_year) break;
      for (auto const given : givens)
        for (auto const surname : surnames)
          if (given != 0 && surname != 0) add(given, surname, year_of());
      break;
    case Key::surname_date:
      for (auto const surname : surnames)
        if (surname != 0 && has_day) add(surname, parts.birth.days);
      break;
    case Key::given_date:
      for (auto const given : givens)
        if (given != 0 && has_day) add(given, parts.birth.days);
      break;
    case Key::surnames_year:
      if (has_surnames && has_year) add(pair_hash(parts.surname1, parts.surname2), year_of());
      break;
    case Key::givens_surname:
      for (auto const surname : surnames)
        if (surname != 0 && parts.given[1] != 0) add(pair_hash(parts.given[0], parts.given[1]), surname);
      break;
    case Key::given_surname_place:
      for (auto const given : givens)
        if (given != 0 && parts.surname1 != 0 && parts.place != 0) add(given, parts.surname1, parts.place);
      break;
    case Key::mother:
      if (parts.mother_given != 0 && parts.mother_surname != 0 && parts.given[0] != 0)
        add(parts.mother_given, parts.mother_surname, parts.given[0]);
      break;
    case Key::father:
      if (parts.father_given != 0 && parts.father_surname != 0 && parts.given[0] != 0)
        add(parts.father_given, parts.father_surname, parts.given[0]);
      break;
    case Key::document:
      if (parts.document != 0) add(parts.document, 0);
      break;
    case Key::parents:
      if (parts.mother_given != 0 && parts.father_given != 0 && parts.surname1 != 0)
        add(parts.mother_given, parts.father_given, parts.surname1);
      break;
  }
  return count;
}

}  // namespace rcms::matching
