// What may be absent in a column: an empty text and a time that is not known are stored as null.
#pragma once

#include <optional>
#include <string>

#include "foundation/base/clock.hpp"
#include "foundation/db/database.hpp"

namespace rcms::db {

inline Value text_or_null(std::string const& text) { return text.empty() ? Value() : Value(text); }
inline Value instant_or_null(std::optional<Instant> const& at) { return at ? Value(at->ms) : Value(); }
inline std::optional<Instant> instant_at(Row const& row, std::size_t column) {
  auto const ms = row.find_integer(column);
  return ms ? std::optional(Instant{*ms}) : std::nullopt;
}

}  // namespace rcms::db
