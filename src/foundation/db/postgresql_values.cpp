#include "foundation/db/postgresql_values.hpp"

#include <bit>
#include <charconv>
#include <cstring>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace rcms::db::postgresql {

namespace {

// Object identifiers of built-in types. Source: src/include/catalog/pg_type.dat of PostgreSQL 15.
constexpr Oid type_bool = 16, type_bytea = 17, type_int8 = 20, type_int2 = 21, type_int4 = 23, type_oid = 26, type_float4 = 700,
              type_float8 = 701, type_numeric = 1700;

std::array<char, 8> in_network_order(std::uint64_t bits) {
  std::array<char, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>((bits >> (56 - 8 * i)) & 0xff);
  return bytes;
}

template <class Number>
Number parsed(std::string_view text) {
  Number number{};
  auto const end = text.data() + text.size();
  if (std::from_chars(text.data(), end, number).ptr != end) throw Fault(fmt::format("'{}' is not a number we can hold", text));
  return number;
}

/// `sum` of whole numbers is numeric in PostgreSQL and whole in SQLite; `avg` has decimals in both.
Value numeric_value(std::string_view text) {
  if (text.find('.') == std::string_view::npos && text != "NaN") return parsed<std::int64_t>(text);
  return parsed<double>(text);
}

int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

/// The server always answers `\x` and lower-case digits (bytea_output = hex).
Bytes bytes_from(std::string_view text) {
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 2; i + 1 < text.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(hex_digit(text[i]) * 16 + hex_digit(text[i + 1])));
  return bytes;
}

}  // namespace

Parameters::Parameters(Values const& values) {
  numbers_.reserve(values.size());
  signature_.reserve(values.size());
  auto const add = [&](Oid type, char const* pointer, std::size_t length, int format, char letter) {
    types_.push_back(type);
    pointers_.push_back(pointer);
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(format);
    signature_.push_back(letter);
  };
  auto const add_number = [&](Oid type, std::uint64_t bits, char letter) {
    numbers_.push_back(in_network_order(bits));
    add(type, numbers_.back().data(), 8, 1, letter);
  };
  for (auto const& value : values) {
    if (auto const* whole = std::get_if<std::int64_t>(&value))
      add_number(type_int8, static_cast<std::uint64_t>(*whole), 'i');
    else if (auto const* number = std::get_if<double>(&value))
      add_number(type_float8, std::bit_cast<std::uint64_t>(*number), 'd');
    else if (auto const* text = std::get_if<std::string>(&value))
      add(0, text->c_str(), text->size(), 0, 't');
    else if (auto const* bytes = std::get_if<Bytes>(&value))
      add(type_bytea, bytes->empty() ? "" : reinterpret_cast<char const*>(bytes->data()), bytes->size(), 1, 'b');
    else
      add(0, nullptr, 0, 0, 't');
  }
}

Value value_of(pg_result const* result, int row, int column) {
  if (PQgetisnull(result, row, column) != 0) return std::monostate();
  std::string_view const text(PQgetvalue(result, row, column), static_cast<std::size_t>(PQgetlength(result, row, column)));
  switch (PQftype(result, column)) {
    case type_int8:
    case type_int4:
    case type_int2:
    case type_oid: return parsed<std::int64_t>(text);
    case type_float8:
    case type_float4: return parsed<double>(text);
    case type_numeric: return numeric_value(text);
    case type_bool: return std::int64_t{text == "t" ? 1 : 0};
    case type_bytea: return bytes_from(text);
    default: return std::string(text);
  }
}

}  // namespace rcms::db::postgresql
