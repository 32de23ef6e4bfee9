#include "engines/matching/weights.hpp"

#include <algorithm>

#include "engines/matching/bits.hpp"

namespace rcms::matching {

namespace {

struct Row {
  Part part;
  Rule rule;
  Ppm m;
  Ppm relative;
};

// A rule that is not listed for a part cannot fire there.
constexpr std::array rows{
    Row{Part::given, Rule::same, 800'000, 18'000},
    Row{Part::given, Rule::same_sound, 45'000, 3'000},
    Row{Part::given, Rule::other_script, 500'000, 12'000},
    Row{Part::given, Rule::known_alias, 20'000, 3'000},
    Row{Part::given, Rule::one_letter, 45'000, 4'000},
    Row{Part::given, Rule::two_letters, 15'000, 6'000},
    Row{Part::given, Rule::initial, 15'000, 60'000},
    Row{Part::given, Rule::some_names, 150'000, 30'000},
    Row{Part::given, Rule::one_of_several, 25'000, 160'000},
    Row{Part::given, Rule::exchanged, 8'000, 1'000},
    Row{Part::given, Rule::differs, 15'000, 780'000},

    Row{Part::surname1, Rule::same, 820'000, 700'000},
    Row{Part::surname1, Rule::same_sound, 55'000, 45'000},
    Row{Part::surname1, Rule::other_script, 500'000, 400'000},
    Row{Part::surname1, Rule::known_alias, 15'000, 12'000},
    Row{Part::surname1, Rule::one_letter, 55'000, 45'000},
    Row{Part::surname1, Rule::two_letters, 15'000, 15'000},
    Row{Part::surname1, Rule::initial, 5'000, 5'000},
    Row{Part::surname1, Rule::exchanged, 20'000, 40'000},
    Row{Part::surname1, Rule::differs, 25'000, 250'000},

    Row{Part::surname2, Rule::same, 800'000, 500'000},
    Row{Part::surname2, Rule::same_sound, 55'000, 35'000},
    Row{Part::surname2, Rule::other_script, 500'000, 300'000},
    Row{Part::surname2, Rule::known_alias, 15'000, 10'000},
    Row{Part::surname2, Rule::one_letter, 55'000, 35'000},
    Row{Part::surname2, Rule::two_letters, 15'000, 15'000},
    Row{Part::surname2, Rule::initial, 5'000, 5'000},
    Row{Part::surname2, Rule::exchanged, 20'000, 40'000},
    Row{Part::surname2, Rule::differs, 35'000, 450'000},

    Row{Part::birth, Rule::same, 800'000, 12'000},
    Row{Part::birth, Rule::estimated, 700'000, 60'000},
    Row{Part::birth, Rule::day_month, 20'000, 500},
    Row{Part::birth, Rule::part_of_date, 30'000, 4'000},
    Row{Part::birth, Rule::near_year, 30'000, 150'000},
    Row{Part::birth, Rule::differs, 15'000, 800'000},

    Row{Part::sex, Rule::same, 980'000, 500'000},
    Row{Part::sex, Rule::differs, 15'000, 500'000},

    Row{Part::place, Rule::same, 620'000, 600'000},
    Row{Part::place, Rule::one_letter, 40'000, 40'000},
    Row{Part::place, Rule::two_letters, 20'000, 20'000},
    Row{Part::place, Rule::same_region, 150'000, 150'000},
    Row{Part::place, Rule::differs, 200'000, 230'000},

    Row{Part::father_given, Rule::same, 800'000, 520'000},
    Row{Part::father_given, Rule::same_sound, 45'000, 30'000},
    Row{Part::father_given, Rule::other_script, 500'000, 300'000},
    Row{Part::father_given, Rule::known_alias, 20'000, 14'000},
    Row{Part::father_given, Rule::one_letter, 45'000, 30'000},
    Row{Part::father_given, Rule::two_letters, 15'000, 12'000},
    Row{Part::father_given, Rule::initial, 15'000, 15'000},
    Row{Part::father_given, Rule::some_names, 150'000, 100'000},
    Row{Part::father_given, Rule::one_of_several, 25'000, 40'000},
    Row{Part::father_given, Rule::differs, 40'000, 380'000},

    Row{Part::father_surnames, Rule::same, 800'000, 550'000},
    Row{Part::father_surnames, Rule::same_sound, 55'000, 40'000},
    Row{Part::father_surnames, Rule::other_script, 500'000, 300'000},
    Row{Part::father_surnames, Rule::known_alias, 15'000, 10'000},
    Row{Part::father_surnames, Rule::one_letter, 55'000, 40'000},
    Row{Part::father_surnames, Rule::two_letters, 15'000, 12'000},
    Row{Part::father_surnames, Rule::initial, 5'000, 5'000},
    Row{Part::father_surnames, Rule::differs, 60'000, 380'000},

    Row{Part::document, Rule::same, 900'000, 1'000},
    Row{Part::document, Rule::one_letter, 40'000, 8'000},
    Row{Part::document, Rule::differs, 60'000, 990'000},
};

Weights make() {
  Weights weights;
  weights.version = "by hand 1";
  auto const set = [&](Part part, Row const& row) {
    weights.m[static_cast<std::size_t>(part)][static_cast<std::size_t>(row.rule)] = row.m;
    weights.relative[static_cast<std::size_t>(part)][static_cast<std::size_t>(row.rule)] = row.relative;
  };
  for (auto const& row : rows) {
    set(row.part, row);
    if (row.part == Part::father_given) set(Part::mother_given, row);
    if (row.part == Part::father_surnames) set(Part::mother_surnames, row);
  }
  return weights;
}

}  // namespace

WeightBits bits_of(Weights const& weights) {
  WeightBits bits;
  for (std::size_t part = 0; part < parts_count; ++part) {
    for (std::size_t rule = 0; rule < rules_count; ++rule) {
      auto const m = std::max<std::uint64_t>(weights.m[part][rule], 1);
      bits.m[part][rule] = log2_ratio(m, 1'000'000);
      bits.relative[part][rule] = log2_ratio(m, std::max<std::uint64_t>(weights.relative[part][rule], 1));
    }
  }
  return bits;
}

Weights const& default_weights() {
  static Weights const weights = make();
  return weights;
}

}  // namespace rcms::matching
