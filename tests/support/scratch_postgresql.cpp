#include "support/scratch_postgresql.hpp"

#include <cstdio>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace rcms::tests {

namespace {

struct ClosePipe {
  void operator()(std::FILE* pipe) const { ::pclose(pipe); }
};

void execute(PGconn* connection, std::string const& text) {
  std::unique_ptr<PGresult, decltype(&PQclear)> const result(PQexec(connection, text.c_str()), PQclear);
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw db::Fault(fmt::format("{}: {}", text, PQerrorMessage(connection)));
}

}  // namespace

ScratchPostgresql::ScratchPostgresql() { start(); }

ScratchPostgresql::~ScratchPostgresql() { run("crash"); }

std::string ScratchPostgresql::run(std::string const& action) {
  auto const command =
      fmt::format("{}/scripts/postgresql_scratch {} {} 2>&1 </dev/null", RCMS_SOURCE_DIR, action, folder_.path().string());
  std::unique_ptr<std::FILE, ClosePipe> pipe(::popen(command.c_str(), "re"));
  if (!pipe) throw db::Fault("cannot run scripts/postgresql_scratch");
  std::string output;
  char buffer[1024];
  while (std::fgets(buffer, sizeof buffer, pipe.get()) != nullptr) output += buffer;
  while (!output.empty() && output.back() == '\n') output.pop_back();
  return output.substr(output.rfind('\n') + 1);
}

void ScratchPostgresql::start() {
  auto const last_line = run("start");
  if (!last_line.starts_with("postgresql://")) throw db::Fault("scripts/postgresql_scratch start: " + last_line);
  address_ = last_line;
}

void ScratchPostgresql::stop() { run("stop"); }

void ScratchPostgresql::crash() { run("crash"); }

std::string ScratchPostgresql::address_of(std::string const& database) const {
  auto const name = address_.find("/rcms?");
  return address_.substr(0, name + 1) + database + address_.substr(name + 5);
}

void run_on_postgresql(std::string const& address, std::string const& text) {
  std::unique_ptr<PGconn, decltype(&PQfinish)> const connection(PQconnectdb(address.c_str()), PQfinish);
  execute(connection.get(), text);
}

struct HeldTransaction::Session {
  std::unique_ptr<PGconn, decltype(&PQfinish)> connection;
};

HeldTransaction::HeldTransaction(std::string const& address, std::string const& text)
    : session_(std::make_unique<Session>(Session{{PQconnectdb(address.c_str()), PQfinish}})) {
  execute(session_->connection.get(), "begin");
  execute(session_->connection.get(), text);
}

HeldTransaction::~HeldTransaction() = default;

}  // namespace rcms::tests
