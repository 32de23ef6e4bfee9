// ZIP archives: careful reading of one that somebody brings, and writing of packages. The only place that knows libzip.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::sheets {

/// A ZIP in memory that is not trusted: number of entries, sizes and compression ratios are checked before anything is
/// unpacked, and the sizes again while unpacking, because the directory can lie.
class Archive {
 public:
  /// `content` must live as long as the archive.
  static tl::expected<Archive, Defect> open(std::string_view content, Limits const& limits);
  ~Archive();
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;

  bool has(std::string_view name) const;
  std::vector<std::string> const& names() const;
  /// Unpacks an entry piece by piece; `each` returns false to stop. The defect when it cannot be unpacked within the limits.
  std::optional<Defect> read(std::string_view name, std::function<bool(std::string_view)> const& each);

 private:
  struct Content;
  explicit Archive(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

/// Gives the next bytes of an entry into the buffer and returns how many; 0 at the end.
using PullBytes = std::function<std::size_t(std::span<std::uint8_t>)>;

/// One file of a package: its name, and bytes, a file on disk, or something that opens a stream when its turn comes.
struct ZipEntry {
  std::string name;
  std::variant<std::string, std::filesystem::path, std::function<PullBytes()>> content;
};

/// Writes a ZIP without holding the entries in memory. Names are made safe and unique (`safe_zip_name`). All entries carry
/// the instant `written_at`. The file is complete or absent.
/// Refuses: malformed (an entry cannot be read), unavailable (the target cannot be written).
Result<std::monostate> write_zip(std::filesystem::path const& path, std::vector<ZipEntry> entries, Instant written_at);

/// A name that every system can unpack and that stays inside the folder: folders by `/`, no `..`, no drive, no control or
/// reserved characters, parts of at most 120 code points. Never empty.
std::string safe_zip_name(std::string_view name);

}  // namespace rcms::sheets
