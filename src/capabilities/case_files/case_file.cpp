#include "capabilities/case_files/case_file.hpp"

#include "capabilities/case_files/deciding.hpp"

#include <algorithm>
#include <set>

#include <boost/describe.hpp>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "capabilities/case_files/references.hpp"
#include "foundation/base/text.hpp"

namespace rcms::case_files {

namespace json = boost::json;

namespace {

json::object const& section_of(json::object const& content, std::string_view name) {
  static json::object const none;
  auto const* section = content.if_contains(name);
  return section != nullptr && section->is_object() ? section->get_object() : none;
}

void add_words(std::set<std::string>& words, std::string_view text) {
  for (auto& word : split(search_form(text), ' ')) {
    if (!word.empty() && length_of(word) <= 60) words.insert(std::move(word));
  }
}

/// Numbers are found with and without their separators.
void add_number(std::set<std::string>& words, std::string_view number) {
  std::string whole;
  for (auto& word : split(search_form(number), ' ')) whole += word;
  if (!whole.empty() && whole.size() <= 60) words.insert(whole);
}

}  // namespace

std::string name_of(Side side) { return boost::describe::enum_to_string(side, ""); }

std::string subject_of(Side side, CaseId const& id) {
  return (side == Side::requesting ? "case:" : "application:") + id.value;
}

std::string subject_of(CaseFile const& file) { return subject_of(file.side, file.id); }

PersonSummary summarise(json::object const& content) {
  auto const& person = section_of(content, "A_person");
  std::string const surname = text_of(person, "surname");
  std::string const given = text_of(person, "given_names");
  PersonSummary summary;
  summary.name = surname.empty() || given.empty() ? surname + given : surname + ", " + given;
  std::string const original_given = text_of(person, "given_names_original");
  std::string const original_surname = text_of(person, "surname_original");
  summary.original = tidy_text(original_given + " " + original_surname);
  summary.birth = text_of(person, "dob");
  summary.sex = text_of(person, "sex");
  summary.nationality = text_of(person, "nationality");
  return summary;
}

std::string_view purpose_of(std::string_view item) {
  if (item == "nationality_evidence") return "nationality";
  return item == "third_country_evidence" ? "third_country" : "";
}

json::array wanted_json(std::vector<WantedDocument> const& wanted) {
  json::array array;
  for (auto const& one : wanted) array.push_back(json::object{{"type", one.type}, {"form", one.form}});
  return array;
}

std::vector<WantedDocument> read_wanted(json::object const& item) {
  std::vector<WantedDocument> wanted;
  auto const* list = item.if_contains("any_of");
  if (list == nullptr || !list->is_array()) return wanted;
  for (auto const& element : list->get_array()) {
    if (!element.is_object()) continue;
    WantedDocument one{text_of(element.get_object(), "type"), text_of(element.get_object(), "form")};
    if (!one.type.empty()) wanted.push_back(std::move(one));
  }
  return wanted;
}

json::array items_json(std::vector<RequestItem> const& items) {
  json::array array;
  for (auto const& item : items) {
    json::array files;
    for (auto const& file : item.files) files.push_back(json::string(file));
    array.push_back(json::object{{"item", item.item},
                                 {"language", item.language},
                                 {"note", item.note},
                                 {"answer", item.answer},
                                 {"files", files},
                                 {"answered", item.answered},
                                 {"any_of", wanted_json(item.any_of)},
                                 {"count", item.count}});
  }
  return array;
}

std::vector<RequestItem> read_items(json::value const& value) {
  std::vector<RequestItem> items;
  for (auto const& element : value.as_array()) {
    auto const& object = element.as_object();
    RequestItem item;
    auto text = [&](char const* key) { return object.contains(key) ? std::string(object.at(key).as_string()) : std::string(); };
    item.item = text("item");
    item.language = text("language");
    item.note = text("note");
    item.answer = text("answer");
    if (object.contains("files")) {
      for (auto const& file : object.at("files").as_array()) item.files.emplace_back(file.as_string());
    }
    item.answered = object.contains("answered") && object.at("answered").as_bool();
    item.any_of = read_wanted(object);
    if (auto const* count = object.if_contains("count"); count != nullptr && count->is_int64())
      item.count = static_cast<int>(count->get_int64());
    items.push_back(std::move(item));
  }
  return items;
}

std::vector<std::string> search_words_of(CaseFile const& file) {
  std::set<std::string> words;
  auto const& person = section_of(file.content, "A_person");
  for (auto const* field : {"surname", "given_names", "surname_original", "given_names_original", "maiden_name"}) {
    add_words(words, text_of(person, field));
  }
  if (auto const* others = person.if_contains("other_names"); others != nullptr && others->is_array()) {
    for (auto const& other : others->get_array()) {
      if (other.is_string()) add_words(words, std::string_view(other.get_string()));
    }
  }
  auto const& evidence = section_of(file.content, "D_evidence");
  if (auto const* documents = evidence.if_contains("nationality_evidence"); documents != nullptr && documents->is_array()) {
    for (auto const& document : documents->get_array()) {
      if (document.is_object()) add_number(words, text_of(document.get_object(), "number"));
    }
  }
  for (auto const* reference : {&file.reference, &file.partner_reference}) {
    add_number(words, *reference);
    add_number(words, drawn_part(*reference));  // people say only "K7MQ-4B62"
  }
  if (file.person.birth.size() == 10) add_number(words, file.person.birth);
  return {words.begin(), words.end()};
}

}  // namespace rcms::case_files
