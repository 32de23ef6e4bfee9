// Attachments of files of both States: taken in, kept, read. What of them leaves: leaving.hpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/clock.hpp"
#include "foundation/files/file_records.hpp"

namespace rcms::case_files {

class Attachments {
 public:
  Attachments(db::Database& database, files::FileStore& store, files::NodeKey key, Clock const& clock);

  /// Checks the content, keeps it, and returns the record that the caller's command must add (files::add_file).
  /// `kind` is a document type of data/codes, "photo", "minutes" or "answer".
  /// Refuses: too_large, unsupported_type, limit_reached (200 attachments in one file), not_found (erased case).
  Result<files::FileRecord> take_in(std::string const& subject, std::string_view name, std::string_view kind,
                                    std::span<std::uint8_t const> content, std::string_view by);

  /// Keeps a table of a bulk import as it was brought: what it is, the reader of tables finds out. `name` is safe already.
  /// Refuses: not_found (erased import).
  Result<files::FileRecord> keep_table(std::string const& subject, std::string_view name, std::span<std::uint8_t const> content,
                                       std::string_view by);

  /// The plain bytes. Refuses: not_found.
  Result<Bytes> read(files::FileRecord const& record) const;

  /// In the order in which they came; those of one moment by name, since their identifiers tell no order.
  std::vector<files::FileRecord> list(std::string const& subject) const;
  std::optional<files::FileRecord> find(std::string const& subject, FileId const& id) const {
    return files::find_file(database_, subject, id);
  }

 private:
  Result<files::FileRecord> keep(std::string const& subject, files::CheckedFile const& file, std::string_view kind,
                                 std::span<std::uint8_t const> content, std::string_view by);

  db::Database& database_;
  files::FileStore& store_;
  files::NodeKey key_;
  Clock const& clock_;
};


}  // namespace rcms::case_files
