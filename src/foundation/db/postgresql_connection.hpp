// One connection to PostgreSQL with its prepared statements, always in pipeline mode; belongs to one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "foundation/db/engine_database.hpp"

struct pg_conn;
struct pg_result;

namespace rcms::db::postgresql {

/// What the server said, or that it was lost.
struct ServerFault : Fault {
  ServerFault(std::string const& what, std::string state, bool lost, bool may_be_written)
      : Fault(what), sqlstate(std::move(state)), is_lost(lost), may_have_committed(may_be_written) {}
  std::string sqlstate;             ///< empty when the server said nothing
  bool is_lost = false;             ///< the connection is of no use any more
  bool may_have_committed = false;  ///< it was lost after COMMIT had been sent
};

/// What the connection is for; decides what is set after connecting.
enum class Use { statements, notices };

class Connection {
 public:
  /// Connects and sets up the session. Throws ServerFault.
  Connection(std::string const& connection_string, Use use);
  ~Connection();
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  /// False when the server has closed the connection, as far as it is known here; costs one system call.
  bool is_alive();
  /// True when nothing is open or half-read on it.
  bool is_clean() const;
  int socket() const;

  Rows read(std::string_view name, std::string_view text, Values const& values, Keep keep);
  void read_each(std::string_view name, std::string_view text, Values const& values,
                 std::function<bool(Row const&)> const& each);
  /// BEGIN and all statements in one round trip, then COMMIT or ROLLBACK; a single one when nothing is expected. When
  /// `must_stop` says so the server gives up, which is a fault; null: nothing does.
  Written write(Command const& command, Keep keep, MustStop const* must_stop = nullptr);
  /// Answers that are waited for after this are given up when it says so, with a fault; null: never. It outlives them.
  void set_must_stop(MustStop const* must_stop) { must_stop_ = must_stop; }

  /// Channels of the notices that have arrived, without waiting.
  std::vector<std::string> take_notices();

 private:
  struct CloseHandle { void operator()(pg_conn* handle) const; };
  struct ClearResult { void operator()(pg_result* result) const; };
  struct ForgetMustStop { void operator()(Connection* connection) const { connection->must_stop_ = nullptr; } };
  using Result = std::unique_ptr<pg_result, ClearResult>;
  /// A statement that has been sent and whose result is to come.
  struct Sent {
    bool is_prepared_now = false;
    std::string key;
  };
  /// The answer to one statement: rows or an error.
  struct Answer {
    Rows rows;
    std::int64_t count = 0;
    std::string sqlstate;  ///< empty when it went well
    std::string message;
    bool is_skipped = false;  ///< an earlier statement failed
  };

  Result execute(char const* text);
  static void check_durable(Result const& settings);
  Sent send(std::string_view name, std::string_view text, Values const& values, Keep keep);
  void send_plain(char const* text);
  void send_sync();
  void forget_all_if_many();
  Answer receive(Sent const& sent);
  Answer receive_plain();
  Answer answer_of(Result const& result) const;
  Result next_result();
  void receive_sync();
  void end_transaction(char const* text, bool is_commit);
  void fill_outcome(Command const& command, std::vector<Answer>& answers, Written& written) const;
  void wait_until_told();
  void cancel();
  Row row_of(Result const& result, int row) const;
  [[noreturn]] void lose(std::string_view during);
  [[noreturn]] static void fail(std::string_view name, Answer const& answer);

  std::unique_ptr<pg_conn, CloseHandle> handle_;
  std::unordered_map<std::string, std::string> prepared_;  ///< text and types → name
  std::uint64_t names_ = 0;
  bool commit_sent_ = false;
  bool is_clean_ = true;
  MustStop const* must_stop_ = nullptr;
};

}  // namespace rcms::db::postgresql
