// The questions to the index, in the words of each engine: FTS5 of SQLite and GIN of PostgreSQL have nothing in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/ids.hpp"
#include "foundation/db/database.hpp"

namespace rcms::search {

/// Whose subjects are looked for.
struct Shelf {
  PartyId const& party;
  std::string const& kind;
};

/// What must hold of a subject; an empty part asks nothing. One of `all` and `any` is not empty.
struct Wanted {
  std::vector<std::string> all;  ///< tokens it has
  std::vector<std::string> any;  ///< tokens of which it has one
  std::string beginning;         ///< it has a word that begins so; looked for among those that fit the others, at most 3,000
};

/// A statement made at run time, with its values.
struct Question {
  std::string text;
  db::Values values;
  /// When positive, more than so many that fit are not looked at, and the third column of a row is how many were.
  int looked_at = 0;
};

/// The subjects that fit, newest first, at most `limit`. PostgreSQL looks at the oldest: when there are more than it looks at,
/// those of `question_of_newest` stand before them.
Question question_of(db::Engine engine, Shelf const& shelf, Wanted const& wanted, int limit);
/// Those that fit among the newest 3,000 of the shelf, newest first, at most `limit`.
Question question_of_newest(Shelf const& shelf, Wanted const& wanted, int limit);
/// The words of the shelf that begin so, in their order, at most `limit`, each with its space before it.
Question question_of_vocabulary(Shelf const& shelf, std::string const& beginning, int limit);
/// Removes a word from the vocabulary when no subject has it any more: `$1` is the word with its space.
db::Sql const& forget_word(db::Engine engine);

}  // namespace rcms::search
