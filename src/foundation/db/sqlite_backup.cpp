#include "foundation/db/sqlite_backup.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "foundation/db/sqlite_connection.hpp"

namespace rcms::db::sqlite {

namespace {

constexpr int pages_a_step = 1'024;

struct CloseSqlite {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};

/// Syncs a file or a folder; throws Fault.
void sync_path(std::string const& path) {
  int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  bool const is_synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  int const error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!is_synced) throw Fault(fmt::format("cannot sync {}: {}", path, std::strerror(error)));
}

/// The source holds one read transaction for the whole copy: changes by the writer neither appear nor start it again.
void copy_pages(std::string const& from, std::string const& to) {
  Connection source(from, Role::reader);
  source.execute("begin");
  source.read_number("select count(*) from sqlite_schema");
  sqlite3* opened = nullptr;
  int const code = sqlite3_open_v2(to.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  std::unique_ptr<sqlite3, CloseSqlite> const target(opened);
  if (code != SQLITE_OK) throw Fault(fmt::format("cannot write the copy {}: {}", to, sqlite3_errstr(code)));
  sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", source.handle(), "main");
  if (backup == nullptr) throw Fault(fmt::format("cannot copy to {}: {}", to, sqlite3_errmsg(target.get())));
  int step = SQLITE_OK;
  while (step == SQLITE_OK) step = sqlite3_backup_step(backup, pages_a_step);
  int const finished = sqlite3_backup_finish(backup);
  if (step != SQLITE_DONE || finished != SQLITE_OK)
    throw Fault(fmt::format("cannot copy to {}: {}; is the disk full?", to, sqlite3_errstr(step)));
}

}  // namespace

void copy_database(std::string const& from, std::string const& to) {
  namespace fs = std::filesystem;
  if (fs::exists(to)) throw Fault(fmt::format("{} exists; a backup does not replace files, name a new one", to));
  auto const part = to + ".part";
  std::error_code ignored;
  fs::remove(part, ignored);
  try {
    copy_pages(from, part);
    sync_path(part);
    fs::rename(part, to);
    auto const folder = fs::path(to).parent_path();
    sync_path(folder.empty() ? "." : folder.string());
  } catch (std::exception const& error) {
    fs::remove(part, ignored);
    throw Fault(error.what());
  }
}

}  // namespace rcms::db::sqlite
