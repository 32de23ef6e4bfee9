// Finds the person of a question in an index: who comes into question, how they compare, how sure that is.
#pragma once

#include <memory>
#include <span>

#include "engines/matching/compare.hpp"
#include "engines/matching/index.hpp"
#include "engines/matching/person.hpp"
#include "engines/matching/weights.hpp"

namespace rcms::matching {

struct SearchOptions {
  std::uint32_t top = 10;
  std::uint32_t most_compared = 30'000;  ///< persons; beyond it the answer is `truncated`
  std::uint32_t scan_up_to = 256;        ///< a registry of at most so many persons is read whole
  std::uint32_t scan_when_unsure_up_to = 60'000;  ///< as is one of so many when nobody can be proposed by the keys
  std::uint32_t most_variants = 8;       ///< of a name, the name itself among them
  std::uint64_t most_read = 1'000'000;   ///< entries of combinations; beyond it the answer is `truncated`
  bool scan_all = false;                 ///< compare with everybody: the oracle of the tests
  MilliBits least = -1'000'000;          ///< nobody below this score is looked for
  bool everybody_from_least = false;     ///< not only who is near the best
  std::uint32_t except = no_number;      ///< somebody who is no candidate: the person who asks
};

/// Searches one index. One for each thread; keeps its room between questions.
class Searcher {
 public:
  explicit Searcher(Index const& index, Weights const& weights = default_weights());
  ~Searcher();
  Searcher(Searcher&&) noexcept;

  /// Refuses: field_missing (nothing to search by), field_invalid (birth), field_too_long.
  Result<Answer> search(Query const& query, SearchOptions const& options = {});

 private:
  struct Room;
  struct Round;
  Answer tell(Comparer& comparer, std::uint32_t top);
  Index const& index_;
  Weights const& weights_;
  WeightBits const bits_;
  std::unique_ptr<Room> room_;
};

/// The score of a comparison in a registry of so many persons: the bits for the person against the stronger rival.
MilliBits score_of(Comparison const& comparison, Weights const& weights, std::uint64_t persons);

/// What somebody must reach to be as likely as that the person is not in the registry.
MilliBits nobody_bits(Weights const& weights, std::uint64_t persons);

/// Sets posterior, bands and margin of candidates that are sorted, best first; `others` are the scores that were not kept.
void judge(Answer& answer, std::vector<MilliBits> const& others, Weights const& weights, std::uint64_t persons);

}  // namespace rcms::matching
