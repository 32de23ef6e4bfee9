#include "foundation/sheets/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace rcms::sheets {

namespace {

std::uint8_t byte_at(std::string_view text, std::size_t i) { return static_cast<std::uint8_t>(text[i]); }

/// 0x80 to 0x9F of Windows-1252; 0 where it has no character.
/// Source: WHATWG Encoding Standard, index-windows-1252 (the five holes are kept as holes here).
constexpr std::array<char16_t, 32> upper_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

/// UTF-16 without a mark: text of Latin scripts has zero in nearly every second byte.
bool looks_like_utf16(std::string_view content, std::size_t zero_at) {
  std::size_t const sample = std::min<std::size_t>(content.size(), 4096) / 2 * 2;
  if (sample < 4) return false;
  std::size_t zeros = 0;
  std::size_t other_zeros = 0;
  for (std::size_t i = 0; i < sample; i += 2) {
    if (content[i + zero_at] == '\0') ++zeros;
    if (content[i + 1 - zero_at] == '\0') ++other_zeros;
  }
  return zeros * 4 > sample / 2 * 3 && other_zeros * 10 < sample / 2;
}

std::string utf16_to_utf8(std::string_view content, bool little) {
  std::string out;
  out.reserve(content.size());
  auto unit = [&](std::size_t i) -> char32_t {
    return little ? static_cast<char32_t>(byte_at(content, i) | byte_at(content, i + 1) << 8)
                  : static_cast<char32_t>(byte_at(content, i) << 8 | byte_at(content, i + 1));
  };
  std::size_t i = 0;
  for (; i + 1 < content.size(); i += 2) {
    char32_t const first = unit(i);
    if (first >= 0xD800 && first < 0xDC00 && i + 3 < content.size()) {
      char32_t const second = unit(i + 2);
      if (second >= 0xDC00 && second < 0xE000) {
        append_utf8(out, 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
        i += 2;
        continue;
      }
    }
    append_utf8(out, first);
  }
  if (i < content.size()) out += '\xFF';
  return out;
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) return 0;
  auto const first = byte_at(text, 0);
  if (first < 0x80) return 1;
  std::size_t const length = first >= 0xC2 && first <= 0xDF   ? 2
                             : first >= 0xE0 && first <= 0xEF ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, i) & 0xC0) != 0x80) return 0;
  }
  auto const second = byte_at(text, 1);
  bool const overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  bool const beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || beyond ? 0 : length;
}

void append_utf8(std::string& out, char32_t code_point) {
  auto add = [&](char32_t byte) { out += static_cast<char>(static_cast<std::uint8_t>(byte)); };
  if (code_point < 0x80) {
    add(code_point);
  } else if (code_point < 0x800) {
    add(0xC0 | code_point >> 6);
    add(0x80 | (code_point & 0x3F));
  } else if (code_point >= 0xD800 && code_point < 0xE000) {
    add(0xFF);
  } else if (code_point < 0x10000) {
    add(0xE0 | code_point >> 12);
    add(0x80 | (code_point >> 6 & 0x3F));
    add(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x110000) {
    add(0xF0 | code_point >> 18);
    add(0x80 | (code_point >> 12 & 0x3F));
    add(0x80 | (code_point >> 6 & 0x3F));
    add(0x80 | (code_point & 0x3F));
  } else {
    add(0xFF);
  }
}

Encoding detect_encoding(std::string_view content) {
  if (content.substr(0, 3) == "\xEF\xBB\xBF") return Encoding::utf8_with_mark;
  if (content.substr(0, 2) == "\xFF\xFE") return Encoding::utf16_little;
  if (content.substr(0, 2) == "\xFE\xFF") return Encoding::utf16_big;
  if (looks_like_utf16(content, 1)) return Encoding::utf16_little;
  if (looks_like_utf16(content, 0)) return Encoding::utf16_big;
  // A few bad bytes among much good UTF-8 are bad lines of a UTF-8 file; otherwise it is an 8-bit file.
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::size_t i = 0; i < content.size();) {
    if (byte_at(content, i) < 0x80) {
      ++i;
    } else if (auto const length = utf8_length(content.substr(i)); length != 0) {
      ++good;
      i += length;
    } else {
      ++bad;
      ++i;
    }
  }
  return bad == 0 || good > bad * 4 ? Encoding::utf8 : Encoding::windows_1252;
}

std::string to_utf8(std::string_view content, Encoding encoding) {
  switch (encoding) {
    case Encoding::utf16_little:
      if (content.substr(0, 2) == "\xFF\xFE") content.remove_prefix(2);
      return utf16_to_utf8(content, true);
    case Encoding::utf16_big:
      if (content.substr(0, 2) == "\xFE\xFF") content.remove_prefix(2);
      return utf16_to_utf8(content, false);
    case Encoding::windows_1252: {
      std::string out;
      out.reserve(content.size() + content.size() / 8);
      for (std::size_t i = 0; i < content.size(); ++i) {
        auto const byte = byte_at(content, i);
        char32_t const code = byte >= 0x80 && byte < 0xA0 ? upper_1252[byte - 0x80] : byte;
        if (code == 0 && byte != 0) {
          out += '\xFF';
        } else {
          append_utf8(out, code);
        }
      }
      return out;
    }
    case Encoding::utf8:
    case Encoding::utf8_with_mark: break;
  }
  if (content.substr(0, 3) == "\xEF\xBB\xBF") content.remove_prefix(3);
  std::string out(content);
  for (std::size_t i = 0; i < out.size();) {
    auto const length = utf8_length(std::string_view(out).substr(i));
    if (length == 0) out[i] = '\xFF';
    i += std::max<std::size_t>(length, 1);
  }
  return out;
}

}  // namespace rcms::sheets
