#include "capabilities/operations/restore.hpp"

#include <algorithm>
#include <fstream>
#include <set>

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "capabilities/operations/node_keys.hpp"
#include "capabilities/operations/postgresql_tools.hpp"
#include "capabilities/operations/store.hpp"
#include "capabilities/operations/tar.hpp"
#include "foundation/ledger/export.hpp"

namespace rcms::operations {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view attachments_folder = "attachments/";

/// `attachments/ab/abcd…`, nothing else: no part may be written outside the folder of the node.
bool is_attachment_name(std::string_view name) {
  if (!name.starts_with(attachments_folder)) return false;
  auto const rest = name.substr(attachments_folder.size());
  if (rest.size() < 4 || rest[2] != '/') return false;
  auto const storage = rest.substr(3);
  return storage.substr(0, 2) == rest.substr(0, 2) &&
         storage.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") == std::string_view::npos;
}

Result<Manifest> load_manifest(TarReader const& archive) {
  constexpr std::uint64_t most_bytes = 1ULL << 30;
  auto const* const entry = archive.find("manifest.json");
  if (entry == nullptr) return refuse(Why::malformed, "file", "this is not a backup of RCMS: it has no manifest.json");
  if (entry->size > most_bytes) return refuse(Why::too_large, "file", "manifest.json is larger than any backup needs");
  return parse_manifest(archive.read_text(*entry));
}

/// Every part named by the manifest is there with its hash, and nothing else is.
Result<void> check_parts(TarReader const& archive, Manifest const& manifest) {
  if (archive.entries().size() != manifest.parts.size() + 1)
    return refuse(Why::does_not_verify, "file", "the archive holds other parts than its manifest names");
  auto const database = manifest.engine == "sqlite" ? "database.sqlite" : "database.pgdump";
  std::map<std::string_view, TarReader::Entry const*> entries;
  for (auto const& entry : archive.entries()) entries[entry.name] = &entry;
  for (auto const& part : manifest.parts) {
    if (part.name != database && part.name != "keys.sealed" && part.name != "trusted.json" &&
        !is_attachment_name(part.name))
      return refuse(Why::malformed, "file", "the manifest names a part that RCMS does not make: " + part.name);
    auto const found = entries.find(part.name);
    if (found == entries.end() || found->second->size != part.size || sha256_of(archive, *found->second) != part.sha256)
      return refuse(Why::does_not_verify, "file", part.name + " is missing or was changed since the backup; use another backup");
  }
  if (entries.find(database) == entries.end()) return refuse(Why::malformed, "file", "the backup has no database");
  return {};
}

Result<void> check_target(RestoreOrder const& order, Manifest const& manifest) {
  if (fs::exists(order.folder) && !(fs::is_directory(order.folder) && fs::is_empty(order.folder)))
    return refuse(Why::already_exists, "folder", order.folder.string() + " is not empty; restore into a new folder");
  bool const is_sqlite = order.database.starts_with("sqlite:");
  if (is_sqlite != (manifest.engine == "sqlite"))
    return refuse(Why::field_invalid, "database", "this is a backup of " + manifest.engine + "; restore it into the same engine");
  if (is_sqlite) {
    fs::path const file = order.database.substr(7);
    if (fs::exists(file)) return refuse(Why::already_exists, "database", file.string() + " exists; name a new file");
  } else if (!list_tables(*db::open_for_reading(order.database)).empty()) {
    return refuse(Why::already_exists, "database", "the database has tables; make a new one with createdb");
  }
  return {};
}

/// The keys of the archive; empty when they are not in it or no passphrase was given.
Result<KeyFiles> open_keys(TarReader const& archive, RestoreOrder const& order) {
  if (!order.passphrase_file) return KeyFiles();
  auto const* const sealed = archive.find("keys.sealed");
  if (sealed == nullptr)
    return refuse(Why::field_invalid, "passphrase_file",
                  "this backup holds no keys; leave the passphrase out and put the keys into place by hand");
  auto const passphrase = load_passphrase(*order.passphrase_file);
  if (!passphrase) return tl::unexpected<Refused>(passphrase.error());
  return open_key_files(archive.read_text(*sealed), *passphrase);
}

Result<KeyFiles> read_trusted(TarReader const& archive) {
  auto const* const part = archive.find("trusted.json");
  return part == nullptr ? KeyFiles() : parse_trusted(archive.read_text(*part));
}

void unpack_attachments(TarReader const& archive, fs::path const& folder, RestoreReport& report) {
  std::set<fs::path> folders{folder};
  fs::create_directories(folder / "attachments");
  for (auto const& entry : archive.entries()) {
    if (!is_attachment_name(entry.name)) continue;
    auto const path = folder / entry.name;
    fs::create_directories(path.parent_path());
    folders.insert(path.parent_path());
    archive.unpack(entry, path);
    ++report.attachments;
  }
  for (auto const& one : folders) sync_path(one);
}

void unpack_database(TarReader const& archive, RestoreOrder const& order) {
  if (order.database.starts_with("sqlite:")) {
    fs::path const file = fs::absolute(order.database.substr(7));
    fs::create_directories(file.parent_path());
    archive.unpack(*archive.find("database.sqlite"), file);
    sync_path(file.parent_path());
    return;
  }
  auto const dump = order.folder / "database.pgdump";
  archive.unpack(*archive.find("database.pgdump"), dump);
  restore_postgresql(order.database, dump);
  fs::remove(dump);
}

Result<void> compare(db::Database& database, Manifest const& manifest, RestoreReport& report) {
  auto const inventory = take_inventory(database);
  for (auto const& [table, count] : manifest.rows) {
    auto const found = inventory.rows.find(table);
    if (found == inventory.rows.end() || found->second != count)
      return refuse(Why::does_not_verify, "file", fmt::format("the table {} has {} rows, the backup had {}", table,
                                                              found == inventory.rows.end() ? 0 : found->second, count));
    report.rows += count;
  }
  if (inventory.rows.size() != manifest.rows.size())
    return refuse(Why::does_not_verify, "file", "there are more tables than in the backup");
  auto const expected =
      inventory.attachments.size() - std::min(inventory.attachments.size(), manifest.missing_attachments.size());
  if (static_cast<std::size_t>(report.attachments) != expected)
    return refuse(Why::does_not_verify, "file",
                  fmt::format("{} attachments were restored, {} are known", report.attachments, expected));
  if (inventory.seal != manifest.ledger_seal || inventory.seal_hash != manifest.ledger_seal_hash)
    return refuse(Why::does_not_verify, "file", "the newest seal of the ledger is another than in the backup");
  return {};
}

/// The whole ledger, as anybody would verify an export of it.
Result<void> verify_ledger(db::Database& database, fs::path const& folder, RestoreReport& report) {
  auto const file = folder / "ledger.jsonl.part";
  {
    std::ofstream out(file, std::ios::binary);
    // Signs the export only, which is thrown away; the seals carry the signature of the node that made them.
    ledger::export_jsonl(database, ledger::NodeKey::from_seed(random_bytes(32)), out);
    out.close();
    if (!out) throw std::runtime_error("cannot write " + file.string());
  }
  auto const verified = ledger::verify_export(file);
  fs::remove(file);
  if (!verified.is_valid())
    return refuse(Why::does_not_verify, "file", fmt::format("the ledger has {} defects; first: {}", verified.defect_count,
                                                            verified.defects.empty() ? "" : verified.defects[0].detail));
  report.ledger_entries = verified.entries;
  report.ledger_seals = verified.seals;
  return {};
}

void write_certificate(RestoreOrder const& order, RestoreReport& report, Instant now) {
  boost::json::object durations, rows;
  for (auto const& [what, ms] : report.durations_ms) durations[what] = ms;
  for (auto const& [table, count] : report.manifest.rows) rows[table] = count;
  boost::json::array needed, missing;
  for (auto const& name : report.keys_needed) needed.push_back(boost::json::string(name));
  for (auto const& name : report.manifest.missing_attachments) missing.push_back(boost::json::string(name));
  auto const text = boost::json::serialize(boost::json::object{{"what", "rcms restore certificate"},
                                                               {"restored_at", now.text()},
                                                               {"backup_file", order.file.filename().string()},
                                                               {"backup_at", report.manifest.at.text()},
                                                               {"backup_version", report.manifest.version},
                                                               {"engine", report.manifest.engine},
                                                               {"parts_verified", report.manifest.parts.size()},
                                                               {"rows", rows},
                                                               {"rows_total", report.rows},
                                                               {"attachments", report.attachments},
                                                               {"attachments_missing_in_backup", missing},
                                                               {"ledger_entries_verified", report.ledger_entries},
                                                               {"ledger_seals_verified", report.ledger_seals},
                                                               {"ledger_newest_seal", report.manifest.ledger_seal_hash},
                                                               {"keys_needed", needed},
                                                               {"durations_ms", durations}});
  report.certificate = order.folder / "restore_certificate.json";
  std::ofstream out(report.certificate);
  out << text << '\n';
  out.close();
  if (!out) throw std::runtime_error("cannot write " + report.certificate.string());
}

/// Names the time since the last call.
class Stopwatch {
 public:
  explicit Stopwatch(std::map<std::string, std::int64_t>& into) : into_(into), since_(monotonic_ms()) {}
  void lap(std::string const& name) {
    auto const now = monotonic_ms();
    into_[name] = now - since_;
    since_ = now;
  }

 private:
  std::map<std::string, std::int64_t>& into_;
  std::int64_t since_;
};

}  // namespace

Result<RestoreReport> restore(RestoreOrder const& order, Clock const& clock) {
  RestoreReport report;
  Stopwatch watch(report.durations_ms);
  auto const archive = TarReader::open(order.file);
  if (!archive) return tl::unexpected<Refused>(archive.error());
  auto manifest = load_manifest(*archive);
  if (!manifest) return tl::unexpected<Refused>(manifest.error());
  report.manifest = std::move(*manifest);
  if (auto const fine = check_target(order, report.manifest); !fine) return tl::unexpected<Refused>(fine.error());
  if (auto const fine = check_parts(*archive, report.manifest); !fine) return tl::unexpected<Refused>(fine.error());
  auto const keys = open_keys(*archive, order);
  if (!keys) return tl::unexpected<Refused>(keys.error());
  auto const trusted = read_trusted(*archive);
  if (!trusted) return tl::unexpected<Refused>(trusted.error());
  for (auto const& key : report.manifest.keys) {
    auto const found = keys->find(key.name);
    if (found == keys->end()) {
      report.keys_needed.push_back(key.name);
    } else if (check_of_key(key.name, found->second) != key.check) {
      return refuse(Why::does_not_verify, "file", key.name + " in the backup is not the key that the manifest names");
    }
  }
  watch.lap("check");

  fs::create_directories(order.folder);
  fs::permissions(order.folder, fs::perms::owner_all);
  unpack_attachments(*archive, order.folder, report);
  write_key_files(order.folder / "keys", *keys, report.keys_needed);
  write_key_files(order.folder / "keys", *trusted, {});
  watch.lap("unpack");
  unpack_database(*archive, order);
  watch.lap("database");
  auto const database = db::open_for_reading(order.database);
  if (auto const fine = compare(*database, report.manifest, report); !fine) return tl::unexpected<Refused>(fine.error());
  watch.lap("compare");
  if (auto const fine = verify_ledger(*database, order.folder, report); !fine) return tl::unexpected<Refused>(fine.error());
  watch.lap("ledger");
  write_certificate(order, report, clock.now());
  return report;
}

}  // namespace rcms::operations
