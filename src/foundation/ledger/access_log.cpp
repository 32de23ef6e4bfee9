#include "foundation/ledger/access_log.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::ledger {

namespace {

constexpr db::Sql insert_reading{
    "ledger_insert_reading",
    "INSERT INTO personal_data_reads (subject, at, actor, party, operation, request, log, position) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
// OPTIMIZATION: sixteen rows at once cost little more than one.
constexpr std::size_t rows_at_once = 16;

std::string text_of_sixteen() {
  std::string text = "INSERT INTO personal_data_reads (subject, at, actor, party, operation, request, log, position) VALUES ";
  for (std::size_t row = 0; row < rows_at_once; ++row) {
    text.append(row == 0 ? "(" : ", (");
    for (std::size_t column = 1; column <= 8; ++column) {
      text.append(column == 1 ? "$" : ", $").append(std::to_string(row * 8 + column));
    }
    text.append(")");
  }
  return text;
}
std::string const sixteen_text = text_of_sixteen();
db::Sql const insert_sixteen_readings{"ledger_insert_sixteen_readings", sixteen_text};

constexpr db::Sql select_readings{"ledger_select_readings",
                                  "SELECT actor, party, operation, request, at FROM personal_data_reads WHERE subject = $1 "
                                  "ORDER BY at DESC"};

constexpr std::size_t batch_limit = 512;

std::string render(std::vector<Reading> const& readings) {
  boost::json::array content;
  content.reserve(readings.size());
  for (auto const& reading : readings) {
    content.push_back({{"subject", reading.subject},
                       {"at", reading.at.text()},
                       {"actor", reading.actor},
                       {"party", reading.party},
                       {"operation", reading.operation},
                       {"request", reading.request}});
  }
  return boost::json::serialize(content);
}

void add_readings(db::Command& command, std::vector<Reading> const& readings, ChainHead const& head) {
  for (std::size_t next = 0; next < readings.size();) {
    auto const count = readings.size() - next >= rows_at_once ? rows_at_once : 1;
    db::Values values;
    values.reserve(count * 8);
    for (auto const end = next + count; next < end; ++next) {
      auto const& reading = readings[next];
      for (auto value :
           {db::Value(reading.subject), db::Value(reading.at.ms), db::Value(reading.actor), db::Value(reading.party),
            db::Value(reading.operation), db::Value(reading.request), db::Value(head.subject), db::Value(head.length)}) {
        values.push_back(std::move(value));
      }
    }
    command.add(count == 1 ? insert_reading : insert_sixteen_readings, std::move(values));
  }
}

std::string key_of(Reading const& reading) { return reading.actor + ' ' + reading.operation + ' ' + reading.subject; }

}  // namespace

/// Readings that are written together, and what became of them.
struct AccessLog::Batch {
  std::vector<Reading> readings;
  bool written = false;
  bool failed = false;
  std::string fault;
};

AccessLog::AccessLog(db::Database& database, Clock const& clock)
    : database_(database),
      clock_(clock),
      head_{subject_of("reads", make_uuid(clock.now()))},
      open_(std::make_shared<Batch>()),
      thread_([this] { run(); }) {}

AccessLog::~AccessLog() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void AccessLog::record(Reading reading) {
  reading.at = clock_.now();
  std::unique_lock lock(mutex_);
  if (is_repeated(reading)) return;
  changed_.wait(lock, [this] { return open_->readings.size() < batch_limit; });
  auto const batch = open_;
  batch->readings.push_back(std::move(reading));
  if (batch->readings.size() == 1) changed_.notify_all();
  changed_.wait(lock, [&] { return batch->written || batch->failed; });
  if (batch->failed) throw db::Fault("a reading of personal data could not be recorded: " + batch->fault);
}

bool AccessLog::is_repeated(Reading const& reading) {
  auto const found = recent_.find(key_of(reading));
  return found != recent_.end() && reading.at.ms - found->second < same_reading_ms;
}

void AccessLog::remember(std::vector<Reading> const& readings) {
  auto const now = readings.back().at.ms;
  if (now - forgotten_at_ >= same_reading_ms) {
    std::erase_if(recent_, [&](auto const& item) { return now - item.second >= same_reading_ms; });
    forgotten_at_ = now;
  }
  for (auto const& reading : readings) recent_[key_of(reading)] = reading.at.ms;
}

void AccessLog::write(Batch& batch) {
  Entry const entry{.subject = head_.subject,
                    .party = {},
                    .actor = "access log",
                    .action = "personal_data.read",
                    .source = {},
                    .content = render(batch.readings),
                    .at = batch.readings.back().at};
  db::Command command;
  auto head = head_;
  append(command, head, entry);
  add_readings(command, batch.readings, head);
  auto const outcome = database_.write(command).outcome;
  if (outcome != db::Outcome::written) throw db::Fault("the chain of the access log was changed by somebody else");
  head_ = head;
}

void AccessLog::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stop_ || !open_->readings.empty(); });
    if (open_->readings.empty()) return;
    auto const batch = std::exchange(open_, std::make_shared<Batch>());
    lock.unlock();
    try {
      write(*batch);
    } catch (db::Fault const& fault) {
      batch->fault = fault.what();
      // Whether it was written is unknown: the next batch begins a new chain.
      head_ = ChainHead{subject_of("reads", make_uuid(clock_.now()))};
    }
    lock.lock();
    batch->written = batch->fault.empty();
    batch->failed = !batch->written;
    if (batch->written) remember(batch->readings);
    changed_.notify_all();
    if (batch->written) {
      lock.unlock();
      database_.notify(written_channel);
      lock.lock();
    }
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
