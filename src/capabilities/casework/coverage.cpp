#include "capabilities/casework/coverage.hpp"

#include <fmt/format.h>

namespace rcms::casework {

namespace {

constexpr std::string_view entry_field = "internal.entered_on";
constexpr std::string_view person_field = "A_person.nationality";

std::string_view field_of(std::string_view fact) {
  return fact == "entered_on" ? entry_field : fact == "person" ? person_field : fact;
}

std::string_view remedy_of(std::string_view fact) {
  if (fact == "entered_on") return "correct the day of entry, or choose another agreement";
  if (fact == "person") return "correct the nationality, or choose another agreement";
  return "choose another agreement";
}

constexpr std::string_view flags_field = "header.procedure_flags";

/// A transit is of one who is no national of the State that is crossed, and ends in a third one.
void check_transit(std::string_view requesting, std::string_view requested, boost::json::value const& content,
                   forms::Conditions const& conditions, Findings& findings) {
  if (!conditions.contains("transit")) return;
  std::string const source = "CH-AZ 2016 art. 11-12";
  if (conditions.contains("own_national"))
    findings.push_back({Why::field_invalid, std::string(flags_field),
                        "a national of the requested State is readmitted, not let through: take the transit out", source});
  if (conditions.contains("accelerated") || conditions.contains("interview_requested"))
    findings.push_back({Why::field_invalid, std::string(flags_field),
                        "a transit is neither accelerated nor asked with an interview: leave only the transit", source});
  auto const destination = forms::text_in(content, "transit.transit_request.destination");
  if (destination == requesting || destination == requested)
    findings.push_back({Why::field_invalid, "transit.transit_request.destination",
                        "a transit ends in a third State: choose the State in which the person stays", source});
}

}  // namespace

Findings check_coverage(case_files::Norms const& norms, std::string_view agreement_code, std::string_view submitted_on,
                        std::string_view requesting, std::string_view requested, boost::json::value const& content,
                        forms::Demand demand, Date today) {
  auto const* agreement = norms.find_agreement(agreement_code, submitted_on);
  if (agreement == nullptr) return {};
  auto const on = Date::parse(submitted_on).value_or(today);
  auto const entered_on = Date::parse(forms::text_in(content, entry_field));
  auto const conditions = forms::derive_conditions(content, requested, today);
  Findings findings;
  check_transit(requesting, requested, content, conditions, findings);
  if (auto applies = agreements::check_applies(*agreement, requesting, requested, on, entered_on, conditions); !applies) {
    auto refused = applies.error();
    refused.detail += fmt::format("; {}", remedy_of(refused.field));
    refused.field = field_of(refused.field);
    findings.push_back(std::move(refused));
  }
  if (demand != forms::Demand::complete) return findings;
  for (auto const& fact : agreements::list_missing_facts(*agreement, on, entered_on, conditions)) {
    auto const from = agreements::entry_from(*agreement, on);
    auto const detail = fact == "entered_on" && from
                            ? fmt::format("the agreement covers entries from {}: say when the person entered", from->text())
                            : std::string("the agreement does not cover every person: say of which nationality the person is");
    auto const* cutoff = agreements::find_rule(*agreement, "entry_cutoff", on);
    findings.push_back(Refused{Why::field_missing, std::string(field_of(fact)), detail,
                               agreements::cite(*agreement, cutoff != nullptr ? cutoff->article : agreement->covers_reference)});
  }
  return findings;
}

}  // namespace rcms::casework
