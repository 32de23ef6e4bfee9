#include "foundation/files/file_records.hpp"

#include <future>

namespace rcms::files {

namespace {

using db::Sql;

constexpr Sql select_key = {"files.select_key", "SELECT wrapped_key, destroyed_at FROM case_keys WHERE subject = $1"};
constexpr Sql insert_key = {"files.insert_key", "INSERT INTO case_keys (subject, wrapped_key, made_at) VALUES ($1, $2, $3)"};
constexpr Sql destroy_key = {
    "files.destroy_key", "UPDATE case_keys SET wrapped_key = $2, destroyed_at = $3 WHERE subject = $1 AND destroyed_at IS NULL"};
constexpr Sql remove_all = {"files.remove_all", "UPDATE files SET removed_at = $2 WHERE subject = $1 AND removed_at IS NULL"};
constexpr Sql insert_file = {"files.insert",
                             "INSERT INTO files (id, subject, name, kind, type, size, sha256, storage, added_at, added_by) "
                             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr Sql remove_one = {"files.remove",
                            "UPDATE files SET removed_at = $3 WHERE subject = $1 AND id = $2 AND removed_at IS NULL"};
constexpr Sql select_files = {
    "files.list",
    "SELECT id, subject, name, kind, type, size, sha256, storage, added_at, added_by, removed_at FROM files "
    "WHERE subject = $1 AND removed_at IS NULL ORDER BY added_at, id"};
constexpr Sql select_file = {
    "files.find",
    "SELECT id, subject, name, kind, type, size, sha256, storage, added_at, added_by, removed_at FROM files "
    "WHERE subject = $1 AND id = $2"};
constexpr Sql select_storage = {"files.is_known", "SELECT 1 FROM files WHERE storage = $1 AND removed_at IS NULL LIMIT 1"};

FileRecord record_of(db::Row const& row) {
  FileRecord record;
  record.id = FileId{row.text(0)};
  record.subject = row.text(1);
  record.name = row.text(2);
  record.kind = row.text(3);
  auto const type = find_type(row.text(4));
  if (!type) throw db::Fault("files.type holds an unknown word: " + row.text(4));
  record.type = *type;
  record.size = row.integer(5);
  record.sha256 = row.text(6);
  record.storage = row.text(7);
  record.added_at = Instant{row.integer(8)};
  record.added_by = row.text(9);
  if (auto const removed = row.find_integer(10)) record.removed_at = Instant{*removed};
  return record;
}

}  // namespace

Result<CaseKey> find_case_key(db::Database& database, NodeKey const& node, std::string_view subject) {
  auto const row = database.find(select_key, {std::string(subject)});
  if (!row || !row->is_null(1)) return refuse(Why::not_found, "file", "the files of this subject do not exist or were erased");
  return node.unwrap(row->bytes(0), subject);
}

Result<CaseKey> get_or_make_case_key(db::Database& database, NodeKey const& node, std::string_view subject, Instant now) {
  if (!database.find(select_key, {std::string(subject)})) {
    // On a thread of its own: the key belongs to the case, not to the request that happens to need it first, so it must not be
    // taken for the effect of a request with an idempotency key. When somebody else made it meanwhile, theirs is read below.
    std::async(std::launch::async, [&] {
      db::Command command;
      command.add(insert_key, {std::string(subject), node.wrap(CaseKey::make(), subject), now.ms});
      database.write(command);
    }).get();
  }
  return find_case_key(database, node, subject);
}

void destroy_case_key(db::Command& command, std::string_view subject, Instant now) {
  command.add_expecting(destroy_key, {std::string(subject), Bytes{}, now.ms});
  command.add(remove_all, {std::string(subject), now.ms});
}

void add_file(db::Command& command, FileRecord const& record) {
  command.add(insert_file, {record.id.value, record.subject, record.name, record.kind, std::string(name_of(record.type)),
                            record.size, record.sha256, record.storage, record.added_at.ms, record.added_by});
}

void remove_file(db::Command& command, std::string_view subject, FileId const& id, Instant now) {
  command.add_expecting(remove_one, {std::string(subject), id.value, now.ms});
}

std::vector<FileRecord> list_files(db::Database& database, std::string_view subject) {
  std::vector<FileRecord> records;
  for (auto const& row : database.read(select_files, {std::string(subject)})) records.push_back(record_of(row));
  return records;
}

std::optional<FileRecord> find_file(db::Database& database, std::string_view subject, FileId const& id) {
  auto const row = database.find(select_file, {std::string(subject), id.value});
  if (!row) return std::nullopt;
  auto record = record_of(*row);
  if (record.removed_at) return std::nullopt;
  return record;
}

Result<std::unique_ptr<FileReader>> open_file(db::Database& database, FileStore& store, NodeKey const& node,
                                              FileRecord const& record) {
  auto const key = find_case_key(database, node, record.subject);
  if (!key) return tl::unexpected(key.error());
  return store.open(*key, record.storage);
}

std::size_t sweep_orphans(db::Database& database, FileStore& store, Instant older_than) {
  return store.sweep(older_than,
                     [&](std::string const& storage) { return database.find(select_storage, {storage}).has_value(); });
}

}  // namespace rcms::files
