// Invented people from a seed: names drawn by frequency, families that share surnames, namesakes by chance.
// For the demo, tests and benchmarks. Nobody of them exists.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/registry/citizen.hpp"

namespace rcms::registry {

/// Numbers that depend on the seed only, the same on every machine (splitmix64).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  /// 0 to `sides` − 1.
  std::size_t below(std::size_t sides);
  /// `low` to `high`, both included.
  int between(int low, int high);
  /// True in `percent` of 100 throws.
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <class T>
  T const& one_of(std::vector<T> const& items) { return items[below(items.size())]; }

 private:
  std::uint64_t state_;
};

/// Words that are drawn in proportion to their weight.
class Weighted {
 public:
  void add(std::string word, std::uint64_t weight);
  std::string const& draw(Dice& dice) const;
  std::size_t size() const { return words_.size(); }
  std::string const& word(std::size_t index) const { return words_[index]; }

 private:
  std::vector<std::string> words_;
  std::vector<std::uint64_t> sums_;
};

/// A name in another script with its Latin form.
struct ScriptName {
  std::string original;
  std::string latin;
};

struct ScriptNames {
  std::vector<ScriptName> female;
  std::vector<ScriptName> male;
  std::vector<ScriptName> surname;
};

struct Place {
  std::string code;
  std::string name;
  std::string department;
  int x = 0;  ///< of a map of 1000 by 1000
  int y = 0;
};

/// What people are invented from.
struct Sources {
  Weighted female;
  Weighted male;
  Weighted surname;
  ScriptNames arabic;
  ScriptNames bengali;
  std::vector<Place> places;
  Weighted place_numbers;  ///< index into `places`, as text
};

/// Reads data/codes/demo_names.toml and demo_places.toml below `data`; throws std::runtime_error when they are not valid.
Sources read_sources(std::filesystem::path const& data);

/// The part of the demo's registry from which samples and invented cases take their people; the rest are those among whom they
/// are hidden.
inline constexpr std::uint64_t demo_registry_seed = 20'310'131;
inline constexpr std::size_t demo_registry_size = 100'000;

/// `count` citizens in families of two parents and their children, some with a grandparent's name; in no special order.
/// The same seed gives the same citizens. About one child in three under 18 has no document. `first_number` is how many were
/// invented before: ids and documents follow from it and are never given twice.
std::vector<Citizen> invent_citizens(Sources const& sources, std::size_t count, std::uint64_t seed,
                                     std::size_t first_number = 0);

/// `count` citizens whose names stand in Arabic or Bengali letters, as a registry of people who came from elsewhere holds them.
std::vector<Citizen> invent_citizens_in_script(Sources const& sources, std::size_t count, std::uint64_t seed,
                                               std::size_t first_number);

/// Adds a line for each citizen, in the twelve columns of a table of persons without a heading.
void write_table(std::ostream& out, std::vector<Citizen> const& citizens);

/// Writes a list of places as a connector reads it (`places.csv`).
void write_places(std::ostream& out, std::vector<Place> const& places);

}  // namespace rcms::registry
