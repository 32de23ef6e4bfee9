#include "app/cli_index_parts.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "app/cli_parts.hpp"
#include "capabilities/registry/weights_file.hpp"
#include "engines/matching/build.hpp"

namespace rcms::app {

namespace {

constexpr std::size_t told_at_most = 50;

}  // namespace

void show_progress(std::string const& text) {
  if (::isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r\033[K{}", text);
}
void end_progress() { show_progress(""); }

registry::Reading reading_with_progress(std::string const& what) {
  registry::Reading reading;
  reading.progress = [what](std::uint64_t count) { show_progress(fmt::format("{} {} read", count, what)); };
  return reading;
}

void tell_reading(std::string const& file, Result<void> const& read, registry::Reading const& reading) {
  end_progress();
  for (std::size_t at = 0; at < std::min(reading.defects.size(), told_at_most); ++at)
    fmt::print(stderr, "line {}: {}\n", reading.defects[at].line, reading.defects[at].what);
  if (reading.left_out > told_at_most) fmt::print(stderr, "{} lines have a defect\n", reading.left_out);
  if (!read) throw CommandRefused(fmt::format("{}: {}", file, read.error().detail));
}

std::filesystem::path index_file(std::string const& folder) { return std::filesystem::path(folder) / "registry.index"; }

matching::Index open_index(std::string const& folder) {
  auto index = matching::Index::open(index_file(folder));
  if (!index) throw CommandRefused(index.error().detail);
  return std::move(*index);
}

std::uint64_t build_index(std::string const& from, std::string const& folder, unsigned threads) {
  matching::BuildOptions how;
  how.aliases = registry::read_aliases(settings_of(Place{}).data);
  how.threads = threads;
  how.progress = [](std::string_view step, std::uint64_t done, std::uint64_t of) {
    show_progress(fmt::format("{}: {} of {}", step, done, of));
  };
  matching::Builder builder(std::move(how));
  auto reading = reading_with_progress("persons");
  registry::PersonRows rows(builder, reading);
  auto const read = registry::read_persons(from, rows, reading);
  tell_reading(from, read, reading);
  if (builder.persons() == 0) throw CommandRefused(from + " has no line that can be taken; nothing was built");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (auto const done = builder.finish(index_file(folder)); !done) throw CommandRefused(done.error().detail);
  end_progress();
  return reading.left_out;
}

matching::Weights weights_of(std::string const& file, WeightsFor what) {
  if (file.empty()) return matching::default_weights();
  auto const read = registry::read_weights(file);
  if (!read) throw CommandRefused(fmt::format("{}: {}", file, read.error().detail));
  if (what == WeightsFor::answers)
    if (auto const may = registry::may_be_in_force(*read); !may)
      throw CommandRefused(fmt::format("{}: {}", file, may.error().detail));
  return read->weights;
}

}  // namespace rcms::app
