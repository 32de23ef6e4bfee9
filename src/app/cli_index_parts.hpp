// What the commands about a registry in files share: progress, defects of lines, the index, weights.
#pragma once

#include <filesystem>
#include <string>

#include "capabilities/registry/reading.hpp"
#include "engines/matching/index.hpp"
#include "engines/matching/weights.hpp"

namespace rcms::app {

/// A line that overwrites itself at a terminal, and nothing elsewhere.
void show_progress(std::string const& text);
void end_progress();

/// A reading that shows how far it is.
registry::Reading reading_with_progress(std::string const& what);
/// Ends the progress and tells the defects by line. Throws CommandRefused when the file could not be read.
void tell_reading(std::string const& file, Result<void> const& read, registry::Reading const& reading);

/// The file of an index in its folder.
std::filesystem::path index_file(std::string const& folder);
/// Throws CommandRefused.
matching::Index open_index(std::string const& folder);

/// Makes the index of a file of persons; returns how many lines were left out. Throws CommandRefused.
std::uint64_t build_index(std::string const& from, std::string const& folder, unsigned threads);

enum class WeightsFor { answers, measuring };
/// The weights of a file; those that RCMS comes with when it is empty. For answers only weights that were compared on held-out
/// decisions and were not worse. Throws CommandRefused.
matching::Weights weights_of(std::string const& file, WeightsFor what);

}  // namespace rcms::app
