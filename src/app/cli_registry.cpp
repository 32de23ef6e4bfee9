// `rcms registry load`: citizens from a table into the population registry.
#include <array>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "app/cli_node.hpp"
#include "capabilities/registry/store.hpp"
#include "foundation/base/text.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::app {

namespace {

constexpr std::array<std::string_view, 10> columns{"given",      "surname1", "surname2", "birth",  "sex",
                                                   "place",      "place_name", "father", "mother", "document"};
constexpr std::size_t told_at_most = 50;

/// Which column of the table holds what; throws CommandRefused when one that must be there is not.
std::map<std::string, std::size_t> places_of(sheets::Row const& heading) {
  std::map<std::string, std::size_t> places;
  for (std::size_t at = 0; at < heading.cells.size(); ++at) places.emplace(lower_ascii(tidy_text(heading.cells[at].text)), at);
  for (auto const* wanted : {"given", "surname1", "birth", "sex"}) {
    if (!places.contains(wanted)) {
      throw CommandRefused(
          fmt::format("The first line must name the columns; '{}' is missing. Known are: {}", wanted, fmt::join(columns, ", ")));
    }
  }
  return places;
}

struct Reading {
  std::vector<registry::Citizen> citizens;
  std::vector<std::string> defects;
  std::size_t defect_count = 0;

  void add_defect(std::uint64_t line, std::string const& what) {
    if (++defect_count <= told_at_most) defects.push_back(fmt::format("line {}: {}", line, what));
  }
};

void read_citizen(sheets::Row const& row, std::map<std::string, std::size_t> const& places, Reading& reading) {
  auto const text = [&](std::string const& name) {
    auto const place = places.find(name);
    return place == places.end() || place->second >= row.cells.size() ? std::string() : tidy_text(row.cells[place->second].text);
  };
  registry::Citizen citizen;
  citizen.id = registry::CitizenId::make(system_clock().now());
  citizen.given = text("given");
  citizen.surname1 = text("surname1");
  citizen.surname2 = text("surname2");
  citizen.sex = upper_ascii(text("sex"));
  citizen.place = text("place");
  citizen.place_name = text("place_name").empty() ? citizen.place : text("place_name");
  citizen.father = text("father");
  citizen.mother = text("mother");
  citizen.document = text("document");
  auto const birth = Date::parse(text("birth"));
  if (citizen.given.empty() || citizen.surname1.empty())
    return reading.add_defect(row.line, "given and surname1 must not be empty");
  if (!birth) return reading.add_defect(row.line, "birth must be a day as yyyy-mm-dd, not '" + cut(text("birth"), 20) + "'");
  if (citizen.sex != "F" && citizen.sex != "M" && citizen.sex != "X")
    return reading.add_defect(row.line, "sex must be F, M or X");
  citizen.birth = *birth;
  reading.citizens.push_back(std::move(citizen));
}

}  // namespace

int load_registry(RegistryOptions const& options) {
  Reading reading;
  std::map<std::string, std::size_t> places;
  sheets::ReadOptions how;
  how.limits.rows = 20'000'000;
  how.limits.file_bytes = 4ull << 30;
  auto const report = sheets::read_sheet(std::filesystem::path(options.file), how, [&](sheets::Row const& row) {
    if (places.empty()) {
      places = places_of(row);
    } else {
      read_citizen(row, places, reading);
    }
    return true;
  });
  if (report.stopped) throw CommandRefused(options.file + ": " + sheets::sentence_of(*report.stopped));
  for (auto const& defect : report.defects) {
    if (sheets::costs_the_row(defect.problem)) reading.add_defect(defect.line, sheets::sentence_of(defect));
  }
  for (auto const& defect : reading.defects) fmt::print(stderr, "{}\n", defect);
  if (reading.citizens.empty() && reading.defect_count == 0) throw CommandRefused(options.file + " has no row below its heading");
  if (reading.defect_count > 0) {
    throw CommandRefused(
        fmt::format("{} row{} a defect and nothing was loaded: correct and load the file again", reading.defect_count,
                    reading.defect_count == 1 ? " has" : "s have"));
  }
  auto const node = open_node(options.place);
  auto const party = find_hosted(*node, options.state);
  auto const there = registry::count_citizens(node->database(), party.id);
  if (there > 0 && !options.more) {
    throw CommandRefused(fmt::format(
        "The registry of {} holds {} citizens already: a second loading would have them twice. Give --more when these are others",
        party.code, there));
  }
  if (!options.dry_run) registry::load_citizens(node->database(), party.id, reading.citizens);
  fmt::print("{} citizens {}; {} now has {}\n", reading.citizens.size(), options.dry_run ? "could be loaded" : "loaded",
             party.code, registry::count_citizens(node->database(), party.id));
  return 0;
}

}  // namespace rcms::app
