// The register of attachments and of the keys of cases in the database. The bytes are in the store (store.hpp).
//
// Adding an attachment: check_file → get_or_make_case_key → store.put → add_file into the command of the decision. When the
// command is not written, the bytes stay behind as an orphan and the next sweep takes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/ids.hpp"
#include "foundation/db/database.hpp"
#include "foundation/files/file_type.hpp"
#include "foundation/files/store.hpp"

namespace rcms::files {

/// One attachment of a subject ("case:<id>", "application:<id>").
struct FileRecord {
  FileId id;
  std::string subject;
  std::string name;
  std::string kind;  ///< a word of the form or the workflow: portrait, evidence, minutes, …
  FileType type = FileType::plain_text;
  std::int64_t size = 0;
  std::string sha256;   ///< hexadecimal, of the plain content
  std::string storage;  ///< its name in the store
  Instant added_at;
  std::string added_by;  ///< id of a user, or the name of a part of the system
  std::optional<Instant> removed_at = {};

  friend bool operator==(FileRecord const&, FileRecord const&) = default;
};

/// The key of a subject; made and kept durably when it has none. Refuses: not_found when it was destroyed.
Result<CaseKey> get_or_make_case_key(db::Database& database, NodeKey const& node, std::string_view subject, Instant now);
/// Refuses: not_found when the subject has no key or it was destroyed.
Result<CaseKey> find_case_key(db::Database& database, NodeKey const& node, std::string_view subject);
/// Erases all files of a subject by destroying its key; marks them removed. Superseded when it has no key (any more).
void destroy_case_key(db::Command& command, std::string_view subject, Instant now);

void add_file(db::Command& command, FileRecord const& record);
/// Superseded when it is not there or already removed.
void remove_file(db::Command& command, std::string_view subject, FileId const& id, Instant now);

/// Files that were not removed, in the order in which they were added.
std::vector<FileRecord> list_files(db::Database& database, std::string_view subject);
/// Only within the subject: an id of another case finds nothing.
std::optional<FileRecord> find_file(db::Database& database, std::string_view subject, FileId const& id);

/// The plain bytes of a file of the register. Refuses: not_found.
Result<std::unique_ptr<FileReader>> open_file(db::Database& database, FileStore& store, NodeKey const& node,
                                              FileRecord const& record);

/// Removes from the store what no row refers to and what was written before `older_than` (leave at least an hour for commands
/// under way). How many files were removed.
std::size_t sweep_orphans(db::Database& database, FileStore& store, Instant older_than);

}  // namespace rcms::files
