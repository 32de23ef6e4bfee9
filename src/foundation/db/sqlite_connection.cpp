#include "foundation/db/sqlite_connection.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <sqlite3.h>

#include "foundation/base/clock.hpp"

namespace rcms::db::sqlite {

namespace {

constexpr std::size_t statements_kept = 300;
constexpr int operations_between_checks = 200'000;  // of SQLite's virtual machine: a few milliseconds

/// The number of each parameter of the statement, in the order in which SQLite counts them.
std::vector<std::size_t> parameter_numbers(sqlite3_stmt* statement, std::string_view name) {
  std::vector<std::size_t> numbers;
  for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
    char const* parameter = sqlite3_bind_parameter_name(statement, i);
    std::string_view const text = parameter == nullptr ? "?" : parameter;
    std::size_t number = 0;
    auto const end = text.data() + text.size();
    bool const is_number = text.front() == '$' && std::from_chars(text.data() + 1, end, number).ptr == end && number > 0;
    if (!is_number) throw Fault(fmt::format("{}: parameter {} must be written $1, $2, …", name, text));
    numbers.push_back(number);
  }
  return numbers;
}

int bind_one(sqlite3_stmt* statement, int position, Value const& value) {
  if (auto const* whole = std::get_if<std::int64_t>(&value)) return sqlite3_bind_int64(statement, position, *whole);
  if (auto const* number = std::get_if<double>(&value)) return sqlite3_bind_double(statement, position, *number);
  if (auto const* text = std::get_if<std::string>(&value))
    return sqlite3_bind_text64(statement, position, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  if (auto const* bytes = std::get_if<Bytes>(&value)) {
    if (bytes->empty()) return sqlite3_bind_zeroblob(statement, position, 0);
    return sqlite3_bind_blob64(statement, position, bytes->data(), bytes->size(), SQLITE_STATIC);
  }
  return sqlite3_bind_null(statement, position);
}

// OPTIMIZATION: the value is looked up once for its type, its bytes and its size. Connections without a mutex may do so.
Value column_value(sqlite3_stmt* statement, int column) {
  auto* const value = sqlite3_column_value(statement, column);
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: return static_cast<std::int64_t>(sqlite3_value_int64(value));
    case SQLITE_FLOAT: return sqlite3_value_double(value);
    case SQLITE_TEXT: {
      auto const* text = reinterpret_cast<char const*>(sqlite3_value_text(value));
      return std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
    }
    case SQLITE_BLOB: {
      auto const* bytes = static_cast<std::uint8_t const*>(sqlite3_value_blob(value));
      auto const size = static_cast<std::size_t>(sqlite3_value_bytes(value));
      return size == 0 ? Bytes() : Bytes(bytes, bytes + size);
    }
    default: return std::monostate();
  }
}

/// OPTIMIZATION: SQLite counts each piece of memory that it takes, under one lock for all threads of the process: 300 times for a
/// reading. Nobody asks for the count.
void stop_counting_memory() {
  static int const done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);  // refused once a connection was opened by somebody else
  static_cast<void>(done);
}

}  // namespace

struct Connection::Prepared {
  std::string text;
  sqlite3_stmt* statement = nullptr;
  std::vector<std::size_t> numbers;
  std::size_t values = 0;  ///< the highest number
  std::uint64_t used = 0;

  Prepared() = default;
  Prepared(Prepared const&) = delete;
  Prepared& operator=(Prepared const&) = delete;
  ~Prepared() { sqlite3_finalize(statement); }
};

/// A statement between binding and reset; the values must outlive it.
class Connection::Running {
 public:
  Running(Prepared& prepared, std::string_view name, Values const& values) : statement_(prepared.statement) {
    check_values(name, values);
    if (values.size() != prepared.values)
      throw Fault(fmt::format("{} takes {} values, {} are given", name, prepared.values, values.size()));
    for (std::size_t i = 0; i < prepared.numbers.size(); ++i) {
      if (bind_one(statement_, static_cast<int>(i + 1), values[prepared.numbers[i] - 1]) != SQLITE_OK)
        throw Fault(fmt::format("{}: value ${} is too large", name, prepared.numbers[i]));
    }
  }
  ~Running() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  Running(Running const&) = delete;
  Running& operator=(Running const&) = delete;
  int step() { return sqlite3_step(statement_); }

 private:
  sqlite3_stmt* statement_;
};

Connection::Connection(std::string const& file, Role role) {
  stop_counting_memory();
  int const mode = role == Role::writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  int const opened = sqlite3_open_v2(file.c_str(), &handle_, mode | SQLITE_OPEN_NOMUTEX, nullptr);
  if (opened != SQLITE_OK) {
    auto const why = std::string(sqlite3_errstr(opened));
    sqlite3_close(handle_);
    throw Fault(fmt::format("cannot open the database file {}: {}; check that its folder exists and may be written by this "
                            "user", file, why));
  }
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, busy_limit_ms);
  sqlite3_progress_handler(handle_, operations_between_checks, must_end, &limits_);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  // Only the writer moves pages from the log into the file.
  if (role == Role::reader) sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  try {
    execute("pragma mmap_size = 0");
    execute("pragma case_sensitive_like = on");
    // OPTIMIZATION: each commit empties the cache of every reader, and emptying costs by its size.
    execute(role == Role::writer ? "pragma cache_size = -32768" : "pragma cache_size = -4096");
    if (role == Role::writer) {
      execute("pragma journal_mode = wal");
      execute("pragma synchronous = full");
      execute("pragma foreign_keys = on");
      execute("pragma secure_delete = on");
      execute("pragma wal_autocheckpoint = 0");
      execute("pragma journal_size_limit = 134217728");  // a migration may write gigabytes; begun anew, the log gives them back
      execute("pragma analysis_limit = 1000");
    }
    read_number("select count(*) from sqlite_schema");
  } catch (Fault const& fault) {
    statements_.clear();
    sqlite3_close(handle_);
    throw Fault(fmt::format("cannot use {} as a database: {}", file, fault.what()));
  }
}

int Connection::must_end(void* limits) {
  auto const& [deadline_ms, must_stop] = *static_cast<Limits const*>(limits);
  return (deadline_ms != 0 && monotonic_ms() > deadline_ms) || (must_stop != nullptr && (*must_stop)()) ? 1 : 0;
}

Connection::~Connection() {
  statements_.clear();
  sqlite3_close(handle_);
}

std::string Connection::message_for(std::string_view name) const {
  return fmt::format("{}: {} (SQLite {})", name, sqlite3_errmsg(handle_), sqlite3_extended_errcode(handle_));
}

std::unique_ptr<Connection::Prepared> Connection::prepare(std::string_view name, std::string_view text, Keep keep) {
  auto made = std::make_unique<Prepared>();
  made->text = text;
  char const* rest = nullptr;
  unsigned const flags = keep == Keep::prepared ? SQLITE_PREPARE_PERSISTENT : 0;
  int const size = static_cast<int>(made->text.size()) + 1;
  if (sqlite3_prepare_v3(handle_, made->text.c_str(), size, flags, &made->statement, &rest) != SQLITE_OK)
    throw Fault(message_for(name));
  bool const more = rest != nullptr && std::string_view(rest).find_first_not_of(" \n\r\t;") != std::string_view::npos;
  if (made->statement == nullptr || more) throw Fault(fmt::format("{}: exactly one statement is expected", name));
  made->numbers = parameter_numbers(made->statement, name);
  for (auto const number : made->numbers) made->values = std::max(made->values, number);
  return made;
}

void Connection::forget_oldest() {
  auto oldest = statements_.begin();
  for (auto it = statements_.begin(); it != statements_.end(); ++it)
    if (it->second->used < oldest->second->used) oldest = it;
  auto const dying = std::move(oldest->second);
  statements_.erase(oldest);
}

Connection::Prepared& Connection::prepared(std::string_view name, std::string_view text) {
  auto found = statements_.find(text);
  if (found == statements_.end()) {
    auto made = prepare(name, text, Keep::prepared);
    if (statements_.size() >= statements_kept) forget_oldest();
    std::string_view const key = made->text;
    found = statements_.emplace(key, std::move(made)).first;
  }
  found->second->used = ++uses_;
  return *found->second;
}

Row Connection::row_of(sqlite3_stmt* statement) const {
  int const columns = sqlite3_column_count(statement);
  std::vector<Value> values;
  values.reserve(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) values.push_back(column_value(statement, i));
  return Row(std::move(values));
}

Done Connection::run(std::string_view name, std::string_view text, Values const& values, Keep keep) {
  Done done;
  auto const once = keep == Keep::nothing ? prepare(name, text, keep) : nullptr;
  auto& used = once ? *once : prepared(name, text);
  Running running(used, name, values);
  while ((done.code = running.step()) == SQLITE_ROW) done.rows.push_back(row_of(used.statement));
  if (done.code != SQLITE_DONE) {
    done.message = message_for(name);
    if (done.code == SQLITE_INTERRUPT)
      done.message = limits_.must_stop != nullptr
                         ? fmt::format("{}: was told to stop", name)
                         : fmt::format("{}: took longer than {} s and was ended", name, statement_limit_ms / 1000);
    return done;
  }
  bool const returns_rows = sqlite3_column_count(used.statement) > 0;
  done.count = returns_rows ? static_cast<std::int64_t>(done.rows.size()) : sqlite3_changes64(handle_);
  return done;
}

void Connection::run_each(std::string_view name, std::string_view text, Values const& values,
                          std::function<bool(Row const&)> const& each) {
  auto& used = prepared(name, text);
  Running running(used, name, values);
  int code = SQLITE_ROW;
  while ((code = running.step()) == SQLITE_ROW)
    if (!each(row_of(used.statement))) return;
  if (code != SQLITE_DONE) throw Fault(message_for(name));
}

std::int64_t Connection::read_number(char const* text) {
  auto const done = run(text, text, {}, Keep::nothing);
  if (done.code != SQLITE_DONE) throw Fault(done.message);
  return done.rows.empty() ? 0 : done.rows.front().integer(0);
}

void Connection::execute(char const* text) {
  auto const done = run(text, text, {}, Keep::prepared);
  if (done.code != SQLITE_DONE) throw Fault(done.message);
}

bool Connection::is_idle() const { return sqlite3_get_autocommit(handle_) != 0; }

}  // namespace rcms::db::sqlite
