#include "engines/matching/collect.hpp"

#include <algorithm>

#include "engines/matching/text_form.hpp"

namespace rcms::matching {

namespace {

constexpr int most_cost = 20;            // two names one letter apart each, or one two letters apart
constexpr int most_cost_near_year = 10;  // when the year is not the one that was given
constexpr std::uint64_t read_at_once = 500;  // entries before those found are looked at

using Variants = std::span<Variant const>;

Variants exact(Variants variants) { return variants.first(std::min<std::size_t>(variants.size(), 1)); }

/// Each pair of variants that is not too far from what was asked.
template <class Each>
void pairs(Variants left, Variants right, int most, Each each) {
  for (auto const& one : left) {
    if (one.cost > most) break;
    for (auto const& other : right) {
      if (one.cost + other.cost > most) break;
      each(one.hash, other.hash);
    }
  }
}

std::vector<std::uint16_t> dates_of(Asked const& asked) {
  std::vector<std::uint16_t> days;
  if (asked.birth.precision != Precision::day) return days;
  days.push_back(asked.birth.days);
  auto const& birth = asked.birth_parts;
  if (auto const exchanged = days_of(birth.year, birth.day, birth.month); exchanged && *exchanged != days[0])
    days.push_back(*exchanged);
  return days;
}

}  // namespace

// ---- who was found

void FoundSet::begin() {
  if (++round_ == 0) {
    std::fill(slots_.begin(), slots_.end(), Slot{});
    round_ = 1;
  }
  all_.clear();
}

FoundSet::Slot& FoundSet::find(std::vector<Slot>& slots, std::uint32_t position) const {
  auto at = (position * 0x9E3779B1U) & (slots.size() - 1);
  while (slots[at].round == round_ && slots[at].position != position) at = (at + 1) & (slots.size() - 1);
  return slots[at];
}

void FoundSet::add(std::uint32_t position, std::uint32_t family) {
  if ((all_.size() + 1) * 2 > slots_.size()) grow();
  auto& slot = find(slots_, position);
  if (slot.round == round_) {
    all_[slot.number].families |= family;
    return;
  }
  slot = {position, round_, static_cast<std::uint32_t>(all_.size())};
  all_.push_back({position, family, false});
}

void FoundSet::grow() {
  std::vector<Slot> bigger(slots_.size() * 2);
  for (auto const& slot : slots_)
    if (slot.round == round_) find(bigger, slot.position) = slot;
  slots_ = std::move(bigger);
}

// ---- what is looked up

Collector::Collector(Index const& index, Asked const& asked, WeightBits const& weights, CollectorMemory& memory,
                     Limits limits)
    : index_(index), asked_(asked), memory_(memory), limits_(limits), bounds_(index, asked, weights) {
  memory_.found.begin();
  memory_.lookups.clear();
  by_document();
  by_dates();
  by_names();
  by_parents();
  by_year();
  measure();
}

Variants Collector::given(std::size_t number) const {
  return number < asked_.given.count ? limited(asked_.names[asked_.given.first + number]) : Variants{};
}
Variants Collector::surname(std::size_t number) const {
  return number < asked_.surnames.count ? limited(asked_.names[asked_.surnames.first + number]) : Variants{};
}
Variants Collector::first_of(Asked::Range range) const {
  return range.count == 0 ? Variants{} : limited(asked_.names[range.first]);
}

/// The years in which the person may be born: all, when it is not known.
std::vector<int> Collector::years() const {
  std::vector<int> years;
  if (asked_.birth.precision == Precision::unknown) {
    for (int year = first_year; year < first_year + years_count; ++year)
      if (index_.year_counts(year).persons > 0) years.push_back(year);
    return years;
  }
  int const year = asked_.birth_parts.year;
  for (int const off : {0, 1, -1, 2, -2, 10, -10})
    if (year + off >= first_year && year + off < first_year + years_count) years.push_back(year + off);
  return years;
}

void Collector::by_document() {
  if (asked_.document == 0) return;
  look(Family::document, Key::document, key_hash(Key::document, asked_.document, 0));
  auto const& text = asked_.document_text;
  // Who asks for names only as they are written asks so for the number.
  if (text.size() < 6 || limits_.variants == 1) return;
  // One digit wrong, or two neighbours exchanged.
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto other = text;
    bool const is_digit = text[at] >= '0' && text[at] <= '9';
    for (char c = is_digit ? '0' : 'A'; c <= (is_digit ? '9' : 'Z'); ++c) {
      if (c == text[at]) continue;
      other[at] = c;
      look(Family::document, Key::document, key_hash(Key::document, packed(other), 0));
    }
    other = text;
    if (at + 1 == text.size() || text[at] == text[at + 1]) continue;
    std::swap(other[at], other[at + 1]);
    look(Family::document, Key::document, key_hash(Key::document, packed(other), 0));
  }
}

void Collector::by_dates() {
  for (auto const day : dates_of(asked_)) {
    for (std::size_t number = 0; number < 2; ++number)
      for (auto const& one : surname(number))
        look(number == 0 ? Family::surname1_day : Family::surname2_day, Key::surname_date,
             key_hash(Key::surname_date, one.hash, day));
    // The given name stands where the surname should.
    for (auto const& one : exact(given(0)))
      look(Family::exchanged, Key::surname_date, key_hash(Key::surname_date, one.hash, day));
    for (std::size_t number = 0; number < 3; ++number)
      for (auto const& one : given(number)) look(Family::given_day, Key::given_date, key_hash(Key::given_date, one.hash, day));
  }
}

void Collector::by_names() {
  if (asked_.surnames.count == 2) {
    for (auto const& first : surname(0)) {
      for (auto const& second : surname(1)) {
        if (first.cost + second.cost > most_cost) break;
        auto const pair = pair_hash(first.hash, second.hash);
        for (std::size_t number = 0; number < 3; ++number) {
          for (auto const& one : given(number)) {
            if (first.cost + second.cost + one.cost > most_cost) break;
            look(Family::surnames_given, Key::surnames_given, key_hash(Key::surnames_given, pair, one.hash));
          }
        }
      }
    }
  }
  if (asked_.given.count >= 2) {
    for (std::size_t number = 0; number < 2; ++number)
      for (auto const& one : surname(number))
        pairs(given(0), given(1), most_cost - one.cost, [&](std::uint64_t left, std::uint64_t right) {
          look(number == 0 ? Family::givens_surname1 : Family::givens_surname2, Key::givens_surname,
               key_hash(Key::givens_surname, pair_hash(left, right), one.hash));
        });
  }
  if (!asked_.place.empty()) {
    auto const place = hash_of(asked_.place, sound_seed);
    for (std::size_t number = 0; number < 2; ++number)
      pairs(given(number), surname(0), most_cost, [&](std::uint64_t one, std::uint64_t other) {
        look(Family::place, Key::given_surname_place, key_hash(Key::given_surname_place, one, other, place));
      });
  }
}

void Collector::by_year() {
  auto const all = years();
  bool const is_known = asked_.birth.precision != Precision::unknown;
  // Far from the year that was given, or without one, only the names as they are.
  auto const most_cost_of = [&](std::size_t at) { return !is_known || at > 2 ? 0 : at == 0 ? most_cost : most_cost_near_year; };
  for (std::size_t at = 0; at < all.size(); ++at) {
    bool const is_exact = at == 0 || !is_known;
    auto const year = static_cast<std::uint64_t>(all[at]);
    if (asked_.surnames.count == 2) {
      pairs(surname(0), surname(1), most_cost_of(at), [&](std::uint64_t one, std::uint64_t other) {
        look(is_exact ? Family::surnames_year : Family::surnames_near_year, Key::surnames_year,
             key_hash(Key::surnames_year, pair_hash(one, other), year));
      });
    }
    for (std::size_t of_surname = 0; of_surname < 2; ++of_surname) {
      auto const family = is_exact ? of_surname == 0 ? Family::given_surname1_year : Family::given_surname2_year
                          : of_surname == 0 ? Family::given_surname1_near_year
                                            : Family::given_surname2_near_year;
      for (std::size_t of_given = 0; of_given < 2; ++of_given)
        pairs(given(of_given), surname(of_surname), most_cost_of(at), [&](std::uint64_t one, std::uint64_t other) {
          look(family, Key::given_surname_year, key_hash(Key::given_surname_year, one, other, year));
        });
    }
    // Exchanged: the surname stands first.
    pairs(exact(surname(0)), exact(given(0)), most_cost, [&](std::uint64_t one, std::uint64_t other) {
      look(Family::exchanged, Key::given_surname_year, key_hash(Key::given_surname_year, one, other, year));
    });
  }
}

void Collector::by_parents() {
  constexpr int most_cost_of_child = 10;
  auto const look_parent = [&](Family family, Key key, Asked::Range name, Asked::Range surnames) {
    if (name.count == 0 || surnames.count == 0) return;
    for (std::size_t number = 0; number < 2; ++number)
      for (auto const& one : given(number))
        pairs(first_of(name), first_of(surnames), most_cost - one.cost,
              [&](std::uint64_t parent, std::uint64_t surname_of_parent) {
                if (one.cost <= most_cost_of_child) look(family, key, key_hash(key, parent, surname_of_parent, one.hash));
              });
  };
  look_parent(Family::mother, Key::mother, asked_.mother_given, asked_.mother_surnames);
  look_parent(Family::father, Key::father, asked_.father_given, asked_.father_surnames);
  for (auto const& one : surname(0))
    pairs(first_of(asked_.mother_given), first_of(asked_.father_given), most_cost,
          [&](std::uint64_t mother, std::uint64_t father) {
            look(Family::parents, Key::parents, key_hash(Key::parents, mother, father, one.hash));
          });
}

void Collector::widen() {
  constexpr int most_cost_of_any_year = 10;
  constexpr std::uint64_t most_namesakes = 100;
  memory_.lookups.clear();
  auto const look_years = [&](Variants givens, Variants surnames) {
    for (auto const& one : givens) {
      for (auto const& other : surnames) {
        if (one.cost + other.cost > most_cost_of_any_year) break;
        // Of many namesakes none can be told apart without a date.
        if (std::uint64_t{one.counts.given} * other.counts.surname / std::max(index_.persons(), 1U) > most_namesakes) continue;
        for (int year = first_year; year < first_year + years_count; ++year) {
          if (index_.year_counts(year).persons == 0) continue;
          look(Family::wide, Key::given_surname_year,
               key_hash(Key::given_surname_year, one.hash, other.hash, static_cast<std::uint64_t>(year)));
        }
      }
    }
  };
  for (std::size_t of_given = 0; of_given < 2; ++of_given)
    for (std::size_t of_surname = 0; of_surname < 2; ++of_surname) look_years(given(of_given), surname(of_surname));
  look_years(surname(0), given(0));
  if (!asked_.place.empty()) {
    pairs(surname(0), given(0), most_cost, [&](std::uint64_t one, std::uint64_t other) {
      look(Family::wide, Key::given_surname_place,
           key_hash(Key::given_surname_place, one, other, hash_of(asked_.place, sound_seed)));
    });
  }
  measure();
}

// ---- reading

/// Puts the lookups of each family together and counts what is in their buckets.
void Collector::measure() {
  starts_.fill(0);
  counts_.fill(0);
  lengths_.fill(0);
  for (auto const& one : memory_.lookups) ++counts_[static_cast<std::size_t>(one.family)];
  std::uint32_t next = 0;
  for (std::size_t family = 0; family < families_count; ++family) {
    starts_[family] = next;
    next += counts_[family];
    if (counts_[family] > 0) waiting_ |= 1U << family;
  }
  memory_.sorted.resize(memory_.lookups.size());
  auto places = starts_;
  for (auto const& one : memory_.lookups) {
    auto const family = static_cast<std::size_t>(one.family);
    memory_.sorted[places[family]++] = one;
    lengths_[family] += static_cast<std::uint32_t>(index_.entries(one.key, one.hash).size());
    tried_ |= 1U << static_cast<unsigned>(one.key);
  }
}

void Collector::read(Family family) {
  auto const number = static_cast<std::size_t>(family);
  auto const lookups = std::span(memory_.sorted).subspan(starts_[number], counts_[number]);
  for (auto const& one : lookups) index_.prefetch_entries(one.key, one.hash);
  auto const bit = 1U << number;
  for (auto const& one : lookups) {
    auto const mark = index_.mark_of(one.hash);
    for (auto const entry : index_.entries(one.key, one.hash)) {
      if (!index_.is_marked(entry, mark)) continue;
      auto const position = index_.position_of(entry);
      if (position < index_.persons()) memory_.found.add(position, bit);
    }
  }
  entries_read_ += lengths_[number];
  waiting_ &= ~bit;
  read_ |= bit;
}

bool Collector::read_more() {
  auto const until = std::max<std::uint64_t>(entries_read_ * 2, read_at_once);
  bool has_read = false;
  while (waiting_ != 0) {
    std::size_t shortest = families_count;
    for (std::size_t family = 0; family < families_count; ++family)
      if ((waiting_ >> family & 1) != 0 && (shortest == families_count || lengths_[family] < lengths_[shortest]))
        shortest = family;
    if (entries_read_ > 0 && entries_read_ + lengths_[shortest] > limits_.entries) {
      is_exhausted_ = true;
      return false;
    }
    if (has_read && entries_read_ + lengths_[shortest] > until) return true;
    read(static_cast<Family>(shortest));
    has_read = true;
  }
  return false;
}

bool Collector::has_somebody() const {
  if (!memory_.found.all().empty()) return true;
  for (std::size_t family = 0; family < families_count; ++family)
    if ((waiting_ >> family & 1) != 0 && lengths_[family] > 0) return true;
  return false;
}

void Collector::add_everybody() {
  has_everybody_ = true;
  for (std::uint32_t position = 0; position < index_.persons(); ++position)
    memory_.found.add(position, 1U << static_cast<unsigned>(Family::exchanged));
}

std::vector<FoundGroup> const& Collector::groups() {
  auto& groups = memory_.groups;
  groups.clear();
  auto const& all = memory_.found.all();
  std::array<std::uint16_t, 64> recent{};  // number of the group plus one, by a few bits of the families
  auto const group_of = [&](std::uint32_t families) -> std::uint32_t {
    auto& guess = recent[(families * 0x9E3779B1U) >> 26];
    if (guess != 0 && groups[guess - 1U].families == families) return guess - 1U;
    std::uint32_t at = 0;
    while (at < groups.size() && groups[at].families != families) ++at;
    if (at == groups.size()) {
      auto const most = bounds_.most(families, read_);
      groups.push_back({most.bits, most.rest, families, 0, 0});
    }
    guess = static_cast<std::uint16_t>(at + 1);
    return at;
  };
  for (auto const& one : all)
    if (!one.is_compared) ++groups[group_of(one.families)].count;
  std::sort(groups.begin(), groups.end(), [](FoundGroup const& left, FoundGroup const& right) {
    return left.most != right.most ? left.most > right.most : left.families < right.families;
  });
  recent.fill(0);
  std::uint32_t next = 0;
  for (auto& group : groups) {
    group.first = next;
    next += group.count;
    group.count = 0;
  }
  memory_.grouped.resize(next);
  for (std::uint32_t at = 0; at < all.size(); ++at) {
    if (all[at].is_compared) continue;
    auto& group = groups[group_of(all[at].families)];
    memory_.grouped[group.first + group.count++] = at;
  }
  return groups;
}

std::vector<std::string> Collector::tried() const {
  std::vector<std::string> names;
  for (std::size_t key = 0; key < keys_count; ++key)
    if ((tried_ >> key & 1) != 0) names.emplace_back(name_of(static_cast<Key>(key)));
  if (has_everybody_) names.emplace_back("everybody");
  return names;
}

}  // namespace rcms::matching
