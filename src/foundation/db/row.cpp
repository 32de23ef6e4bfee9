// Typed access to the columns of a row.
#include "foundation/db/database.hpp"

#include <fmt/format.h>

namespace rcms::db {

namespace {

constexpr char const* value_kinds[] = {"null", "a whole number", "a number", "text", "bytes"};

Value const& column_of(std::vector<Value> const& values, std::size_t column) {
  if (column < values.size()) return values[column];
  throw Fault(fmt::format("column {} asked of a row of {} columns", column, values.size()));
}

template <class T>
T const& typed_column(std::vector<Value> const& values, std::size_t column, char const* wanted) {
  auto const& value = column_of(values, column);
  if (auto const* found = std::get_if<T>(&value)) return *found;
  throw Fault(fmt::format("column {} is {} where {} is expected", column, value_kinds[value.index()], wanted));
}

}  // namespace

bool Row::is_null(std::size_t column) const {
  return std::holds_alternative<std::monostate>(column_of(values_, column));
}

std::int64_t Row::integer(std::size_t column) const {
  return typed_column<std::int64_t>(values_, column, "a whole number");
}

double Row::number(std::size_t column) const {
  if (auto const* whole = std::get_if<std::int64_t>(&column_of(values_, column))) return static_cast<double>(*whole);
  return typed_column<double>(values_, column, "a number");
}

std::string const& Row::text(std::size_t column) const { return typed_column<std::string>(values_, column, "text"); }

Bytes const& Row::bytes(std::size_t column) const { return typed_column<Bytes>(values_, column, "bytes"); }

std::optional<std::int64_t> Row::find_integer(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Row::find_text(std::size_t column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

}  // namespace rcms::db
