#include "capabilities/operations/backup.hpp"

#include <fstream>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "capabilities/operations/node_keys.hpp"
#include "capabilities/operations/postgresql_tools.hpp"
#include "capabilities/operations/store.hpp"
#include "capabilities/operations/tar.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::operations {

namespace {

namespace fs = std::filesystem;

/// Removes a file and what SQLite leaves beside it.
class WorkFile {
 public:
  explicit WorkFile(fs::path path) : path_(std::move(path)) { remove(); }
  ~WorkFile() { remove(); }
  WorkFile(WorkFile const&) = delete;
  WorkFile& operator=(WorkFile const&) = delete;
  fs::path const& path() const { return path_; }

 private:
  void remove() const {
    std::error_code ignored;
    for (char const* ending : {"", "-wal", "-shm", "-journal", ".part", ".messages"})
      fs::remove(path_.string() + ending, ignored);
  }
  fs::path path_;
};

Result<void> check_order(BackupOrder const& order) {
  if (fs::exists(order.file))
    return refuse(Why::already_exists, "file", order.file.string() + " exists; a backup does not replace files, name a new one");
  auto const parent = fs::absolute(order.file).parent_path();
  if (!fs::is_directory(parent))
    return refuse(Why::field_invalid, "file", "the folder " + parent.string() + " does not exist; make it first");
  if (!fs::is_directory(order.folder))
    return refuse(Why::field_invalid, "folder", order.folder.string() + " is not the folder of a node");
  return {};
}

/// Copies the database into `copy` and tells what is in the copy.
Inventory copy_database(db::Database& database, BackupOrder const& order, fs::path const& copy) {
  if (database.engine() == db::Engine::postgresql) {
    std::optional<PostgresqlDump> dump;
    auto inventory = take_inventory(database, [&](std::string const& snapshot) {
      dump.emplace(order.database, snapshot, copy);
      dump->wait_until_it_reads();
    });
    dump->wait_until_it_ends();
    return inventory;
  }
  db::backup_sqlite(database, copy.string());
  auto const copied = db::open_for_reading("sqlite:" + copy.string());
  return take_inventory(*copied);
}

void add_attachments(TarWriter& archive, fs::path const& store, std::set<std::string> const& names, Manifest& manifest) {
  for (auto const& name : names) {
    auto const within = fs::path(name.substr(0, 2)) / name;
    auto part = archive.add_file("attachments/" + within.string(), store / within);
    if (part) {
      manifest.parts.push_back(std::move(*part));
    } else {
      manifest.missing_attachments.push_back(name);
    }
  }
}

fs::path record_of(fs::path const& folder) { return folder / "operations" / "last_backup.json"; }

/// For the health page. A backup whose record cannot be written is still a backup.
void write_record(BackupReport const& report, fs::path const& folder) {
  std::error_code ignored;
  auto const record = record_of(folder);
  fs::create_directories(record.parent_path(), ignored);
  auto const part = record.string() + ".part";
  std::ofstream out(part);
  out << boost::json::serialize(boost::json::object{{"at", report.manifest.at.text()}, {"bytes", report.bytes}});
  out.close();
  if (out) fs::rename(part, record, ignored);
}

}  // namespace

Result<BackupReport> backup(BackupOrder const& order, Clock const& clock) {
  auto const started = monotonic_ms();
  if (auto const checked = check_order(order); !checked) return tl::unexpected<Refused>(checked.error());
  std::string passphrase;
  if (order.passphrase_file) {
    auto loaded = load_passphrase(*order.passphrase_file);
    if (!loaded) return tl::unexpected<Refused>(loaded.error());
    passphrase = std::move(*loaded);
  }
  BackupReport report;
  report.file = order.file;
  auto& manifest = report.manifest;
  manifest.version = order.version;
  manifest.at = clock.now();

  auto const database = db::open_for_reading(order.database);
  bool const is_sqlite = database->engine() == db::Engine::sqlite;
  manifest.engine = is_sqlite ? "sqlite" : "postgresql";
  WorkFile const copy(order.file.string() + ".database");
  auto inventory = copy_database(*database, order, copy.path());
  manifest.rows = std::move(inventory.rows);
  manifest.ledger_seal = inventory.seal;
  manifest.ledger_seal_hash = inventory.seal_hash;

  TarWriter archive(order.file, manifest.at);
  manifest.parts.push_back(archive.add_file(is_sqlite ? "database.sqlite" : "database.pgdump", copy.path()).value());
  add_attachments(archive, order.folder / "attachments", inventory.attachments, manifest);
  auto keys = load_key_files(order.folder / "keys");
  auto const trusted = take_trusted(keys);
  manifest.keys = checks_of(keys);
  manifest.has_keys = order.passphrase_file.has_value();
  if (manifest.has_keys) manifest.parts.push_back(archive.add_text("keys.sealed", seal_key_files(keys, passphrase)));
  if (!trusted.empty()) manifest.parts.push_back(archive.add_text("trusted.json", render_trusted(trusted)));
  archive.add_text("manifest.json", render_manifest(manifest));
  report.bytes = archive.finish();
  report.duration_ms = monotonic_ms() - started;
  write_record(report, order.folder);
  return report;
}

std::optional<Instant> last_backup_at(fs::path const& folder) {
  std::ifstream in(record_of(folder));
  if (!in) return std::nullopt;
  std::string const text((std::istreambuf_iterator<char>(in)), {});
  boost::system::error_code error;
  auto const value = boost::json::parse(text, error);
  return error ? std::nullopt : Instant::parse(text_at(value, "at"));
}

}  // namespace rcms::operations
