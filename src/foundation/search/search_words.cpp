#include "foundation/search/search_words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <unordered_set>

#include <fmt/format.h>

#include "foundation/base/text.hpp"

namespace rcms::search {

namespace {

// OPTIMIZATION: the words of a new case in one statement, and its pairs in another.
constexpr std::size_t words_at_once = 12;

/// The statements for 1 to `words_at_once` words (or pairs) of one subject.
class Inserts {
 public:
  Inserts(std::string const& table, std::string const& column) {
    std::string values;
    texts_.reserve(words_at_once);
    for (std::size_t n = 0; n < words_at_once; ++n) {
      values.append(n == 0 ? "" : ", ").append("($1, $").append(std::to_string(4 + n)).append(", $2, $3)");
      texts_.push_back(fmt::format("INSERT INTO {0} (party, {1}, kind, subject) VALUES {2}"
                                   " ON CONFLICT (party, {1}, kind, subject) DO NOTHING",
                                   table, column, values));
      statements_[n] = {"search.insert", texts_.back()};
    }
  }
  void add(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
           std::vector<std::string> const& words) const {
    for (std::size_t next = 0; next < words.size();) {
      auto const count = std::min(words.size() - next, words_at_once);
      db::Values values{party.value, std::string(kind), subject};
      for (auto const end = next + count; next < end; ++next) values.emplace_back(words[next]);
      command.add(statements_.at(count - 1), std::move(values));
    }
  }

 private:
  std::vector<std::string> texts_;
  std::array<db::Sql, words_at_once> statements_;
};
Inserts const word_inserts("search_words", "word");
Inserts const pair_inserts("search_pairs", "pair");

db::Sql const erase_word{"search.erase",
                         "DELETE FROM search_words WHERE party = $1 AND word = $2 AND kind = $3 AND subject = $4"};
db::Sql const erase_pair{"search.erase_pair",
                         "DELETE FROM search_pairs WHERE party = $1 AND pair = $2 AND kind = $3 AND subject = $4"};

// How common a word is, counted only as far as it matters.
db::Sql const count_word{
    "search.count",
    "SELECT count(*) FROM (SELECT 1 FROM search_words WHERE party = $1 AND word >= $2 AND word < $3 LIMIT 1000)"
    " AS found"};

constexpr std::size_t terms_looked_for = 6;
/// Names of more words than this make no more pairs; a search for them still finds by its first words.
constexpr std::size_t words_paired = 8;

/// What must hold of a subject: it has exactly this word or pair, or a word that begins so.
struct Term {
  enum Kind { pair, word, prefix } kind = word;
  std::string from;
  std::string to;  ///< of a prefix: the end of the half-open range
};

Term prefix_term(std::string const& word) { return {Term::prefix, word, word + "\xF4\x8F\xBF\xBD"}; }

/// `AND alias.word …` with its parameters.
std::string condition_of(Term const& term, db::Values& values) {
  values.emplace_back(term.from);
  auto const first = "$" + std::to_string(values.size());
  if (term.kind == Term::pair) return "pair = " + first;
  if (term.kind == Term::word) return "word = " + first;
  values.emplace_back(term.to);
  return "word >= " + first + " AND word < $" + std::to_string(values.size());
}

std::string_view table_of(Term const& term) { return term.kind == Term::pair ? "search_pairs" : "search_words"; }

/// Subjects of the first term, at most `looked_at`, that the others fit too. The text depends on the kinds of the terms only.
db::Rows find_subjects(db::Database& database, PartyId const& party, std::string_view kind, std::vector<Term> const& terms,
                       int looked_at) {
  db::Values values{party.value};
  std::string of_kind;
  if (!kind.empty()) {
    values.emplace_back(std::string(kind));
    of_kind = " AND kind = $2";
  }
  auto text = fmt::format("SELECT kind, subject FROM (SELECT kind, subject FROM {} WHERE party = $1{} AND {} LIMIT {}) AS a",
                          table_of(terms.front()), of_kind, condition_of(terms.front(), values), looked_at);
  for (std::size_t n = 1; n < terms.size(); ++n) {
    // OPTIMIZATION: a scalar subquery, because EXISTS may be planned as a hash join over every subject of a common word.
    text += fmt::format(" {} (SELECT 1 FROM {} AS b WHERE b.party = $1 AND b.kind = a.kind AND b.subject = a.subject AND b.{}"
                        " LIMIT 1) = 1",
                        n == 1 ? "WHERE" : "AND", table_of(terms[n]), condition_of(terms[n], values));
  }
  // A prefix may find a subject by several of its words; 400 are enough for 200 different ones but in odd cases.
  return database.read_text(text + " LIMIT 400", values);
}

bool is_number(std::string const& word) { return word < "A"; }

std::string pair_of(std::string const& a, std::string const& b) { return a < b ? a + ' ' + b : b + ' ' + a; }

/// The pairs of words with letters; both lists sorted.
std::vector<std::string> pairs_of(std::vector<std::string> const& words) {
  std::set<std::string> letters;
  for (auto const& word : words) {
    if (!is_number(word) && letters.size() < words_paired) letters.insert(word);
  }
  std::set<std::string> pairs;
  for (auto a = letters.begin(); a != letters.end(); ++a) {
    for (auto b = std::next(a); b != letters.end(); ++b) pairs.insert(pair_of(*a, *b));
  }
  return {pairs.begin(), pairs.end()};
}

/// The terms of whole words: pairs that cover the words with letters, numbers alone; the pairs first.
std::vector<Term> terms_of(std::vector<std::string> const& words) {
  std::vector<std::string> letters;
  std::vector<Term> terms;
  for (auto const& word : words) {
    if (is_number(word)) {
      terms.push_back({Term::word, word, {}});
    } else if (std::find(letters.begin(), letters.end(), word) == letters.end()) {
      letters.push_back(word);
    }
  }
  if (letters.size() == 1) terms.push_back({Term::word, letters.front(), {}});
  for (std::size_t i = 0; letters.size() > 1 && i < letters.size(); i += 2) {
    auto const other = i + 1 < letters.size() ? i + 1 : i - 1;
    terms.push_back({Term::pair, pair_of(letters[i], letters[other]), {}});
  }
  std::stable_sort(terms.begin(), terms.end(), [](Term const& a, Term const& b) { return a.kind < b.kind; });
  if (terms.size() > terms_looked_for) terms.resize(terms_looked_for);
  return terms;
}

/// The rarest first: it bounds what is looked at. A pair is rare enough as it is.
void put_rarest_first(db::Database& database, PartyId const& party, std::vector<Term>& terms) {
  if (terms.size() < 2 || terms.front().kind == Term::pair) return;
  std::vector<std::int64_t> counts;
  for (auto const& term : terms) {
    auto const to = term.kind == Term::prefix ? term.to : term.from + '\x01';
    counts.push_back(database.find(count_word, {party.value, term.from, to})->integer(0));
  }
  std::swap(terms.front(), terms[static_cast<std::size_t>(std::min_element(counts.begin(), counts.end()) - counts.begin())]);
}

}  // namespace

void add_words(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
               std::vector<std::string> const& words) {
  word_inserts.add(command, party, kind, subject, words);
  pair_inserts.add(command, party, kind, subject, pairs_of(words));
}

void change_words(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
                  std::vector<std::string> const& before, std::vector<std::string> const& after) {
  auto const change = [&](std::vector<std::string> const& old_words, std::vector<std::string> const& new_words,
                          db::Sql const& erase, Inserts const& inserts) {
    std::vector<std::string> gone;
    std::vector<std::string> come;
    std::set_difference(old_words.begin(), old_words.end(), new_words.begin(), new_words.end(), std::back_inserter(gone));
    std::set_difference(new_words.begin(), new_words.end(), old_words.begin(), old_words.end(), std::back_inserter(come));
    for (auto const& word : gone) command.add(erase, {party.value, word, std::string(kind), subject});
    inserts.add(command, party, kind, subject, come);
  };
  if (before == after) return;
  change(before, after, erase_word, word_inserts);
  change(pairs_of(before), pairs_of(after), erase_pair, pair_inserts);
}

std::vector<Found> find_by_words(db::Database& database, PartyId const& party, std::string_view kind, std::string_view text,
                                 int limit) {
  std::vector<std::string> words;
  for (auto& word : split(search_form(text), ' ')) {
    if (!word.empty()) words.push_back(std::move(word));
  }
  if (words.empty()) return {};
  std::vector<Found> found;
  std::unordered_set<std::string> known;
  auto const take = [&](db::Rows const& rows) {
    for (auto const& row : rows) {
      if (static_cast<int>(found.size()) == limit) return;
      if (known.insert(row.text(0) + ':' + row.text(1)).second) found.push_back({row.text(0), row.text(1)});
    }
  };
  // OPTIMIZATION: whole words first. Most who search have typed the name to its end, and a pair answers at once; a look at the
  // beginnings of all words of each candidate costs fifty times as much.
  bool const may_be_whole = words.size() > 1 && !is_number(words.back());
  if (may_be_whole) take(find_subjects(database, party, kind, terms_of(words), 10'000));
  if (!found.empty()) return found;
  auto const last = words.back();
  words.pop_back();
  auto terms = terms_of(words);
  terms.push_back(prefix_term(last));
  put_rarest_first(database, party, terms);
  take(find_subjects(database, party, kind, terms, 10'000));
  return found;
}

}  // namespace rcms::search
