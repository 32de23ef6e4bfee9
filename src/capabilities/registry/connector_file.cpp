// The drop folder, and what the connectors share: the secret of a State's folder.
#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "capabilities/registry/connector.hpp"
#include "capabilities/registry/secret.hpp"
#include "foundation/base/text.hpp"

namespace rcms::registry {

namespace {

constexpr std::int64_t settled_ms = 2'000;

struct Dropped {
  std::filesystem::path path;
  std::int64_t changed_ms = 0;
  std::int64_t bytes = 0;
};

/// The newest table of the folder; of two of one time the last by name.
std::optional<Dropped> find_newest(std::filesystem::path const& folder) {
  std::optional<Dropped> newest;
  std::error_code error;
  for (auto const& entry : std::filesystem::directory_iterator(folder, error)) {
    auto const ending = lower_ascii(entry.path().extension().string());
    if ((ending != ".tsv" && ending != ".csv") || entry.path().filename().string().starts_with('.')) continue;
    struct stat known {};
    if (::stat(entry.path().c_str(), &known) != 0 || !S_ISREG(known.st_mode)) continue;
    Dropped one{entry.path(), std::int64_t{known.st_mtim.tv_sec} * 1000 + known.st_mtim.tv_nsec / 1'000'000, known.st_size};
    if (!newest || std::pair(one.changed_ms, one.path) > std::pair(newest->changed_ms, newest->path)) newest = std::move(one);
  }
  return newest;
}

}  // namespace

std::string read_secret(std::filesystem::path const& folder) {
  std::ifstream in(folder / "secret");
  std::string line;
  std::getline(in, line);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  return line;
}

Fetch fetch_file(Site const& site, std::string const& taken, std::string& refused, PersonRows& rows, Reading& reading) {
  auto const folder = site.folder / "drop";
  auto const newest = find_newest(folder);
  if (!newest) {
    if (!taken.empty()) return std::optional<Fetched>{};  // it was taken and cleared away
    return tl::unexpected(Failure{"no_table", folder.string()});
  }
  auto const name = fmt::format("{} {} {}", newest->path.filename().string(), newest->bytes, newest->changed_ms);
  if (name == taken || name == refused) return std::optional<Fetched>{};
  bool const is_being_written = site.now.ms - newest->changed_ms < settled_ms && site.now.ms >= newest->changed_ms;
  if (is_being_written) return std::optional<Fetched>{};
  if (auto const read = read_persons(newest->path, rows, reading); !read) {
    refused = name;
    return tl::unexpected(Failure{"not_a_table", read.error().detail});
  }
  return std::optional(Fetched{name, Instant{newest->changed_ms}});
}

}  // namespace rcms::registry
