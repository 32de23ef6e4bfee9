#include "norms/safeguards/word_scan.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

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
bool ends_with(std::string_view text, std::string_view part) {
  return text.size() >= part.size() && text.substr(text.size() - part.size()) == part;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The form under which a word is compared: its search form, with letters that are written for one another made one.
std::string folded(std::vector<std::pair<std::string, std::string>> const& folding, std::string form) {
  if (is_ascii(form)) return form;
  for (auto const& [from, to] : folding) {
    for (auto at = form.find(from); at != std::string::npos; at = form.find(from, at + to.size()))
      form.replace(at, from.size(), to);
  }
  return form;
}

/// The word `form`, perhaps with what its language writes onto it.
bool is_inflected(Affixes const& affixes, std::string_view word, std::string_view form) {
  auto const ends = [&](std::string_view rest) {
    if (!begins_with(rest, form)) return false;
    auto const ending = rest.substr(form.size());
    return ending.empty() || std::find(affixes.after.begin(), affixes.after.end(), ending) != affixes.after.end();
  };
  if (ends(word)) return true;
  return std::any_of(affixes.before.begin(), affixes.before.end(),
                     [&](auto const& prefix) { return begins_with(word, prefix) && ends(word.substr(prefix.size())); });
}

class Scan {
 public:
  Scan(WordList const& list, std::string_view text) : list_(list), text_(text) { list_words(); }

  enum class Scope { free_text, short_text, name };
  std::vector<Hit> run(Scope scope) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      auto const hit = find_at(i, scope);
      if (hit && !is_within_found(*hit)) hits_.push_back(*hit);
    }
    std::stable_sort(hits_.begin(), hits_.end(), [](auto const& left, auto const& right) { return left.at < right.at; });
    return std::move(hits_);
  }

 private:
  /// The words of the text, and after them: words made of letters that stand one by one ("a s y l u m"), the halves of words
  /// that the end of a line parts, and the parts of words like "asilo2019" and "SolicitudAsilo".
  void list_words() {
    words_ = words_of(text_);
    std::vector<Word> more;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      std::size_t end = i;
      std::string form;
      while (end < words_.size() && length_of(words_[end].form) == 1) form += words_[end++].form;
      if (end - i >= 4) more.push_back({words_[i].at, words_[end - 1].at + words_[end - 1].size - words_[i].at, std::move(form)});
      if (end > i) i = end - 1;
    }
    join_parted(more);
    for (auto const& word : words_) add_parts(word, more);
    whole_ = words_.size();
    words_.insert(words_.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    for (auto& word : words_) word.form = folded(list_.folding, std::move(word.form));
  }

  /// Words that the end of a line parts are one word; both halves are looked at besides.
  void join_parted(std::vector<Word>& more) {
    std::vector<Word> joined;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (i + 1 == words_.size() || !is_parted(words_[i], words_[i + 1])) {
        joined.push_back(words_[i]);
        continue;
      }
      auto const& second = words_[i + 1];
      more.push_back(words_[i]);
      more.push_back(second);
      joined.push_back({words_[i].at, second.at + second.size - words_[i].at, words_[i].form + second.form});
      ++i;
    }
    words_ = std::move(joined);
  }

  bool is_parted(Word const& first, Word const& second) const {
    auto const end = first.at + first.size;
    auto gap = text_.substr(end, second.at - end);
    bool const soft = ends_with(text_.substr(first.at, first.size), "\xC2\xAD");
    bool hyphen = false;
    for (std::string_view sign : {"-", "\xE2\x80\x90", "\xC2\xAD"}) {
      if (!hyphen && begins_with(gap, sign)) {
        hyphen = true;
        gap.remove_prefix(sign.size());
      }
    }
    return (hyphen || soft) && gap.find('\n') != std::string_view::npos &&
           gap.find_first_not_of(" \t\r\n\f") == std::string_view::npos;
  }

  void add_parts(Word const& word, std::vector<Word>& more) const {
    auto const text = text_.substr(word.at, word.size);
    auto const kind = [](char c) {
      auto const byte = static_cast<unsigned char>(c);
      return byte < 0x80 && std::isdigit(byte) != 0 ? 0 : byte < 0x80 && std::isupper(byte) != 0 ? 1 : 2;
    };
    std::size_t start = 0;
    for (std::size_t i = 1; i <= text.size(); ++i) {
      bool const parts = i < text.size() && kind(text[i]) != kind(text[i - 1]) &&
                         (kind(text[i]) == 0 || kind(text[i - 1]) == 0 || kind(text[i]) == 1);
      if (!parts && i < text.size()) continue;
      if (start == 0 && i == text.size()) return;  // one part
      more.push_back({word.at + start, i - start, search_form(text.substr(start, i - start))});
      start = i;
    }
  }

  std::optional<Hit> find_at(std::size_t index, Scope scope) const {
    auto const try_term = [&](Term const& term, bool matched) -> std::optional<Hit> {
      if (!matched || (scope != Scope::free_text && !term.everywhere)) return std::nullopt;
      if (scope == Scope::name && std::find(term.names.begin(), term.names.end(), words_[index].form) != term.names.end())
        return std::nullopt;
      if (is_innocent(term, index)) return std::nullopt;
      auto const& first = words_[index];
      auto const& last = words_[index + term.forms.size() - 1];
      if (last.at < first.at) return std::nullopt;  // a phrase must not run over into the words that were made
      std::size_t const size = last.at + last.size - first.at;
      return Hit{first.at, size, std::string(text_.substr(first.at, size)), term.category};
    };
    for (auto const term_index : candidates(words_[index].form)) {
      auto const& term = list_.terms[term_index];
      if (auto hit = try_term(term, matches_words(term, index))) return hit;
    }
    for (auto const term_index : list_.by_part) {
      auto const& term = list_.terms[term_index];
      if (auto hit = try_term(term, matches_part(term, words_[index].form))) return hit;
    }
    return std::nullopt;
  }

  /// Words and phrases whose first word this may be, in the order of the list.
  std::set<std::size_t> candidates(std::string_view word) const {
    std::set<std::size_t> found;
    auto const look_up = [&](std::string_view form) {
      auto const [from, to] = list_.by_first_word.equal_range(form);
      for (auto at = from; at != to; ++at) found.insert(at->second);
    };
    auto const look_up_endings = [&](Affixes const& affixes, std::string_view rest) {
      look_up(rest);
      for (auto const& ending : affixes.after) {
        if (ends_with(rest, ending)) look_up(rest.substr(0, rest.size() - ending.size()));
      }
    };
    look_up(word);
    for (auto const& [language, affixes] : list_.affixes) {
      look_up_endings(affixes, word);
      for (auto const& prefix : affixes.before) {
        if (begins_with(word, prefix)) look_up_endings(affixes, word.substr(prefix.size()));
      }
    }
    return found;
  }

  Affixes const& affixes_of(Term const& term) const {
    static Affixes const none;
    auto const found = list_.affixes.find(term.language);
    return found == list_.affixes.end() ? none : found->second;
  }

  bool matches_words(Term const& term, std::size_t index) const {
    if (index + term.forms.size() > words_.size()) return false;
    for (std::size_t i = 0; i < term.forms.size(); ++i) {
      if (!is_inflected(affixes_of(term), words_[index + i].form, term.forms[i])) return false;
    }
    return true;
  }

  /// Letters that merely stand inside a word are a name, unless the term is sought anywhere: "Vasylenko", "Basylio".
  bool matches_part(Term const& term, std::string_view word) const {
    auto const& form = term.forms.front();
    if (term.match == Match::anywhere) return word.find(form) != std::string_view::npos;
    if (begins_with(word, form)) return true;
    auto const& before = term.match == Match::compound ? term.before : affixes_of(term).before;
    return std::any_of(before.begin(), before.end(), [&](auto const& part) {
      return begins_with(word, part) && begins_with(word.substr(part.size()), form);
    });
  }

  /// The words in a row from here begin like one that is known to be harmless.
  bool is_innocent(Term const& term, std::size_t index) const {
    auto const begins = [&](std::vector<std::string> const& row) {
      if (index + row.size() > words_.size() || (index < whole_ && index + row.size() > whole_)) return false;
      for (std::size_t i = 0; i + 1 < row.size(); ++i) {
        if (words_[index + i].form != row[i]) return false;
      }
      return begins_with(words_[index + row.size() - 1].form, row.back());
    };
    return std::any_of(term.innocent.begin(), term.innocent.end(), begins);
  }

  /// A part of a word that was found already.
  bool is_within_found(Hit const& hit) const {
    return std::any_of(hits_.begin(), hits_.end(), [&](Hit const& found) {
      return found.category == hit.category && found.at < hit.at + hit.size && hit.at < found.at + found.size;
    });
  }

  WordList const& list_;
  std::string_view text_;
  std::vector<Word> words_;
  std::size_t whole_ = 0;  ///< how many of `words_` stand in the text as they are
  std::vector<Hit> hits_;
};

std::vector<Hit> scan(WordList const& words, std::string_view text, Scan::Scope scope) { return Scan(words, text).run(scope); }

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
    using Scope = Scan::Scope;
    auto const field = field_of(path);
    auto const scope = free_paths.count(field) != 0 ? Scope::free_text : is_name(path) ? Scope::name : Scope::short_text;
    for (auto& hit : scan(words, text, scope)) {
      if (hit.category == "health" && is_health_field(field)) continue;
      hits.push_back({path, std::move(hit), std::string(text)});
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

std::vector<std::string> forms_at(WordList const& list, boost::json::value const& item, std::string_view name) {
  std::vector<std::string> forms;
  for (auto const& text : texts_at(item, name)) forms.push_back(folded(list.folding, search_form(text)));
  return forms;
}

std::vector<std::string> words_in(WordList const& list, std::string const& text) {
  std::vector<std::string> forms;
  for (auto const& word : words_of(text)) forms.push_back(folded(list.folding, word.form));
  return forms;
}

void read_terms(WordList& list, boost::json::value const& item) {
  for (auto const& text : texts_at(item, "terms")) {
    Term term;
    term.forms = words_in(list, text);
    term.match = parse_match(text_at(item, "match"));
    term.before = forms_at(list, item, "before");
    for (auto const& innocent : texts_at(item, "innocent")) term.innocent.push_back(words_in(list, innocent));
    term.names = forms_at(list, item, "names");
    term.category = text_at(item, "category");
    term.language = text_at(item, "language");
    term.everywhere = flag_at(item, "everywhere");
    bool const fits = term.match == Match::phrase ? term.forms.size() > 1 : term.forms.size() == 1;
    if (!fits) {
      throw std::runtime_error(
          fmt::format("word_list.toml: \"{}\" has {} words, which does not fit its match", text, term.forms.size()));
    }
    bool const is_whole = term.match == Match::phrase || term.match == Match::word;
    if (is_whole) list.by_first_word.emplace(term.forms.front(), list.terms.size());
    else list.by_part.push_back(list.terms.size());
    list.terms.push_back(std::move(term));
  }
}

}  // namespace

WordList load_word_list(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "safeguards/word_list.toml", data / "schema/word_list.schema.json");
  WordList list;
  for (auto const& item : list_at(file, "letters")) {
    auto const to = text_at(item, "as");
    for (auto const& from : texts_at(item, "written")) list.folding.emplace_back(from, to);
  }
  for (auto const& item : list_at(file, "affixes"))
    list.affixes[text_at(item, "language")] = {forms_at(list, item, "before"), forms_at(list, item, "after")};
  for (auto const& item : list_at(file, "words")) read_terms(list, item);
  return list;
}

std::vector<Hit> scan_free_text(WordList const& words, std::string_view text) {
  return scan(words, text, Scan::Scope::free_text);
}
std::vector<Hit> scan_any_text(WordList const& words, std::string_view text) {
  return scan(words, text, Scan::Scope::short_text);
}
std::vector<Hit> scan_name(WordList const& words, std::string_view text) { return scan(words, text, Scan::Scope::name); }

std::vector<PlacedHit> scan_content(WordList const& words, boost::json::value const& content,
                                    std::set<std::string, std::less<>> const& free_paths) {
  Scanner scanner{words, free_paths, {}};
  scanner.walk(content, "");
  return std::move(scanner.hits);
}

}  // namespace rcms::safeguards
