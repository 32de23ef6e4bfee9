#include "norms/agreements/agreement.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

#include <fmt/format.h>

#include "foundation/base/hash.hpp"
#include "foundation/base/lists.hpp"

namespace rcms::agreements {

namespace {

constexpr std::array<std::string_view, 12> unit_names = {
    "none", "hour", "calendar_day", "working_day", "month", "year", "person", "per_month", "day", "week", "km", "per_year"};

bool is_valid_on(Rule const& rule, Date on) { return (!rule.from || *rule.from <= on) && (!rule.until || on <= *rule.until); }

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
    if (!variant.confidence.empty()) rule.confidence = variant.confidence;
    return rule;
  }
  auto const holds_now = [&](auto const& each) { return facts.conditions.count(each) != 0; };
  bool const kinds_known = holds_now("own_national") || holds_now("third_country_national") || holds_now("stateless");
  if (!rule.only_for.empty() && kinds_known && !std::any_of(rule.only_for.begin(), rule.only_for.end(), holds_now))
    return std::nullopt;
  return rule;
}

std::string fingerprint_of(Rule const& rule) {
  auto const day = [](std::optional<Date> const& each) { return each ? each->text() : std::string(); };
  std::string text = fmt::format(
      "{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", rule.key, rule.value ? std::to_string(*rule.value) : "", rule.text,
      name_of(rule.unit), rule.start, fmt::join(rule.start_also, ","), rule.back, static_cast<int>(rule.end),
      rule.then_working_days, static_cast<int>(rule.on_document_request), fmt::join(rule.calendars, ","), day(rule.from),
      day(rule.until), day(rule.date), rule.after_date, rule.requested, fmt::join(rule.only_for, ","));
  text += fmt::format("|{}|{}", fmt::join(rule.of, ","), fmt::join(rule.ended_by, ","));
  for (auto const& variant : rule.variants) {
    text += fmt::format("|{}:{}:{}:{}", variant.when, variant.requested, variant.value, name_of(variant.unit));
    if (!variant.confidence.empty()) text += ":" + variant.confidence;
  }
  return to_hex(sha256(text));
}

Agreement with_confirmations(Agreement agreement, std::vector<Confirmation> const& confirmations) {
  for (auto& rule : agreement.rules) {
    for (auto const& confirmation : confirmations) {
      if (confirmation.rule == rule.key && confirmation.fingerprint == fingerprint_of(rule)) rule.confirmed = confirmation;
    }
  }
  return agreement;
}

namespace {

std::string confirmed_or(std::string const& confidence, Rule const& rule) {
  return confidence == "unverified" && rule.confirmed ? "confirmed" : confidence;
}

}  // namespace

std::string confidence_of_value(Rule const& rule) { return confirmed_or(rule.confidence, rule); }

std::string confidence_of_start(Rule const& rule) {
  return confirmed_or(rule.start_confidence.empty() ? rule.confidence : rule.start_confidence, rule);
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

std::set<std::string, std::less<>> withheld_fields_of(Agreement const& agreement) {
  std::set<std::string, std::less<>> fields;
  for (auto const& each : agreement.withheld) fields.insert(each.field);
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
  bool const parties =
      requesting != requested && contains(agreement.parties, requesting) && contains(agreement.parties, requested);
  bool const direction = (agreement.requesting.empty() || contains(agreement.requesting, requesting)) &&
                         (agreement.requested.empty() || contains(agreement.requested, requested));
  if (parties && direction) return {};
  return refuse(Why::agreement_does_not_apply, "agreement",
                fmt::format("{} is not between {} and {}{}", agreement.cited, requesting, requested,
                            parties ? " in this direction" : ""),
                agreement.cited);
}

Result<void> check_entry(Agreement const& agreement, Date on, std::optional<Date> entered_on) {
  auto const first = entry_from(agreement, on);
  if (!first || !entered_on || *entered_on >= *first) return {};
  return refuse(Why::agreement_does_not_apply, "entered_on",
                fmt::format("it covers entries from {}, not {}", first->text(), entered_on->text()),
                cite(agreement, find_rule(agreement, "entry_cutoff", on)->article));
}

constexpr std::array<std::string_view, 3> kinds_of_person = {"own_national", "stateless", "third_country_national"};

/// The kind of the person, as the conditions say it; empty when they do not.
std::string_view kind_of_person(Conditions const& conditions) {
  for (auto const kind : kinds_of_person) {
    if (conditions.count(kind) != 0) return kind;
  }
  return {};
}

Result<void> check_person(Agreement const& agreement, Date on, Conditions const& conditions) {
  auto const kind = kind_of_person(conditions);
  if (kind.empty()) return {};
  if (!agreement.covers.empty() && !contains(agreement.covers, kind)) {
    return refuse(Why::agreement_does_not_apply, "person",
                  fmt::format("it covers {} only, not {}", fmt::join(agreement.covers, ", "), kind),
                  agreement.covers_reference.empty() ? agreement.cited : cite(agreement, agreement.covers_reference));
  }
  auto const from = kind == "own_national" ? std::nullopt : third_country_from(agreement, on);
  if (!from || on >= *from) return {};
  return refuse(
      Why::agreement_does_not_apply, "person",
      fmt::format("it covers third-country nationals and stateless persons from {}, not on {}", from->text(), on.text()),
      cite(agreement, find_rule(agreement, "tcn_start", on)->article));
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
  if (auto right = check_person(agreement, on, conditions); !right) return right;
  return check_entry(agreement, on, entered_on);
}

std::vector<std::string> list_missing_facts(Agreement const& agreement, Date on, std::optional<Date> entered_on,
                                            Conditions const& conditions) {
  std::vector<std::string> missing;
  if (!entered_on && entry_from(agreement, on)) missing.emplace_back("entered_on");
  auto const from = third_country_from(agreement, on);
  if (kind_of_person(conditions).empty() && (!agreement.covers.empty() || (from && on < *from))) missing.emplace_back("person");
  return missing;
}

std::optional<Date> entry_from(Agreement const& agreement, Date on) {
  auto const* cutoff = find_rule(agreement, "entry_cutoff", on);
  if (cutoff == nullptr) return std::nullopt;
  return cutoff->date ? cutoff->date->plus_days(cutoff->after_date ? 1 : 0) : Date::parse(cutoff->text);
}

}  // namespace rcms::agreements
