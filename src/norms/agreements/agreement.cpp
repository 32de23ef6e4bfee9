#include "norms/agreements/agreement.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::agreements {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 8> unit_names = {"none",  "hour", "calendar_day", "working_day",
                                                        "month", "year", "person",       "per_month"};

Unit parse_unit(std::string const& text) {
  auto const found = std::find(unit_names.begin(), unit_names.end(), text);
  return found == unit_names.end() ? Unit::none : static_cast<Unit>(found - unit_names.begin());
}

/// A day that the schema has checked by its pattern, and that must exist.
std::optional<Date> day_at(json::value const& item, std::string_view key) {
  auto const text = text_at(item, key);
  if (text.empty()) return std::nullopt;
  auto const day = Date::parse(text);
  if (!day) throw std::runtime_error(fmt::format("{}: {} is not a day that exists", key, text));
  return day;
}

Rule read_rule(json::value const& item) {
  Rule rule;
  rule.key = text_at(item, "key");
  if (auto const value = find_whole(item, "value")) rule.value = static_cast<int>(*value);
  rule.text = text_at(item, "text");
  rule.unit = parse_unit(text_at(item, "unit"));
  rule.start = text_at(item, "start");
  rule.end = text_at(item, "end") == "next_working_day" ? EndAdjustment::next_working_day : EndAdjustment::none;
  rule.then_working_days = static_cast<int>(whole_at(item, "then_working_days"));
  auto const request = text_at(item, "on_document_request");
  rule.on_document_request = request == "pauses"     ? OnDocumentRequest::pauses
                             : request == "restarts" ? OnDocumentRequest::restarts
                                                     : OnDocumentRequest::runs;
  rule.calendars = texts_at(item, "calendars");
  rule.article = text_at(item, "article");
  rule.confidence = text_at(item, "confidence");
  rule.note = text_at(item, "note");
  rule.from = day_at(item, "from");
  rule.until = day_at(item, "until");
  return rule;
}

EvidenceRule read_evidence(json::value const& item) {
  EvidenceRule rule;
  rule.purpose = text_at(item, "purpose");
  rule.type = text_at(item, "type");
  rule.effect = text_at(item, "effect");
  rule.expired_effect = text_at(item, "expired_effect");
  rule.expired_grace_months = static_cast<int>(whole_at(item, "expired_grace_months"));
  rule.authenticated_copy_effect = text_at(item, "authenticated_copy_effect");
  rule.copy_effect = text_at(item, "copy_effect");
  rule.issued_from = day_at(item, "issued_from");
  rule.issued_until = day_at(item, "issued_until");
  rule.article = text_at(item, "article");
  return rule;
}

ChecklistRule read_checklist(json::value const& item) {
  ChecklistRule rule;
  rule.code = text_at(item, "code");
  rule.kind = text_at(item, "kind");
  rule.fields = texts_at(item, "fields");
  rule.purpose = text_at(item, "purpose");
  rule.exact = flag_at(item, "exact");
  rule.when = texts_at(item, "when");
  rule.must = flag_at(item, "must", true);
  rule.article = text_at(item, "article");
  return rule;
}

Example read_example(json::value const& item) {
  Example example;
  example.name = text_at(item, "name");
  example.rule = text_at(item, "rule");
  example.acting = text_at(item, "acting");
  for (auto const& each : list_at(item, "events")) {
    auto const at = Instant::parse(text_at(each, "at"));
    if (!at) throw std::runtime_error(fmt::format("example \"{}\": an event has no time", example.name));
    example.events.push_back({text_at(each, "kind"), *at, static_cast<int>(whole_at(each, "value"))});
  }
  example.due = day_at(item, "due");
  return example;
}

Agreement read_agreement(json::value const& file) {
  Agreement agreement;
  agreement.code = text_at(file, "agreement");
  agreement.cited = text_at(file, "cited");
  for (auto const& [language, title] : find_member(file, "title")->as_object())
    agreement.titles[std::string(language)] = std::string(title.as_string());
  agreement.fictional = flag_at(file, "fictional");
  agreement.parties = texts_at(file, "parties");
  agreement.in_force_from = day_at(file, "in_force_from").value();
  agreement.in_force_until = day_at(file, "in_force_until");
  for (auto const& item : list_at(file, "authority")) {
    agreement.authorities.push_back({text_at(item, "party"), text_at(item, "zone"), text_at(item, "calendar")});
  }
  for (auto const& item : list_at(file, "rule")) agreement.rules.push_back(read_rule(item));
  for (auto const& item : list_at(file, "practice")) {
    agreement.practices.push_back({text_at(item, "key"), text_at(item, "value"), text_at(item, "unit"), text_at(item, "source"),
                                   text_at(item, "confidence")});
  }
  for (auto const& item : list_at(file, "agreed_field"))
    agreement.agreed_fields.push_back({text_at(item, "field"), text_at(item, "article")});
  for (auto const& item : list_at(file, "evidence")) agreement.evidence.push_back(read_evidence(item));
  if (auto const* enough = find_member(file, "evidence_enough")) {
    agreement.enough = {static_cast<int>(whole_at(*enough, "prima_facie", 1)), text_at(*enough, "article")};
  }
  for (auto const& item : list_at(file, "checklist")) agreement.checklist.push_back(read_checklist(item));
  for (auto const& item : list_at(file, "example")) agreement.examples.push_back(read_example(item));
  return agreement;
}

bool is_valid_on(Rule const& rule, Date on) { return (!rule.from || *rule.from <= on) && (!rule.until || on <= *rule.until); }

bool overlap(Rule const& left, Rule const& right) {
  bool const before = left.until && right.from && *left.until < *right.from;
  bool const after = right.until && left.from && *right.until < *left.from;
  return left.key == right.key && !before && !after;
}

void check_agreement(Agreement const& agreement, Calendars const& calendars) {
  auto const& name = agreement.code;
  for (auto const& party : agreement.parties) {
    auto const& authority = get_authority(agreement, party);
    if (calendars.count(authority.calendar) == 0)
      throw std::runtime_error(fmt::format("{}: no holidays for {}", name, authority.calendar));
    start_of_day(agreement.in_force_from, authority.zone);  // throws when the zone is unknown
  }
  for (std::size_t i = 0; i < agreement.rules.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (overlap(agreement.rules[i], agreement.rules[j]))
        throw std::runtime_error(fmt::format("{}: rule {} stands there twice", name, agreement.rules[i].key));
    }
  }
}

}  // namespace

std::string_view name_of(Unit unit) { return unit_names[static_cast<std::size_t>(unit)]; }

Agreements load_agreements(std::filesystem::path const& data, Calendars const& calendars) {
  Agreements agreements;
  for (auto const& entry : std::filesystem::directory_iterator(data / "agreements")) {
    if (entry.path().extension() != ".toml") continue;
    auto agreement = read_agreement(read_data_file(entry.path(), data / "schema/agreement.schema.json"));
    if (agreement.code != entry.path().stem().string())
      throw std::runtime_error(entry.path().string() + ": the agreement has another code than its file");
    check_agreement(agreement, calendars);
    agreements.emplace(agreement.code, std::move(agreement));
  }
  return agreements;
}

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

Result<void> check_applies(Agreement const& agreement, std::string_view requesting, std::string_view requested, Date on,
                           std::optional<Date> entered_on) {
  auto const is_party = [&](std::string_view party) {
    return std::find(agreement.parties.begin(), agreement.parties.end(), party) != agreement.parties.end();
  };
  if (requesting == requested || !is_party(requesting) || !is_party(requested)) {
    return refuse(Why::agreement_does_not_apply, "agreement",
                  fmt::format("{} is not between {} and {}", agreement.cited, requesting, requested), agreement.cited);
  }
  if (on < agreement.in_force_from || (agreement.in_force_until && on > *agreement.in_force_until)) {
    return refuse(Why::agreement_does_not_apply, "agreement", fmt::format("{} is not in force on {}", agreement.cited, on.text()),
                  agreement.cited);
  }
  auto const* cutoff = find_rule(agreement, "entry_cutoff", on);
  auto const first = cutoff == nullptr ? std::nullopt : Date::parse(cutoff->text);
  if (first && entered_on && *entered_on < *first) {
    return refuse(Why::agreement_does_not_apply, "entered_on",
                  fmt::format("it covers entries from {}, not {}", first->text(), entered_on->text()),
                  cite(agreement, cutoff->article));
  }
  return {};
}

}  // namespace rcms::agreements
