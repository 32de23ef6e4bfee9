// Reading of migration files as text: statements, and words that SQLite spells otherwise. No database here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "foundation/db/database.hpp"

namespace rcms::db {

/// The statements of a file, without their semicolons. Quotes, comments, dollar quotes and the bodies of SQLite triggers
/// are kept whole. Throws Fault when a quote or comment does not end.
std::vector<std::string> split_statements(std::string_view text, Engine engine);

/// A statement of a migration in the words of SQLite: `bigint` → INTEGER, `bytea` → BLOB, `double precision` → REAL outside
/// quotes and comments, and STRICT behind each CREATE TABLE.
std::string in_words_of_sqlite(std::string_view statement);

}  // namespace rcms::db
