// Taking out of a file what is not its visible content: who made it, with what, where and when, and what hides in it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"
#include "foundation/files/file_type.hpp"

namespace rcms::files {

/// The file without metadata; what is seen stays the same.
/// JPEG: all application and comment segments but the colour transform, orientation kept as a minimal tag, nothing behind the
/// end. PNG: only chunks that are needed to draw it. TIFF: descriptive tags and what they point to are zeroed. WSQ: comments.
/// PDF: only what draws its pages is kept; no properties, XMP, embedded files, scripts, outline, thumbnails, alternative texts,
/// comments, earlier revisions, metadata of pictures. Layers are all seen, fields and notes that were seen become part of the
/// page. `mark`, when not empty, is written at the foot of every page: whose copy it is. The same always gives the same bytes.
/// ISO templates have none; text loses its byte order mark.
/// Refuses: unsupported_type (file.damaged), must_not_leave for `nist`, whose first record names the sending agency by design.
Result<Bytes> strip_metadata(FileType type, std::span<std::uint8_t const> content, std::string_view mark = {});

/// Opens the document and walks its pages. Refuses: unsupported_type (file.damaged; file.encrypted when it needs a password).
Result<std::uint32_t> check_pdf(std::span<std::uint8_t const> content);

// One function for each format, used by strip_metadata. An empty result means that the structure is broken.
Bytes strip_jpeg(std::span<std::uint8_t const> content);
Bytes strip_png(std::span<std::uint8_t const> content);
Bytes strip_tiff(std::span<std::uint8_t const> content);
Bytes strip_wsq(std::span<std::uint8_t const> content);
Result<Bytes> strip_pdf(std::span<std::uint8_t const> content, std::string_view mark = {});

}  // namespace rcms::files
