#include "foundation/search/search_words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_set>

#include "foundation/base/text.hpp"

namespace rcms::search {

namespace {

// OPTIMIZATION: the words of a new case in one statement instead of about eight.
constexpr std::size_t words_at_once = 12;

/// The statements for 1 to `words_at_once` words of one subject.
class Inserts {
 public:
  Inserts() {
    std::string values;
    texts_.reserve(words_at_once);
    for (std::size_t n = 0; n < words_at_once; ++n) {
      values.append(n == 0 ? "" : ", ").append("($1, $").append(std::to_string(4 + n)).append(", $2, $3)");
      texts_.push_back("INSERT INTO search_words (party, word, kind, subject) VALUES " + values +
                       " ON CONFLICT (party, word, kind, subject) DO NOTHING");
      statements_[n] = {"search.insert", texts_.back()};
    }
  }
  db::Sql const& of_words(std::size_t count) const { return statements_.at(count - 1); }

 private:
  std::vector<std::string> texts_;
  std::array<db::Sql, words_at_once> statements_;
};
Inserts const inserts;

db::Sql const erase_word{"search.erase",
                         "DELETE FROM search_words WHERE party = $1 AND word = $2 AND kind = $3 AND subject = $4"};

// How common a word is, counted only as far as it matters.
db::Sql const count_word{
    "search.count",
    "SELECT count(*) FROM (SELECT 1 FROM search_words WHERE party = $1 AND word >= $2 AND word < $3 LIMIT 1000)"
    " AS found"};

constexpr std::size_t words_looked_for = 8;

/// The statements that find the subjects of 1 to `words_looked_for` words. $1 party, $2 kind (empty: every), then from and to of
/// each word, the rarest first.
class Searches {
 public:
  Searches() {
    texts_.reserve(words_looked_for);
    // What is looked at is bounded, also where all words are common.
    std::string has_all =
        "SELECT kind, subject FROM (SELECT kind, subject FROM search_words WHERE party = $1 AND ($2 = '' OR kind = $2)"
        " AND word >= $3 AND word < $4 LIMIT 10000) AS a";
    for (std::size_t n = 0; n < words_looked_for; ++n) {
      // OPTIMIZATION: a scalar subquery, because EXISTS may be planned as a hash join over every subject of a common word.
      if (n > 0) {
        has_all += (n == 1 ? " WHERE" : " AND");
        has_all +=
            " (SELECT 1 FROM search_words b WHERE b.party = $1 AND b.kind = a.kind AND b.subject = a.subject AND b.word >= $" +
            std::to_string(3 + 2 * n) + " AND b.word < $" + std::to_string(4 + 2 * n) + " LIMIT 1) = 1";
      }
      // A prefix may find a subject by several of its words; 400 are enough for 200 different ones but in odd cases.
      texts_.push_back(has_all + " LIMIT 400");
      statements_[n] = {"search.find", texts_.back()};
    }
  }
  db::Sql const& of_words(std::size_t count) const { return statements_.at(count - 1); }

 private:
  std::vector<std::string> texts_;
  std::array<db::Sql, words_looked_for> statements_;
};
Searches const searches;

/// Half-open range of words: exactly the word, or everything that begins with it.
struct Range {
  std::string from;
  std::string to;
};

Range range_of(std::string const& word, bool prefix) { return {word, prefix ? word + "\xF4\x8F\xBF\xBD" : word + '\x01'}; }

}  // namespace

void add_words(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
               std::vector<std::string> const& words) {
  for (std::size_t next = 0; next < words.size();) {
    auto const count = std::min(words.size() - next, words_at_once);
    db::Values values{party.value, std::string(kind), subject};
    for (auto const end = next + count; next < end; ++next) values.emplace_back(words[next]);
    command.add(inserts.of_words(count), std::move(values));
  }
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
  for (std::size_t i = 0; i < words.size() && ranges.size() < words_looked_for; ++i) {
    if (!words[i].empty()) ranges.push_back(range_of(words[i], i + 1 == words.size()));
  }
  if (ranges.empty()) return {};
  if (ranges.size() > 1) {
    std::vector<std::int64_t> counts;
    for (auto const& range : ranges) counts.push_back(database.find(count_word, {party.value, range.from, range.to})->integer(0));
    auto const rarest = std::min_element(counts.begin(), counts.end()) - counts.begin();
    std::swap(ranges.front(), ranges[static_cast<std::size_t>(rarest)]);
  }
  db::Values values{party.value, std::string(kind)};
  for (auto& range : ranges) {
    values.emplace_back(std::move(range.from));
    values.emplace_back(std::move(range.to));
  }
  std::vector<Found> found;
  std::unordered_set<std::string> known;
  for (auto const& row : database.read(searches.of_words(ranges.size()), values)) {
    if (static_cast<int>(found.size()) == limit) break;
    if (known.insert(row.text(0) + ':' + row.text(1)).second) found.push_back({row.text(0), row.text(1)});
  }
  return found;
}

}  // namespace rcms::search
