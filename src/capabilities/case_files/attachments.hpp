// Attachments of files of both States: taken in, read, made ready to leave, taken over from the other State.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/exchange/exchange.hpp"
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

  /// The exact bytes that leave: without metadata, always the same for the same attachment. Refuses: unsupported_type,
  /// must_not_leave.
  Result<Bytes> bytes_that_leave(files::FileRecord const& record) const;
  /// What an envelope says of an attachment that travels with it.
  Result<exchange::AttachmentNote> note_of(files::FileRecord const& record) const;

  /// The receiving end on the same node: reads what leaves from the sender's space, checks it against the note, keeps it in
  /// the receiver's space under the receiver's key. Refuses: does_not_verify, unavailable, unsupported_type.
  Result<db::Command> take_over(std::string const& sender_subject, std::string const& receiver_subject,
                                exchange::AttachmentNote const& note);

  std::vector<files::FileRecord> list(std::string const& subject) const { return files::list_files(database_, subject); }
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
