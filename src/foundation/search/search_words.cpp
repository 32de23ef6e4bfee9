#include "foundation/search/search_words.hpp"

#include <algorithm>
#include <iterator>

#include "foundation/base/text.hpp"

namespace rcms::search {

namespace {

db::Sql const insert_word{"search.insert",
                          "INSERT INTO search_words (party, word, kind, subject) VALUES ($1, $2, $3, $4)"
                          " ON CONFLICT (party, word, kind, subject) DO NOTHING"};
db::Sql const erase_word{"search.erase",
                         "DELETE FROM search_words WHERE party = $1 AND word = $2 AND kind = $3 AND subject = $4"};

// How common a word is, counted only as far as it matters.
db::Sql const count_word{
    "search.count",
    "SELECT count(*) FROM (SELECT 1 FROM search_words WHERE party = $1 AND word >= $2 AND word < $3 LIMIT 2000)"
    " AS found"};
db::Sql const subjects_of_word{"search.subjects",
                               "SELECT kind, subject FROM search_words WHERE party = $1 AND word >= $2 AND word < $3 LIMIT 2000"};
db::Sql const has_word{
    "search.has_word",
    "SELECT 1 FROM search_words WHERE party = $1 AND kind = $2 AND subject = $3 AND word >= $4 AND word < $5 LIMIT 1"};

/// Half-open range of words: exactly the word, or everything that begins with it.
struct Range {
  std::string from;
  std::string to;
};

Range range_of(std::string const& word, bool prefix) { return {word, prefix ? word + "\xF4\x8F\xBF\xBD" : word + '\x01'}; }

}  // namespace

void add_words(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
               std::vector<std::string> const& words) {
  for (auto const& word : words) command.add(insert_word, {party.value, word, std::string(kind), subject});
}

void change_words(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
                  std::vector<std::string> const& before, std::vector<std::string> const& after) {
  std::vector<std::string> gone;
  std::vector<std::string> come;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(come));
  for (auto const& word : gone) command.add(erase_word, {party.value, word, std::string(kind), subject});
  add_words(command, party, kind, subject, come);
}

std::vector<Found> find_by_words(db::Database& database, PartyId const& party, std::string_view kind, std::string_view text,
                                 int limit) {
  std::vector<Range> ranges;
  auto const words = split(search_form(text), ' ');
  for (std::size_t i = 0; i < words.size() && ranges.size() < 8; ++i) {
    if (!words[i].empty()) ranges.push_back(range_of(words[i], i + 1 == words.size()));
  }
  if (ranges.empty()) return {};

  auto rarest = ranges.begin();
  if (ranges.size() > 1) {
    std::int64_t fewest = INT64_MAX;
    for (auto range = ranges.begin(); range != ranges.end(); ++range) {
      auto const count = database.find(count_word, {party.value, range->from, range->to})->integer(0);
      if (count < fewest) {
        fewest = count;
        rarest = range;
      }
    }
  }
  std::vector<Found> found;
  for (auto const& row : database.read(subjects_of_word, {party.value, rarest->from, rarest->to})) {
    Found const candidate{row.text(0), row.text(1)};
    if (!kind.empty() && candidate.kind != kind) continue;
    auto const has_all = std::all_of(ranges.begin(), ranges.end(), [&](Range const& range) {
      return &range == &*rarest ||
             database.find(has_word, {party.value, candidate.kind, candidate.subject, range.from, range.to}).has_value();
    });
    auto const is_new = std::none_of(found.begin(), found.end(), [&](Found const& other) {
      return other.kind == candidate.kind && other.subject == candidate.subject;
    });
    if (has_all && is_new) found.push_back(candidate);
    if (static_cast<int>(found.size()) == limit) break;
  }
  return found;
}

}  // namespace rcms::search
