#include "capabilities/registry/prints.hpp"

#include <sys/stat.h>

#include <fstream>

#include <fmt/format.h>

#include "engines/fingerprints/reading.hpp"
#include "engines/fingerprints/writing.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"

namespace rcms::registry {

namespace {

constexpr std::size_t longest_line = 90'000;
constexpr std::size_t longest_citizen = 300;
constexpr std::size_t at_once = 500;
constexpr std::int64_t not_written_for_ms = 2'000;

constexpr db::Sql put_print{"registry_prints.put",
                            "INSERT INTO registry_prints (party, citizen, sealed, taken_at) VALUES ($1, $2, $3, $4)"
                            " ON CONFLICT (party, citizen) DO UPDATE SET sealed = $3, taken_at = $4"};
constexpr db::Sql select_print{"registry_prints.find",
                               "SELECT sealed FROM registry_prints WHERE party = $1 AND citizen = $2"};

/// What the seal is bound to: opened for another citizen or State it opens nothing.
std::string place_of(PartyId const& party, std::string_view citizen) {
  return fmt::format("registry_prints:{}:{}", party.value, citizen);
}

/// The template of a line, or why there is none.
tl::expected<std::pair<std::string, Bytes>, std::string> read_line(std::string const& line) {
  if (line.size() > longest_line) return tl::unexpected<std::string>("the line is too long");
  auto const tab = line.find('\t');
  auto const citizen = tidy_text(line.substr(0, tab));
  if (tab == std::string::npos || citizen.empty() || citizen.size() > longest_citizen)
    return tl::unexpected<std::string>("a line is the id of the citizen, a tab, and the template in base64");
  auto content = from_base64url(line.substr(tab + 1));
  if (!content) return tl::unexpected<std::string>("the template is not URL-safe base64");
  if (auto const read = fingerprints::read_template(*content); !read) return tl::unexpected(read.error().detail);
  return std::pair(citizen, std::move(*content));
}

}  // namespace

PrintsTaken take_prints(db::Database& database, access::SecretBox const& box, PartyId const& party, std::istream& table,
                        Instant now) {
  PrintsTaken result;
  db::Command command;
  std::size_t waiting = 0;
  std::uint64_t number = 0;
  for (std::string line; std::getline(table, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    auto const one = read_line(line);
    if (!one) {
      ++result.left_out;
      if (result.defects.size() < told_defects) result.defects.push_back({number, one.error()});
      continue;
    }
    command.add(put_print, {party.value, one->first, box.close(one->second, place_of(party, one->first)), now.ms});
    ++result.taken;
    if (++waiting == at_once) {
      database.write(command);
      command = {};
      waiting = 0;
    }
  }
  if (waiting > 0) database.write(command);
  return result;
}

bool take_dropped_prints(db::Database& database, access::SecretBox const& box, PartyId const& party,
                         std::filesystem::path const& folder, Instant now) {
  auto const path = folder / "prints.tsv";
  struct stat known {};
  if (::stat(path.c_str(), &known) != 0 || !S_ISREG(known.st_mode)) return false;
  auto const changed_ms = std::int64_t{known.st_mtim.tv_sec} * 1000 + known.st_mtim.tv_nsec / 1'000'000;
  if (now.ms >= changed_ms && now.ms - changed_ms < not_written_for_ms) return false;
  PrintsTaken taken;
  {
    std::ifstream table(path, std::ios::binary);
    taken = take_prints(database, box, party, table, now);
  }
  std::filesystem::remove(path);
  std::ofstream told(folder / "prints.txt", std::ios::trunc);
  told << fmt::format("{} taken, {} left out\n", taken.taken, taken.left_out);
  for (auto const& one : taken.defects) told << fmt::format("line {}: {}\n", one.line, one.what);
  return true;
}

std::map<std::string, fingerprints::Template> find_prints(db::Database& database, access::SecretBox const& box,
                                                          PartyId const& party, std::vector<std::string> const& citizens) {
  std::map<std::string, fingerprints::Template> found;
  for (auto const& citizen : citizens) {
    auto const row = database.find(select_print, {party.value, citizen});
    if (!row) continue;
    auto const content = box.open(row->bytes(0), place_of(party, citizen));
    if (!content) continue;
    if (auto read = fingerprints::read_template(*content)) found.emplace(citizen, std::move(*read));
  }
  return found;
}

void write_prints_line(std::ostream& out, std::string const& citizen, fingerprints::Template const& prints) {
  out << citizen << '\t' << to_base64url(fingerprints::write_template(prints)) << '\n';
}

}  // namespace rcms::registry
