#include "capabilities/operations/postgresql_tools.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "foundation/base/clock.hpp"

extern char** environ;

namespace rcms::operations {

namespace {

namespace fs = std::filesystem;

/// Shorter than idle_in_transaction_session_timeout of our sessions (60 s).
constexpr std::int64_t snapshot_limit_ms = 45'000;

/// The parts of an address as the variables that libpq reads (PGHOST, PGPASSWORD, …).
std::map<std::string, std::string> variables_of(std::string const& address) {
  char* problem = nullptr;
  std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> const options(PQconninfoParse(address.c_str(), &problem),
                                                                             &PQconninfoFree);
  std::unique_ptr<char, decltype(&PQfreemem)> const kept(problem, &PQfreemem);
  if (!options)
    throw std::runtime_error("the address of the database is not understood: " + std::string(problem != nullptr ? problem : ""));
  std::map<std::string, std::string> variables;
  for (auto const* option = options.get(); option->keyword != nullptr; ++option)
    if (option->envvar != nullptr && option->val != nullptr) variables[option->envvar] = option->val;
  return variables;
}

/// Starts `arguments[0]` with standard output and errors going to `messages`; returns its process number.
int start(std::vector<std::string> arguments, std::map<std::string, std::string> const& variables, fs::path const& messages) {
  std::vector<std::string> environment;
  for (char** one = environ; *one != nullptr; ++one) {
    std::string const text = *one;
    if (!text.starts_with("PG") && !text.starts_with("LC_ALL=")) environment.push_back(text);
  }
  environment.emplace_back("LC_ALL=C");
  for (auto const& [name, value] : variables) environment.push_back(name + "=" + value);
  std::vector<char*> argv, envp;
  for (auto& one : arguments) argv.push_back(one.data());
  for (auto& one : environment) envp.push_back(one.data());
  argv.push_back(nullptr);
  envp.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, messages.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  pid_t process = -1;
  int const error = ::posix_spawnp(&process, argv[0], &actions, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    throw std::runtime_error(
        fmt::format("{} cannot be started ({}); install the package postgresql-client", arguments[0], std::strerror(error)));
  return process;
}

std::string words_in(fs::path const& file) {
  std::ifstream in(file);
  std::string text((std::istreambuf_iterator<char>(in)), {});
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text.substr(0, 2000);
}

void check_end(std::string_view program, int status, fs::path const& messages) {
  auto const words = words_in(messages);
  std::error_code ignored;
  fs::remove(messages, ignored);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  throw std::runtime_error(fmt::format("{} failed: {}", program, words));
}

int wait_for(int process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0)
    if (errno != EINTR) throw std::runtime_error(fmt::format("cannot wait for a process: {}", std::strerror(errno)));
  return status;
}

}  // namespace

PostgresqlDump::PostgresqlDump(std::string const& address, std::string const& snapshot, fs::path file)
    : file_(std::move(file)), messages_(file_.string() + ".messages") {
  std::ofstream(file_).close();
  fs::permissions(file_, fs::perms::owner_read | fs::perms::owner_write);
  process_ = start({"pg_dump", "--format=custom", "--compress=1", "--no-owner", "--no-privileges", "--lock-wait-timeout=30000",
                    "--snapshot=" + snapshot, "--file=" + file_.string()},
                   variables_of(address), messages_);
}

PostgresqlDump::~PostgresqlDump() {
  if (process_ >= 0 && !ended(false)) {
    ::kill(process_, SIGTERM);
    ended(true);
  }
  std::error_code ignored;
  fs::remove(messages_, ignored);
}

bool PostgresqlDump::ended(bool wait) {
  if (process_ < 0) return true;
  pid_t const done = ::waitpid(process_, &status_, wait ? 0 : WNOHANG);
  if (done == 0 || (done < 0 && errno == EINTR)) return false;
  process_ = -1;
  return true;
}

void PostgresqlDump::wait_until_it_reads() {
  // pg_dump writes its table of contents only after it has taken the snapshot.
  auto const give_up_at = monotonic_ms() + snapshot_limit_ms;
  std::error_code ignored;
  while (!ended(false) && fs::file_size(file_, ignored) == 0) {
    if (monotonic_ms() > give_up_at)
      throw std::runtime_error("pg_dump did not begin within 45 seconds; is a lock held on a table?");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void PostgresqlDump::wait_until_it_ends() {
  while (!ended(true)) continue;
  check_end("pg_dump", status_, messages_);
}

void restore_postgresql(std::string const& address, fs::path const& file) {
  auto const variables = variables_of(address);
  auto const name = variables.find("PGDATABASE");
  if (name == variables.end()) throw std::runtime_error("the address of the database names no database");
  fs::path const messages = file.string() + ".messages";
  int const process = start({"pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
                             "--dbname=" + name->second, file.string()},
                            variables, messages);
  check_end("pg_restore", wait_for(process), messages);
}

}  // namespace rcms::operations
