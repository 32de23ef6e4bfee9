#include "capabilities/casework/import_words.hpp"

#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::casework {

namespace {

namespace json = boost::json;

std::string with_number(std::string path) {
  auto const mark = path.find('#');
  if (mark != std::string::npos) path.replace(mark, 1, "0");
  return path;
}

void add_column(ImportWords& words, std::string_view heading, std::string const& path) {
  auto const key = import_key(heading);
  if (key.empty()) return;
  auto const [found, is_new] = words.columns.emplace(key, path);
  if (!is_new && found->second != path) {
    throw std::runtime_error(fmt::format("import_synonyms: \"{}\" means {} and {}", heading, found->second, path));
  }
}

std::set<std::string, std::less<>> keys_of(std::vector<std::string> const& texts) {
  std::set<std::string, std::less<>> keys;
  for (auto const& text : texts) keys.insert(import_key(text));
  return keys;
}

/// Labels are weaker than the file: a word that is there already keeps its meaning.
void add_labels(ImportWords& words, forms::Form const& form, forms::Codes const& codes, Labels const& labels) {
  for (auto const& language : labels.languages()) {
    for (auto const& section : form.sections) {
      for (auto const& field : section.fields) {
        auto const path = section.code + "." + field.code;
        bool const single =
            field.parts.empty() && field.type != forms::Type::file && field.type != forms::Type::files && !field.system;
        if (single) words.columns.emplace(import_key(labels.text(language, forms::label_key(form, path))), path);
      }
    }
    for (auto const& [list, each_code] : codes) {
      for (auto const& code : each_code) {
        auto const key = fmt::format("codes.{}.{}", list, code);
        if (labels.has(key)) words.values[list].emplace(import_key(labels.text(language, key)), code);
      }
    }
  }
}

}  // namespace

std::string import_key(std::string_view text) {
  // The search form takes `#` as punctuation: it is set aside as a word of its own.
  std::string out;
  bool first = true;
  for (auto const& part : split(text, '#')) {
    if (!first) out += " # ";
    first = false;
    out += search_form(part);
  }
  return tidy_text(out);
}

ImportWords load_import_words(std::filesystem::path const& data, forms::Form const& form, forms::Codes const& codes,
                              Labels const& labels) {
  auto const file = read_data_file(data / "forms/import_synonyms.toml", data / "schema/import_synonyms.schema.json");
  ImportWords words;
  words.ignored = keys_of(texts_at(file, "ignored"));
  words.yes = keys_of(texts_at(file, "yes"));
  words.no = keys_of(texts_at(file, "no"));
  for (auto const& heading : texts_at(file, "full_name")) add_column(words, heading, std::string(full_name_target));
  std::size_t month = 0;
  for (auto const& names : list_at(file, "months")) {
    for (auto const& name : names.as_array()) words.months.at(month).insert(import_key(name.as_string()));
    ++month;
  }
  for (auto const& column : list_at(file, "column")) {
    auto const path = text_at(column, "path");
    if (forms::find_field(form, with_number(path)) == nullptr)
      throw std::runtime_error("import_synonyms: the form has no field " + path);
    for (auto const& heading : texts_at(column, "words")) add_column(words, heading, path);
  }
  for (auto const& value : list_at(file, "value")) {
    auto const list = text_at(value, "list");
    auto const code = text_at(value, "code");
    if (!forms::has_code(codes, list, code))
      throw std::runtime_error(fmt::format("import_synonyms: the list {} has no code {}", list, code));
    for (auto const& word : texts_at(value, "words")) {
      auto const [found, is_new] = words.values[list].emplace(import_key(word), code);
      if (!is_new && found->second != code)
        throw std::runtime_error(fmt::format("import_synonyms: \"{}\" means {} and {}", word, found->second, code));
    }
  }
  add_labels(words, form, codes, labels);
  return words;
}

}  // namespace rcms::casework
