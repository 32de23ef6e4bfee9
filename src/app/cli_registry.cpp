// `rcms registry load`: puts the table of a State's registry where its connector takes it, and takes it at once.
#include <chrono>

#include <fmt/format.h>

#include "app/cli_index_parts.hpp"
#include "app/cli_node.hpp"
#include "app/cli_parts.hpp"
#include "capabilities/registry/actions.hpp"
#include "capabilities/registry/reading.hpp"
#include "foundation/base/text.hpp"

namespace rcms::app {

namespace {

namespace fs = std::filesystem;

/// Reads everything and keeps nothing. Returns how many persons could be taken.
std::uint32_t try_table(fs::path const& file) {
  matching::Builder builder({});
  registry::Reading reading;
  registry::PersonRows rows(builder, reading);
  auto const read = registry::read_persons(file, rows, reading);
  tell_reading(file.string(), read, reading);
  if (builder.persons() == 0) throw CommandRefused(file.string() + " has no line that can be taken");
  return builder.persons();
}

/// Under its name only when it is whole, and as if it had rested there: the connector does not take what is still being written.
void drop(fs::path const& file, fs::path const& folder) {
  auto const part = folder / ("." + file.filename().string() + ".part");
  std::error_code error;
  fs::copy_file(file, part, fs::copy_options::overwrite_existing, error);
  if (!error) fs::last_write_time(part, fs::last_write_time(part, error) - std::chrono::seconds(3), error);
  if (!error) fs::rename(part, folder / file.filename(), error);
  if (!error) return;
  std::error_code ignored;
  fs::remove(part, ignored);
  throw CommandRefused(fmt::format("{} cannot be put into {}: {}", file.string(), folder.string(), error.message()));
}

}  // namespace

int load_registry(RegistryOptions const& options) {
  fs::path const file(options.file);
  auto const ending = lower_ascii(file.extension().string());
  if (ending != ".csv" && ending != ".tsv")
    throw CommandRefused(options.file + " must be .csv with a heading, or .tsv with the twelve columns in their order");
  auto const node = open_node(options.place);
  auto const party = find_hosted(*node, options.state);
  auto const before = node->population().state(party.id);
  if (options.dry_run) {
    fmt::print("{} persons could be taken; {} now searches {}\n", try_table(file), party.code, before.health.persons);
    return 0;
  }
  using Kind = registry::SourceKind;
  if (before.source.kind != Kind::none && before.source.kind != Kind::file)
    throw CommandRefused(fmt::format("The registry of {} comes from {}: its administrator chooses the folder first", party.code,
                                     before.source.address));
  if (before.source.kind == Kind::none) registry::connect_folder(node->population(), party.id);
  drop(file, node->population().folder_of(party.id) / "drop");
  node->population().look(party.id);
  auto const after = node->population().state(party.id).health;
  registry::Reading reading;
  reading.defects = after.defects;
  reading.left_out = after.left_out;
  tell_reading(options.file, {}, reading);
  if (!after.works)
    throw CommandRefused(fmt::format("{} was not taken ({} {}); {} still searches {} persons", options.file, after.problem,
                                     after.problem_detail, party.code, after.persons));
  fmt::print("{} now searches {} persons", party.code, after.persons);
  if (after.left_out > 0) fmt::print("; {} {} left out", after.left_out, after.left_out == 1 ? "line was" : "lines were");
  fmt::print("\n");
  return after.left_out == 0 ? 0 : 1;
}

}  // namespace rcms::app
