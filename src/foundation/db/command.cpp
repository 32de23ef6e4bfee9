// Building of commands, and what both engines refuse before they send a statement.
#include "foundation/db/engine_database.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "foundation/base/text.hpp"

namespace rcms::db {

void Command::add(Sql const& sql, Values values) {
  statements_.push_back(Statement{&sql, std::move(values), any_number});
}

void Command::add_expecting(Sql const& sql, Values values, int rows) {
  statements_.push_back(Statement{&sql, std::move(values), rows});
}

void Command::append(Command more) {
  statements_.insert(statements_.end(), std::make_move_iterator(more.statements_.begin()),
                     std::make_move_iterator(more.statements_.end()));
}

std::optional<Row> Database::find(Sql const& sql, Values const& values) {
  auto rows = read(sql, values);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

void check_values(std::string_view name, Values const& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (auto const* text = std::get_if<std::string>(&values[i])) {
      if (text->find('\0') != std::string::npos)
        throw Fault(fmt::format("{}: ${} holds a zero character, which PostgreSQL cannot store; refuse it where it enters",
                                name, i + 1));
      if (!is_utf8(*text)) throw Fault(fmt::format("{}: ${} is not UTF-8; refuse it where it enters", name, i + 1));
    } else if (auto const* number = std::get_if<double>(&values[i]); number != nullptr && !std::isfinite(*number)) {
      throw Fault(fmt::format("{}: ${} is not a finite number", name, i + 1));
    }
  }
}

}  // namespace rcms::db
