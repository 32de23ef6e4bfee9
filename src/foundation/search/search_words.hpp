// Finding things as one types: an index of words (names in search form, references, numbers) beside the tables of the things.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/ids.hpp"
#include "foundation/db/database.hpp"

namespace rcms::search {

/// `words` (already in search form) are those under which `subject` of `kind` is found by users of `party`.
void add_words(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
               std::vector<std::string> const& words);
/// The subject is found under `after` and no longer under what only `before` has. Both sorted; `after` empty: it is not found
/// any more.
void change_words(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
                  std::vector<std::string> const& before, std::vector<std::string> const& after);

struct Found {
  std::string kind;
  std::string subject;
};

/// Subjects that have all words of `text`, at most `limit`, the newest first (PostgreSQL: of the first 2,000 it finds). Of the
/// last word the beginning is enough when it stands alone or nobody has all words whole. `kind` empty: of every kind of the
/// party, one kind after the other.
/// What is looked at is bounded: a beginning that more than 64 words have ("garcia j") gives some of those who fit, not all.
std::vector<Found> find_by_words(db::Database& database, PartyId const& party, std::string_view kind, std::string_view text,
                                 int limit);

/// Removes what changed words have left behind: words that nobody has any more, and their traces inside the index of SQLite.
/// Writes in small steps, other commands between them; for a thread of the background, once a day.
void forget_gone_words(db::Database& database);

}  // namespace rcms::search
