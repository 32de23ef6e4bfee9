// What a backup says of itself: the JSON text `manifest.json`, the last part of the archive.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"

namespace rcms::operations {

/// One part of the archive.
struct Part {
  std::string name;  ///< path within the archive
  std::uint64_t size = 0;
  std::string sha256;  ///< hexadecimal
};

/// A key of the node, so that a restored node knows which keys belong to it. The check value does not give the key away.
struct KeyCheck {
  std::string name;   ///< file name within the folder `keys`
  std::string check;  ///< hexadecimal
};

struct Manifest {
  int format = 1;
  std::string version;  ///< of RCMS
  Instant at;           ///< when the copy was begun
  std::string engine;   ///< sqlite, postgresql
  std::map<std::string, std::int64_t> rows;  ///< by table
  std::vector<Part> parts;
  std::vector<std::string> missing_attachments;  ///< known to the database, not in the folder
  std::vector<KeyCheck> keys;
  bool has_keys = false;  ///< the keys are in the archive, encrypted
  std::int64_t ledger_seal = 0;  ///< the newest; 0 when nothing was sealed
  std::string ledger_seal_hash;  ///< hexadecimal
};

std::string render_manifest(Manifest const& manifest);
/// Refuses: malformed; unsupported_type when a newer RCMS wrote it.
Result<Manifest> parse_manifest(std::string_view text);

}  // namespace rcms::operations
