// Texts of ICU and back, for the two files that use ICU.
#pragma once

#include <string>
#include <string_view>

#include <unicode/unistr.h>

namespace rcms {

inline icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

inline std::string to_utf8(icu::UnicodeString const& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace rcms
