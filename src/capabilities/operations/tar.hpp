// The archive of a backup: a tar (POSIX ustar) that every system can open, written and read as a stream.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/operations/manifest.hpp"
#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"

namespace rcms::operations {

/// Writes `TARGET.part`, readable by its owner only; `finish` syncs it and gives it its name. Without `finish` nothing stays.
class TarWriter {
 public:
  /// Throws std::runtime_error when it cannot be made.
  TarWriter(std::filesystem::path target, Instant at);
  ~TarWriter();
  TarWriter(TarWriter const&) = delete;
  TarWriter& operator=(TarWriter const&) = delete;

  /// Empty when `source` is not there. Throws std::runtime_error when it cannot be read or the archive not be written.
  std::optional<Part> add_file(std::string const& name, std::filesystem::path const& source);
  Part add_text(std::string const& name, std::string_view content);
  /// Size of the archive in bytes.
  std::uint64_t finish();

 private:
  void write_header(std::string const& name, std::uint64_t size);
  void write_padding(std::uint64_t size);
  void write(std::string_view bytes);

  std::filesystem::path target_;
  std::filesystem::path part_;
  Instant at_;
  int descriptor_ = -1;
  std::uint64_t written_ = 0;
};

/// An archive that is not trusted: only plain files, sizes within the archive.
class TarReader {
 public:
  struct Entry {
    std::string name;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;  ///< of its content
  };

  /// Reads the headers. Refuses: not_found, malformed (no tar, cut off, other things than plain files).
  static Result<TarReader> open(std::filesystem::path const& file);
  std::vector<Entry> const& entries() const { return entries_; }
  Entry const* find(std::string_view name) const;
  /// The content, piece by piece. Throws std::runtime_error when the archive ends before.
  void read(Entry const& entry, std::function<void(std::string_view)> const& each) const;
  /// For small parts.
  std::string read_text(Entry const& entry) const;
  /// Writes the content to a new file, synced. Throws std::runtime_error.
  void unpack(Entry const& entry, std::filesystem::path const& to) const;

 private:
  std::filesystem::path file_;
  std::vector<Entry> entries_;
};

/// Lower-case hexadecimal SHA-256 of the content.
std::string sha256_of(TarReader const& archive, TarReader::Entry const& entry);

/// Syncs a file or a folder. Throws std::runtime_error.
void sync_path(std::filesystem::path const& path);

}  // namespace rcms::operations
