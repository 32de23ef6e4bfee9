#include "capabilities/agreements/present_law.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "capabilities/agreements/present.hpp"
#include "foundation/base/text.hpp"
#include "norms/agreements/summary.hpp"
#include "norms/forms/presentation.hpp"

namespace rcms::agreement_desk {

namespace {

using agreements::Agreement;
using agreements::Rule;

std::optional<std::string> optional_day(std::optional<Date> const& day) {
  if (!day) return std::nullopt;
  return day->text();
}

/// Everything that one answer is made with.
struct Reader {
  Context const& context;
  access::Viewer const& viewer;
  std::string_view language;
  Date today;

  Labels const& labels() const { return context.files.labels; }
  std::string text(std::string const& key) const { return labels().text(language, key); }
  std::string label_or(std::string const& key, std::string const& otherwise) const {
    return labels().has(key) ? text(key) : otherwise;
  }
  std::string state(std::string const& code) const {
    auto const* party = context.files.directory.find_party(code);
    return party == nullptr ? agreements::name_of_state(labels(), language, code) : party->names.in(language);
  }
  std::string told(std::string const& words, agreements::Names const& translations) const {
    auto const found = translations.find(std::string(language));
    return found == translations.end() ? words : found->second;
  }
};

Reader reader_of(Context const& context, access::Viewer const& viewer, std::string_view language) {
  return {context, viewer, language, case_files::today_of(context.files, viewer.party)};
}

std::string title_of(Reader const& reader, Agreement const& agreement) {
  auto const title = agreement.titles.find(std::string(reader.language));
  return title == agreement.titles.end() ? agreement.cited : title->second;
}

void count(SureCountsView& counts, std::string const& confidence) {
  if (confidence == "P") ++counts.primary;
  else if (confidence == "S") ++counts.secondary;
  else if (confidence == "confirmed") ++counts.confirmed;
  else ++counts.unverified;
}

bool has_rule(Agreement const& agreement, std::string_view key) {
  return std::any_of(agreement.rules.begin(), agreement.rules.end(), [&](auto const& rule) { return rule.key == key; });
}

/// What every agreement is asked for and this one is silent on.
std::vector<std::string> list_missing(Reader const& reader, Agreement const& agreement) {
  constexpr std::array<char const*, 8> expected = {"reply_standard", "silence_effect",     "submit_deadline_tcn",
                                                   "td_issue",       "interview_deadline", "td_validity",
                                                   "transfer_window", "error_window_own"};
  std::vector<std::string> missing;
  for (std::string const key : expected) {
    bool const other = key == "submit_deadline_tcn" && has_rule(agreement, "submit_deadline_any");
    if (!other && !has_rule(agreement, key)) missing.push_back(reader.text("agreements.rule." + key));
  }
  return missing;
}

AgreementRowView present_row(Reader const& reader, Agreement const& agreement) {
  AgreementRowView row;
  row.code = agreement.code;
  row.title = title_of(reader, agreement);
  row.cited = agreement.cited;
  for (auto const& code : agreement.parties) {
    row.parties.push_back({code, reader.state(code)});
    row.own = row.own || code == reader.viewer.party_code;
  }
  row.kind = agreement.kind;
  row.kind_label = reader.text("agreements.kind." + agreement.kind);
  if (agreement.in_force) row.in_force_from = agreement.in_force_from.text();
  row.in_force_until = optional_day(agreement.in_force_until);
  row.in_force = agreement.in_force && agreement.in_force_from <= reader.today &&
                 (!agreement.in_force_until || reader.today <= *agreement.in_force_until);
  row.fictional = agreement.fictional;
  if (auto const* version = reader.context.files.norms.law->find_version(agreement.code)) row.version = version->number;
  row.rules = static_cast<std::int64_t>(agreement.rules.size());
  for (auto const& rule : agreement.rules) count(row.sure, agreements::confidence_of_value(rule));
  row.missing = list_missing(reader, agreement);
  return row;
}

bool has_party(AgreementRowView const& row, std::string const& code) {
  return std::any_of(row.parties.begin(), row.parties.end(), [&](auto const& party) { return party.id == code; });
}

bool fits_words(AgreementRowView const& row, std::string const& words) {
  auto text = row.code + " " + row.cited + " " + row.title;
  for (auto const& party : row.parties) text += " " + party.id + " " + party.name;
  text = search_form(text);
  auto const wanted = split(search_form(words), ' ');
  return std::all_of(wanted.begin(), wanted.end(), [&](auto const& word) { return text.find(word) != std::string::npos; });
}

bool fits(AgreementRowView const& row, AgreementFilter const& filter) {
  if (!filter.all && !row.own) return false;
  if (!filter.state.empty() && !has_party(row, filter.state)) return false;
  if (!filter.other.empty() && !has_party(row, filter.other)) return false;
  if (!filter.state.empty() && !filter.other.empty() && !row.in_force) return false;
  if (filter.confidence == "certain" && (row.rules == 0 || row.sure.unverified > 0)) return false;
  if (filter.confidence == "unverified" && row.sure.unverified == 0) return false;
  if (filter.confidence == "missing" && row.missing.empty()) return false;
  return fits_words(row, filter.words);
}

VariantView present_variant(Reader const& reader, Rule const& rule, agreements::Variant const& variant) {
  VariantView view;
  view.when = variant.when.empty() ? reader.labels().text(reader.language, "agreements.summary.only_requested",
                                                          {{"party", reader.state(variant.requested)}})
                                   : reader.label_or("agreements.when." + variant.when, variant.when);
  view.value = variant.value;
  view.unit = agreements::name_of(variant.unit);
  view.says = reader.labels().text(reader.language, "clock.units." + view.unit, {{"count", std::to_string(variant.value)}});
  view.article = variant.article.empty() ? rule.article : variant.article;
  view.confidence = variant.confidence.empty() ? agreements::confidence_of_value(rule) : variant.confidence;
  return view;
}

RuleView present_rule(Reader const& reader, Rule const& rule) {
  RuleView view;
  view.key = rule.key;
  view.label = reader.text("agreements.rule." + rule.key);
  if (rule.value) view.value = *rule.value;
  view.text = optional_text(reader.told(rule.text, rule.text_in));
  view.unit = agreements::name_of(rule.unit);
  view.says = agreements::render_rule(reader.labels(), reader.language, rule);
  if (!rule.start.empty()) {
    view.start = rule.start;
    view.start_label = reader.text("clock.event." + rule.start);
    view.start_confidence = agreements::confidence_of_start(rule);
  }
  view.article = rule.article;
  view.confidence = agreements::confidence_of_value(rule);
  view.reference = optional_text(rule.reference);
  view.note = optional_text(reader.told(rule.note, rule.note_in));
  view.from = optional_day(rule.from);
  view.until = optional_day(rule.until);
  for (auto const& variant : rule.variants) view.variants.push_back(present_variant(reader, rule, variant));
  return view;
}

PracticeView present_practice(Reader const& reader, agreements::Practice const& practice) {
  auto const value = practice.unit.empty() ? reader.told(practice.value, practice.value_in)
                                           : reader.labels().text(reader.language, "clock.units." + practice.unit,
                                                                  {{"count", practice.value}});
  return {practice.key,        reader.text("agreements.rule." + practice.key), value, practice.source,
          practice.confidence, optional_text(reader.told(practice.note, practice.note_in))};
}

void add_evidence(Reader const& reader, Agreement const& agreement, AgreementView& view) {
  for (auto const& one : agreement.evidence) {
    std::vector<std::string> grounds;
    for (auto const& ground : one.grounds) grounds.push_back(reader.label_or("evidence.ground." + ground, ground));
    for (auto const& type : one.types) {
      view.evidence.push_back({one.purpose, type, reader.label_or("codes.evidence_type." + type, type), one.effect, grounds,
                               one.article, one.confidence});
    }
  }
}

std::optional<std::int64_t> known_year(int year) {
  if (year == 0) return std::nullopt;
  return year;
}

AuthorityView present_authority(Reader const& reader, agreements::Authority const& authority) {
  AuthorityView view;
  view.party = authority.party;
  view.name = reader.state(authority.party);
  view.zone = authority.zone;
  view.calendar = reader.state(authority.calendar);
  view.region = optional_text(authority.region);
  auto const& calendars = reader.context.files.norms.calendars;
  auto const found = calendars.find(authority.calendar);
  if (found == calendars.end()) {
    view.holidays_confidence = "unverified";
    view.holidays_known = false;
    return view;
  }
  auto const& calendar = found->second;
  view.weekend.assign(calendar.weekend.begin(), calendar.weekend.end());
  view.holidays_confidence = calendar.confidence;
  view.holidays_source = calendar.source;
  view.weekend_source = calendar.weekend_source;
  view.holidays_known = agreements::knows_year(calendar, reader.today.year());
  view.known_from = known_year(calendar.known_from);
  view.known_until = known_year(calendar.known_until);
  return view;
}

AgreementView present_whole(Reader const& reader, Agreement const& agreement) {
  AgreementView view;
  view.agreement = present_row(reader, agreement);
  view.newest = view.agreement.version;
  view.signed_on = optional_day(agreement.signed_on);
  for (auto const& code : agreement.requesting) view.requesting.push_back(reader.state(code));
  for (auto const& code : agreement.requested) view.requested.push_back(reader.state(code));
  for (auto const& kind : agreement.covers) view.covers.push_back(reader.text("agreements.when." + kind));
  view.reference = optional_text(reader.told(agreement.reference, agreement.reference_in));
  view.source = optional_text(agreement.source);
  view.note = optional_text(reader.told(agreement.note, agreement.note_in));
  for (auto const& rule : agreement.rules) view.rules.push_back(present_rule(reader, rule));
  for (auto const& practice : agreement.practices) view.practices.push_back(present_practice(reader, practice));
  add_evidence(reader, agreement, view);
  auto const& form = reader.context.files.norms.application_form;
  for (auto const& field : agreement.agreed_fields)
    view.agreed_fields.push_back(forms::field_label(form, reader.labels(), reader.language, field.field));
  for (auto const& authority : agreement.authorities) view.authorities.push_back(present_authority(reader, authority));
  return view;
}

}  // namespace

AgreementListView present_list(Context const& context, access::Viewer const& viewer, std::string_view language,
                               AgreementFilter const& filter) {
  auto const reader = reader_of(context, viewer, language);
  AgreementListView view;
  std::map<std::string, std::string> states;
  for (auto const* agreement : context.files.norms.law->list(viewer.party_code)) {
    auto row = present_row(reader, *agreement);
    ++view.counts.all;
    if (row.own) ++view.counts.own;
    for (auto const& party : row.parties) states[party.id] = party.name;
    if (!fits(row, filter)) continue;
    ++view.counts.found;
    view.counts.rules += row.rules;
    view.counts.sure.primary += row.sure.primary;
    view.counts.sure.secondary += row.sure.secondary;
    view.counts.sure.confirmed += row.sure.confirmed;
    view.counts.sure.unverified += row.sure.unverified;
    view.items.push_back(std::move(row));
  }
  std::stable_sort(view.items.begin(), view.items.end(),
                   [](auto const& left, auto const& right) { return left.own > right.own; });
  for (auto const& [code, name] : states) view.states.push_back({code, name});
  std::sort(view.states.begin(), view.states.end(), [](auto const& left, auto const& right) { return left.name < right.name; });
  return view;
}

Result<AgreementView> present_agreement(Context const& context, access::Viewer const& viewer, std::string_view language,
                                        std::string_view code, int number) {
  auto const& law = *context.files.norms.law;
  auto const* newest = law.find_version(code);
  auto const* agreement = number == 0 ? law.find(code, {}, viewer.party_code) : law.find_number(code, number, viewer.party_code);
  if (newest == nullptr || agreement == nullptr) return refuse(Why::not_found);
  auto view = present_whole(reader_of(context, viewer, language), *agreement);
  view.newest = newest->number;
  view.agreement.version = number == 0 ? newest->number : number;
  return view;
}

Result<std::vector<VersionOfAgreementView>> present_versions(Context const& context, access::Viewer const& viewer,
                                                             std::string_view language, std::string_view code) {
  auto const& law = *context.files.norms.law;
  if (law.find_version(code) == nullptr) return refuse(Why::not_found);
  auto const reader = reader_of(context, viewer, language);
  std::vector<VersionOfAgreementView> views;
  Agreement const* before = nullptr;
  std::string hash;
  for (auto const& version : list_versions(context.files.database)) {
    if (version.agreement != code) continue;
    auto const* held = law.find_number(code, version.number, viewer.party_code);
    if (held == nullptr) continue;  // another process has just accepted it
    VersionOfAgreementView view;
    view.version = present_version(context, viewer, version);
    view.other_words_only = version.law_hash == hash;
    if (before != nullptr && !view.other_words_only) {
      view.changes = present_difference(reader.labels(), language, *before, *held, reader.today).rules;
      std::erase_if(view.changes, [](auto const& each) { return each.same; });
    }
    before = held;
    hash = version.law_hash;
    views.push_back(std::move(view));
  }
  if (!views.empty()) views.back().newest = true;
  std::reverse(views.begin(), views.end());
  return views;
}

}  // namespace rcms::agreement_desk
