// Who read the data of which person: recorded, durably, before the answer leaves.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "foundation/base/clock.hpp"
#include "foundation/db/database.hpp"
#include "foundation/ledger/entry.hpp"

namespace rcms::ledger {

/// One reading of personal data.
struct Reading {
  std::string subject;    ///< whose data: `application:<id>`
  std::string actor;      ///< id of the user
  std::string party;      ///< of the user
  std::string operation;  ///< name of the endpoint
  std::string request;    ///< id of the request
  Instant at;             ///< set by the log
};

/// Readings of many requests are written together, as one entry of the log's own chain. The same user reading the same
/// subject by the same operation again within `same_reading_ms` is one reading.
class AccessLog {
 public:
  AccessLog(db::Database& database, Clock const& clock);
  /// Writes what is waiting, then stops.
  ~AccessLog();
  AccessLog(AccessLog const&) = delete;

  /// Told once, on any thread: with the empty text when the reading is durable, else with why it could not be written; then the
  /// answer must not leave. Must be quick and must not throw.
  using Recorded = std::function<void(std::string const& fault)>;
  void record_later(Reading reading, Recorded recorded);
  /// The same, returning when the reading is durable. Throws db::Fault.
  void record(Reading reading);

  static constexpr std::int64_t same_reading_ms = 60'000;

 private:
  struct Waiting {
    Reading reading;
    Recorded recorded;
  };

  void run();
  void write(std::vector<Waiting> const& batch);
  bool is_repeated(Reading const& reading) const;
  void remember(std::vector<Waiting> const& batch);

  db::Database& database_;
  Clock const& clock_;
  ChainHead head_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting> waiting_;
  /// User, subject and operation → time of the reading; of this minute and of the one before.
  std::unordered_map<std::string, std::int64_t> recent_;
  std::unordered_map<std::string, std::int64_t> older_;
  std::int64_t renewed_at_ = 0;
  bool stop_ = false;
  std::thread thread_;
};

/// The readings of a subject, newest first.
std::vector<Reading> list_readings(db::Database& database, std::string const& subject);

}  // namespace rcms::ledger
