// A node from its backup, in a new place, with a certificate of what was compared.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/operations/manifest.hpp"
#include "foundation/base/clock.hpp"

namespace rcms::operations {

struct RestoreOrder {
  std::filesystem::path file;    ///< the archive
  std::string database;          ///< address of an empty database; same engine as the backup
  std::filesystem::path folder;  ///< of the new node; absent or empty
  std::optional<std::filesystem::path> passphrase_file = {};  ///< of the keys in the archive
};

struct RestoreReport {
  Manifest manifest;
  std::int64_t rows = 0;
  std::int64_t attachments = 0;
  std::int64_t ledger_entries = 0;  ///< verified
  std::int64_t ledger_seals = 0;
  std::vector<std::string> keys_needed;  ///< names of key files to be put into `folder`/keys before the node can start
  std::map<std::string, std::int64_t> durations_ms;  ///< check, unpack, database, compare, ledger
  std::filesystem::path certificate;  ///< JSON, in `folder`
};

/// Every hash of the archive is verified before anything is written; then the rows of every table are counted, the attachments
/// compared with the register, and the ledger verified. When something differs the target is kept for inspection and refused.
/// Refuses: not_found (file), already_exists (folder or database not empty), does_not_verify (hash, count, ledger, keys),
/// field_invalid (other engine, passphrase), malformed, unavailable.
Result<RestoreReport> restore(RestoreOrder const& order, Clock const& clock);

}  // namespace rcms::operations
