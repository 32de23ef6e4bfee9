// Compares a question with a person part by part: which rule fires, and what that weighs.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "engines/matching/index.hpp"
#include "engines/matching/near_names.hpp"
#include "engines/matching/person.hpp"
#include "engines/matching/weights.hpp"

namespace rcms::matching {

/// The question as the comparison needs it. Made once for a question and a segment.
struct Asked {
  std::vector<AskedName> names;  ///< all names of all fields, those of one field side by side
  struct Range {
    std::uint8_t first = 0;
    std::uint8_t count = 0;
  };
  Range given, surnames, father_given, father_surnames, mother_given, mother_surnames;
  Birth birth;
  Birth::Parts birth_parts;
  Sex sex = Sex::unknown;
  std::string place;            ///< as one token
  std::uint64_t document = 0;
  std::string document_text;
};

/// Names that were looked up in an index, for the questions that follow: most have a name that was asked before.
class NameMemory {
 public:
  AskedName const& ask(Index const& index, std::string text, Near near);

 private:
  static constexpr std::size_t most_kept = 50'000;
  std::unordered_map<std::string, AskedName> near_names_, exact_names_;
};

/// Refuses: field_invalid (birth), field_too_long.
Result<Asked> prepare(Index const& index, Query const& query, NameMemory& memory);

/// The reasons of one person: one for each part.
struct Comparison {
  std::array<Reason, parts_count> reasons{};
  MilliBits random_bits = 0;
  MilliBits relative_bits = 0;
};

/// How a name of the registry is like one that was asked.
struct NameMatch {
  Rule rule = Rule::differs;
  std::uint32_t one_in = 0;
  MilliBits chance = 0;  ///< log2 of one_in
};

/// What a field of names comes to: the chance of the names that agree, and what is left over.
struct NamesMatch {
  Rule rule = Rule::not_compared;
  MilliBits chance = 0;
  std::uint32_t one_in = 0;
  int agreeing = 0;
};

/// What a comparer remembers; kept from question to question so that nothing is allocated. Belongs to one thread.
struct ComparerMemory {
  explicit ComparerMemory(Index const& index);
  static constexpr std::size_t names_count = 4096;  ///< a power of two
  struct Name {
    std::uint64_t key = ~std::uint64_t{0};
    std::uint32_t round = 0;
    NameMatch match;
  };
  struct Place {
    std::uint32_t place = 0;
    std::uint32_t round = 0;
    Reason reason;
  };
  static constexpr std::size_t fields_count = 2048;  ///< a power of two
  struct Field {
    std::uint64_t key = ~std::uint64_t{0};
    std::uint32_t round = 0;
    NamesMatch match;
  };
  std::vector<Name> names = std::vector<Name>(names_count);
  std::vector<Field> fields = std::vector<Field>(fields_count);
  std::array<Place, 256> places{};
  std::array<MilliBits, years_count> year_chances{};  ///< log2 of how rare a year of birth is in the index
  std::uint32_t round = 0;
};

/// Compares with any number of persons of one index; remembers the names it has compared. For one thread.
class Comparer {
 public:
  Comparer(Index const& index, Asked const& asked, WeightBits const& weights, ComparerMemory& memory);
  /// False, and the result is not whole, when the names and the date show that even with `rest`, the most that place, parents
  /// and document can add, nobody like this reaches `wanted`.
  bool compare(std::uint32_t position, Comparison& result, MilliBits wanted = -1'000'000'000, MilliBits rest = 0);

 private:
  enum class Role : std::uint8_t { given, surname };
  NameMatch match_name(std::uint8_t asked, std::uint32_t token, Role role);
  /// As `match_all_names`, remembered.
  NamesMatch match_names(Asked::Range range, std::uint32_t field, Role role);
  NamesMatch match_all_names(Asked::Range range, std::uint32_t field, Role role);
  Reason weigh(Part part, Rule rule, MilliBits chance, std::uint32_t one_in) const;
  Rule match_place(std::uint32_t place) const;
  Reason weigh_place(std::uint32_t place) const;
  void compare_given(Record const& record, Comparison& result);
  void compare_surnames(Record const& record, Comparison& result);
  void compare_exchanged_names(Record const& record, Comparison& result);
  void compare_birth(Record const& record, Comparison& result) const;
  void compare_sex(Record const& record, Comparison& result) const;
  void compare_place(Record const& record, Comparison& result);
  void compare_parent(Part given, Part surnames, Record const& record, Comparison& result);
  void compare_document(Record const& record, Comparison& result) const;

  Index const& index_;
  Asked const& asked_;
  WeightBits const& weights_;
  ComparerMemory& memory_;
};

}  // namespace rcms::matching
