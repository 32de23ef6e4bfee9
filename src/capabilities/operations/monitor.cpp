#include "capabilities/operations/monitor.hpp"

#include <fstream>
#include <stdexcept>

#include "capabilities/operations/backup.hpp"
#include "capabilities/operations/store.hpp"
#include "capabilities/operations/tar.hpp"
#include "foundation/files/file_records.hpp"

namespace rcms::operations {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t keep_ms = 3'000;
constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1'000;
constexpr std::size_t probe_bytes = 64 * 1024;

constexpr db::Sql select_one{"operations_probe", "SELECT count(*) FROM parties"};

/// Whether the disk takes a small new file, durably.
bool can_write(fs::path const& folder) {
  std::error_code failed;
  auto const file = folder / "operations" / "probe";
  fs::create_directories(file.parent_path(), failed);
  fs::remove(file, failed);
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << std::string(probe_bytes, 'x');
  out.close();
  bool is_written = static_cast<bool>(out);
  try {
    if (is_written) sync_path(file);
  } catch (std::runtime_error const&) {
    is_written = false;
  }
  // It must not keep room that a later probe would take for free.
  fs::remove(file, failed);
  return is_written;
}

}  // namespace

Figures Monitor::measure() {
  Figures figures;
  figures.now = context_.clock.now();
  figures.disk_writes = can_write(context_.folder);
  std::error_code failed;
  auto const space = fs::space(context_.folder, failed);
  if (!failed) figures.space = Space{space.available, space.capacity};
  if (context_.room != nullptr) figures.reserve_bytes = context_.room->reserve_bytes();
  figures.last_backup = last_backup_at(context_.folder);
  try {
    auto const started = monotonic_ms();
    context_.database.read(select_one);
    figures.database_ms = monotonic_ms() - started;
    figures.outbox = count_outbox(context_.database);
    figures.oldest_unsealed = oldest_unsealed(context_.database);
    figures.ledger_is_known = true;
    figures.mail = count_mail(context_.database);
  } catch (db::Fault const&) {
    // What could not be read stays empty, which is judged as down.
  }
  return figures;
}

std::vector<PartHealth> Monitor::parts() {
  std::unique_lock const turn(measuring_, std::try_to_lock);
  {
    std::lock_guard const lock(known_mutex_);
    bool const is_fresh = !known_.empty() && monotonic_ms() - measured_ms_ < keep_ms;
    if (is_fresh || (!turn.owns_lock() && !known_.empty())) return known_;
  }
  auto figures = measure();
  if (context_.law) {
    auto const [refused, waiting] = context_.law();
    figures.refused_agreements = static_cast<std::int64_t>(refused);
    figures.waiting_agreements = static_cast<std::int64_t>(waiting);
  }
  auto measured = judge(figures);
  std::lock_guard const lock(known_mutex_);
  known_ = measured;
  measured_ms_ = monotonic_ms();
  return measured;
}

std::string Monitor::not_ready() {
  for (auto const& part : parts())
    if (part.part == "database" && part.state == State::down) return part.part;
  return {};
}

std::size_t sweep_attachments(db::Database& database, files::FileStore& store, Clock const& clock) {
  return files::sweep_orphans(database, store, clock.now().plus_ms(-day_ms));
}

}  // namespace rcms::operations
