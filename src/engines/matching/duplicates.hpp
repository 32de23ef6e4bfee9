// Finds those who stand in a registry more than once, or in two registries.
#pragma once

#include <functional>
#include <span>

#include "engines/matching/search.hpp"

namespace rcms::matching {

struct DuplicateOptions {
  Ppm least = 500'000;        ///< posterior from which a pair is told
  Ppm has_another = 100'000;  ///< how many of a million stand there once more, before anything is compared
  unsigned threads = 0;       ///< 0: one for each processor
  std::uint32_t everybody_up_to = 6'000;  ///< of a registry of so many persons each is compared with all, unless one is sure
  std::function<void(std::uint64_t done, std::uint64_t of)> progress;
};

/// Two rows that may be one person. `left` stands before `right` in a registry; of two registries it is the row that asks.
struct DuplicatePair {
  std::string left, right;
  MilliBits score = 0;
  std::uint32_t posterior_ppm = 0;  ///< of this pair alone: a person may stand there three times
  Band band = Band::to_review;
  bool may_be_relative = false;
  std::vector<Reason> reasons;
};

using EachPair = std::function<void(DuplicatePair const&)>;

/// Every pair of a registry once, in the order of the registry; the same however many threads work.
void find_duplicates(Index const& index, Weights const& weights, DuplicateOptions const& options, EachPair const& each);

/// A row of another registry, to be found in this one.
struct OtherRow {
  std::string id;
  Query query;
};
/// The pairs of rows with persons of an index, in the order of the rows. A row that cannot be asked has no pair and its number
/// is told to `refused`.
void find_in_other(Index const& index, Weights const& weights, std::span<OtherRow const> rows, DuplicateOptions const& options,
                   EachPair const& each, std::function<void(std::size_t row, Refused const&)> const& refused);

/// The data of a person of an index as a question.
Query query_of(Index const& index, std::uint32_t position);

}  // namespace rcms::matching
