// A disk that is full, and one that fails to sync: nothing is acknowledged that is not there, reading goes on, and all
// recovers without a restart. The disk is SQLite's own, behind a shim that fails on demand.
#include <atomic>
#include <cstring>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "foundation/db/database.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::db;
using rcms::tests::TemporaryFolder;

namespace {

/// Writes and syncs that may still succeed; negative means without limit.
std::atomic<int> writes_left{-1};
std::atomic<int> syncs_left{-1};
std::atomic<int> syncs_done{0};

bool is_used_up(std::atomic<int>& left) {
  int now = left.load();
  while (now > 0 && !left.compare_exchange_weak(now, now - 1)) continue;
  return now == 0;
}

/// A file of the shim: the methods, then the real file.
struct ShimFile {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<ShimFile*>(file)->real(); }
sqlite3_vfs* real_vfs = nullptr;

int shim_close(sqlite3_file* f) { return real_of(f)->pMethods->xClose(real_of(f)); }
int shim_read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) { return real_of(f)->pMethods->xRead(real_of(f), to, n, at); }
int shim_write(sqlite3_file* f, void const* from, int n, sqlite3_int64 at) {
  if (is_used_up(writes_left)) return SQLITE_FULL;
  return real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
}
int shim_truncate(sqlite3_file* f, sqlite3_int64 n) { return real_of(f)->pMethods->xTruncate(real_of(f), n); }
int shim_sync(sqlite3_file* f, int flags) {
  if (is_used_up(syncs_left)) return SQLITE_IOERR_FSYNC;
  syncs_done.fetch_add(1);
  return real_of(f)->pMethods->xSync(real_of(f), flags);
}
int shim_size(sqlite3_file* f, sqlite3_int64* n) { return real_of(f)->pMethods->xFileSize(real_of(f), n); }
int shim_lock(sqlite3_file* f, int how) { return real_of(f)->pMethods->xLock(real_of(f), how); }
int shim_unlock(sqlite3_file* f, int how) { return real_of(f)->pMethods->xUnlock(real_of(f), how); }
int shim_reserved(sqlite3_file* f, int* out) { return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out); }
int shim_control(sqlite3_file* f, int op, void* arg) { return real_of(f)->pMethods->xFileControl(real_of(f), op, arg); }
int shim_sector(sqlite3_file* f) { return real_of(f)->pMethods->xSectorSize(real_of(f)); }
int shim_device(sqlite3_file* f) { return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f)); }
int shim_map(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}
int shim_shm_lock(sqlite3_file* f, int at, int n, int flags) { return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags); }
void shim_barrier(sqlite3_file* f) { real_of(f)->pMethods->xShmBarrier(real_of(f)); }
int shim_unmap(sqlite3_file* f, int remove) { return real_of(f)->pMethods->xShmUnmap(real_of(f), remove); }

sqlite3_io_methods const shim_methods = {2,           shim_close,  shim_read,     shim_write,   shim_truncate, shim_sync,
                                         shim_size,   shim_lock,   shim_unlock,   shim_reserved, shim_control, shim_sector,
                                         shim_device, shim_map,    shim_shm_lock, shim_barrier, shim_unmap,    nullptr,
                                         nullptr};

int shim_open(sqlite3_vfs*, char const* name, sqlite3_file* file, int flags, int* out) {
  auto* shim = reinterpret_cast<ShimFile*>(file);
  int const code = real_vfs->xOpen(real_vfs, name, shim->real(), flags, out);
  file->pMethods = code == SQLITE_OK ? &shim_methods : nullptr;
  return code;
}

/// Makes the shim the disk of every database that is opened while it lives.
class FailingDisk {
 public:
  FailingDisk() {
    real_vfs = sqlite3_vfs_find(nullptr);
    shim_ = *real_vfs;
    shim_.zName = "failing";
    shim_.szOsFile = static_cast<int>(sizeof(ShimFile)) + real_vfs->szOsFile;
    shim_.xOpen = shim_open;
    sqlite3_vfs_register(&shim_, 1);
  }
  ~FailingDisk() {
    work();
    sqlite3_vfs_unregister(&shim_);
    sqlite3_vfs_register(real_vfs, 1);
  }
  FailingDisk(FailingDisk const&) = delete;
  FailingDisk& operator=(FailingDisk const&) = delete;
  void work() { writes_left = syncs_left = -1; }
  void fill_after(int writes) { writes_left = writes; }
  void break_sync_after(int syncs) { syncs_left = syncs; }

 private:
  sqlite3_vfs shim_{};
};

constexpr Sql make_table{"test.make", "create table t (id text primary key not null, content text not null) strict"};
constexpr Sql insert_row{"test.insert_row", "insert into t (id, content) values ($1, $2)"};
constexpr Sql count_rows{"test.count_rows", "select count(*) from t"};
constexpr Sql find_row{"test.find_row", "select content from t where id = $1"};
constexpr Sql integrity{"test.check_file", "pragma integrity_check"};

bool try_write(Database& database, std::string const& id, std::size_t size = 10) {
  Command command;
  command.add(insert_row, {id, std::string(size, 'x')});
  try {
    return database.write(command).outcome == Outcome::written;
  } catch (Fault const&) {
    return false;
  }
}

}  // namespace

TEST_CASE("a disk that fails at any moment loses nothing that was acknowledged and the database recovers by itself") {
  FailingDisk disk;
  struct Case {
    char const* name;
    std::function<void(int)> fail_after;
  };
  Case const cases[] = {{"full", [&](int n) { disk.fill_after(n); }}, {"no sync", [&](int n) { disk.break_sync_after(n); }}};
  for (auto const& c : cases) {
    CAPTURE(c.name);
    TemporaryFolder const folder;
    auto database = open("sqlite:" + folder.file("a.sqlite"));
    Command make;
    make.add(make_table, {});
    REQUIRE(database->write(make).outcome == Outcome::written);
    std::vector<std::string> acknowledged;
    int failures = 0;
    for (int moment = 0; moment < 30; ++moment) {
      CAPTURE(moment);
      c.fail_after(moment % 12);
      for (int i = 0; i < 6; ++i) {
        auto const id = fmt::format("{}-{}", moment, i);
        // Large content leaves the cache before the commit, so that statements fail as well as commits.
        if (try_write(*database, id, moment % 3 == 0 ? 3'000'000 : 10))
          acknowledged.push_back(id);
        else
          ++failures;
      }
      CHECK(database->find(count_rows)->integer(0) >= static_cast<std::int64_t>(acknowledged.size()));
      disk.work();
      auto const id = fmt::format("{}-after", moment);
      CHECK(try_write(*database, id));
      acknowledged.push_back(id);
    }
    CHECK(failures > 20);
    database = nullptr;
    database = open("sqlite:" + folder.file("a.sqlite"));
    CHECK(database->find(integrity)->text(0) == "ok");
    for (auto const& id : acknowledged) CHECK_MESSAGE(database->find(find_row, {id}), id);
  }
}

TEST_CASE("a command is acknowledged only after the log is synced, and commands that wait together share the sync") {
  FailingDisk disk;
  TemporaryFolder const folder;
  auto const database = open("sqlite:" + folder.file("a.sqlite"));
  Command make;
  make.add(make_table, {});
  REQUIRE(database->write(make).outcome == Outcome::written);
  for (int i = 0; i < 50; ++i) {
    int const before = syncs_done.load();
    REQUIRE(try_write(*database, fmt::format("{}", i)));
    CHECK(syncs_done.load() > before);
  }
  int const before = syncs_done.load();
  std::vector<std::thread> threads;
  for (int t = 0; t < 32; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) try_write(*database, fmt::format("{} {}", t, i));
    });
  for (auto& thread : threads) thread.join();
  CHECK(database->find(count_rows)->integer(0) == 50 + 32 * 20);
  CHECK(syncs_done.load() - before < 32 * 20);
}

TEST_CASE("all of a batch get the fault when its commit fails, and none of them is there") {
  FailingDisk disk;
  TemporaryFolder const folder;
  auto const database = open("sqlite:" + folder.file("a.sqlite"));
  Command make;
  make.add(make_table, {});
  REQUIRE(database->write(make).outcome == Outcome::written);
  disk.fill_after(0);
  std::atomic<int> faults{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 32; ++t)
    threads.emplace_back([&, t] {
      if (!try_write(*database, fmt::format("{}", t))) faults.fetch_add(1);
    });
  for (auto& thread : threads) thread.join();
  CHECK(faults.load() == 32);
  CHECK(database->find(count_rows)->integer(0) == 0);
  disk.work();
  CHECK(try_write(*database, "after"));
  CHECK(database->find(count_rows)->integer(0) == 1);
}

TEST_CASE("a limit of pages acts as a full disk and leaves the old content readable") {
  TemporaryFolder const folder;
  auto const database = open("sqlite:" + folder.file("a.sqlite"));
  Command make;
  make.add(make_table, {});
  database->write(make);
  REQUIRE(try_write(*database, "first"));
  static constexpr Sql limit{"test.limit", "pragma max_page_count = 40"};
  static constexpr Sql no_limit{"test.no_limit", "pragma max_page_count = 1000000"};
  Command command;
  command.add(limit, {});
  database->write(command);
  CHECK_FALSE(try_write(*database, "large", 1'000'000));
  CHECK(database->find(count_rows)->integer(0) == 1);
  CHECK(try_write(*database, "small"));
  Command more;
  more.add(no_limit, {});
  database->write(more);
  CHECK(try_write(*database, "large", 1'000'000));
}
