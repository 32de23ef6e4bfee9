#include "capabilities/registry/answer.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/registry/print_weight.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::registry {

namespace json = boost::json;
using matching::Part;

namespace {

std::string sex_text(matching::Sex sex) {
  switch (sex) {
    case matching::Sex::male: return "M";
    case matching::Sex::female: return "F";
    case matching::Sex::other: return "X";
    case matching::Sex::unknown: return {};
  }
  return {};
}

std::string birth_text(matching::Birth const& birth) {
  switch (birth.precision) {
    case matching::Precision::unknown: return {};
    case matching::Precision::year: return fmt::format("{:04}", birth.year());
    case matching::Precision::month: return fmt::format("{:04}-{:02}", birth.year(), birth.month());
    case matching::Precision::day: return fmt::format("{:04}-{:02}-{:02}", birth.year(), birth.month(), birth.day());
  }
  return {};
}

json::object json_of(Registered const& person) {
  return {{"id", person.id},
          {"given", person.given},
          {"surname1", person.surname1},
          {"surname2", person.surname2},
          {"birth", person.birth},
          {"sex", person.sex},
          {"place", person.place},
          {"father_given", person.father_given},
          {"father_surnames", person.father_surnames},
          {"mother_given", person.mother_given},
          {"mother_surnames", person.mother_surnames},
          {"document", person.document}};
}

json::object json_of(PrintEvidence const& prints) {
  json::array fingers;
  for (auto const& one : prints.fingers) {
    fingers.push_back({{"position", one.position},
                       {"millibits", one.evidence},
                       {"matched", one.matched},
                       {"unmatched", one.unmatched}});
  }
  return {{"held", prints.is_held},
          {"millibits", prints.evidence},
          {"fingers", std::move(fingers)},
          {"names_posterior_ppm", prints.names_ppm},
          {"names_band", matching::name_of(prints.names_band)}};
}

json::array list_of(std::vector<std::string> const& texts) {
  json::array list;
  for (auto const& text : texts) list.push_back(json::string(text));
  return list;
}

template <class Enum>
std::optional<Enum> parse_name(std::string_view name, int count) {
  for (int at = 0; at < count; ++at)
    if (matching::name_of(static_cast<Enum>(at)) == name) return static_cast<Enum>(at);
  return std::nullopt;
}

constexpr int rules_of_engine = static_cast<int>(matching::Rule::differs) + 1;
constexpr int bands_of_engine = static_cast<int>(matching::Band::not_found) + 1;
constexpr std::size_t longest_text = 300;

std::string person_text(json::value const& person, std::string_view name) {
  auto const text = tidy_text(text_at(person, name));
  return cut(text, longest_text);
}

Registered parse_person(json::value const& person, std::string id) {
  return {std::move(id),
          person_text(person, "given"),
          person_text(person, "surname1"),
          person_text(person, "surname2"),
          person_text(person, "birth"),
          person_text(person, "sex"),
          person_text(person, "place"),
          person_text(person, "father_given"),
          person_text(person, "father_surnames"),
          person_text(person, "mother_given"),
          person_text(person, "mother_surnames"),
          person_text(person, "document")};
}

Result<Candidate> parse_candidate(json::value const& value) {
  Candidate candidate;
  auto const id = text_at(value, "id");
  auto const* person = find_member(value, "person");
  if (id.empty() || person == nullptr) return refuse(Why::malformed, "candidates", "a candidate has no id or no person");
  candidate.person = parse_person(*person, cut(id, longest_text));
  if (!matching::Birth::parse(candidate.person.birth))
    return refuse(Why::malformed, "candidates", "the birth date of a candidate is not a date");
  constexpr std::int64_t most_millibits = 1'000'000;
  auto const score = std::clamp(whole_at(value, "score_millibits"), -most_millibits, most_millibits);
  candidate.score = static_cast<matching::MilliBits>(score);
  if (auto const* posterior = find_member(value, "posterior"); posterior != nullptr && posterior->is_number())
    candidate.posterior_ppm = static_cast<std::uint32_t>(std::clamp(posterior->to_number<double>(), 0.0, 1.0) * 1e6);
  candidate.band = parse_name<matching::Band>(text_at(value, "band"), bands_of_engine).value_or(matching::Band::to_review);
  candidate.may_be_relative = flag_at(value, "may_be_relative");
  for (auto const& line : list_at(value, "explanation")) {
    auto const part = parse_name<Part>(text_at(line, "part"), matching::parts_count);
    auto const rule = parse_name<matching::Rule>(text_at(line, "rule"), rules_of_engine);
    if (!part || !rule) continue;  // a newer registry may know more
    candidate.reasons.push_back({*part, *rule, static_cast<matching::MilliBits>(whole_at(line, "millibits")),
                                 static_cast<matching::MilliBits>(whole_at(line, "against_relative_millibits")),
                                 static_cast<std::uint32_t>(std::clamp<std::int64_t>(whole_at(line, "one_in"), 0, 0xFFFFFFFF))});
  }
  return candidate;
}

}  // namespace

std::string held_of(Registered const& person, Part part) {
  switch (part) {
    case Part::given: return person.given;
    case Part::surname1: return person.surname1;
    case Part::surname2: return person.surname2;
    case Part::birth: return person.birth;
    case Part::sex: return person.sex;
    case Part::place: return person.place;
    case Part::father_given: return person.father_given;
    case Part::father_surnames: return person.father_surnames;
    case Part::mother_given: return person.mother_given;
    case Part::mother_surnames: return person.mother_surnames;
    case Part::document: return person.document;
  }
  return {};
}

Registered person_at(matching::Index const& index, std::uint32_t position) {
  auto const& record = index.record(position);
  auto const text = [&](std::uint32_t field) { return field == 0 ? std::string() : std::string(index.field_text(field)); };
  return {index.id(position),
          text(record.given),
          text(record.surname1),
          text(record.surname2),
          birth_text(record.birth()),
          sex_text(record.sex),
          record.place == 0 ? std::string() : std::string(index.place_text(record.place)),
          text(record.father_given),
          text(record.father_surnames),
          text(record.mother_given),
          text(record.mother_surnames),
          matching::unpacked(record.document())};
}

json::object json_of(Question const& question, Found const& found) {
  json::array candidates;
  for (auto const& one : found.candidates) {
    json::array reasons;
    for (auto const& reason : one.reasons) {
      reasons.push_back({{"part", matching::name_of(reason.part)},
                         {"rule", matching::name_of(reason.rule)},
                         {"millibits", reason.bits},
                         {"against_relative_millibits", reason.against_relative},
                         {"one_in", reason.one_in}});
    }
    candidates.push_back({{"person", json_of(one.person)},
                          {"score_millibits", one.score},
                          {"posterior_ppm", one.posterior_ppm},
                          {"band", matching::name_of(one.band)},
                          {"may_be_relative", one.may_be_relative},
                          {"explanation", std::move(reasons)}});
    if (one.prints) candidates.back().as_object()["prints"] = json_of(*one.prints);
  }
  json::object answer{{"question", json_of(question)},
          {"candidates", std::move(candidates)},
          {"band", matching::name_of(found.band)},
          {"margin_millibits", found.margin},
          {"truncated", found.truncated},
          {"compared", found.compared},
          {"persons", found.persons},
          {"tried", list_of(found.tried)},
          {"left_out", list_of(found.left_out)},
          {"model", found.model},
          {"data", found.data}};
  if (found.print_fingers > 0) {
    answer["print_fingers"] = found.print_fingers;
    answer["print_model"] = print_model;
  }
  return answer;
}

std::string fingerprint_of(Question const& question, Found const& found) {
  return to_hex(sha256(json::serialize(json_of(question, found))));
}

Result<Found> parse_answer(std::string const& text) {
  boost::system::error_code error;
  auto const value = json::parse(text, error);
  if (error || !value.is_object()) return refuse(Why::malformed, {}, "the answer is not JSON");
  Found found;
  for (auto const& one : list_at(value, "candidates")) {
    if (found.candidates.size() == most_candidates) break;
    auto candidate = parse_candidate(one);
    if (!candidate) return tl::unexpected(candidate.error());
    found.candidates.push_back(std::move(*candidate));
  }
  auto const best_first = [](Candidate const& left, Candidate const& right) { return left.score > right.score; };
  std::stable_sort(found.candidates.begin(), found.candidates.end(), best_first);
  found.truncated = flag_at(value, "truncated");
  found.compared = static_cast<std::uint64_t>(std::max<std::int64_t>(whole_at(value, "compared"), 0));
  found.tried = texts_at(value, "tried");
  found.model = cut(text_at(value, "model"), longest_text);
  if (!found.candidates.empty()) {
    found.band = found.candidates.front().band;
    found.margin = found.candidates.front().score - (found.candidates.size() > 1 ? found.candidates[1].score : 0);
  }
  return found;
}

}  // namespace rcms::registry
