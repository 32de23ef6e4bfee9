#include "capabilities/registry/question.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "engines/matching/record.hpp"
#include "foundation/base/text.hpp"

namespace rcms::registry {

namespace {

constexpr std::size_t longest_name = 200;
constexpr std::array<std::string_view, 7> particles{"DE", "DEL", "LA", "LAS", "LOS", "SAN", "SANTA"};

bool is_particle(std::string const& word) { return std::find(particles.begin(), particles.end(), word) != particles.end(); }

/// The names of a text, each with the particles before it.
std::vector<std::string> names_of(std::string const& text) {
  auto const tidy = tidy_text(text);
  std::vector<std::string> names;
  std::string open;
  for (auto const& word : split(tidy, ' ')) {
    if (word.empty()) continue;
    open += open.empty() ? word : " " + word;
    if (is_particle(search_form(word))) continue;
    names.push_back(std::move(open));
    open.clear();
  }
  if (!open.empty()) names.push_back(std::move(open));
  return names;
}

template <class Text>
struct Named {
  std::string_view name;
  Text* text;
};

/// Of a question that is read or filled.
template <class AnyQuestion>
auto parts_of(AnyQuestion& question) {
  using Text = std::remove_reference_t<decltype((question.given))>;
  return std::array<Named<Text>, 10>{{{"given", &question.given},
           {"surname", &question.surnames},
           {"birth", &question.birth},
           {"sex", &question.sex},
           {"place", &question.place},
           {"father_given", &question.father_given},
           {"father_surname", &question.father_surnames},
           {"mother_given", &question.mother_given},
           {"mother_surname", &question.mother_surnames},
           {"document", &question.document}}};
}

}  // namespace

boost::json::object json_of(Question const& question) {
  boost::json::object object;
  for (auto const& [name, text] : parts_of(question))
    if (!text->empty()) object[name] = *text;
  return object;
}

Question read_question(boost::json::object const& object) {
  Question question;
  for (auto const& [name, text] : parts_of(question)) {
    auto const* value = object.if_contains(name);
    if (value != nullptr && value->is_string()) *text = std::string(value->get_string());
  }
  return question;
}

std::pair<std::string, std::string> split_surnames(std::string const& surnames) {
  auto const names = names_of(surnames);
  if (names.empty()) return {};
  std::vector<std::string> const rest(names.begin() + 1, names.end());
  return {names.front(), join(rest, " ")};
}

std::pair<std::string, std::string> split_full_name(std::string const& name) {
  auto const names = names_of(name);
  auto const surnames = names.size() < 2 ? 0U : names.size() == 2 ? 1U : 2U;
  auto const middle = names.end() - surnames;
  return {join({names.begin(), middle}, " "), join({middle, names.end()}, " ")};
}

Findings check_question(Question const& question) {
  Findings findings;
  for (auto const& [name, text] : parts_of(question)) {
    if (!is_utf8(*text) || has_control_characters(*text))
      findings.push_back(Refused{Why::field_invalid, std::string(name), "It holds characters that no name has.", {}});
    else if (length_of(*text) > longest_name)
      findings.push_back(Refused{Why::field_too_long, std::string(name), "At most 200 letters.", {}});
  }
  if (!findings.empty()) return findings;
  if (!matching::Birth::parse(question.birth))
    findings.push_back(Refused{Why::field_invalid, "birth", "A date is written yyyy, yyyy-mm or yyyy-mm-dd.", {}});
  bool const has_anything = !search_form(question.given).empty() || !search_form(question.surnames).empty() ||
                            !question.birth.empty() || !search_form(question.document).empty();
  if (!has_anything)
    findings.push_back(Refused{Why::field_missing, "surname", "Give a name, a date of birth or a document number.", {}});
  return findings;
}

Asked ask(Question const& question, Places const& places) {
  Asked asked;
  auto const [first, second] = split_surnames(question.surnames);
  asked.query = {.given = question.given,
                 .surname1 = first,
                 .surname2 = second,
                 .birth = question.birth,
                 .sex = question.sex,
                 .place = question.place,
                 .father_given = question.father_given,
                 .father_surnames = question.father_surnames,
                 .mother_given = question.mother_given,
                 .mother_surnames = question.mother_surnames,
                 .document = question.document};
  if (question.place.empty() || places.all().empty()) return asked;
  if (auto const* place = places.find(question.place)) {
    asked.query.place = place->code;
  } else {
    asked.query.place.clear();
    asked.left_out.emplace_back("place");
  }
  return asked;
}

std::string asked_of(Question const& question, matching::Part part) {
  using matching::Part;
  switch (part) {
    case Part::given: return question.given;
    case Part::surname1: return split_surnames(question.surnames).first;
    case Part::surname2: return split_surnames(question.surnames).second;
    case Part::birth: return question.birth;
    case Part::sex: return question.sex;
    case Part::place: return question.place;
    case Part::father_given: return question.father_given;
    case Part::father_surnames: return question.father_surnames;
    case Part::mother_given: return question.mother_given;
    case Part::mother_surnames: return question.mother_surnames;
    case Part::document: return question.document;
  }
  return {};
}

}  // namespace rcms::registry
