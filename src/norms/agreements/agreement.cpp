#include "norms/agreements/agreement.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

#include <fmt/format.h>

namespace rcms::agreements {

namespace {

constexpr std::array<std::string_view, 12> unit_names = {
    "none", "hour", "calendar_day", "working_day", "month", "year", "person", "per_month", "day", "week", "km", "per_year"};

bool is_valid_on(Rule const& rule, Date on) { return (!rule.from || *rule.from <= on) && (!rule.until || on <= *rule.until); }

bool holds(std::vector<std::string> const& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool matches(Variant const& variant, CaseFacts const& facts) {
  return (variant.when.empty() || facts.conditions.count(variant.when) != 0) &&
         (variant.requested.empty() || variant.requested == facts.requested);
}

/// Acts of the requesting State; all others are of the requested one.
constexpr std::array<std::string_view, 11> of_requesting = {
    "accel_submit", "submit_deadline_tcn", "submit_deadline_any", "submit_ext",    "transfer_window",     "transfer_notice",
    "transit_window", "transit_notice",    "consent_validity",    "cost_reimburse", "no_application_after"};

}  // namespace

std::string_view name_of(Unit unit) { return unit_names[static_cast<std::size_t>(unit)]; }

std::vector<Agreement const*> list_agreements(Agreements const& agreements, std::string_view party, std::string_view other,
                                              Date on) {
  std::vector<Agreement const*> found;
  for (auto const& [code, agreement] : agreements) {
    if (check_applies(agreement, party, other, on)) found.push_back(&agreement);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](auto const* left, auto const* right) { return left->in_force_from > right->in_force_from; });
  return found;
}

Agreement const* find_agreement(Agreements const& agreements, std::string_view code) {
  auto const found = agreements.find(code);
  return found == agreements.end() ? nullptr : &found->second;
}

Rule const* find_rule(Agreement const& agreement, std::string_view key, Date on) {
  for (auto const& rule : agreement.rules) {
    if (rule.key == key && is_valid_on(rule, on)) return &rule;
  }
  return nullptr;
}

std::optional<Rule> find_rule_for(Agreement const& agreement, std::string_view key, Date on, CaseFacts const& facts) {
  auto const* found = find_rule(agreement, key, on);
  if (found == nullptr || (!found->requested.empty() && found->requested != facts.requested)) return std::nullopt;
  Rule rule = *found;
  for (auto const& variant : found->variants) {
    if (!matches(variant, facts)) continue;
    rule.value = variant.value;
    rule.unit = variant.unit;
    if (!variant.article.empty()) rule.article = variant.article;
    return rule;
  }
  auto const holds_now = [&](auto const& each) { return facts.conditions.count(each) != 0; };
  bool const kinds_known = holds_now("own_national") || holds_now("third_country_national") || holds_now("stateless");
  if (!rule.only_for.empty() && kinds_known && !std::any_of(rule.only_for.begin(), rule.only_for.end(), holds_now))
    return std::nullopt;
  return rule;
}

std::optional<Date> third_country_from(Agreement const& agreement, Date on) {
  auto const* rule = find_rule(agreement, "tcn_start", on);
  if (rule == nullptr) return std::nullopt;
  if (rule->date) return rule->date;
  if (rule->start != "entry_into_force" || !rule->value || !agreement.in_force) return std::nullopt;
  int const months = rule->unit == Unit::year ? 12 * *rule->value : *rule->value;
  return agreement.in_force_from.plus_months(months);
}

Practice const* find_practice(Agreement const& agreement, std::string_view key) {
  for (auto const& practice : agreement.practices) {
    if (practice.key == key) return &practice;
  }
  return nullptr;
}

Result<void> check_quota(Agreement const& agreement, std::string_view key, int travelling, int adding, Date on) {
  auto const* rule = find_rule(agreement, key, on);
  if (rule == nullptr || !rule->value || travelling + adding <= *rule->value) return {};
  return refuse(Why::limit_reached, "persons", fmt::format("at most {}, {} already travel", *rule->value, travelling),
                cite(agreement, rule->article));
}

std::string_view document_issuer(Agreement const& agreement, std::string_view requested, Date on) {
  auto const* rule = find_rule(agreement, "td_issuer", on);
  if (rule == nullptr || (!rule->requested.empty() && rule->requested != requested)) return "requested";
  constexpr std::string_view word = "requesting";
  bool const names_it = rule->text.size() >= word.size() &&
                        std::equal(word.begin(), word.end(), rule->text.begin(),
                                   [](char left, char right) { return left == std::tolower(static_cast<unsigned char>(right)); });
  return names_it ? "requesting" : "requested";
}

std::string_view side_acting(Agreement const& agreement, std::string_view key, Date on) {
  auto const* issuer = find_rule(agreement, "td_issuer", on);
  bool const by_requesting = issuer != nullptr && issuer->requested.empty() && issuer->text == "requesting";
  if (key == "td_issue" || key == "td_validity" || key == "td_renewal") return by_requesting ? "requesting" : "requested";
  bool const requesting = std::find(of_requesting.begin(), of_requesting.end(), key) != of_requesting.end();
  return requesting ? "requesting" : "requested";
}

std::string cite(Agreement const& agreement, std::string_view article) {
  return article.empty() ? agreement.cited : fmt::format("{} {}", agreement.cited, article);
}

Authority const& get_authority(Agreement const& agreement, std::string_view party) {
  for (auto const& authority : agreement.authorities) {
    if (authority.party == party) return authority;
  }
  throw std::out_of_range(fmt::format("{} has no authority of {}", agreement.code, party));
}

std::set<std::string, std::less<>> agreed_fields_of(Agreement const& agreement) {
  std::set<std::string, std::less<>> fields;
  for (auto const& each : agreement.agreed_fields) fields.insert(each.field);
  return fields;
}

std::string_view silence_condition(Agreement const& agreement, Date on) {
  auto const* rule = find_rule(agreement, "silence_effect", on);
  bool const consent = rule != nullptr && (rule->text == "deemed_agreed" || rule->text == "transfer_after_expiry");
  return consent ? "silence_is_consent" : "silence_is_nothing";
}

bool allows_late_refusal(Agreement const& agreement, Date on) {
  auto const* rule = find_rule(agreement, "late_refusal", on);
  return rule != nullptr && rule->text == "allowed";
}

namespace {

Result<void> check_parties(Agreement const& agreement, std::string_view requesting, std::string_view requested) {
  bool const parties = requesting != requested && holds(agreement.parties, requesting) && holds(agreement.parties, requested);
  bool const direction = (agreement.requesting.empty() || holds(agreement.requesting, requesting)) &&
                         (agreement.requested.empty() || holds(agreement.requested, requested));
  if (parties && direction) return {};
  return refuse(Why::agreement_does_not_apply, "agreement",
                fmt::format("{} is not between {} and {}{}", agreement.cited, requesting, requested,
                            parties ? " in this direction" : ""),
                agreement.cited);
}

Result<void> check_entry(Agreement const& agreement, Date on, std::optional<Date> entered_on) {
  auto const* cutoff = find_rule(agreement, "entry_cutoff", on);
  if (cutoff == nullptr || !entered_on) return {};
  auto const first = cutoff->date ? cutoff->date->plus_days(cutoff->after_date ? 1 : 0) : Date::parse(cutoff->text);
  if (!first || *entered_on >= *first) return {};
  return refuse(Why::agreement_does_not_apply, "entered_on",
                fmt::format("it covers entries from {}, not {}", first->text(), entered_on->text()),
                cite(agreement, cutoff->article));
}

}  // namespace

Result<void> check_applies(Agreement const& agreement, std::string_view requesting, std::string_view requested, Date on,
                           std::optional<Date> entered_on, Conditions const& conditions) {
  if (auto right = check_parties(agreement, requesting, requested); !right) return right;
  bool const over = agreement.in_force_until && on > *agreement.in_force_until;
  if (!agreement.in_force || on < agreement.in_force_from || over) {
    return refuse(Why::agreement_does_not_apply, "agreement", fmt::format("{} is not in force on {}", agreement.cited, on.text()),
                  agreement.cited);
  }
  bool const third_country = conditions.count("third_country_national") != 0 || conditions.count("stateless") != 0;
  auto const from = third_country_from(agreement, on);
  if (third_country && from && on < *from) {
    return refuse(Why::agreement_does_not_apply, "agreement",
                  fmt::format("it covers third-country nationals from {}, not on {}", from->text(), on.text()),
                  cite(agreement, find_rule(agreement, "tcn_start", on)->article));
  }
  return check_entry(agreement, on, entered_on);
}

}  // namespace rcms::agreements
