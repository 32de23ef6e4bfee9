// Weights that were learnt, as a file of JSON: checked whole when read, with what they were learnt from and how they did on
// decisions that they had not seen.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engines/matching/learn.hpp"
#include "engines/matching/measure.hpp"
#include "foundation/base/result.hpp"

namespace rcms::registry {

/// Where weights come from.
struct WeightsSource {
  std::string before;     ///< version of the weights that learning began with
  std::string questions;  ///< names of the files, without their folders
  std::string decisions;  ///< empty: none
  std::uint64_t persons = 0;
  std::uint64_t seed = 0;
  std::uint64_t lessons = 0;
  std::uint64_t decided = 0;   ///< of the lessons
  std::uint64_t held_out = 0;  ///< decided, and not learnt from
  std::uint32_t rounds = 0;
  bool has_settled = false;
};

/// The same held-out decisions with the weights before and with these.
struct HeldOut {
  matching::Measured before, after;
  matching::Comparable outcome = matching::Comparable::too_few;
};

struct WeightsFile {
  matching::Weights weights;
  WeightsSource source;
  HeldOut held_out;
};

/// The text of a file. Sets the version: "learnt " and the beginning of the SHA-256 of what the file says, so that the same
/// lessons give the same version and the same bytes.
std::string render_weights(WeightsFile& file);

/// Refuses: malformed (no such JSON; a part or rule is missing, unknown or out of its range), does_not_verify (altered after it
/// was written).
Result<WeightsFile> parse_weights(std::string_view text);

/// Refuses: not_found, and as `parse_weights`.
Result<WeightsFile> read_weights(std::filesystem::path const& path);

/// Writes beside and renames. Refuses: unavailable (what was there stays).
Result<void> write_weights(std::filesystem::path const& path, WeightsFile& file);

/// Refuses, with the remedy: wrong_step (they were worse on held-out decisions, or there were too few to compare).
Result<void> may_be_in_force(WeightsFile const& file);

}  // namespace rcms::registry
