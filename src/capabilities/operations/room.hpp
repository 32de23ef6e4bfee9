// Room on the disk that is kept free: below the mark nothing is written, so that reading and its record can go on, and the
// database is not stopped in the middle of a write.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "capabilities/operations/health.hpp"
#include "foundation/base/result.hpp"

namespace rcms::operations {

/// The mark for a disk when the operator has set none: 256 MB, on a small disk 5 % of it. 256 MB hold the records of readings of
/// many days and the journal of the largest command. Source: docs/administrator_guide.md, "How the node is".
std::uint64_t usual_reserve_bytes(std::uint64_t all_bytes);

/// Thread-safe; one for the process. Measures the disk of `folder` at most once a second.
class Room {
 public:
  /// `reserve_bytes` 0: the usual mark.
  explicit Room(std::filesystem::path folder, std::uint64_t reserve_bytes = 0);

  /// Refuses: unavailable, with the remedy. After it has refused it goes on until a tenth more than the mark is free.
  Result<void> check_may_write();
  /// A write failed with this fault of the database; when that says that its disk is full (SQLite, PostgreSQL class 53100, also
  /// of another machine), nothing is written for ten seconds.
  void note_fault(std::string_view what);

  std::uint64_t reserve_bytes() const { return reserve_.load(); }
  /// As last measured.
  std::uint64_t free_bytes() const { return free_.load(); }
  bool refuses() const { return refuses_.load(); }

 private:
  void measure();

  std::filesystem::path folder_;
  std::uint64_t given_reserve_;
  std::atomic<std::uint64_t> reserve_{0};
  std::atomic<std::uint64_t> free_{0};
  std::atomic<bool> refuses_{false};
  std::atomic<std::int64_t> measured_ms_{0};
  std::atomic<std::int64_t> full_until_ms_{0};
};

}  // namespace rcms::operations
