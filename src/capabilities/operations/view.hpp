// What of the node's health may be seen.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "foundation/http/describe.hpp"

namespace rcms::operations {

struct HealthPartView {
  std::string part;   ///< database, disk, exchange, ledger, mail, backup
  std::string name;   ///< in the language of the viewer
  std::string state;  ///< ok, degraded, down
  std::string words;  ///< what it means and what to do
};
RCMS_VIEW(HealthPartView, part, name, state, words)

struct HealthView {
  std::string state;  ///< the worst of the parts
  std::string version;
  std::string engine;  ///< sqlite, postgresql
  Instant at;
  std::optional<Instant> last_backup_at;
  std::vector<HealthPartView> parts;
};
RCMS_VIEW(HealthView, state, version, engine, at, last_backup_at, parts)

/// For the banner: what does not work now, in words for everybody, without figures.
struct StatusPartView {
  std::string part;
  std::string state;
  std::string words;
};
RCMS_VIEW(StatusPartView, part, state, words)

struct StatusView {
  std::string state;  ///< ok, degraded, down
  std::vector<StatusPartView> parts;
};
RCMS_VIEW(StatusView, state, parts)

}  // namespace rcms::operations
