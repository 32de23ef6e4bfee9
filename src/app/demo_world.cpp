#include "app/demo_world.hpp"

#include <fstream>
#include <stdexcept>

#include <fmt/format.h>

#include "app/demo_history.hpp"
#include "capabilities/registry/actions.hpp"
#include "foundation/access/store.hpp"

namespace rcms::app {

namespace {

/// Written when the world is complete; without it what is there was left half made.
std::filesystem::path mark_of(Settings const& settings) { return settings.folder / "demo-world"; }

/// Written before the making begins: only what stands beside it was made by the demo and may be thrown away.
std::filesystem::path begun_mark_of(Settings const& settings) { return settings.folder / "demo-world-begun"; }

/// The file of the registry, place by place and family by family, and the State's settings for it: it is dropped into the folder
/// as the State itself would. Gives those among whom the cases find their people.
std::vector<registry::Citizen> make_demo_registry(Node& node, registry::Sources const& sources,
                                                  DemoWorldOptions const& options) {
  auto const utopia = access::find_party_by_code(node.database(), "UTO");
  auto const folder = node.population().folder_of(utopia->id);
  std::ofstream places(folder / "places.csv", std::ios::binary);
  registry::write_places(places, sources.places);
  std::ofstream table(folder / "drop/citizens.tsv", std::ios::binary);
  auto const all = static_cast<std::size_t>(options.citizens);
  auto const known = registry::invent_citizens(sources, std::min(all, registry::demo_registry_size), options.seed);
  registry::write_table(table, known);
  // One in two hundred came from elsewhere and is registered in the letters of their language.
  auto const in_script = all / 200;
  auto const last_chunk = all - std::min(in_script, all - known.size());
  for (auto made = known.size(); made < last_chunk;) {
    auto const count = std::min(last_chunk - made, registry::demo_registry_size);
    registry::write_table(table, registry::invent_citizens(sources, count, options.seed + made, made));
    made += count;
  }
  registry::write_table(table, registry::invent_citizens_in_script(sources, all - last_chunk, options.seed + all, last_chunk));
  table.close();
  places.close();
  if (!table || !places) throw std::runtime_error("The registry of the demo cannot be written to " + folder.string());
  registry::connect_folder(node.population(), utopia->id, 365);
  node.population().look(utopia->id);
  auto const state = node.population().state(utopia->id);
  if (!state.health.works) throw std::runtime_error("The registry of the demo: " + state.health.problem_detail);
  return known;
}

/// Throws away what an interrupted making left; a database that the demo did not begin is never touched.
void remove_half_made(Settings const& settings) {
  if (!std::filesystem::exists(begun_mark_of(settings))) return;
  constexpr std::string_view sqlite = "sqlite:";
  if (!settings.database.starts_with(sqlite)) return;
  auto const file = settings.database.substr(sqlite.size());
  for (auto const* ending : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(file + ending);
  std::filesystem::remove_all(settings.folder / "attachments");
  std::filesystem::remove_all(settings.folder / "registries");
}

}  // namespace

bool make_demo_world_if_absent(Settings const& settings, DemoWorldOptions const& options) {
  if (std::filesystem::exists(mark_of(settings))) return false;
  remove_half_made(settings);
  std::filesystem::create_directories(settings.folder);
  auto const started_ms = monotonic_ms();
  SetClock clock(start_of_day(options.today.plus_months(-12), "UTC"));
  Node node(settings, clock);
  if (!node.context().directory.parties().empty()) {
    throw std::runtime_error(
        "The database holds States already and is not a world of the demo: name an empty one, or run rcms serve");
  }
  std::ofstream(begun_mark_of(settings)) << "The demo makes its world here.\n";
  options.tell("Making the world: two States, their offices and officers");
  auto const people = read_demo_people(settings.data);
  make_demo_states(node, people, clock.now());
  options.tell(fmt::format("A population registry of {} invented citizens", options.citizens));
  auto const sources = registry::read_sources(settings.data);
  auto const citizens = make_demo_registry(node, sources, options);
  make_demo_history(node, clock, people, sources, citizens, options);
  options.tell(fmt::format("The world is made in {:.1f} s", static_cast<double>(monotonic_ms() - started_ms) / 1000));
  std::filesystem::remove(begun_mark_of(settings));
  std::ofstream(mark_of(settings)) << "The world of the demo is complete; seed " << options.seed << ", until "
                                   << options.today.text() << ".\n";
  return true;
}

}  // namespace rcms::app
