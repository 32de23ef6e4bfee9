// Words that must not leave (data/safeguards/word_list.toml), and where they stand in free text, file names and content. Pure.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json/value.hpp>

namespace rcms::safeguards {

enum class Match { word, start, anywhere, compound, phrase };

struct Term {
  std::vector<std::string> forms;  ///< folded forms of its words; several only for a phrase
  Match match = Match::word;
  std::vector<std::string> before;                 ///< of a compound: what a word may begin with ahead of it, BUNDES
  std::vector<std::vector<std::string>> innocent;  ///< words in a row that are no hit: ASYLBEK; ASILO DE ANCIANOS
  std::vector<std::string> names;                  ///< whole words that people are called; no hits in the name of a person
  std::string category;                            ///< "asylum"; label "gates.word.<category>"
  std::string language;                            ///< ISO 639-1
  bool everywhere = false;
};

/// What a language writes onto its words: the article and "and" of Arabic, the endings of Bengali, a plural.
struct Affixes {
  std::vector<std::string> before;
  std::vector<std::string> after;
};

struct WordList {
  std::vector<Term> terms;
  std::map<std::string, Affixes> affixes;                    ///< by language
  std::vector<std::pair<std::string, std::string>> folding;  ///< letters that are written for one another, and those left out
  std::multimap<std::string, std::size_t, std::less<>> by_first_word;  ///< words and phrases by their first form
  std::vector<std::size_t> by_part;                                     ///< the others
};

/// Reads `data`/safeguards/word_list.toml. Throws std::runtime_error.
WordList load_word_list(std::filesystem::path const& data);

struct Hit {
  std::size_t at = 0;    ///< first byte in the text
  std::size_t size = 0;  ///< bytes
  std::string text;      ///< what stands there
  std::string category;

  friend bool operator==(Hit const&, Hit const&) = default;
};

/// Every place in a free text or a file name, in the order of the text. Finds words despite case, marks, signs between words,
/// soft hyphens, words parted at the end of a line, letters spaced one by one, digits and capitals that part words in the name of
/// a file, and the letters that Arabic and Bengali write for one another.
std::vector<Hit> scan_free_text(WordList const& words, std::string_view text);
/// The same with only the words that are searched everywhere: for short fields.
std::vector<Hit> scan_any_text(WordList const& words, std::string_view text);
/// As scan_any_text, but words that people are called are no hits: for a field that holds the name of a person.
std::vector<Hit> scan_name(WordList const& words, std::string_view text);

struct PlacedHit {
  std::string path;  ///< "F_other.observations", "B_family.children[0].pob"
  Hit hit;
  std::string text;  ///< all of the text in which it stands
};

/// Every text of what is about to leave. `free_paths` are "section.field" of free text (forms::free_text_fields); a field with
/// "name" in its own name holds the name of a person. In C_special.state_of_health and assistance_needed words of health are not
/// hits, because they leave with consent only.
std::vector<PlacedHit> scan_content(WordList const& words, boost::json::value const& content,
                                    std::set<std::string, std::less<>> const& free_paths);

}  // namespace rcms::safeguards
