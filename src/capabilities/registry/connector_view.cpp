// The view of a PostgreSQL that belongs to the State, by libpq; the only file here that knows it. Not by foundation/db, which
// asks of a database what only this program's own needs (collation, durability). One snapshot, row by row, by a session that
// only reads.
#include <libpq-fe.h>

#include <array>
#include <memory>

#include <fmt/format.h>

#include "capabilities/registry/connector.hpp"
#include "capabilities/registry/secret.hpp"

namespace rcms::registry {

namespace {

using Connection = std::unique_ptr<PGconn, void (*)(PGconn*)>;
using ViewAnswer = std::unique_ptr<PGresult, void (*)(PGresult*)>;

/// What the server said, without what must not be seen.
Failure failure_of(PGconn* connection, std::string const& secret) {
  std::string text(PQerrorMessage(connection));
  for (auto at = secret.empty() ? std::string::npos : text.find(secret); at != std::string::npos; at = text.find(secret))
    text.replace(at, secret.size(), "…");
  return {"not_reached", std::move(text)};
}

Connection connect(Source const& source, std::string const& secret) {
  // A password that is given later wins over what the address says; an empty one is none.
  std::array<char const*, 8> const names{"dbname", "password", "connect_timeout", "client_encoding",
                                         "application_name", "options", nullptr};
  std::array<char const*, 8> const values{source.address.c_str(), secret.c_str(), "10", "UTF8", "rcms registry",
                                          "-c default_transaction_read_only=on", nullptr};
  return {PQconnectdbParams(names.data(), values.data(), 1), PQfinish};
}

bool run(PGconn* connection, char const* text) {
  ViewAnswer const answer(PQexec(connection, text), PQclear);
  return PQresultStatus(answer.get()) == PGRES_COMMAND_OK;
}

/// Takes what an answer holds: one row, or none.
void take(PGresult const* answer, std::uint64_t& line, PersonRows& rows) {
  for (int row = 0; row < PQntuples(answer); ++row) {
    std::array<std::string_view, person_columns.size()> person;
    for (std::size_t at = 0; at < person.size(); ++at) {
      auto const column = static_cast<int>(at);
      person[at] = {PQgetvalue(answer, row, column), static_cast<std::size_t>(PQgetlength(answer, row, column))};
    }
    rows.add(++line, person);
  }
}

}  // namespace

Fetch fetch_view(Source const& source, Site const& site, PersonRows& rows) {
  auto const secret = read_secret(site.folder);
  auto const connection = connect(source, secret);
  auto* const session = connection.get();
  auto const failed = [&] { return tl::unexpected(failure_of(session, secret)); };
  if (PQstatus(session) != CONNECTION_OK || !run(session, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")) return failed();
  std::string columns;
  for (auto const name : person_columns) columns += fmt::format("{}CAST({} AS text)", columns.empty() ? "" : ", ", name);
  // The name of the view was checked letter by letter when it was set; see check_source.
  auto const text = fmt::format("SELECT {} FROM {}", columns, source.view);
  if (PQsendQuery(session, text.c_str()) != 1 || PQsetSingleRowMode(session) != 1) return failed();
  std::uint64_t line = 0;
  bool is_whole = true;
  for (ViewAnswer answer(PQgetResult(session), PQclear); answer; answer.reset(PQgetResult(session))) {
    auto const status = PQresultStatus(answer.get());
    is_whole = is_whole && (status == PGRES_SINGLE_TUPLE || status == PGRES_TUPLES_OK);
    if (is_whole) take(answer.get(), line, rows);
  }
  rows.flush();
  if (!is_whole) return failed();
  return std::optional(Fetched{fmt::format("{} {}", source.view, site.now.text()), site.now});
}

}  // namespace rcms::registry
