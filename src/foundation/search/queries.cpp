#include "foundation/search/queries.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "foundation/search/tokens.hpp"

namespace rcms::search {

namespace {

/// Subjects looked at for a beginning that too many words of the vocabulary have (one subject in fifteen is then a full answer),
/// and for the newest of a name that very many have.
constexpr int most_looked_at = 3'000;
/// PostgreSQL gives what fits in the order of its table, the oldest first, each from a page of its own.
constexpr int most_of_postgresql = 500;

// The tokens of a row as migration 0075 indexes them: each word of `words` with its space before it.
constexpr std::string_view tokens_in_postgresql =
    "string_to_array(right(party, 8) || '.' || kind || ':' || replace(words, ' ', ' ' || right(party, 8) || '.' || kind || ':'), "
    "' ')";

constexpr db::Sql forget_word_sqlite{
    "search.forget_word",
    "DELETE FROM search_vocabulary WHERE token = $1 AND NOT EXISTS"
    " (SELECT 1 FROM search_index WHERE search_index MATCH '\"' || $1 || '\"')"
    // What is written in the same batch is not in the index yet; a word that stays is only looked up in vain.
    " AND NOT EXISTS (SELECT 1 FROM search_waiting)"};
db::Sql const forget_word_postgresql{
    "search.forget_word", [] {
      static std::string const text = fmt::format("DELETE FROM search_vocabulary WHERE token = $1 AND NOT EXISTS"
                                                  " (SELECT 1 FROM search_subjects WHERE {} @> ARRAY[cast($1 as text)])",
                                                  tokens_in_postgresql);
      return std::string_view(text);
    }()};

/// `"space:A" AND "space:B"` in the words of FTS5. Tokens hold letters, digits, marks and + only, so nothing is to be escaped.
std::string match_of(std::string const& space, std::vector<std::string> const& tokens, std::string_view between) {
  std::string match;
  for (auto const& token : tokens) match.append(match.empty() ? "" : between).append("\"" + space + token + '"');
  return match;
}

std::string match_of(std::string const& space, Wanted const& wanted) {
  auto match = match_of(space, wanted.all, " AND ");
  if (wanted.any.empty()) return match;
  return fmt::format("{}{}({})", match, match.empty() ? "" : " AND ", match_of(space, wanted.any, " OR "));
}

std::string list_of(std::string const& space, std::vector<std::string> const& tokens) {
  std::string list;
  for (auto const& token : tokens) list.append(list.empty() ? "" : " ").append(space + token);
  return list;
}

/// A word that begins so. Words hold no `%`, `_` or `\`.
std::string pattern_of(std::string const& beginning) { return "% " + beginning + "%"; }
/// A token, whole.
std::string pattern_of_whole(std::string const& token) { return "% " + token + " %"; }

Question question_to_sqlite(Shelf const& shelf, Wanted const& wanted, int limit) {
  Question question;
  question.values = {match_of(space_of(shelf.party, shelf.kind), wanted), shelf.party.value, shelf.kind};
  std::string begins;
  if (!wanted.beginning.empty()) {
    begins = " AND ' ' || s.words LIKE $4 ESCAPE '\\'";
    question.values.emplace_back(pattern_of(wanted.beginning));
  }
  // CROSS JOIN keeps the order: subjects are looked up by the numbers that the index gives.
  question.text = fmt::format(
      "SELECT s.kind, s.subject FROM (SELECT rowid AS number FROM search_index WHERE search_index MATCH $1"
      " ORDER BY rowid DESC LIMIT {}) AS f CROSS JOIN search_subjects AS s ON s.number = f.number"
      " WHERE s.party = $2 AND s.kind = $3{} ORDER BY f.number DESC LIMIT {}",
      wanted.beginning.empty() ? limit : most_looked_at, begins, limit);
  return question;
}

Question question_to_postgresql(Shelf const& shelf, Wanted const& wanted, int limit) {
  Question question;
  auto const space = space_of(shelf.party, shelf.kind);
  question.values = {shelf.party.value, shelf.kind};
  std::string fits;
  auto const add = [&](std::vector<std::string> const& tokens, std::string_view relation) {
    if (tokens.empty()) return;
    question.values.emplace_back(list_of(space, tokens));
    fits += fmt::format("{}{} {} string_to_array(${}, ' ')", fits.empty() ? "" : " AND ", tokens_in_postgresql, relation,
                        question.values.size());
  };
  add(wanted.all, "@>");
  add(wanted.any, "&&");
  std::string begins;
  if (!wanted.beginning.empty()) {
    question.values.emplace_back(pattern_of(wanted.beginning));
    begins = fmt::format(" AND ' ' || words LIKE ${} ESCAPE '\\'", question.values.size());
  }
  question.looked_at = wanted.beginning.empty() ? std::max(limit, most_of_postgresql) : most_looked_at;
  // Party and kind are asked outside, so that their index is not taken for the better one.
  question.text = fmt::format(
      "SELECT kind, subject, fitting FROM (SELECT party, kind, subject, words, count(*) OVER () AS fitting FROM"
      " (SELECT party, kind, subject, words FROM search_subjects WHERE {} LIMIT {}) AS f) AS g"
      " WHERE party = $1 AND kind = $2{} ORDER BY subject DESC LIMIT {}",
      fits, question.looked_at, begins, limit);
  return question;
}

}  // namespace

Question question_of(db::Engine engine, Shelf const& shelf, Wanted const& wanted, int limit) {
  return engine == db::Engine::sqlite ? question_to_sqlite(shelf, wanted, limit) : question_to_postgresql(shelf, wanted, limit);
}

Question question_of_newest(Shelf const& shelf, Wanted const& wanted, int limit) {
  Question question;
  question.values = {shelf.party.value, shelf.kind};
  auto const has = [&](std::string pattern) {
    question.values.emplace_back(std::move(pattern));
    return fmt::format("' ' || words || ' ' LIKE ${} ESCAPE '\\'", question.values.size());
  };
  std::string fits;
  for (auto const& token : wanted.all) fits += (fits.empty() ? "" : " AND ") + has(pattern_of_whole(token));
  std::string one;
  for (auto const& token : wanted.any) one += (one.empty() ? "" : " OR ") + has(pattern_of_whole(token));
  if (!one.empty()) fits += fmt::format("{}({})", fits.empty() ? "" : " AND ", one);
  if (!wanted.beginning.empty()) fits += (fits.empty() ? "" : " AND ") + has(pattern_of(wanted.beginning));
  question.text = fmt::format("SELECT kind, subject FROM (SELECT kind, subject, words FROM search_subjects WHERE party = $1 AND"
                              " kind = $2 ORDER BY subject DESC LIMIT {}) AS f WHERE {} ORDER BY subject DESC LIMIT {}",
                              most_looked_at, fits, limit);
  return question;
}

Question question_of_vocabulary(Shelf const& shelf, std::string const& beginning, int limit) {
  auto const from = space_of(shelf.party, shelf.kind) + beginning;
  return {
      fmt::format("SELECT DISTINCT token FROM search_vocabulary WHERE token >= $1 AND token < $2 ORDER BY token LIMIT {}", limit),
      {from, from + "\xF4\x8F\xBF\xBF"}};
}

db::Sql const& forget_word(db::Engine engine) {
  return engine == db::Engine::sqlite ? forget_word_sqlite : forget_word_postgresql;
}

}  // namespace rcms::search
