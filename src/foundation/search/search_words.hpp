// Finding things as one types: an index of words (names in search form, references, numbers) on an ordinary table, so that
// a prefix is a range of the primary key and never a scan.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/ids.hpp"
#include "foundation/db/database.hpp"

namespace rcms::search {

/// Adds `words` (already in search form) under which `subject` of `kind` is found by users of `party`.
void add_words(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
               std::vector<std::string> const& words);
/// Adds what `after` has more than `before` and removes what it has less; both sorted.
void change_words(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
                  std::vector<std::string> const& before, std::vector<std::string> const& after);

struct Found {
  std::string kind;
  std::string subject;
};

/// Subjects that have all words of `text`, at most `limit`. Of the last word the beginning is enough when it stands alone or
/// nobody has all words whole. `kind` empty: of every kind.
/// Two words are looked up as a pair, which is rare even when each is common; what is looked at is bounded, so a search for one
/// common word and the beginning of another gives some of those who fit, not all.
std::vector<Found> find_by_words(db::Database& database, PartyId const& party, std::string_view kind, std::string_view text,
                                 int limit);

}  // namespace rcms::search
