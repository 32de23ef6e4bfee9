// Who comes into question: reads the combinations of a question, remembers who was found under which, and bounds what each can
// reach, so that most need not be compared.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engines/matching/compare.hpp"
#include "engines/matching/index.hpp"

namespace rcms::matching {

/// Combinations that show the same to agree: all lookups of a family are read together, the shortest family first.
enum class Family : std::uint8_t {
  document,
  surname1_day,
  surname2_day,
  given_day,
  surnames_given,
  givens_surname1,
  givens_surname2,
  place,
  mother,
  father,
  parents,
  surnames_year,
  surnames_near_year,
  given_surname1_year,
  given_surname2_year,
  given_surname1_near_year,
  given_surname2_near_year,
  exchanged,  ///< the given name stands where the surname should
  wide,       ///< any year
};
inline constexpr std::size_t families_count = 19;

/// Positions with the families under which they were found; emptied by counting up.
class FoundSet {
 public:
  struct Found {
    std::uint32_t position = 0;
    std::uint32_t families = 0;  ///< one bit each
    bool is_compared = false;
  };
  void begin();
  void add(std::uint32_t position, std::uint32_t family);
  std::vector<Found>& all() { return all_; }

 private:
  struct Slot {
    std::uint32_t position = 0;
    std::uint32_t round = 0;
    std::uint32_t number = 0;
  };
  Slot& find(std::vector<Slot>& slots, std::uint32_t position) const;
  void grow();
  std::vector<Slot> slots_ = std::vector<Slot>(4096);
  std::uint32_t round_ = 0;
  std::vector<Found> all_;
};

/// The most bits that somebody can reach of whom only this is known: which families they were found under, which not.
class Bounds {
 public:
  Bounds(Index const& index, Asked const& asked, WeightBits const& weights);
  struct Most {
    MilliBits bits = 0;
    MilliBits rest = 0;  ///< of these at most by place, parents and document
  };
  /// Somebody who was found under `families`, when all of `read` were read to the end.
  Most most(std::uint32_t families, std::uint32_t read) const;

 private:
  static constexpr std::size_t states_count = 256;
  std::array<MilliBits, states_count> bits_{};
  std::array<MilliBits, states_count> rest_{};
  std::array<std::uint32_t, states_count> shown_by_{};  ///< families that would find such a person
  bool has_birth_ = false;
};

/// Of those who have not been compared: people found under the same families.
struct FoundGroup {
  MilliBits most = 0;
  MilliBits rest = 0;
  std::uint32_t families = 0;
  std::uint32_t first = 0;  ///< in `Collector::grouped`
  std::uint32_t count = 0;
};

/// What a collector needs for its work, kept from question to question. Belongs to one thread.
struct CollectorMemory {
  struct Lookup {
    std::uint64_t hash = 0;
    Key key = Key::document;
    Family family = Family::document;
  };
  FoundSet found;
  std::vector<Lookup> lookups, sorted;
  std::vector<FoundGroup> groups;
  std::vector<std::uint32_t> grouped;
};

class Collector {
 public:
  struct Limits {
    std::uint32_t variants = 8;           ///< of a name
    std::uint64_t entries = 1'000'000;    ///< of one question
  };
  Collector(Index const& index, Asked const& asked, WeightBits const& weights, CollectorMemory& memory, Limits limits);

  /// Reads the next families, shortest first; false when none is left or the limit is reached.
  bool read_more();
  /// Who is further away: another year, the names exchanged. To be read by `read_more`.
  void widen();
  void add_everybody();

  /// Those who have not been compared, by what they can reach, the highest first; numbers of `found` are in `grouped`.
  std::vector<FoundGroup> const& groups();
  std::vector<std::uint32_t> const& grouped() const { return memory_.grouped; }
  FoundSet::Found& found(std::uint32_t number) { return memory_.found.all()[number]; }

  /// The most that somebody who has not been found yet can reach.
  MilliBits most_unread() const { return bounds_.most(0, read_).bits; }
  /// Whether anybody was found or waits in what was not read.
  bool has_somebody() const;
  /// Whether reading ended before all families were read.
  bool is_exhausted() const { return is_exhausted_; }
  std::vector<std::string> tried() const;

 private:
  using Variants = std::span<Variant const>;
  void look(Family family, Key key, std::uint64_t hash) {
    // OPTIMIZATION: memory is asked for all buckets before the first is read.
    index_.prefetch_bucket(key, hash);
    memory_.lookups.push_back({hash, key, family});
  }
  Variants limited(AskedName const& name) const {
    return {name.variants.data(), std::min<std::size_t>(name.variants_count, limits_.variants)};
  }
  void measure();
  void read(Family family);
  Variants given(std::size_t number) const;
  Variants surname(std::size_t number) const;
  Variants first_of(Asked::Range range) const;
  void by_document();
  void by_dates();
  void by_names();
  void by_year();
  void by_parents();
  std::vector<int> years() const;

  Index const& index_;
  Asked const& asked_;
  CollectorMemory& memory_;
  Limits const limits_;
  Bounds bounds_;
  std::array<std::uint32_t, families_count> starts_{};  ///< of a family in `lookups`
  std::array<std::uint32_t, families_count> counts_{};
  std::array<std::uint32_t, families_count> lengths_{};  ///< entries in the buckets of a family
  std::uint32_t waiting_ = 0;  ///< families that have lookups and were not read
  std::uint32_t read_ = 0;
  std::uint32_t tried_ = 0;    ///< keys
  std::uint64_t entries_read_ = 0;
  bool has_everybody_ = false;
  bool is_exhausted_ = false;
};

}  // namespace rcms::matching
