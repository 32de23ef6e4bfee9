// What a file is, told by its bytes and never by its name, and which files are accepted as attachments.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"

namespace rcms::files {

/// The accepted types. `nist` is a fingerprint transaction (ANSI/NIST-ITL), `iso_fingerprint` a minutiae template
/// (ISO/IEC 19794-2), `wsq` a compressed fingerprint picture.
enum class FileType { pdf, jpeg, png, tiff, wsq, iso_fingerprint, nist, plain_text };

/// "pdf", "jpeg", …; the word in the database and in JSON.
std::string_view name_of(FileType type);
std::optional<FileType> find_type(std::string_view name);
std::string_view media_type_of(FileType type);
/// With its point: ".pdf".
std::string_view extension_of(FileType type);
/// Types that can be shown as a picture.
bool is_picture(FileType type);

/// Why a file is not accepted. The label of each is "files.<name>".
enum class Unwanted {
  empty,
  program,
  script,
  archive,
  html,
  svg,
  office_macros,
  office_document,
  other_picture,
  active_text,
  damaged,
  unknown
};
std::string_view name_of(Unwanted unwanted);

/// The type by content, or why it is not accepted. Reads the frame of the format, not all of it: `check_content` does.
tl::expected<FileType, Unwanted> detect_type(std::span<std::uint8_t const> content);

struct FileLimits {
  std::uint64_t bytes = 20u << 20;
  std::uint64_t pixels = 80'000'000;  ///< of a picture; also the memory it may need while it is decoded (4 bytes each)
};

/// A file that may be stored.
struct CheckedFile {
  FileType type = FileType::plain_text;
  std::string name;    ///< safe to show and to save, with the extension of its type
  std::uint64_t size = 0;
  std::string sha256;  ///< hexadecimal, of the content
};

/// Everything an attachment has to pass: size, type by content, and that pictures and PDF documents really open.
/// Refuses: too_large, unsupported_type (field "file.<unwanted>", the label's name).
Result<CheckedFile> check_file(std::string_view name, std::span<std::uint8_t const> content, FileLimits const& limits = {});

/// The last part of a path without control characters, at most 150 code points, with an extension that fits the type.
std::string safe_file_name(std::string_view name, FileType type);

}  // namespace rcms::files
