// Learns weights of questions about a registry: from what people decided, and where nobody has, from how likely the engine itself
// takes each candidate to be (expectation and maximisation, I. P. Fellegi and A. B. Sunter 1969, A. P. Dempster et al. 1977).
#pragma once

#include <functional>
#include <span>

#include "engines/matching/search.hpp"

namespace rcms::matching {

/// A question to learn from.
struct Lesson {
  Query query;
  std::uint32_t except = no_number;  ///< the row that asks, when it is one of the registry itself
  bool is_decided = false;
  std::uint32_t person = no_number;  ///< of what was decided: who it was, `no_number` for nobody of the registry
};

struct LearnOptions {
  std::uint32_t most_rounds = 30;
  Ppm settled = 500;                ///< no weight changes more: it has settled
  std::uint32_t held_fast = 200;    ///< the weights before count as so many comparisons of each part
  Ppm has_another = 100'000;        ///< of rows of the registry itself: that they stand there once more
  unsigned threads = 0;             ///< 0: one for each processor
  std::function<void(std::string_view step, std::uint64_t done, std::uint64_t of)> progress;
};

/// What a rule of a part was seen to do; thousandths of a comparison.
struct Seen {
  std::uint64_t same = 0;
  std::uint64_t relative = 0;
};

struct Learnt {
  Weights weights;                ///< with the version of those before
  std::uint32_t rounds = 0;
  bool has_settled = false;
  std::uint64_t lessons = 0;      ///< that could be asked
  std::uint64_t decided = 0;
  std::uint64_t comparisons = 0;  ///< of questions with persons
  std::array<std::array<Seen, rules_count>, parts_count> seen{};
};

/// Deterministic: the same lessons in the same order give the same weights, however many threads work. Learns how often the rules
/// fire for one person and for relatives, and, from what was decided, how many are in the registry; what no lesson shows stays.
Learnt learn(Index const& index, std::span<Lesson const> lessons, Weights const& before, LearnOptions const& options);

}  // namespace rcms::matching
