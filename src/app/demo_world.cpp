#include "app/demo_world.hpp"

#include <fstream>
#include <stdexcept>

#include <fmt/format.h>

#include "app/demo_history.hpp"
#include "capabilities/registry/store.hpp"
#include "foundation/access/store.hpp"

namespace rcms::app {

namespace {

/// Written when the world is complete; without it what is there was left half made.
std::filesystem::path mark_of(Settings const& settings) { return settings.folder / "demo-world"; }

/// Written before the making begins: only what stands beside it was made by the demo and may be thrown away.
std::filesystem::path begun_mark_of(Settings const& settings) { return settings.folder / "demo-world-begun"; }

/// Throws away what an interrupted making left; a database that the demo did not begin is never touched.
void remove_half_made(Settings const& settings) {
  if (!std::filesystem::exists(begun_mark_of(settings))) return;
  constexpr std::string_view sqlite = "sqlite:";
  if (!settings.database.starts_with(sqlite)) return;
  auto const file = settings.database.substr(sqlite.size());
  for (auto const* ending : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(file + ending);
  std::filesystem::remove_all(settings.folder / "attachments");
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
  auto const citizens = registry::invent_citizens(sources, static_cast<std::size_t>(options.citizens), options.seed);
  auto const utopia = access::find_party_by_code(node.database(), "UTO");
  registry::load_citizens(node.database(), utopia->id, citizens);
  make_demo_history(node, clock, people, sources, citizens, options);
  options.tell(fmt::format("The world is made in {:.1f} s", static_cast<double>(monotonic_ms() - started_ms) / 1000));
  std::filesystem::remove(begun_mark_of(settings));
  std::ofstream(mark_of(settings)) << "The world of the demo is complete; seed " << options.seed << ", until "
                                   << options.today.text() << ".\n";
  return true;
}

}  // namespace rcms::app
