#include "foundation/db/postgresql_connection.hpp"

#include <charconv>
#include <cstring>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include "foundation/db/postgresql_values.hpp"

namespace rcms::db::postgresql {

namespace {

constexpr std::size_t statements_kept = 400;
constexpr int between_asking_to_stop_ms = 200;

/// Reading needs no transaction of its own: the session is read-only, and commands say `begin read write`.
constexpr char session_settings[] =
    "set session default_transaction_read_only = on; set client_encoding = 'UTF8'; set timezone = 'UTC';"
    "set bytea_output = 'hex'; set extra_float_digits = 1; set client_min_messages = 'warning';"
    "set statement_timeout = '60s'; set lock_timeout = '10s'; set idle_in_transaction_session_timeout = '60s';"
    // What is acknowledged is durable, whatever is set for this database or user.
    "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off';"
    // What only the server decides is looked at.
    "select current_setting('fsync'), current_setting('full_page_writes')";
constexpr char const* must_be_on[] = {"fsync", "full_page_writes"};
constexpr char notice_settings[] = "set client_min_messages = 'warning'; set statement_timeout = '10s'";
/// A migration of a large table takes its time.
constexpr char no_limit_command[] = "set local statement_timeout = 0";
constexpr char begin_command[] = "begin isolation level read committed read write";

void ignore_notice(void*, char const*) {}

std::string without_line_ends(char const* text) {
  std::string line = text == nullptr ? "" : text;
  for (auto& c : line)
    if (c == '\n') c = ' ';
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::string field_of(PGresult const* result, int code) {
  char const* field = PQresultErrorField(result, code);
  return field == nullptr ? "" : field;
}

bool refusal_of(std::string_view sqlstate, Outcome& outcome) {
  if (sqlstate == "23505" || sqlstate == "23P01") {
    outcome = Outcome::already_exists;
    return true;
  }
  if (sqlstate == "23503" || sqlstate == "23514" || sqlstate == "P0001") {
    outcome = Outcome::not_allowed;
    return true;
  }
  return false;
}

}  // namespace

void Connection::CloseHandle::operator()(pg_conn* handle) const { PQfinish(handle); }
void Connection::ClearResult::operator()(pg_result* result) const { PQclear(result); }

Connection::Connection(std::string const& connection_string, Use use) {
  // Later entries win: what the administrator wrote replaces our defaults.
  char const* const names[] = {"connect_timeout", "application_name", "keepalives_idle", "keepalives_interval",
                               "keepalives_count", "tcp_user_timeout", "dbname", nullptr};
  char const* const values[] = {"5", "rcms", "10", "5", "3", "30000", connection_string.c_str(), nullptr};
  handle_.reset(PQconnectdbParams(names, values, 1));
  if (PQstatus(handle_.get()) != CONNECTION_OK)
    throw ServerFault(fmt::format("cannot reach PostgreSQL: {}", without_line_ends(PQerrorMessage(handle_.get()))), "", true,
                      false);
  PQsetNoticeProcessor(handle_.get(), ignore_notice, nullptr);
  auto const settings = execute(use == Use::statements ? session_settings : notice_settings);
  if (use == Use::statements) check_durable(settings);
  if (PQenterPipelineMode(handle_.get()) != 1) lose("start of the session");
}

Connection::~Connection() = default;

Connection::Result Connection::execute(char const* text) {
  Result result(PQexec(handle_.get(), text));
  auto const status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) lose(text);
  return result;
}

/// A server that does not wait for its disk forgets what was acknowledged, or tears its files, when the power goes.
void Connection::check_durable(Result const& settings) {
  int column = 0;
  for (auto const* name : must_be_on) {
    if (std::string_view(PQgetvalue(settings.get(), 0, column++)) == "on") continue;
    throw ServerFault(fmt::format("the PostgreSQL server has {0} = off: after a power cut it may have lost or torn what it "
                                  "acknowledged; write {0} = on into its postgresql.conf and reload it", name), "", false, false);
  }
}

void Connection::lose(std::string_view during) {
  is_clean_ = false;
  throw ServerFault(fmt::format("connection to PostgreSQL lost during {}: {}", during,
                                without_line_ends(PQerrorMessage(handle_.get()))), "", true, commit_sent_);
}

void Connection::fail(std::string_view name, Answer const& answer) {
  bool const is_lost = answer.sqlstate.starts_with("57P") || answer.sqlstate.starts_with("08");
  throw ServerFault(fmt::format("{}: {} (PostgreSQL {})", name, answer.message, answer.sqlstate), answer.sqlstate, is_lost,
                    false);
}

int Connection::socket() const { return PQsocket(handle_.get()); }

bool Connection::is_alive() {
  if (!is_clean_ || PQstatus(handle_.get()) != CONNECTION_OK) return false;
  pollfd waiting{socket(), POLLIN, 0};
  if (::poll(&waiting, 1, 0) <= 0) return true;
  // Something came unasked: a setting that changed, or the farewell of the server.
  if (PQconsumeInput(handle_.get()) != 1) return false;
  PQisBusy(handle_.get());
  return PQstatus(handle_.get()) == CONNECTION_OK && ::poll(&waiting, 1, 0) <= 0;
}

bool Connection::is_clean() const {
  return is_clean_ && PQstatus(handle_.get()) == CONNECTION_OK && PQtransactionStatus(handle_.get()) == PQTRANS_IDLE;
}

Connection::Sent Connection::send(std::string_view name, std::string_view text, Values const& values, Keep keep) {
  check_values(name, values);
  Parameters const parameters(values);
  Sent sent;
  int is_sent = 0;
  if (keep == Keep::nothing) {
    is_sent = PQsendQueryParams(handle_.get(), std::string(text).c_str(), parameters.count(), parameters.types(),
                                parameters.pointers(), parameters.lengths(), parameters.formats(), 0);
  } else {
    auto key = fmt::format("{}\n{}", parameters.signature(), text);
    auto known = prepared_.find(key);
    if (known == prepared_.end()) {
      sent.is_prepared_now = true;
      sent.key = key;
      known = prepared_.emplace(std::move(key), fmt::format("s{}", ++names_)).first;
      if (PQsendPrepare(handle_.get(), known->second.c_str(), std::string(text).c_str(), parameters.count(),
                        parameters.types()) != 1)
        lose(name);
    }
    is_sent = PQsendQueryPrepared(handle_.get(), known->second.c_str(), parameters.count(), parameters.pointers(),
                                  parameters.lengths(), parameters.formats(), 0);
  }
  if (is_sent != 1) lose(name);
  is_clean_ = false;
  return sent;
}

void Connection::send_plain(char const* text) {
  if (PQsendQueryParams(handle_.get(), text, 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) lose(text);
  is_clean_ = false;
}

void Connection::send_sync() {
  if (PQpipelineSync(handle_.get()) != 1) lose("sending");
}

void Connection::forget_all_if_many() {
  if (prepared_.size() < statements_kept) return;
  prepared_.clear();
  send_plain("deallocate all");
  send_sync();
  receive_plain();
  receive_sync();
}

/// Until an answer is there; whoever wants to stop makes the server give up what it does.
void Connection::wait_until_told() {
  while (PQisBusy(handle_.get()) != 0) {
    // Asked for again each time: between two statements the server does not hear it.
    if ((*must_stop_)()) cancel();
    pollfd waiting{socket(), POLLIN, 0};
    ::poll(&waiting, 1, between_asking_to_stop_ms);
    if (PQconsumeInput(handle_.get()) != 1) return;
  }
}

Connection::Result Connection::next_result() {
  if (must_stop_ != nullptr) wait_until_told();
  Result result(PQgetResult(handle_.get()));
  if (PQstatus(handle_.get()) != CONNECTION_OK) lose("waiting for an answer");
  return result;
}

Row Connection::row_of(Result const& result, int row) const {
  int const columns = PQnfields(result.get());
  std::vector<Value> values;
  values.reserve(static_cast<std::size_t>(columns));
  for (int column = 0; column < columns; ++column) values.push_back(value_of(result.get(), row, column));
  return Row(std::move(values));
}

Connection::Answer Connection::answer_of(Result const& result) const {
  Answer answer;
  switch (PQresultStatus(result.get())) {
    case PGRES_TUPLES_OK:
      answer.rows.reserve(static_cast<std::size_t>(PQntuples(result.get())));
      for (int row = 0; row < PQntuples(result.get()); ++row) answer.rows.push_back(row_of(result, row));
      answer.count = PQntuples(result.get());
      break;
    case PGRES_COMMAND_OK: {
      std::string_view const changed = PQcmdTuples(result.get());
      std::from_chars(changed.data(), changed.data() + changed.size(), answer.count);
      break;
    }
    case PGRES_PIPELINE_ABORTED: answer.is_skipped = true; break;
    default:
      answer.sqlstate = field_of(result.get(), PG_DIAG_SQLSTATE);
      if (answer.sqlstate.empty()) answer.sqlstate = "XX000";
      answer.message = field_of(result.get(), PG_DIAG_MESSAGE_PRIMARY);
      if (answer.message.empty()) answer.message = without_line_ends(PQresultErrorMessage(result.get()));
  }
  return answer;
}

Connection::Answer Connection::receive_plain() {
  auto const result = next_result();
  if (!result) lose("waiting for an answer");
  auto answer = answer_of(result);
  while (next_result()) continue;
  return answer;
}

Connection::Answer Connection::receive(Sent const& sent) {
  if (!sent.is_prepared_now) return receive_plain();
  auto preparation = receive_plain();
  bool const is_prepared = preparation.sqlstate.empty() && !preparation.is_skipped;
  if (!is_prepared) prepared_.erase(sent.key);
  auto answer = receive_plain();
  return is_prepared ? answer : preparation;
}

void Connection::receive_sync() {
  auto const result = next_result();
  if (PQresultStatus(result.get()) != PGRES_PIPELINE_SYNC) lose("waiting for the end of the answers");
  is_clean_ = true;
}

Rows Connection::read(std::string_view name, std::string_view text, Values const& values, Keep keep) {
  forget_all_if_many();
  auto const sent = send(name, text, values, keep);
  send_sync();
  auto answer = receive(sent);
  receive_sync();
  if (!answer.sqlstate.empty()) fail(name, answer);
  return std::move(answer.rows);
}

/// The first statement that does not stand decides, in order, as on SQLite.
void Connection::fill_outcome(Command const& command, std::vector<Answer>& answers, Written& written) const {
  auto const& statements = command.statements();
  for (std::size_t i = 0; i < statements.size(); ++i) {
    auto& answer = answers[i];
    written.statement = i;
    if (answer.is_skipped) fail(statements[i].sql->name, Answer{{}, 0, "25P02", "not executed", false});
    if (!answer.sqlstate.empty()) {
      if (refusal_of(answer.sqlstate, written.outcome)) return;
      fail(statements[i].sql->name, answer);
    }
    if (statements[i].expect != any_number && answer.count != statements[i].expect) {
      written.outcome = Outcome::superseded;
      return;
    }
  }
  written.statement = 0;
}

Written Connection::write(Command const& command, Keep keep, MustStop const* must_stop) {
  forget_all_if_many();
  std::unique_ptr<Connection, ForgetMustStop> const asked(this);
  must_stop_ = must_stop;
  auto const& statements = command.statements();
  for (auto const& statement : statements) check_values(statement.sql->name, statement.values);
  bool expects_nothing = true;
  for (auto const& statement : statements) expects_nothing = expects_nothing && statement.expect == any_number;
  commit_sent_ = false;
  bool const is_once = keep == Keep::nothing;
  send_plain(begin_command);
  if (is_once) send_plain(no_limit_command);
  std::vector<Sent> sent;
  sent.reserve(statements.size());
  for (auto const& statement : statements)
    sent.push_back(send(statement.sql->name, statement.sql->text, statement.values, keep));
  if (expects_nothing) send_plain("commit");
  commit_sent_ = expects_nothing;
  send_sync();
  std::vector<Answer> answers;
  answers.reserve(statements.size());
  auto begun = receive_plain();
  if (is_once) {
    auto limit = receive_plain();
    if (begun.sqlstate.empty()) begun = std::move(limit);
  }
  for (auto const& one : sent) answers.push_back(receive(one));
  auto const committed = expects_nothing ? receive_plain() : Answer{};
  must_stop_ = nullptr;  // what is left is quick, and must be heard
  receive_sync();
  commit_sent_ = false;
  if (!begun.sqlstate.empty()) fail("begin", begun);
  Written written;
  try {
    fill_outcome(command, answers, written);
    if (!committed.sqlstate.empty() && !refusal_of(committed.sqlstate, written.outcome)) fail("commit", committed);
  } catch (ServerFault const&) {
    if (!is_clean()) end_transaction("rollback", false);
    throw;
  }
  if (written.outcome != Outcome::written) {
    if (!is_clean()) end_transaction("rollback", false);
    return written;
  }
  if (!expects_nothing) end_transaction("commit", true);
  for (auto& answer : answers) written.rows.push_back(std::move(answer.rows));
  return written;
}

void Connection::end_transaction(char const* text, bool is_commit) {
  commit_sent_ = is_commit;
  send_plain(text);
  send_sync();
  auto const answer = receive_plain();
  receive_sync();
  commit_sent_ = false;
  if (!answer.sqlstate.empty()) fail(text, answer);
}

void Connection::read_each(std::string_view name, std::string_view text, Values const& values,
                           std::function<bool(Row const&)> const& each) {
  check_values(name, values);
  send_plain("begin read only");
  send_plain("set local statement_timeout = 0");
  send_sync();
  receive_plain();
  receive_plain();
  receive_sync();
  if (PQexitPipelineMode(handle_.get()) != 1) lose(name);
  Parameters const parameters(values);
  is_clean_ = false;
  if (PQsendQueryParams(handle_.get(), std::string(text).c_str(), parameters.count(), parameters.types(), parameters.pointers(),
                        parameters.lengths(), parameters.formats(), 0) != 1 ||
      PQsetSingleRowMode(handle_.get()) != 1)
    lose(name);
  // When `each` or the server fails, the connection stays unclean and is closed by the pool.
  bool goes_on = true;
  for (auto result = next_result(); result && goes_on; result = next_result()) {
    auto const status = PQresultStatus(result.get());
    if (status == PGRES_SINGLE_TUPLE)
      goes_on = each(row_of(result, 0));
    else if (status != PGRES_TUPLES_OK)
      fail(name, answer_of(result));
  }
  if (!goes_on) return cancel();  // the pool then closes the connection
  execute("commit");
  if (PQenterPipelineMode(handle_.get()) != 1) lose(name);
  is_clean_ = true;
}

/// Tells the server that what it does is not wanted any more.
void Connection::cancel() {
  std::unique_ptr<PGcancel, decltype(&PQfreeCancel)> const cancel(PQgetCancel(handle_.get()), PQfreeCancel);
  char reason[256];
  if (cancel) PQcancel(cancel.get(), reason, sizeof reason);
}

std::vector<std::string> Connection::take_notices() {
  if (PQconsumeInput(handle_.get()) != 1) lose("listening");
  std::vector<std::string> channels;
  std::unique_ptr<PGnotify, decltype(&PQfreemem)> notice(PQnotifies(handle_.get()), PQfreemem);
  while (notice) {
    channels.emplace_back(notice->relname);
    notice.reset(PQnotifies(handle_.get()));
  }
  return channels;
}

}  // namespace rcms::db::postgresql
