// Measures the parts of the node, rarely enough that asking costs nothing.
#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "capabilities/operations/health.hpp"
#include "capabilities/operations/room.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/db/database.hpp"
#include "foundation/files/store.hpp"

namespace rcms::operations {

struct Context {
  db::Database& database;
  Clock const& clock;
  std::filesystem::path folder;  ///< of the node
  std::string version;           ///< of the program
  Room const* room = nullptr;    ///< what is kept free of the disk; null: nothing
  /// Files of agreements that were refused, and versions that wait; null: not asked.
  std::function<std::pair<std::size_t, std::size_t>()> law{};
};

class Monitor {
 public:
  explicit Monitor(Context context) : context_(std::move(context)) {}

  Context const& context() const { return context_; }
  /// As of the last few seconds. From any thread; while one measures, the others get what was known before.
  std::vector<PartHealth> parts();
  /// The part without which nothing can be answered ("database"), or empty: for /readyz.
  std::string not_ready();

 private:
  Figures measure();

  Context context_;
  std::mutex measuring_;
  std::mutex known_mutex_;
  std::vector<PartHealth> known_;
  std::int64_t measured_ms_ = 0;
};

/// Removes attachments that no case refers to and that are older than a day: what an upload left behind when its case was not
/// saved, and what was removed from a case. How many. For the background loop of the leader, once a day.
std::size_t sweep_attachments(db::Database& database, files::FileStore& store, Clock const& clock);

}  // namespace rcms::operations
