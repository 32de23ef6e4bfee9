#include "engines/seal/encoding.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rcms::seal {
namespace {

constexpr std::uint8_t unlatch = 0xFE;

/// C40 value of a character, -1 outside the subset.
int value_of(char c) {
  if (c == ' ' || c == '<') return 3;
  if (c >= '0' && c <= '9') return c - '0' + 4;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 14;
  return -1;
}

/// The character of a C40 value, 0 outside the subset.
char character_of(int value) {
  if (value == 3) return ' ';
  if (value >= 4 && value <= 13) return static_cast<char>('0' + value - 4);
  if (value >= 14 && value <= 39) return static_cast<char>('A' + value - 14);
  return 0;
}

void append_integer(Bytes& to, std::span<std::uint8_t const> number) {
  auto first = std::find_if(number.begin(), number.end(), [](auto byte) { return byte != 0; });
  Bytes digits(first, number.end());
  if (digits.empty()) digits.push_back(0);
  if (digits[0] & 0x80) digits.insert(digits.begin(), 0);
  to.push_back(0x02);
  auto length = encode_length(digits.size());
  to.insert(to.end(), length.begin(), length.end());
  to.insert(to.end(), digits.begin(), digits.end());
}

/// One INTEGER at the start of `bytes`, written into `width` bytes at `to`; gives the bytes used, 0 on failure.
std::size_t read_integer(ByteSpan bytes, std::size_t width, Bytes& to) {
  if (bytes.size() < 3 || bytes[0] != 0x02) return 0;
  auto field = decode_length(bytes.subspan(1));
  if (!field || field->length == 0 || field->length > bytes.size() - 1 - field->size) return 0;
  auto digits = bytes.subspan(1 + field->size, field->length);
  if (digits[0] & 0x80) return 0;
  if (digits.size() > 1 && digits[0] == 0) {
    if (!(digits[1] & 0x80)) return 0;
    digits = digits.subspan(1);
  }
  if (digits.size() > width) return 0;
  to.insert(to.end(), width - digits.size(), 0);
  to.insert(to.end(), digits.begin(), digits.end());
  return 1 + field->size + field->length;
}

}  // namespace

Result<Bytes> c40_encode(std::string_view text) {
  Bytes bytes;
  bytes.reserve(c40_size(text.size()));
  for (std::size_t i = 0; i < text.size(); i += 3) {
    int values[3] = {0, 0, 0};
    std::size_t count = std::min<std::size_t>(3, text.size() - i);
    for (std::size_t k = 0; k < count; ++k) {
      values[k] = value_of(text[i + k]);
      if (values[k] < 0) {
        return refuse(Why::field_invalid, "text", fmt::format("character {} of the text is not A-Z, 0-9, space or <", i + k + 1),
                      "Doc 9303-13 section 2.6");
      }
    }
    if (count == 1) {
      char ascii = text[i] == '<' ? ' ' : text[i];
      bytes.push_back(unlatch);
      bytes.push_back(static_cast<std::uint8_t>(ascii + 1));
      continue;
    }
    int packed = 1600 * values[0] + 40 * values[1] + values[2] + 1;
    bytes.push_back(static_cast<std::uint8_t>(packed / 256));
    bytes.push_back(static_cast<std::uint8_t>(packed % 256));
  }
  return bytes;
}

std::optional<std::string> c40_decode(ByteSpan bytes) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  std::string text;
  text.reserve(bytes.size() / 2 * 3);
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    bool last = i + 2 == bytes.size();
    if (bytes[i] == unlatch) {
      char c = static_cast<char>(bytes[i + 1] - 1);
      if (!last || bytes[i + 1] == 0 || c == '<' || value_of(c) < 0) return std::nullopt;
      text += c;
      continue;
    }
    int packed = bytes[i] * 256 + bytes[i + 1] - 1;
    if (packed < 0 || packed / 1600 > 39) return std::nullopt;
    int values[3] = {packed / 1600, packed % 1600 / 40, packed % 40};
    for (int k = 0; k < 3; ++k) {
      char c = character_of(values[k]);
      bool padding = c == 0 && k == 2 && last && values[2] == 0;
      if (c == 0 && !padding) return std::nullopt;
      if (!padding) text += c;
    }
  }
  return text;
}

Bytes encode_date(Date day) {
  int number = day.month() * 1000000 + day.day() * 10000 + day.year();
  return {static_cast<std::uint8_t>(number >> 16), static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}

std::optional<Date> decode_date(ByteSpan three_bytes) {
  if (three_bytes.size() != 3) return std::nullopt;
  int number = three_bytes[0] << 16 | three_bytes[1] << 8 | three_bytes[2];
  return Date::find(number % 10000, number / 1000000, number / 10000 % 100);
}

std::optional<Bytes> encode_masked_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  std::string digits = std::string(text.substr(5, 2)) + std::string(text.substr(8, 2)) + std::string(text.substr(0, 4));
  int mask = 0;
  int number = 0;
  for (char c : digits) {
    bool unknown = c == 'x' || c == 'X';
    if (!unknown && (c < '0' || c > '9')) return std::nullopt;
    mask = mask << 1 | (unknown ? 1 : 0);
    number = number * 10 + (unknown ? 0 : c - '0');
  }
  return Bytes{static_cast<std::uint8_t>(mask), static_cast<std::uint8_t>(number >> 16), static_cast<std::uint8_t>(number >> 8),
               static_cast<std::uint8_t>(number)};
}

Bytes encode_length(std::size_t length) {
  if (length < 128) return {static_cast<std::uint8_t>(length)};
  Bytes digits;
  for (; length > 0; length >>= 8) digits.insert(digits.begin(), static_cast<std::uint8_t>(length));
  digits.insert(digits.begin(), static_cast<std::uint8_t>(0x80 | digits.size()));
  return digits;
}

std::optional<LengthField> decode_length(ByteSpan bytes) {
  if (bytes.empty()) return std::nullopt;
  if (bytes[0] < 0x80) return LengthField{bytes[0], 1};
  std::size_t count = bytes[0] & 0x7F;
  if (count == 0 || count > 4 || bytes.size() < 1 + count || bytes[1] == 0) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 1; i <= count; ++i) length = length << 8 | bytes[i];
  if (length < 128) return std::nullopt;
  return LengthField{length, 1 + count};
}

Bytes signature_to_der(ByteSpan raw) {
  Bytes content;
  append_integer(content, raw.first(raw.size() / 2));
  append_integer(content, raw.subspan(raw.size() / 2));
  Bytes der{0x30};
  auto length = encode_length(content.size());
  der.insert(der.end(), length.begin(), length.end());
  der.insert(der.end(), content.begin(), content.end());
  return der;
}

std::optional<Bytes> signature_from_der(ByteSpan der, std::size_t width) {
  if (der.size() < 2 || der[0] != 0x30) return std::nullopt;
  auto field = decode_length(der.subspan(1));
  if (!field || field->length != der.size() - 1 - field->size) return std::nullopt;
  auto content = der.subspan(1 + field->size);
  Bytes raw;
  auto first = read_integer(content, width, raw);
  if (first == 0) return std::nullopt;
  auto second = read_integer(content.subspan(first), width, raw);
  if (second == 0 || first + second != content.size()) return std::nullopt;
  return raw;
}

}  // namespace rcms::seal
