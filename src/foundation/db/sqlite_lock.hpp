// The right to write an SQLite file, held by one process at a time. Two processes that write and checkpoint the same file
// can lose commits with SQLite 3.40 (https://www.sqlite.org/wal.html#walresetbug), and would not share a group commit.
#pragma once

#include <string>

namespace rcms::db::sqlite {

/// Holds `FILE.lock` until it is destroyed, also against a second opening in the same process.
class FileLock {
 public:
  /// Throws Fault that names the holder and the remedy.
  explicit FileLock(std::string const& database_file);
  ~FileLock();
  FileLock(FileLock const&) = delete;
  FileLock& operator=(FileLock const&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace rcms::db::sqlite
