#include "foundation/db/sql_text.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "foundation/base/text.hpp"

namespace rcms::db {

namespace {

/// A stretch of SQL text of one kind.
struct Piece {
  enum class Kind { word, quoted, comment, space, other } kind;
  std::string_view text;
};

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::size_t end_of(std::string_view text, std::size_t from, std::string_view closing) {
  auto const found = text.find(closing, from);
  if (found == std::string_view::npos)
    throw Fault(fmt::format("SQL text has no closing {} after: {}", closing, text.substr(0, 60)));
  return found + closing.size();
}

/// The length of `$tag$` at the start of `text`, or 0.
std::size_t dollar_tag(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && is_word_character(text[end])) ++end;
  bool const tag = end < text.size() && text[end] == '$' && !(end > 1 && text[1] >= '0' && text[1] <= '9');
  return tag ? end + 1 : 0;
}

/// The piece at the start of a text that is not empty. Two quotes inside a quote read as two quoted pieces, which is the same.
Piece first_piece(std::string_view text) {
  char const c = text.front();
  if (c == '\'' || c == '"') return {Piece::Kind::quoted, text.substr(0, end_of(text, 1, text.substr(0, 1)))};
  if (text.starts_with("/*")) return {Piece::Kind::comment, text.substr(0, end_of(text, 2, "*/"))};
  if (text.starts_with("--")) return {Piece::Kind::comment, text.substr(0, text.find('\n'))};
  if (c == '$') {
    if (auto const tag = dollar_tag(text); tag != 0)
      return {Piece::Kind::quoted, text.substr(0, end_of(text, tag, text.substr(0, tag)))};
  }
  std::size_t end = 1;
  if (is_word_character(c)) {
    while (end < text.size() && is_word_character(text[end])) ++end;
    return {Piece::Kind::word, text.substr(0, end)};
  }
  if (is_space(c)) {
    while (end < text.size() && is_space(text[end])) ++end;
    return {Piece::Kind::space, text.substr(0, end)};
  }
  return {Piece::Kind::other, text.substr(0, 1)};
}

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  while (!text.empty()) {
    pieces.push_back(first_piece(text));
    text.remove_prefix(pieces.back().text.size());
  }
  return pieces;
}

std::vector<std::string> words_of(std::vector<Piece> const& pieces) {
  std::vector<std::string> words;
  for (auto const& piece : pieces)
    if (piece.kind == Piece::Kind::word) words.push_back(lower_ascii(piece.text));
  return words;
}

bool begins_with_word(std::vector<std::string> const& words, std::size_t at, std::string_view word) {
  return words.size() > at && words[at] == word;
}

}  // namespace

std::vector<std::string> split_statements(std::string_view text, Engine engine) {
  std::vector<std::string> statements;
  std::string statement;
  bool has_words = false;
  bool is_trigger = false;
  auto const finish = [&] {
    if (has_words) statements.push_back(statement);
    statement.clear();
    has_words = is_trigger = false;
  };
  for (auto const& piece : pieces_of(text)) {
    if (piece.kind == Piece::Kind::comment) {
      statement += ' ';
      continue;
    }
    if (piece.kind == Piece::Kind::word) {
      is_trigger = is_trigger || lower_ascii(piece.text) == "trigger";
      has_words = true;
    }
    if (piece.text == ";" && piece.kind == Piece::Kind::other) {
      bool const inside_trigger =
          engine == Engine::sqlite && is_trigger && sqlite3_complete((statement + ";").c_str()) == 0;
      if (!inside_trigger) {
        finish();
        continue;
      }
    }
    if (statement.empty() && piece.kind == Piece::Kind::space) continue;
    statement += piece.text;
  }
  finish();
  return statements;
}

std::string in_words_of_sqlite(std::string_view statement) {
  auto const pieces = pieces_of(statement);
  auto const words = words_of(pieces);
  for (auto const& word : words)
    if (word == "deferrable")
      throw Fault("deferrable constraints cannot be used: on SQLite one would fail other people's commands of the same commit");
  std::string translated;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    auto const& piece = pieces[i];
    auto const word = piece.kind == Piece::Kind::word ? lower_ascii(piece.text) : std::string();
    bool const is_double = word == "double" && i + 2 < pieces.size() && lower_ascii(pieces[i + 2].text) == "precision";
    if (word == "bigint") {
      translated += "INTEGER";
    } else if (word == "bytea") {
      translated += "BLOB";
    } else if (is_double) {
      translated += "REAL";
      i += 2;
    } else {
      translated += piece.text;
    }
  }
  std::size_t const table = begins_with_word(words, 1, "temp") || begins_with_word(words, 1, "temporary") ? 2 : 1;
  if (!begins_with_word(words, 0, "create") || !begins_with_word(words, table, "table")) return translated;
  while (!translated.empty() && is_space(translated.back())) translated.pop_back();
  if (words.back() == "strict") return translated;
  bool const without_rowid = words.back() == "rowid";
  return translated + (without_rowid ? ", STRICT" : " STRICT");
}

}  // namespace rcms::db
