#include "capabilities/duplicates/pair.hpp"

#include <algorithm>
#include <tuple>

#include "engines/matching/record.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"

namespace rcms::duplicates {

namespace json = boost::json;

namespace {

std::string part_of(json::object const& person, std::string_view field) {
  auto const* value = person.if_contains(field);
  return value != nullptr && value->is_string() ? tidy_text(std::string(value->get_string())) : std::string();
}

/// The number that says most: of an identity card, which is kept for life, else of a passport, else the first there is.
std::string document_of(json::object const& content) {
  constexpr std::size_t shortest = 4;  // "1", "s/n" are no numbers of documents
  auto const* section = content.if_contains("D_evidence");
  auto const* documents =
      section != nullptr && section->is_object() ? section->get_object().if_contains("nationality_evidence") : nullptr;
  if (documents == nullptr || !documents->is_array()) return {};
  std::string best;
  int best_rank = 0;
  for (auto const& document : documents->get_array()) {
    if (!document.is_object()) continue;
    auto number = part_of(document.get_object(), "number");
    auto const type = part_of(document.get_object(), "type");
    int const rank = type == "identity_card" ? 3 : type == "passport" ? 2 : 1;
    if (length_of(number) < shortest || rank <= best_rank) continue;
    best = std::move(number);
    best_rank = rank;
  }
  return best;
}

}  // namespace

registry::Question question_of(json::object const& content) {
  registry::Question question;
  auto const* section = content.if_contains("A_person");
  if (section == nullptr || !section->is_object()) return question;
  auto const& person = section->get_object();
  question.given = part_of(person, "given_names");
  question.surnames = part_of(person, "surname");
  question.birth = part_of(person, "dob");
  if (!matching::Birth::parse(question.birth)) question.birth.clear();
  question.sex = part_of(person, "sex");
  std::tie(question.father_given, question.father_surnames) = registry::split_full_name(part_of(person, "father_name"));
  std::tie(question.mother_given, question.mother_surnames) = registry::split_full_name(part_of(person, "mother_name"));
  question.document = document_of(content);
  return question;
}

std::string digest_of(std::string const& left, std::string const& right) {
  auto const& [first, second] = std::minmax(left, right);
  return to_hex(sha256(std::to_string(first.size()) + ":" + first + second));
}

Result<Pair> decide(Pair const& before, std::string_view decision, std::string_view reason, access::Viewer const& viewer,
                    Instant now) {
  if (decision != "open" && decision != "same_person" && decision != "not_the_same")
    return refuse(Why::field_invalid, "decision", "same_person, not_the_same or open");
  if (decision == before.state) return refuse(Why::wrong_step, "decision", "it stands so already");
  auto said = tidy_text(reason);
  if (said.empty()) return refuse(Why::reason_missing, "reason");
  auto after = before;
  after.state = decision;
  after.decided_by = viewer.user;
  after.decided_at = now;
  after.reason = std::move(said);
  return after;
}

std::optional<Pair> meet(Pair const& known, Pair const& found) {
  auto after = known;
  after.posterior_ppm = found.posterior_ppm;
  after.score = found.score;
  after.may_be_relative = found.may_be_relative;
  after.reasons = found.reasons;
  after.model = found.model;
  after.compared = found.compared;
  if (known.state == "not_the_same" && known.compared != found.compared) {
    after.state = "open";
    after.found_at = found.found_at;
  }
  bool const is_same = known.compared == found.compared && known.score == found.score && known.model == found.model &&
                       known.posterior_ppm == found.posterior_ppm;
  return is_same ? std::nullopt : std::optional(std::move(after));
}

}  // namespace rcms::duplicates
