// One connection to an SQLite file with its prepared statements; belongs to one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "foundation/db/engine_database.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace rcms::db::sqlite {

/// How long a connection waits for a lock of the file that another process has.
inline constexpr int busy_limit_ms = 5'000;

enum class Role { writer, reader };

/// What one statement did. `code` is SQLITE_DONE, or the extended code of the error.
struct Done {
  int code = 0;
  Rows rows;
  std::int64_t count = 0;  ///< rows changed, or returned
  std::string message;     ///< of the error, with the name of the statement
};

class Connection {
 public:
  /// Opens and sets up the file. Throws Fault that says what to do.
  Connection(std::string const& file, Role role);
  ~Connection();
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  sqlite3* handle() const { return handle_; }
  /// Runs one statement to its end. Errors of the database are in the answer; Fault for values that do not fit the text.
  Done run(std::string_view name, std::string_view text, Values const& values, Keep keep = Keep::prepared);
  /// Row by row until `each` returns false.
  void run_each(std::string_view name, std::string_view text, Values const& values,
                std::function<bool(Row const&)> const& each);
  /// Reads one whole number, for pragmas. Throws Fault.
  std::int64_t read_number(char const* text);
  /// Runs a text without values. Throws Fault.
  void execute(char const* text);
  /// True when no transaction is open.
  bool is_idle() const;
  /// Statements that run after this give up at `at_ms` (of monotonic_ms); 0 means never.
  void set_deadline(std::int64_t at_ms) { limits_.deadline_ms = at_ms; }
  /// Statements that run after this give up when it says so; null: never. It outlives them.
  void set_must_stop(MustStop const* must_stop) { limits_.must_stop = must_stop; }

 private:
  struct Prepared;
  class Running;
  /// What ends a statement early.
  struct Limits {
    std::int64_t deadline_ms = 0;
    MustStop const* must_stop = nullptr;
  };

  static int must_end(void* limits);

  Prepared& prepared(std::string_view name, std::string_view text);
  std::unique_ptr<Prepared> prepare(std::string_view name, std::string_view text, Keep keep);
  void forget_oldest();
  Row row_of(sqlite3_stmt* statement) const;
  std::string message_for(std::string_view name) const;

  sqlite3* handle_ = nullptr;
  std::unordered_map<std::string_view, std::unique_ptr<Prepared>> statements_;  // keys lie in the values
  std::uint64_t uses_ = 0;
  Limits limits_;
};

}  // namespace rcms::db::sqlite
