#include "foundation/search/search_words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_set>

#include <fmt/format.h>

#include "foundation/base/text.hpp"
#include "foundation/search/queries.hpp"
#include "foundation/search/tokens.hpp"

namespace rcms::search {

namespace {

constexpr db::Sql put_subject{"search.put",
                              "INSERT INTO search_subjects (party, kind, subject, words) VALUES ($1, $2, $3, $4)"
                              " ON CONFLICT (party, kind, subject) DO UPDATE SET words = excluded.words"};
constexpr db::Sql erase_subject{"search.erase",
                                "DELETE FROM search_subjects WHERE party = $1 AND kind = $2 AND subject = $3"};
constexpr db::Sql note_gone{"search.note_gone", "INSERT INTO search_gone (token) VALUES ($1) ON CONFLICT DO NOTHING"};
constexpr db::Sql read_gone{"search.gone", "SELECT token FROM search_gone ORDER BY token LIMIT 100"};
constexpr db::Sql erase_gone{"search.erase_gone", "DELETE FROM search_gone WHERE token = $1"};
constexpr db::Sql next_kind{"search.next_kind",
                            "SELECT kind FROM search_subjects WHERE party = $1 AND kind > $2 ORDER BY kind LIMIT 1"};

// The pages of the index of SQLite; merging all of its parts into one leaves no trace of what was removed.
constexpr db::Sql count_pages{"search.count_pages", "SELECT count(*) FROM search_index_data"};
constexpr db::Sql merge_pages{"search.merge", "INSERT INTO search_index (search_index, rank) VALUES ('merge', $1)"};
constexpr std::int64_t pages_in_a_step = 500;

/// Words of the vocabulary that a beginning stands for.
constexpr std::size_t words_of_beginning = 64;
/// A question of more words is answered by its first ones and its last.
constexpr std::size_t words_asked = 8;

/// The statements that put 1 to `words_at_once` words into the vocabulary: most are there already, which writes nothing. A word
/// that another command is bringing is not seen and not waited for.
class VocabularyInserts {
 public:
  VocabularyInserts() {
    std::string values;
    texts_.reserve(words_at_once);
    for (std::size_t n = 0; n < words_at_once; ++n) {
      values.append(n == 0 ? "" : ", ").append("($").append(std::to_string(n + 1)).append(")");
      texts_.push_back(fmt::format("INSERT INTO search_vocabulary (token) SELECT column1 FROM (VALUES {}) AS brought"
                                   " WHERE (SELECT 1 FROM search_vocabulary WHERE token = column1 LIMIT 1) IS NULL",
                                   values));
      statements_[n] = {"search.vocabulary", texts_.back()};
    }
  }
  void add(db::Command& command, std::string const& space, std::vector<std::string> const& words) const {
    for (std::size_t next = 0; next < words.size();) {
      auto const end = std::min(words.size(), next + words_at_once);
      auto const& statement = statements_.at(end - next - 1);
      db::Values values;
      for (; next < end; ++next) values.emplace_back(space + words[next]);
      command.add(statement, std::move(values));
    }
  }

 private:
  static constexpr std::size_t words_at_once = 12;
  std::vector<std::string> texts_;
  std::array<db::Sql, words_at_once> statements_;
};
VocabularyInserts const vocabulary_inserts;

/// As they stand in the index: each cut to its longest, sorted, once.
std::vector<std::string> indexed(std::vector<std::string> const& words) {
  std::vector<std::string> all;
  all.reserve(words.size());
  for (auto const& word : words) all.push_back(cut(word, longest_word));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void put(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
         std::vector<std::string> const& words) {
  std::string text;
  for (auto const& word : words) text.append(text.empty() ? "" : " ").append(word);
  for (auto const& pair : pairs_of(words)) text.append(" ").append(pair);
  command.add(put_subject, {party.value, std::string(kind), subject, std::move(text)});
}

/// One search on one shelf: collects what its questions find, each subject once.
class Search {
 public:
  Search(db::Database& database, Shelf const& shelf, int limit) : database_(database), shelf_(shelf), limit_(limit) {}

  /// Carries the search out; `words` is not empty.
  std::vector<Found> run(std::vector<std::string> words) {
    bool const may_be_whole = words.size() > 1 && !is_number(words.back());
    if (may_be_whole) look_for_all(words);
    if (!found_.empty()) return std::move(found_);
    auto const beginning = std::move(words.back());
    words.pop_back();
    look_for_beginning(words, beginning);
    return std::move(found_);
  }

 private:
  bool is_full() const { return static_cast<int>(found_.size()) >= limit_; }

  db::Rows ask(Question const& question) { return database_.read_text(question.text, question.values); }
  void take(db::Rows const& rows) {
    for (auto const& row : rows) {
      if (is_full()) return;
      if (known_.insert(row.text(1)).second) found_.push_back({row.text(0), row.text(1)});
    }
  }
  void look_for(Wanted const& wanted) {
    auto const question = question_of(database_.engine(), shelf_, wanted, limit_);
    auto const rows = ask(question);
    bool const had_more =
        rows.empty() ? !wanted.beginning.empty() : question.looked_at > 0 && rows[0].integer(2) >= question.looked_at;
    if (question.looked_at > 0 && had_more) take(ask(question_of_newest(shelf_, wanted, limit_)));
    take(rows);
  }

  /// By pairs; a subject of very many words has not all pairs and is found by its words, which takes longer.
  void look_for_all(std::vector<std::string> const& words) {
    auto const tokens = tokens_for_all(words);
    look_for({tokens, {}, {}});
    if (found_.empty() && tokens != words) look_for({words, {}, {}});
  }

  void look_for_beginning(std::vector<std::string> const& words, std::string const& beginning) {
    auto meant = words_that_begin(beginning);
    bool const too_many = meant.size() > words_of_beginning;
    if (too_many) {
      meant.resize(words_of_beginning);
      if (words.empty()) {
        take(ask(question_of_newest(shelf_, {{}, {}, beginning}, limit_)));
      } else {
        look_for({tokens_for_all(words), {}, beginning});
      }
    }
    if (meant.empty() || is_full()) return;
    look_for(with_one_of(words, meant));
    if (found_.empty() && !words.empty()) look_for({words, meant, {}});
  }

  /// All of `words` and one of `meant`, by pairs where there are some.
  static Wanted with_one_of(std::vector<std::string> const& words, std::vector<std::string> const& meant) {
    auto const partner = std::find_if(words.begin(), words.end(), [](auto const& word) { return !is_number(word); });
    Wanted wanted{tokens_for_all(words), {}, {}};
    bool only_pairs = partner != words.end();
    for (auto const& word : meant) {
      bool const makes_pair = partner != words.end() && !is_number(word) && word != *partner;
      wanted.any.push_back(makes_pair ? pair_of(*partner, word) : word);
      only_pairs = only_pairs && makes_pair;
    }
    // OPTIMIZATION: a pair says that the common word is there; its long list need not be gone through.
    if (only_pairs) wanted.all.erase(std::remove(wanted.all.begin(), wanted.all.end(), *partner), wanted.all.end());
    return wanted;
  }

  std::vector<std::string> words_that_begin(std::string const& beginning) {
    auto const question = question_of_vocabulary(shelf_, beginning, static_cast<int>(words_of_beginning) + 1);
    auto const space = space_of(shelf_.party, shelf_.kind).size();
    std::vector<std::string> words;
    for (auto const& row : database_.read_text(question.text, question.values)) words.push_back(row.text(0).substr(space));
    return words;
  }

  db::Database& database_;
  Shelf const& shelf_;
  int limit_;
  std::vector<Found> found_;
  std::unordered_set<std::string> known_;
};

/// The words of a question, each once; the last stays the last. A number is one word, as it was indexed, whatever stands between
/// its parts: XAR-2031-000001, 1985-03-02, A 12/34 in one piece.
std::vector<std::string> words_asked_for(std::string_view text) {
  std::vector<std::string> words;
  auto const take = [&words](std::string word) {
    words.erase(std::remove(words.begin(), words.end(), word), words.end());
    words.push_back(std::move(word));
  };
  for (auto const& piece : split(tidy_text(text), ' ')) {
    std::string whole;
    for (auto& word : words_of_text(piece)) {
      if (is_number(piece)) whole += word;
      else take(std::move(word));
    }
    if (!whole.empty()) take(cut(whole, longest_word));
  }
  if (words.size() > words_asked)
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(words_asked) - 1, words.end() - 1);
  return words;
}

}  // namespace

void add_words(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
               std::vector<std::string> const& words) {
  auto const all = indexed(words);
  if (all.empty()) return;
  put(command, party, kind, subject, all);
  vocabulary_inserts.add(command, space_of(party, kind), all);
}

void change_words(db::Command& command, PartyId const& party, std::string_view kind, std::string const& subject,
                  std::vector<std::string> const& before, std::vector<std::string> const& after) {
  if (before == after) return;
  auto const old_words = indexed(before);
  auto const new_words = indexed(after);
  if (old_words == new_words) return;
  if (new_words.empty()) {
    command.add(erase_subject, {party.value, std::string(kind), subject});
  } else {
    put(command, party, kind, subject, new_words);
  }
  std::vector<std::string> gone;
  std::vector<std::string> come;
  std::set_difference(old_words.begin(), old_words.end(), new_words.begin(), new_words.end(), std::back_inserter(gone));
  std::set_difference(new_words.begin(), new_words.end(), old_words.begin(), old_words.end(), std::back_inserter(come));
  auto const space = space_of(party, kind);
  vocabulary_inserts.add(command, space, come);
  for (auto const& word : gone) command.add(note_gone, {space + word});
}

std::vector<Found> find_by_words(db::Database& database, PartyId const& party, std::string_view kind, std::string_view text,
                                 int limit) {
  auto const words = words_asked_for(text);
  if (words.empty()) return {};
  std::string shelf_kind(kind);
  if (!kind.empty()) return Search(database, Shelf{party, shelf_kind}, limit).run(words);
  std::vector<Found> found;
  while (static_cast<int>(found.size()) < limit) {
    auto const next = database.find(next_kind, {party.value, shelf_kind});
    if (!next) break;
    shelf_kind = next->text(0);
    auto more = Search(database, Shelf{party, shelf_kind}, limit - static_cast<int>(found.size())).run(words);
    std::move(more.begin(), more.end(), std::back_inserter(found));
  }
  return found;
}

void forget_gone_words(db::Database& database) {
  bool any = false;
  for (auto gone = database.read(read_gone); !gone.empty(); gone = database.read(read_gone)) {
    any = true;
    db::Command command;
    for (auto const& row : gone) {
      command.add(forget_word(database.engine()), {row.text(0)});
      command.add(erase_gone, {row.text(0)});
    }
    database.write(command);
  }
  if (!any || database.engine() != db::Engine::sqlite) return;
  // A negative number begins the merge of all parts, positive ones go on with it.
  auto const pages = database.find(count_pages)->integer(0);
  for (std::int64_t done = 0; done <= pages; done += pages_in_a_step) {
    db::Command command;
    command.add(merge_pages, {done == 0 ? -pages_in_a_step : pages_in_a_step});
    database.write(command);
  }
}

}  // namespace rcms::search
