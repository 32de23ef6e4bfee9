#include "engines/mrz/transliteration.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <unordered_map>

#include <boost/json/value.hpp>
#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/text.hpp"

namespace rcms::mrz {
namespace {

constexpr auto table_source = "Doc 9303-3 section 6";
constexpr std::size_t characters_at_most = 300;
constexpr std::size_t forms_at_most = 64;
constexpr UChar32 shadda = 0x0651;

struct Row {
  std::string form;
  std::map<std::string, std::string> languages;  // the form in that language
  std::map<std::string, std::string> initial;    // the form at the start of a component in that language
  std::string at_end;                             // the form at the end of a component
  bool is_extension = false;
};

UChar32 code_of(std::string_view key) {
  if (key.substr(0, 2) == "U+") return static_cast<UChar32>(std::stoul(std::string(key.substr(2)), nullptr, 16));
  return icu::UnicodeString::fromUTF8(icu::StringPiece(key.data(), static_cast<int>(key.size()))).char32At(0);
}

std::string text_of(boost::json::value const& value) { return std::string(value.as_string()); }

/// Dropped without a filler.
bool is_apostrophe(UChar32 c) {
  return c == '\'' || c == '`' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x02B9 || c == 0x02BB || c == 0x00B4 ||
         c == 0x2032;
}

bool is_separator(UChar32 c) { return c == ',' || c == '<' || u_isUWhiteSpace(c) || u_charType(c) == U_DASH_PUNCTUATION; }

/// Marks and invisible characters that carry no letter.
bool is_dropped(UChar32 c) {
  auto type = u_charType(c);
  return u_ispunct(c) || type == U_NON_SPACING_MARK || type == U_FORMAT_CHAR || type == U_MODIFIER_SYMBOL ||
         type == U_MODIFIER_LETTER;
}

std::vector<UChar32> characters_of(icu::UnicodeString const& text) {
  std::vector<UChar32> characters;
  for (int i = 0; i < text.length(); i = text.moveIndex32(i, 1)) characters.push_back(text.char32At(i));
  return characters;
}

icu::UnicodeString normalized(icu::UnicodeString const& text, bool composed) {
  UErrorCode status = U_ZERO_ERROR;
  auto const* normalizer = composed ? icu::Normalizer2::getNFCInstance(status) : icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
  auto result = normalizer->normalize(text, status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise a name");
  return result;
}

}  // namespace

struct Transliteration::Tables {
  std::unordered_map<UChar32, Row> rows;
  std::map<UChar32, std::vector<std::string>> choices;  // the five letters and their allowed forms
};

Transliteration::Transliteration(std::unique_ptr<Tables const> tables) : tables_(std::move(tables)) {}
Transliteration::~Transliteration() = default;
Transliteration::Transliteration(Transliteration&&) noexcept = default;
Transliteration& Transliteration::operator=(Transliteration&&) noexcept = default;

Transliteration Transliteration::load(std::filesystem::path const& data_folder) {
  auto file =
      read_data_file(data_folder / "codes" / "transliteration.json", data_folder / "schema" / "transliteration.schema.json");
  auto tables = std::make_unique<Tables>();
  for (auto const& [key, value] : file.at("extensions").as_object()) {
    Row row;
    row.form = text_of(value.at("form"));
    row.is_extension = true;
    tables->rows[code_of(key)] = row;
  }
  for (auto const& [key, value] : file.at("latin").as_object()) {
    Row row;
    row.form = text_of(value.as_array()[0]);
    tables->rows[code_of(key)] = row;
    if (value.as_array().size() < 2) continue;
    for (auto const& form : value.as_array()) tables->choices[code_of(key)].push_back(text_of(form));
  }
  for (auto const& [key, value] : file.at("cyrillic").as_object()) {
    Row row;
    row.form = text_of(value.at("form"));
    for (auto [name, forms] : {std::pair{"languages", &row.languages}, std::pair{"initial", &row.initial}}) {
      auto const* listed = value.as_object().if_contains(name);
      if (!listed) continue;
      for (auto const& [language, form] : listed->as_object()) (*forms)[std::string(language)] = text_of(form);
    }
    tables->rows[code_of(key)] = row;
  }
  for (auto const& [key, value] : file.at("arabic").as_object()) {
    Row row;
    row.form = text_of(value.at("form"));
    if (auto const* at_end = value.as_object().if_contains("at_end")) row.at_end = text_of(*at_end);
    tables->rows[code_of(key)] = row;
  }
  return Transliteration(std::move(tables));
}

namespace {

/// One walk over the characters of a name; the form of each letter with a choice comes from `chosen`.
class Walk {
 public:
  Walk(std::unordered_map<UChar32, Row> const& rows, std::string const& language) : rows_(rows), language_(language) {}

  Result<Transliterated> run(std::vector<UChar32> const& name, std::map<UChar32, std::string> const& chosen) {
    for (std::size_t i = 0; i < name.size(); ++i) {
      UChar32 c = name[i];
      if (is_separator(c)) {
        end_component();
      } else if (c == shadda) {
        result_.name += previous_;
      } else if (auto option = chosen.find(c); option != chosen.end()) {
        put(option->second);
      } else if (c >= 'A' && c <= 'Z') {
        put(std::string(1, static_cast<char>(c)));
      } else if (auto written = write_letter(name, i); !written) {
        return tl::unexpected(written.error());
      }
    }
    end_component();
    if (!result_.name.empty() && result_.name.back() == '<') result_.name.pop_back();
    if (result_.name.empty()) return refuse(Why::field_missing, "name", "no letter is left of the name", table_source);
    return std::move(result_);
  }

 private:
  void put(std::string const& form) {
    result_.name += form;
    previous_ = form;
    is_start_ = false;
  }

  void end_component() {
    if (!result_.name.empty() && result_.name.back() != '<') result_.name += '<';
    previous_.clear();
    is_start_ = true;
  }

  static bool is_last(std::vector<UChar32> const& name, std::size_t position) {
    for (std::size_t i = position + 1; i < name.size(); ++i) {
      if (is_separator(name[i])) return true;
      if (!is_dropped(name[i]) && !is_apostrophe(name[i])) return false;
    }
    return true;
  }

  std::string const& form_of(Row const& row, bool last) const {
    if (last && !row.at_end.empty()) return row.at_end;
    if (is_start_) {
      if (auto form = row.initial.find(language_); form != row.initial.end()) return form->second;
    }
    if (auto form = row.languages.find(language_); form != row.languages.end()) return form->second;
    return row.form;
  }

  Result<void> write_letter(std::vector<UChar32> const& name, std::size_t position) {
    UChar32 c = name[position];
    if (auto row = rows_.find(c); row != rows_.end()) {
      auto const& form = form_of(row->second, is_last(name, position));
      if (row->second.is_extension) result_.extensions.push_back(utf8(c));
      if (!form.empty()) put(form);
      return {};
    }
    if (is_apostrophe(c) || is_dropped(c)) return {};
    // A letter with marks that the table does not list (Vietnamese): the marks go, the base letter is looked up.
    auto base = normalized(icu::UnicodeString(c), false).char32At(0);
    if (base != c && (base < 128 || rows_.count(base) > 0)) {
      if (base < 128) {
        put(std::string(1, static_cast<char>(base)));
        return {};
      }
      return write_letter({base}, 0);
    }
    if (u_isdigit(c)) return refuse(Why::field_invalid, "name", "a name in the zone holds no digits", table_source);
    return refuse(Why::field_invalid, "name",
                  fmt::format("ICAO has no table for the character {} (U+{:04X}); give the name in Latin letters", utf8(c), c),
                  table_source);
  }

  static std::string utf8(UChar32 c) {
    std::string text;
    icu::UnicodeString(c).toUTF8String(text);
    return text;
  }

  std::unordered_map<UChar32, Row> const& rows_;
  std::string const& language_;
  Transliterated result_;
  std::string previous_;
  bool is_start_ = true;
};

std::map<UChar32, std::string> chosen_of(LatinOptions const& options) {
  return {{0x00C4, options.a_diaeresis},
          {0x00C5, options.a_ring},
          {0x00D1, options.n_tilde},
          {0x00D6, options.o_diaeresis},
          {0x00DC, options.u_diaeresis}};
}

Result<std::vector<UChar32>> prepared(std::string_view name) {
  if (!is_utf8(name)) return refuse(Why::malformed, "name", "the name is not UTF-8", table_source);
  if (length_of(name) > characters_at_most) {
    return refuse(Why::field_too_long, "name", fmt::format("the name has more than {} characters", characters_at_most),
                  table_source);
  }
  auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int>(name.size())));
  return characters_of(normalized(normalized(text, true).toUpper(icu::Locale::getRoot()), true));
}

}  // namespace

Result<Transliterated> Transliteration::name(std::string_view name, TransliterationOptions const& options) const {
  if (auto checked = check_options(options.latin); !checked) return tl::unexpected(checked.error());
  auto characters = prepared(name);
  if (!characters) return tl::unexpected(characters.error());
  return Walk(tables_->rows, options.language).run(*characters, chosen_of(options.latin));
}

Result<std::vector<std::string>> Transliteration::forms(std::string_view name, std::string const& language) const {
  auto characters = prepared(name);
  if (!characters) return tl::unexpected(characters.error());
  std::vector<std::map<UChar32, std::string>> choices{chosen_of({})};
  for (auto const& [letter, allowed] : tables_->choices) {
    if (std::find(characters->begin(), characters->end(), letter) == characters->end()) continue;
    std::size_t known = choices.size();
    for (std::size_t form = 1; form < allowed.size() && choices.size() + known <= forms_at_most; ++form) {
      for (std::size_t i = 0; i < known; ++i) {
        choices.push_back(choices[i]);
        choices.back()[letter] = allowed[form];
      }
    }
  }
  std::vector<std::string> forms;
  for (auto const& chosen : choices) {
    auto form = Walk(tables_->rows, language).run(*characters, chosen);
    if (!form) return tl::unexpected(form.error());
    if (std::find(forms.begin(), forms.end(), form->name) == forms.end()) forms.push_back(form->name);
  }
  return forms;
}

Result<void> Transliteration::check_options(LatinOptions const& options) const {
  for (auto const& [letter, form] : chosen_of(options)) {
    auto const& allowed = tables_->choices.at(letter);
    if (std::find(allowed.begin(), allowed.end(), form) == allowed.end()) {
      return refuse(Why::field_invalid, "transliteration", fmt::format("{} is not a form of U+{:04X} in the table", form, letter),
                    table_source);
    }
  }
  return {};
}

}  // namespace rcms::mrz
