#include "norms/safeguards/word_scan.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::safeguards {

namespace {

Match parse_match(std::string const& text) {
  if (text == "compound") return Match::compound;
  return text == "start" ? Match::start : text == "anywhere" ? Match::anywhere : text == "phrase" ? Match::phrase : Match::word;
}

bool begins_with(std::string_view text, std::string_view part) { return text.substr(0, part.size()) == part; }

/// At the beginning of a word, or after one of the parts that are known to stand ahead of it. Letters that merely stand inside
/// a word are a name: "Vasylenko", "Basylio".
bool matches_compound(Term const& term, std::string_view form) {
  auto const& compound = term.compound;
  auto const begins_innocent = [&](auto const& innocent) { return begins_with(form, innocent); };
  if (std::any_of(compound.innocent.begin(), compound.innocent.end(), begins_innocent)) return false;
  if (begins_with(form, term.forms.front())) return true;
  return std::any_of(compound.before.begin(), compound.before.end(), [&](auto const& part) {
    return begins_with(form, part) && begins_with(form.substr(part.size()), term.forms.front());
  });
}

bool is_called_so(Term const& term, Word const& word) {
  auto const& names = term.compound.names;
  return std::find(names.begin(), names.end(), word.form) != names.end();
}

bool matches(Term const& term, std::vector<Word> const& words, std::size_t index) {
  if (index + term.forms.size() > words.size()) return false;
  if (term.match == Match::phrase || term.match == Match::word) {
    for (std::size_t i = 0; i < term.forms.size(); ++i) {
      if (words[index + i].form != term.forms[i]) return false;
    }
    return true;
  }
  if (term.match == Match::compound) return matches_compound(term, words[index].form);
  auto const at = words[index].form.find(term.forms.front());
  return term.match == Match::start ? at == 0 : at != std::string::npos;
}

/// The words of a text, and after them the words made of letters that stand one by one ("a s y l u m").
std::vector<Word> list_words(std::string_view text) {
  auto words = words_of(text);
  std::vector<Word> spaced;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::size_t end = i;
    std::string form;
    while (end < words.size() && length_of(words[end].form) == 1) form += words[end++].form;
    if (end - i >= 4) spaced.push_back({words[i].at, words[end - 1].at + words[end - 1].size - words[i].at, std::move(form)});
    if (end > i) i = end - 1;
  }
  words.insert(words.end(), spaced.begin(), spaced.end());
  return words;
}

enum class Scope { free_text, short_text, name };

std::vector<Hit> scan(WordList const& terms, std::string_view text, Scope scope) {
  auto const words = list_words(text);
  std::vector<Hit> hits;
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (auto const& term : terms) {
      if (scope != Scope::free_text && !term.everywhere) continue;
      if (scope == Scope::name && is_called_so(term, words[i])) continue;
      if (!matches(term, words, i)) continue;
      auto const& last = words[i + term.forms.size() - 1];
      if (last.at < words[i].at) continue;  // a phrase must not run over into the spaced words
      std::size_t const size = last.at + last.size - words[i].at;
      hits.push_back({words[i].at, size, std::string(text.substr(words[i].at, size)), term.category});
      break;
    }
  }
  std::stable_sort(hits.begin(), hits.end(), [](auto const& left, auto const& right) { return left.at < right.at; });
  return hits;
}

bool is_health_field(std::string_view field) {
  return field == "C_special.state_of_health" || field == "C_special.assistance_needed";
}

struct Scanner {
  WordList const& words;
  std::set<std::string, std::less<>> const& free_paths;
  std::vector<PlacedHit> hits;

  void walk(boost::json::value const& value, std::string const& path) {
    if (auto const* object = value.if_object()) {
      for (auto const& [key, member] : *object) walk(member, path.empty() ? std::string(key) : path + "." + std::string(key));
    } else if (auto const* list = value.if_array()) {
      std::size_t number = 0;
      for (auto const& item : *list) walk(item, fmt::format("{}[{}]", path, number++));
    } else if (auto const* text = value.if_string()) {
      scan_text(std::string_view(text->data(), text->size()), path);
    }
  }

  void scan_text(std::string_view text, std::string const& path) {
    auto const field = field_of(path);
    auto const scope = free_paths.count(field) != 0 ? Scope::free_text : is_name(path) ? Scope::name : Scope::short_text;
    for (auto& hit : scan(words, text, scope)) {
      if (hit.category == "health" && is_health_field(field)) continue;
      hits.push_back({path, std::move(hit)});
    }
  }

  static bool is_name(std::string const& path) { return path.find("name", path.rfind('.') + 1) != std::string::npos; }

  /// "B_family.children[0].dob" → "B_family.children".
  static std::string field_of(std::string const& path) {
    auto const parts = split(path, '.');
    if (parts.size() < 2) return path;
    return parts[0] + "." + parts[1].substr(0, parts[1].find('['));
  }
};

std::vector<std::string> forms_at(boost::json::value const& item, std::string_view name) {
  std::vector<std::string> forms;
  for (auto const& text : texts_at(item, name)) forms.push_back(search_form(text));
  return forms;
}

}  // namespace

WordList load_word_list(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "safeguards/word_list.toml", data / "schema/word_list.schema.json");
  WordList list;
  for (auto const& item : list_at(file, "words")) {
    for (auto const& text : texts_at(item, "terms")) {
      Term term{{},
                parse_match(text_at(item, "match")),
                {forms_at(item, "before"), forms_at(item, "innocent"), forms_at(item, "names")},
                text_at(item, "category"),
                flag_at(item, "everywhere")};
      for (auto const& word : words_of(text)) term.forms.push_back(word.form);
      bool const fits = term.match == Match::phrase ? term.forms.size() > 1 : term.forms.size() == 1;
      if (!fits)
        throw std::runtime_error(
            fmt::format("word_list.toml: \"{}\" has {} words, which does not fit its match", text, term.forms.size()));
      list.push_back(std::move(term));
    }
  }
  return list;
}

std::vector<Hit> scan_free_text(WordList const& words, std::string_view text) { return scan(words, text, Scope::free_text); }
std::vector<Hit> scan_any_text(WordList const& words, std::string_view text) { return scan(words, text, Scope::short_text); }
std::vector<Hit> scan_name(WordList const& words, std::string_view text) { return scan(words, text, Scope::name); }

std::vector<PlacedHit> scan_content(WordList const& words, boost::json::value const& content,
                                    std::set<std::string, std::less<>> const& free_paths) {
  Scanner scanner{words, free_paths, {}};
  scanner.walk(content, "");
  return std::move(scanner.hits);
}

}  // namespace rcms::safeguards
