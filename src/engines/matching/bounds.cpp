#include <algorithm>

#include "engines/matching/bits.hpp"
#include "engines/matching/collect.hpp"

namespace rcms::matching {

namespace {

// A state of a person: which parts agree, and how far the birth date does, in the two highest bits.
constexpr std::uint32_t given = 1, surname1 = 2, surname2 = 4, place = 8, mother = 16, father = 32;
constexpr std::uint32_t parts_mask = 63, near_year = 1U << 6, same_year = 2U << 6, same_day = 3U << 6;

struct FamilyShows {
  std::uint32_t state = 0;   ///< what agrees when somebody is found
  bool finds_all = true;     ///< whether everybody of whom this holds would be found
};

constexpr std::array<FamilyShows, families_count> shows{{
    {0, false},
    {surname1 | same_day},
    {surname2 | same_day},
    {given | same_day},
    {given | surname1 | surname2},
    {given | surname1, false},
    {given | surname2, false},
    {given | surname1 | place},
    {given | mother},
    {given | father},
    {surname1 | mother | father},
    {surname1 | surname2 | same_year},
    {surname1 | surname2 | near_year},
    {given | surname1 | same_year},
    {given | surname2 | same_year},
    {given | surname1 | near_year},
    {given | surname2 | near_year},
    {0, false},
    {given, false},
}};

constexpr std::uint32_t reaches_anything =
    1U << static_cast<unsigned>(Family::document) | 1U << static_cast<unsigned>(Family::exchanged);
constexpr MilliBits unknown_name = 11'000;  ///< a name that the registry has not; as when nothing is known of what is near
constexpr MilliBits another_sex_known = 1'000;
constexpr MilliBits most_of_a_place = 7'000;
constexpr MilliBits same_day_of_other_year = 8'512;

bool holds(std::uint32_t state, std::uint32_t part) {
  return (state & part & parts_mask) == (part & parts_mask) && (state & ~parts_mask) >= (part & ~parts_mask);
}

/// The most that names of a field can weigh.
MilliBits most_of_names(Index const& index, Asked const& asked, Asked::Range range, bool as_given) {
  auto const all = std::max<std::uint64_t>(as_given ? index.persons() : index.meta().surname_tokens, 1);
  MilliBits sum = 0;
  for (std::uint32_t at = range.first; at < std::uint32_t{range.first} + range.count; ++at) {
    auto const& name = asked.names[at];
    std::uint64_t rarest = 0;
    auto const see = [&](Counts const& counts) {
      std::uint64_t const count = as_given ? counts.given : counts.surname;
      if (count > 0 && (rarest == 0 || count < rarest)) rarest = count;
    };
    if (name.token != no_number) see(index.token_counts(name.token));
    else if (name.sound_class != no_number) see(index.class_counts(name.sound_class));
    for (auto const alias : name.aliases) see(index.token_counts(alias));
    if (rarest == 0) see(name.near);
    if (rarest == 0) see(name.far);
    sum += rarest == 0 ? unknown_name : log2_ratio(all, std::min(rarest, all));
  }
  return sum;
}

}  // namespace

Bounds::Bounds(Index const& index, Asked const& asked, WeightBits const& weights) {
  has_birth_ = asked.birth.precision != Precision::unknown;
  std::array<MilliBits, 6> parts{};
  parts[0] = most_of_names(index, asked, asked.given, true);
  for (std::uint8_t number = 0; number < asked.surnames.count; ++number)
    parts[1U + number] =
        most_of_names(index, asked, {static_cast<std::uint8_t>(asked.surnames.first + number), 1}, false);
  parts[3] = asked.place.empty() ? 0 : most_of_a_place;
  // What the surnames of a parent add to those of the child.
  auto const second = [&](Asked::Range range, bool also_first) {
    auto const skipped = also_first ? 0 : std::min<int>(1, range.count);
    return most_of_names(index, asked,
                         {static_cast<std::uint8_t>(range.first + skipped), static_cast<std::uint8_t>(range.count - skipped)},
                         false);
  };
  parts[4] = most_of_names(index, asked, asked.mother_given, true) + second(asked.mother_surnames, asked.surnames.count < 2);
  parts[5] = most_of_names(index, asked, asked.father_given, true) + second(asked.father_surnames, asked.surnames.count < 1);
  std::array<MilliBits, 4> births{};
  if (has_birth_) {
    auto const& m = weights.m[static_cast<std::size_t>(Part::birth)];
    auto const rule = [&](Rule one) { return m[static_cast<std::size_t>(one)]; };
    auto const born = std::max<std::uint64_t>(index.year_counts(asked.birth_parts.year).persons, 1);
    auto const year_chance = log2_ratio(std::max<std::uint64_t>(index.persons(), 1), born);
    bool const has_day = asked.birth.precision == Precision::day;
    births[0] = has_day ? rule(Rule::part_of_date) + same_day_of_other_year : 0;
    births[1] = std::max(births[0], rule(Rule::near_year) + year_chance + 500);
    births[2] = std::max({births[1], rule(Rule::estimated) + year_chance, rule(Rule::part_of_date) + year_chance + 4'907});
    births[3] = std::max(births[2], has_day ? rule(Rule::same) + year_chance + same_day_of_other_year : 0);
  }
  for (std::uint32_t state = 0; state < states_count; ++state) {
    auto sum = births[state >> 6] + ((state & given) == 0 ? another_sex_known : 0);
    for (std::uint32_t part = 0; part < parts.size(); ++part) sum += (state >> part & 1) != 0 ? parts[part] : 0;
    bits_[state] = sum;
    for (std::uint32_t part = 3; part < parts.size(); ++part) rest_[state] += (state >> part & 1) != 0 ? parts[part] : 0;
    for (std::size_t family = 0; family < families_count; ++family)
      if (shows[family].finds_all && holds(state, shows[family].state)) shown_by_[state] |= 1U << family;
  }
}

Bounds::Most Bounds::most(std::uint32_t families, std::uint32_t read) const {
  constexpr MilliBits no_limit = 1'000'000;
  if ((families & reaches_anything) != 0) return {no_limit, no_limit};
  std::uint32_t parts = 0, birth = has_birth_ ? 0 : same_day;
  for (std::size_t family = 0; family < families_count; ++family) {
    if ((families >> family & 1) == 0) continue;
    parts |= shows[family].state & parts_mask;
    birth = std::max(birth, shows[family].state & ~parts_mask);
  }
  auto const missed = read & ~families;
  // Contradictions come of what is not looked up for its cost: then what was shown is all there is.
  Most most{bits_[parts | birth], rest_[parts | birth]};
  for (auto state = birth; state < states_count; ++state)
    if ((state & parts) == parts && (shown_by_[state] & missed) == 0)
      most = {std::max(most.bits, bits_[state]), std::max(most.rest, rest_[state])};
  return most;
}

}  // namespace rcms::matching
