#include "foundation/http/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

namespace rcms::http {

namespace {

void write_escape(std::string& out, unsigned char c) {
  static constexpr char digits[] = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default:
      out += "\\u00";
      out += digits[c >> 4];
      out += digits[c & 15];
  }
}

constexpr std::uint64_t in_each_byte(unsigned char c) { return 0x0101010101010101U * c; }

/// Not zero when one of the eight bytes is below `c`, which is at most 0x80.
constexpr std::uint64_t has_below(std::uint64_t bytes, unsigned char c) {
  return (bytes - in_each_byte(c)) & ~bytes & in_each_byte(0x80);
}

/// OPTIMIZATION: nearly no text of ours has a letter to escape; eight bytes at once.
bool is_plain(std::string_view text) {
  std::uint64_t special = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, 8);
    special |= has_below(bytes, 0x20) | has_below(bytes ^ in_each_byte('"'), 1) | has_below(bytes ^ in_each_byte('\\'), 1);
  }
  for (; at < text.size(); ++at) {
    auto const c = static_cast<unsigned char>(text[at]);
    special |= c < 0x20 || c == '"' || c == '\\' ? 1U : 0U;
  }
  return special == 0;
}

}  // namespace

void write_text(std::string& out, std::string_view text) {
  out += '"';
  if (is_plain(text)) {
    out.append(text);
    out += '"';
    return;
  }
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto const c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, at - from);
    write_escape(out, c);
    from = at + 1;
  }
  out.append(text, from, text.size() - from);
  out += '"';
}

void write_integer(std::string& out, std::int64_t number) {
  std::array<char, 24> digits;
  auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void write_number(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  std::array<char, 32> digits;
  auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void write_value(std::string& out, Json const& value) {
  if (auto const* text = value.if_string()) return write_text(out, *text);
  if (auto const* object = value.if_object()) {
    out += '{';
    for (auto const& member : *object) {
      if (&member != object->begin()) out += ',';
      write_text(out, member.key());
      out += ':';
      write_value(out, member.value());
    }
    out += '}';
    return;
  }
  if (auto const* array = value.if_array()) {
    out += '[';
    for (auto const& element : *array) {
      if (&element != array->begin()) out += ',';
      write_value(out, element);
    }
    out += ']';
    return;
  }
  out += boost::json::serialize(value);
}

}  // namespace rcms::http
