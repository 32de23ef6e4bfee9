// SQL of pairs, and of what is compared. Every function takes the State in whose data space it works.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/duplicates/pair.hpp"
#include "foundation/db/database.hpp"

namespace rcms::duplicates {

/// The files of one side of a State.
struct Shelf {
  PartyId party;
  Side side = Side::requesting;
};

/// A file and what was compared of it, as JSON text.
struct Compared {
  CaseId case_id;
  std::string question;
};

/// How far the files were read, in the order of change.
struct ReadUpTo {
  Instant changed_at;
  CaseId case_id;
};
/// A file that was changed, with its form.
struct ChangedFile {
  CaseId case_id;
  Instant changed_at;
  std::string content;
};

ReadUpTo read_up_to(db::Database& database, Shelf const& shelf);
void keep_up_to(db::Command& command, Shelf const& shelf, ReadUpTo const& upto);
/// The next 200 in the order of change.
std::vector<ChangedFile> list_changed(db::Database& database, Shelf const& shelf, ReadUpTo const& after);

/// Empty when the file is not compared.
std::string find_compared(db::Database& database, Shelf const& shelf, CaseId const& id);
void keep_compared(db::Command& command, Shelf const& shelf, Compared const& one);
void forget_compared(db::Command& command, Shelf const& shelf, CaseId const& id);
/// In the order of their ids.
void each_compared(db::Database& database, Shelf const& shelf, std::function<bool(Compared const&)> const& each);
/// Those that were not yet asked among all others; at most 20,000.
std::vector<Compared> list_new(db::Database& database, Shelf const& shelf);
bool has_new(db::Database& database, Shelf const& shelf);
/// It was asked; nothing happens when it has changed since.
void settle(db::Command& command, Shelf const& shelf, Compared const& one);

std::optional<Pair> find_pair(db::Database& database, PartyId const& party, PairId const& id);
std::optional<Pair> find_pair_of(db::Database& database, Shelf const& shelf, CaseId const& left, CaseId const& right);
std::vector<Pair> list_pairs_of_case(db::Database& database, Shelf const& shelf, CaseId const& id);
/// The likeliest first; the next page begins after `last`.
std::vector<Pair> list_pairs(db::Database& database, Shelf const& shelf, std::string const& state, Pair const* last);
inline constexpr std::size_t pairs_of_a_page = 25;
/// Counted up to 1,000.
std::int64_t count_pairs(db::Database& database, Shelf const& shelf, std::string const& state);

void insert_pair(db::Command& command, Pair const& one);
/// Names the revision that it replaces; that of `after` is one more.
void save_pair(db::Command& command, Pair& after);
void delete_pair(db::Command& command, Pair const& one);

}  // namespace rcms::duplicates
