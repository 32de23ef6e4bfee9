// The copy of a node as one file, made while the node runs.
//
//   auto report = operations::backup({.database = "sqlite:/var/lib/rcms/rcms.db", .folder = "/var/lib/rcms",
//                                     .file = "/var/backups/rcms/2031-03-04.tar", .version = "0.1.0"}, clock);
//
// The archive is a plain tar: `database.sqlite` or `database.pgdump`, `attachments/…` (encrypted as they lie in the store),
// `keys.sealed` when wanted, `trusted.json` (other States' bundles), `manifest.json` last. What is cut off has no manifest and is
// refused by `restore`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "capabilities/operations/manifest.hpp"
#include "foundation/base/clock.hpp"

namespace rcms::operations {

struct BackupOrder {
  std::string database;          ///< address: `sqlite:PATH` or `postgresql://…`
  std::filesystem::path folder;  ///< of the node: attachments, keys
  std::filesystem::path file;    ///< must not exist; appears only when it is complete
  std::string version;           ///< of the program
  /// When given, the keys go into the archive too, encrypted with the first line of this file (12 characters or more).
  /// Without it they must be kept elsewhere: attachments cannot be read without them.
  std::optional<std::filesystem::path> passphrase_file = {};
};

struct BackupReport {
  Manifest manifest;
  std::filesystem::path file;
  std::uint64_t bytes = 0;
  std::int64_t duration_ms = 0;
};

/// The database as it was at one instant, and every attachment that it knows. The node goes on working.
/// Refuses: already_exists (`file`), field_invalid (passphrase_file, folder), unavailable (disk, database, pg_dump).
Result<BackupReport> backup(BackupOrder const& order, Clock const& clock);

/// When the last backup of the node in `folder` was completed; empty when there was none.
std::optional<Instant> last_backup_at(std::filesystem::path const& folder);

}  // namespace rcms::operations
