// Finding out the encoding of a text file and turning it into UTF-8. Only the encodings that spreadsheets write.
#pragma once

#include <string>
#include <string_view>

#include "foundation/sheets/sheet.hpp"

namespace rcms::sheets {

/// The encoding by byte order mark, by the pattern of zero bytes, by validity as UTF-8; Windows-1252 when nothing else fits.
Encoding detect_encoding(std::string_view content);

/// UTF-8 without a byte order mark. What is not text in that encoding becomes the byte 0xFF, so that the reader can name
/// the line (0xFF never occurs in UTF-8).
std::string to_utf8(std::string_view content, Encoding encoding);

/// Length of the well-formed UTF-8 sequence at the start of `text`; 0 when it is not one.
std::size_t utf8_length(std::string_view text);
/// Appends a code point; invalid ones become 0xFF.
void append_utf8(std::string& out, char32_t code_point);

}  // namespace rcms::sheets
