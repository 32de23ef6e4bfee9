#include "app/cli_keep.hpp"

#include <fmt/format.h>

#include "app/wiring.hpp"
#include "capabilities/operations/backup.hpp"
#include "capabilities/operations/restore.hpp"

namespace rcms::app {

namespace {

std::optional<std::filesystem::path> path_if(std::string const& file) {
  if (file.empty()) return std::nullopt;
  return std::filesystem::path(file);
}

}  // namespace

int make_backup(KeepOptions const& options) {
  check_node_exists(options.place);
  auto const settings = settings_of(options.place);
  auto const report = operations::backup({.database = settings.database,
                                          .folder = settings.folder,
                                          .file = options.file,
                                          .version = version_text(),
                                          .passphrase_file = path_if(options.passphrase_file)},
                                         system_clock());
  if (!report) refuse_command(report.error());
  fmt::print("{}: {} bytes in {} ms\n", report->file.string(), report->bytes, report->duration_ms);
  if (options.passphrase_file.empty()) {
    fmt::print(stderr, "The keys of the node are not in this file: keep a copy of {} elsewhere, or give --passphrase-file.\n",
               (settings.folder / "keys").string());
  }
  return 0;
}

int restore_backup(KeepOptions const& options) {
  auto const settings = settings_of(options.place);
  auto const report = operations::restore({.file = options.file, .database = settings.database, .folder = settings.folder,
                                           .passphrase_file = path_if(options.passphrase_file)},
                                          system_clock());
  if (!report) refuse_command(report.error());
  fmt::print("restored {} rows, {} attachments; ledger verified: {} entries, {} seals\ncertificate: {}\n", report->rows,
             report->attachments, report->ledger_entries, report->ledger_seals, report->certificate.string());
  for (auto const& key : report->keys_needed) {
    fmt::print(stderr, "Before the node can start, put {} into {}.\n", key, (settings.folder / "keys").string());
  }
  return 0;
}

}  // namespace rcms::app
