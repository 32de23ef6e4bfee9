// Applies the files of db/migrations in order, each in one transaction with its own record.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <fmt/format.h>

#include "foundation/base/clock.hpp"
#include "foundation/db/engine_database.hpp"
#include "foundation/db/sql_text.hpp"

namespace rcms::db {

namespace {

/// One migration for one engine.
struct Migration {
  std::string name;  ///< `0001_access`, the same for both engines
  std::string text;
  std::string hash;  ///< SHA-256 of the file, hexadecimal
};

constexpr Sql make_record_table{"migrations.make_table",
                                "create table if not exists schema_migrations ("
                                "name text primary key not null, hash text not null, applied_at bigint not null)"};
constexpr Sql list_applied{"migrations.list", "select name, hash from schema_migrations order by name"};
constexpr Sql record_applied{"migrations.record", "insert into schema_migrations (name, hash, applied_at) values ($1, $2, $3)"};

std::string content_of(std::filesystem::path const& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  if (!stream) throw Fault(fmt::format("cannot read the migration {}; check its permissions", file.string()));
  return content.str();
}

/// The name without endings when the file is for `engine`; empty when it is for the other one.
std::string name_for(std::string const& file_name, Engine engine) {
  auto name = file_name.substr(0, file_name.size() - std::string_view(".sql").size());
  for (auto const& [ending, of] : {std::pair{std::string_view(".sqlite"), Engine::sqlite},
                                   std::pair{std::string_view(".postgres"), Engine::postgresql}}) {
    if (!name.ends_with(ending)) continue;
    return of == engine ? name.substr(0, name.size() - ending.size()) : std::string();
  }
  return name;
}

bool is_migration_name(std::string_view name) {
  return name.size() > 5 && std::all_of(name.begin(), name.begin() + 4, [](unsigned char c) { return std::isdigit(c) != 0; }) &&
         name[4] == '_';
}

std::vector<Migration> list_migrations(std::string_view folder, Engine engine) {
  std::error_code error;
  std::vector<Migration> migrations;
  for (auto const& entry : std::filesystem::directory_iterator(std::filesystem::path(folder), error)) {
    if (entry.path().extension() != ".sql") continue;
    auto const name = name_for(entry.path().filename().string(), engine);
    if (name.empty()) continue;
    if (!is_migration_name(name))
      throw Fault(fmt::format("{}: a migration is named NNNN_words.sql with four digits", entry.path().string()));
    auto text = content_of(entry.path());
    auto hash = to_hex(sha256(text));
    migrations.push_back(Migration{name, std::move(text), std::move(hash)});
  }
  if (error) throw Fault(fmt::format("cannot read the folder of migrations {}: {}", folder, error.message()));
  std::sort(migrations.begin(), migrations.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
  for (std::size_t i = 1; i < migrations.size(); ++i)
    if (migrations[i].name.substr(0, 4) == migrations[i - 1].name.substr(0, 4))
      throw Fault(fmt::format("two migrations have one number: {} and {}", migrations[i - 1].name, migrations[i].name));
  return migrations;
}

void write_whole(EngineDatabase& database, Command const& command, std::string_view name, MustStop const& must_stop) {
  auto const written = database.write_once(command, must_stop);
  if (written.outcome != Outcome::written)
    throw Fault(fmt::format("migration {}: statement {} breaks a constraint of the data that is there", name,
                            written.statement + 1));
}

void apply(EngineDatabase& database, Migration const& migration, MustStop const& must_stop) {
  auto statements = split_statements(migration.text, database.engine());
  std::vector<Sql> texts;
  texts.reserve(statements.size());
  for (auto& statement : statements) {
    if (database.engine() == Engine::sqlite) statement = in_words_of_sqlite(statement);
    texts.push_back(Sql{migration.name, statement});
  }
  Command command;
  for (auto const& sql : texts) command.add(sql, {});
  command.add(record_applied, {migration.name, migration.hash, SystemClock().now().ms});
  write_whole(database, command, migration.name, must_stop);
}

std::map<std::string, std::string> list_recorded(EngineDatabase& database) {
  std::string const text = in_words_of_sqlite(make_record_table.text);
  Sql const translated{make_record_table.name, text};
  Command command;
  command.add(database.engine() == Engine::sqlite ? translated : make_record_table, {});
  write_whole(database, command, make_record_table.name, {});
  std::map<std::string, std::string> recorded;
  for (auto const& row : database.read(list_applied)) recorded.emplace(row.text(0), row.text(1));
  return recorded;
}

void check_recorded(std::map<std::string, std::string> const& recorded, std::vector<Migration> const& migrations) {
  for (auto const& record : recorded) {
    auto const& [name, hash] = record;
    auto const found =
        std::find_if(migrations.begin(), migrations.end(), [&](auto const& m) { return m.name == record.first; });
    if (found == migrations.end())
      throw Fault(fmt::format("the database was migrated with {}, which is missing here: this program is older than its "
                              "database, or the folder is incomplete", name));
    if (found->hash != hash)
      throw Fault(fmt::format("the migration {} is not the text that was applied; restore the file and put the change "
                              "into a new migration", name));
  }
  for (auto const& migration : migrations)
    if (!recorded.empty() && recorded.count(migration.name) == 0 && migration.name < recorded.rbegin()->first)
      throw Fault(fmt::format("the migration {} is new but numbered before {}, which is applied; give it a higher number",
                              migration.name, recorded.rbegin()->first));
}

}  // namespace

MigrationsStopped::MigrationsStopped(int applied_now, int left_over)
    : std::runtime_error(fmt::format("told to stop while the database was brought up to date: {} of {} migrations are applied, "
                                     "nothing is half done; the next start goes on", applied_now, applied_now + left_over)),
      applied(applied_now), left(left_over) {}

int migrate(Database& database, std::string_view folder, MustStop const& must_stop) {
  auto& engine = engine_of(database);
  auto const migrations = list_migrations(folder, engine.engine());
  int applied = 0;
  int left = static_cast<int>(migrations.size());
  auto const is_to_stop = [&] { return must_stop && must_stop(); };
  auto const work = [&] {
    auto const recorded = list_recorded(engine);
    check_recorded(recorded, migrations);
    left = static_cast<int>(migrations.size() - recorded.size());
    for (auto const& migration : migrations) {
      if (recorded.count(migration.name) != 0) continue;
      if (is_to_stop()) throw MigrationsStopped(applied, left);
      apply(engine, migration, must_stop);
      ++applied;
      --left;
    }
    if (applied > 0) engine.refresh_statistics();
  };
  try {
    engine.alone(work, must_stop);
  } catch (Fault const&) {
    if (is_to_stop()) throw MigrationsStopped(applied, left);
    throw;
  }
  return applied;
}

int migrate(Database& database, std::string_view folder) { return migrate(database, folder, {}); }

}  // namespace rcms::db
