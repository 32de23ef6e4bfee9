#include "foundation/ledger/access_log.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <iterator>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <utility>

#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::ledger {

namespace {

// OPTIMIZATION: one statement for many rows costs little more than for one, and the rows of a batch are seldom more than
// there are clients.
constexpr std::size_t rows_at_once = 32;

/// The statements for 1 to `rows_at_once` rows.
class Inserts {
 public:
  Inserts() {
    std::string values;
    texts_.reserve(rows_at_once);
    for (std::size_t row = 0; row < rows_at_once; ++row) {
      values.append(row == 0 ? "(" : ", (");
      for (std::size_t column = 1; column <= 8; ++column)
        values.append(column == 1 ? "$" : ", $").append(std::to_string(row * 8 + column));
      values.append(")");
      texts_.push_back(fmt::format(
          "INSERT INTO personal_data_reads (subject, at, actor, party, operation, request, log, position) VALUES {}", values));
      statements_[row] = {"ledger_insert_readings", texts_.back()};
    }
  }
  db::Sql const& of_rows(std::size_t rows) const { return statements_.at(rows - 1); }

 private:
  std::vector<std::string> texts_;
  std::array<db::Sql, rows_at_once> statements_;
};
Inserts const inserts;

constexpr db::Sql select_readings{"ledger_select_readings",
                                  "SELECT actor, party, operation, request, at FROM personal_data_reads WHERE subject = $1 "
                                  "ORDER BY at DESC"};

constexpr std::size_t batch_limit = 512;
/// How many readings are remembered in a minute; of more, the same reading again is simply recorded again.
constexpr std::size_t recent_limit = 50'000;

template <class Batch>
std::string render(Batch const& batch) {
  boost::json::array content;
  content.reserve(batch.size());
  for (auto const& [reading, recorded] : batch) {
    content.push_back({{"subject", reading.subject},
                       {"at", reading.at.text()},
                       {"actor", reading.actor},
                       {"party", reading.party},
                       {"operation", reading.operation},
                       {"request", reading.request}});
  }
  return boost::json::serialize(content);
}

template <class Batch>
void add_readings(db::Command& command, Batch const& batch, ChainHead const& head) {
  for (std::size_t next = 0; next < batch.size();) {
    auto const count = std::min(batch.size() - next, rows_at_once);
    db::Values values;
    values.reserve(count * 8);
    for (auto const end = next + count; next < end; ++next) {
      auto const& reading = batch[next].reading;
      for (auto value :
           {db::Value(reading.subject), db::Value(reading.at.ms), db::Value(reading.actor), db::Value(reading.party),
            db::Value(reading.operation), db::Value(reading.request), db::Value(head.subject), db::Value(head.length)}) {
        values.push_back(std::move(value));
      }
    }
    command.add(inserts.of_rows(count), std::move(values));
  }
}

std::string key_of(Reading const& reading) { return reading.actor + ' ' + reading.operation + ' ' + reading.subject; }

}  // namespace

AccessLog::AccessLog(db::Database& database, Clock const& clock)
    : database_(database),
      clock_(clock),
      head_{subject_of("reads", make_uuid(clock.now()))},
      thread_([this] { run(); }) {}

AccessLog::~AccessLog() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void AccessLog::record_later(Reading reading, Recorded recorded) {
  reading.at = clock_.now();
  {
    std::lock_guard const lock(mutex_);
    if (!is_repeated(reading)) {
      waiting_.push_back({std::move(reading), std::move(recorded)});
      if (waiting_.size() > 1) return;
      changed_.notify_one();
      return;
    }
  }
  recorded({});
}

void AccessLog::record(Reading reading) {
  std::promise<std::string> told;
  record_later(std::move(reading), [&told](std::string const& fault) { told.set_value(fault); });
  if (auto const fault = told.get_future().get(); !fault.empty())
    throw db::Fault("a reading of personal data could not be recorded: " + fault);
}

bool AccessLog::is_repeated(Reading const& reading) const {
  auto const key = key_of(reading);
  for (auto const* generation : {&recent_, &older_}) {
    auto const found = generation->find(key);
    if (found != generation->end() && reading.at.ms - found->second < same_reading_ms) return true;
  }
  return false;
}

void AccessLog::remember(std::vector<Waiting> const& batch) {
  auto const now = batch.back().reading.at.ms;
  std::unordered_map<std::string, std::int64_t> forgotten;  // freed after the lock
  std::lock_guard const lock(mutex_);
  if (now - renewed_at_ >= same_reading_ms) {
    forgotten = std::exchange(older_, std::exchange(recent_, {}));
    renewed_at_ = now;
  }
  for (auto const& [reading, recorded] : batch) {
    if (recent_.size() < recent_limit) recent_[key_of(reading)] = reading.at.ms;
  }
}

void AccessLog::write(std::vector<Waiting> const& batch) {
  Entry const entry{.subject = head_.subject,
                    .party = {},
                    .actor = "access log",
                    .action = "personal_data.read",
                    .source = {},
                    .content = render(batch),
                    .at = batch.back().reading.at};
  db::Command command;
  auto head = head_;
  append(command, head, entry);
  add_readings(command, batch, head);
  auto const outcome = database_.write(command).outcome;
  if (outcome != db::Outcome::written) throw db::Fault("the chain of the access log was changed by somebody else");
  head_ = head;
}

void AccessLog::run() {
  for (;;) {
    std::vector<Waiting> batch;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      if (waiting_.size() <= batch_limit) {
        batch = std::exchange(waiting_, {});
      } else {
        auto const end = waiting_.begin() + batch_limit;
        batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
        waiting_.erase(waiting_.begin(), end);
      }
    }
    std::string fault;
    try {
      write(batch);
      remember(batch);
    } catch (db::Fault const& caught) {
      fault = caught.what();
      // Whether it was written is unknown: the next batch begins a new chain.
      head_ = ChainHead{subject_of("reads", make_uuid(clock_.now()))};
    }
    for (auto const& each : batch) each.recorded(fault);
    if (fault.empty()) database_.notify(written_channel);
  }
}

std::vector<Reading> list_readings(db::Database& database, std::string const& subject) {
  std::vector<Reading> readings;
  for (auto const& row : database.read(select_readings, {subject})) {
    readings.push_back({subject, row.text(0), row.text(1), row.text(2), row.text(3), Instant{row.integer(4)}});
  }
  return readings;
}

}  // namespace rcms::ledger
