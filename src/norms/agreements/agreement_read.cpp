// Agreements from their files, and what is wrong with one.
#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_folder.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"
#include "norms/agreements/agreement.hpp"
#include "norms/agreements/summary.hpp"

namespace rcms::agreements {

namespace json = boost::json;

namespace {

Unit parse_unit(std::string const& text) {
  for (int i = 0; i <= static_cast<int>(Unit::per_year); ++i) {
    if (name_of(static_cast<Unit>(i)) == text) return static_cast<Unit>(i);
  }
  return Unit::none;
}

int number_at(json::value const& item, std::string_view key, int fallback = 0) {
  return static_cast<int>(whole_at(item, key, fallback));
}

/// A day that the schema has checked by its pattern, and that must exist.
std::optional<Date> day_at(json::value const& item, std::string_view key) {
  auto const text = text_at(item, key);
  if (text.empty()) return std::nullopt;
  auto const day = Date::parse(text);
  if (!day) throw std::runtime_error(fmt::format("{}: {} is not a day that exists", key, text));
  return day;
}

/// Translations: language → text.
Names names_at(json::value const& item, std::string_view key) {
  Names names;
  if (auto const* found = find_member(item, key)) {
    for (auto const& [language, text] : found->as_object()) names[std::string(language)] = std::string(text.as_string());
  }
  return names;
}

Variant read_variant(json::value const& item) {
  return {text_at(item, "when"), text_at(item, "requested"), number_at(item, "value"), parse_unit(text_at(item, "unit")),
          text_at(item, "article"), text_at(item, "confidence")};
}

void read_start(json::value const& item, Rule& rule) {
  rule.start = text_at(item, "start");
  rule.start_also = texts_at(item, "start_also");
  rule.start_confidence = text_at(item, "start_confidence");
  rule.back = text_at(item, "count") == "back";
  rule.end = text_at(item, "end") == "next_working_day" ? EndAdjustment::next_working_day : EndAdjustment::none;
  rule.then_working_days = number_at(item, "then_working_days");
  auto const request = text_at(item, "on_document_request");
  rule.on_document_request = request == "pauses"     ? OnDocumentRequest::pauses
                             : request == "restarts" ? OnDocumentRequest::restarts
                                                     : OnDocumentRequest::runs;
  rule.calendars = texts_at(item, "calendars");
}

Rule read_rule(json::value const& item) {
  Rule rule;
  rule.key = text_at(item, "key");
  if (auto const value = find_whole(item, "value")) rule.value = static_cast<int>(*value);
  rule.text = text_at(item, "text");
  rule.unit = parse_unit(text_at(item, "unit"));
  read_start(item, rule);
  rule.article = text_at(item, "article");
  rule.reference = text_at(item, "reference");
  rule.confidence = text_at(item, "confidence");
  rule.hint = text_at(item, "hint");
  rule.note = text_at(item, "note");
  rule.text_in = names_at(item, "text_in");
  rule.note_in = names_at(item, "note_in");
  rule.ended_by = texts_at(item, "ended_by");
  rule.from = day_at(item, "from");
  rule.until = day_at(item, "until");
  rule.date = day_at(item, "date");
  rule.after_date = text_at(item, "bound") == "after";
  rule.requested = text_at(item, "requested");
  rule.only_for = texts_at(item, "only_for");
  rule.of = texts_at(item, "of");
  for (auto const& each : list_at(item, "variant")) rule.variants.push_back(read_variant(each));
  return rule;
}

EvidenceRule read_evidence(json::value const& item) {
  EvidenceRule rule;
  rule.purpose = text_at(item, "purpose");
  rule.types = texts_at(item, "types");
  if (auto type = text_at(item, "type"); !type.empty()) rule.types.push_back(std::move(type));
  rule.effect = text_at(item, "effect");
  rule.expired_effect = text_at(item, "expired_effect");
  rule.expired_grace_months = number_at(item, "expired_grace_months");
  rule.authenticated_copy_effect = text_at(item, "authenticated_copy_effect");
  rule.copy_effect = text_at(item, "copy_effect");
  rule.issued_from = day_at(item, "issued_from");
  rule.issued_until = day_at(item, "issued_until");
  rule.article = text_at(item, "article");
  rule.forms = texts_at(item, "forms");
  rule.only_expired = flag_at(item, "only_expired");
  rule.requested = text_at(item, "requested");
  rule.when = text_at(item, "when");
  rule.together_with = text_at(item, "together_with");
  rule.grounds = texts_at(item, "grounds");
  rule.category = text_at(item, "category");
  rule.document = text_at(item, "document");
  rule.listed_effect = text_at(item, "listed_effect");
  rule.source = text_at(item, "source");
  rule.confidence = text_at(item, "confidence", "P");
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
    example.events.push_back({text_at(each, "kind"), *at, number_at(each, "value")});
  }
  example.due = day_at(item, "due");
  example.facts.requested = text_at(item, "requested");
  for (auto const& each : texts_at(item, "conditions")) example.facts.conditions.insert(each);
  example.why = text_at(item, "why");
  return example;
}

void read_head(json::value const& file, Agreement& agreement) {
  agreement.code = text_at(file, "agreement");
  agreement.cited = text_at(file, "cited");
  agreement.titles = names_at(file, "title");
  agreement.fictional = flag_at(file, "fictional");
  agreement.kind = text_at(file, "kind", "binding");
  agreement.instrument = text_at(file, "instrument");
  agreement.reference = text_at(file, "reference");
  agreement.source = text_at(file, "source");
  agreement.note = text_at(file, "note");
  agreement.reference_in = names_at(file, "reference_in");
  agreement.note_in = names_at(file, "note_in");
  agreement.covers = texts_at(file, "covers");
  agreement.covers_reference = text_at(file, "covers_reference");
  agreement.signed_on = day_at(file, "signed");
  agreement.parties = texts_at(file, "parties");
  agreement.requesting = texts_at(file, "requesting");
  agreement.requested = texts_at(file, "requested");
  auto const from = day_at(file, "in_force_from");
  agreement.in_force = from.has_value();
  agreement.in_force_from = from.value_or(Date(9999, 12, 31));
  agreement.in_force_until = day_at(file, "in_force_until");
}

Agreement from_json(json::value const& file) {
  Agreement agreement;
  read_head(file, agreement);
  for (auto const& item : list_at(file, "authority")) {
    agreement.authorities.push_back(
        {text_at(item, "party"), text_at(item, "zone"), text_at(item, "calendar"), text_at(item, "region")});
  }
  for (auto const& item : list_at(file, "rule")) agreement.rules.push_back(read_rule(item));
  for (auto const& item : list_at(file, "practice")) {
    agreement.practices.push_back({text_at(item, "key"), text_at(item, "value"), text_at(item, "unit"), text_at(item, "source"),
                                   text_at(item, "confidence"), text_at(item, "note"), names_at(item, "value_in"),
                                   names_at(item, "note_in")});
  }
  for (auto const& item : list_at(file, "agreed_field"))
    agreement.agreed_fields.push_back({text_at(item, "field"), text_at(item, "article")});
  for (auto const& item : list_at(file, "evidence")) agreement.evidence.push_back(read_evidence(item));
  if (auto const* enough = find_member(file, "evidence_enough")) {
    agreement.enough = {number_at(*enough, "prima_facie"), text_at(*enough, "article")};
  }
  for (auto const& item : list_at(file, "checklist")) agreement.checklist.push_back(read_checklist(item));
  for (auto const& item : list_at(file, "example")) agreement.examples.push_back(read_example(item));
  return agreement;
}

bool overlap(Rule const& left, Rule const& right) {
  bool const before = left.until && right.from && *left.until < *right.from;
  bool const after = right.until && left.from && *right.until < *left.from;
  return left.key == right.key && !before && !after;
}

/// Which start the rule `reply_clock_start` names; empty when it names none that is known here.
std::string_view start_named(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> names = {
      {{"acknowledgement_of_receipt", "acknowledgement"},
       {"confirmed_receipt", "acknowledgement"},
       {"receipt", "receipt"},
       {"complete_file", "complete_file"}}};
  for (auto const& [named, start] : names) {
    if (named == text) return start;
  }
  return {};
}

void check_parties(Agreement const& agreement, Calendars const& calendars, std::vector<std::string>& wrong) {
  for (auto const& party : agreement.parties) {
    bool const has = std::any_of(agreement.authorities.begin(), agreement.authorities.end(),
                                 [&](auto const& each) { return each.party == party; });
    if (!has) wrong.push_back(fmt::format("authority: {} has none", party));
  }
  for (auto const& authority : agreement.authorities) {
    auto const& parties = agreement.parties;
    if (std::find(parties.begin(), parties.end(), authority.party) == parties.end())
      wrong.push_back(fmt::format("authority: {} is no party", authority.party));
    if (calendars.count(authority.calendar) == 0)
      wrong.push_back(fmt::format("authority of {}: no holidays for {}", authority.party, authority.calendar));
    try {
      start_of_day(Date(2024, 1, 1), authority.zone);
    } catch (std::runtime_error const&) {
      wrong.push_back(fmt::format("authority of {}: the zone {} is not known", authority.party, authority.zone));
    }
  }
  if (agreement.in_force_until && *agreement.in_force_until < agreement.in_force_from)
    wrong.push_back(fmt::format("in_force_until: {} lies before in_force_from", agreement.in_force_until->text()));
  if (agreement.in_force && agreement.signed_on && agreement.in_force_from < *agreement.signed_on)
    wrong.push_back(fmt::format("in_force_from: {} lies before signed", agreement.in_force_from.text()));
}

void check_rule(Rule const& rule, std::vector<std::string>& wrong) {
  auto const tell = [&](std::string_view what) { wrong.push_back(fmt::format("rule {}: {}", rule.key, what)); };
  if (rule.until && rule.from && *rule.until < *rule.from) tell("until lies before from");
  if (rule.article.empty() && rule.reference.empty())
    tell("no clause: give article, or reference where the source has no article");
  if (rule.value && rule.unit == Unit::none) tell("a value without unit");
  if (rule.value && !rule.text.empty() && rule.start.empty()) tell("both a value and a text");
  if (!rule.hint.empty() && rule.confidence != "unverified") tell("a hint, but its confidence is not unverified");
  if (rule.back && rule.then_working_days > 0) tell("then_working_days and count = \"back\" contradict each other");
}

void check_rules(Agreement const& agreement, std::vector<std::string>& wrong) {
  for (std::size_t i = 0; i < agreement.rules.size(); ++i) {
    auto const& rule = agreement.rules[i];
    check_rule(rule, wrong);
    for (std::size_t j = 0; j < i; ++j) {
      if (overlap(rule, agreement.rules[j]))
        wrong.push_back(fmt::format("rule {} stands there twice for the same day", rule.key));
    }
    auto const named = rule.key == "reply_clock_start" ? start_named(rule.text) : std::string_view();
    for (auto const& other : agreement.rules) {
      if (named.empty() || other.key != "reply_standard" || other.start.empty() || other.start == named) continue;
      wrong.push_back(fmt::format("rule reply_standard starts at {}, but reply_clock_start says {}", other.start, rule.text));
    }
  }
  auto const has = [&](std::string_view key) {
    return std::any_of(agreement.rules.begin(), agreement.rules.end(), [&](auto const& rule) { return rule.key == key; });
  };
  if (has("reply_ext_total_max") && has("reply_ext_additional_max"))
    wrong.push_back("reply_ext_total_max and reply_ext_additional_max contradict each other");
}

Agreement read_checked(json::value const& file, std::string const& place, Calendars const& calendars) {
  try {
    auto agreement = from_json(file);
    auto wrong = list_contradictions(agreement, calendars);
    if (wrong.empty()) wrong = list_failing_examples(agreement, calendars);
    if (!wrong.empty()) throw std::runtime_error(fmt::format("{}", fmt::join(wrong, "; ")));
    return agreement;
  } catch (std::runtime_error const& error) {
    throw std::runtime_error(fmt::format("{}: {}", place, error.what()));
  }
}

}  // namespace

std::vector<std::string> list_contradictions(Agreement const& agreement, Calendars const& calendars) {
  std::vector<std::string> wrong;
  check_parties(agreement, calendars, wrong);
  check_rules(agreement, wrong);
  for (auto const& each : agreement.evidence) {
    if (each.issued_from && each.issued_until && *each.issued_until < *each.issued_from)
      wrong.push_back(fmt::format("evidence {}: issued_until lies before issued_from", fmt::join(each.types, ", ")));
  }
  return wrong;
}

Agreement read_agreement(std::string const& text, std::string const& name, std::filesystem::path const& data) {
  auto const file = read_data_text(text, name, data / "schema/agreement.schema.json");
  try {
    return from_json(file);
  } catch (std::runtime_error const& error) {
    throw std::runtime_error(fmt::format("{}: {}", name, error.what()));
  }
}

Agreements load_agreements(std::filesystem::path const& data, Calendars const& calendars) {
  Agreements agreements;
  for (auto const& [path, file] : read_data_folder(data / "agreements", data / "schema/agreement.schema.json")) {
    auto agreement = read_checked(file, path.string(), calendars);
    if (lower_ascii(agreement.code) != path.stem().string())
      throw std::runtime_error(path.string() + ": the agreement has another code than its file");
    auto code = agreement.code;
    agreements.emplace(std::move(code), std::move(agreement));
  }
  return agreements;
}

}  // namespace rcms::agreements
