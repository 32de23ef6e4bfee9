#include "capabilities/case_files/evidence.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/deciding.hpp"
#include "foundation/base/json_read.hpp"
#include "norms/agreements/summary.hpp"
#include "norms/forms/content.hpp"

namespace rcms::case_files {

namespace json = boost::json;

namespace {

std::optional<std::string> optional_day(std::optional<Date> const& day) {
  if (!day) return std::nullopt;
  return day->text();
}

/// Words in one language, from labels; a code without label, as another State may send it, stands as it is.
struct Words {
  Context const& context;
  std::string_view language;

  std::string operator()(std::string const& key, LabelArguments const& arguments = {}) const {
    return context.labels.text(language, key, arguments);
  }
  std::string label_or(std::string const& key, std::string const& otherwise) const {
    return context.labels.has(key) ? context.labels.text(language, key) : otherwise;
  }
  std::string type(std::string const& code) const { return label_or("codes.evidence_type." + code, code); }
  std::string form(std::string const& code) const { return label_or("codes.document_form." + code, code); }
  std::string effect(agreements::Effect effect) const { return (*this)("evidence.effect." + std::string(name_of(effect))); }
  std::vector<std::string> list(char const* prefix, std::vector<std::string> const& codes) const {
    std::vector<std::string> words;
    for (auto const& code : codes) words.push_back((*this)(prefix + code));
    return words;
  }
};

EvidenceDocumentView present_strength(Words const& words, agreements::DocumentStrength const& strength, json::value const& item) {
  EvidenceDocumentView view;
  view.document = static_cast<std::int64_t>(strength.index);
  view.type = text_at(item, "type");
  view.label = words.type(view.type);
  view.number = optional_text(text_at(item, "number"));
  if (auto const form = text_at(item, "form"); !form.empty()) view.form = words.form(form);
  view.issued_on = optional_text(text_at(item, "issued_on"));
  view.expires_on = optional_text(text_at(item, "expires_on"));
  view.effect = name_of(strength.effect);
  view.effect_label = words.effect(strength.effect);
  view.reason = strength.reason;
  view.why = words("evidence.reason." + strength.reason);
  view.lacking = words.list("evidence.lacking.", strength.lacking);
  view.until = optional_day(strength.until);
  view.grounds = words.list("evidence.ground.", strength.grounds);
  view.clause = optional_text(strength.source);
  view.confidence = strength.confidence;
  view.together_with = optional_text(strength.together_with);
  view.listed = optional_text(strength.listed);
  return view;
}

EvidenceWayView present_way(Words const& words, agreements::EnoughWay const& way) {
  EvidenceWayView view;
  view.type = way.type;
  view.label = words.type(way.type);
  for (auto const& form : way.forms) view.forms.push_back({form, words.form(form)});
  view.effect = name_of(way.effect);
  view.effect_label = words.effect(way.effect);
  view.count = way.count;
  view.presented = way.presented;
  view.issued_from = optional_day(way.issued_from);
  view.issued_until = optional_day(way.issued_until);
  view.grounds = words.list("evidence.ground.", way.grounds);
  view.clause = way.source;
  view.confidence = way.confidence;
  view.together_with = optional_text(way.together_with);
  view.listed = optional_text(way.listed);
  return view;
}

/// What the agreement says of evidence beside its lists.
std::vector<EvidenceRuleView> present_rules(Words const& words, agreements::Agreement const& agreement, Date on) {
  std::vector<EvidenceRuleView> rules;
  for (auto const* key : {"evidence_expired_grace", "evidence_special"}) {
    auto const* rule = agreements::find_rule(agreement, key, on);
    if (rule == nullptr) continue;
    auto text = agreements::render_rule(words.context.labels, words.language, *rule);
    rules.push_back({words("agreements.rule." + rule->key), std::move(text), agreements::cite(agreement, rule->article),
                     agreements::confidence_of_value(*rule)});
  }
  return rules;
}

std::vector<agreements::Document> documents_of(json::value const& content, std::string_view purpose, CaseFile const& file) {
  auto documents = agreements::list_documents(content, purpose);
  auto shown = file;
  shown.content = content.as_object();
  auto const found_false = list_found_false(shown);
  for (auto const index : purpose == "nationality" ? found_false.nationality : found_false.third_country) {
    documents.at(index).found_false = true;
  }
  return documents;
}

/// The entries of the list of the form, in the same order as agreements::list_documents.
json::array entries_of(json::value const& content, std::string_view purpose) {
  bool const third_country = purpose == "third_country";
  json::array entries;
  if (auto const* section = find_member(content, third_country ? "E_tcn" : "D_evidence")) {
    for (auto const& item : list_at(*section, third_country ? "tcn_evidence" : "nationality_evidence")) entries.push_back(item);
  }
  return entries;
}

struct Asked {
  CaseFile const& file;
  agreements::Agreement const& agreement;
  json::value const& content;
  agreements::CaseFacts facts;
  Date on;
};

void present_result(Words const& words, agreements::EvidenceResult const& found, EvidenceOfPurposeView& view) {
  view.result = found.is_listed ? std::string(name_of(agreements::running_result(found))) : "not_listed";
  if (!view.decides) view.result = "not_asked";
  view.result_words = words("evidence.result." + view.purpose + "." + view.result);
  if (!view.decides || !found.is_listed) return;
  view.sufficient = std::string(agreements::sufficiency_of(found));
  view.sufficient_words = words("evidence.sufficient." + *view.sufficient);
  view.clause = optional_text(found.source);
}

EvidenceOfPurposeView present_purpose(Words const& words, Asked const& asked, std::string_view purpose, bool decides) {
  auto const ground = purpose == "third_country" ? agreements::ground_of(asked.content) : std::string_view();
  auto const found = agreements::assess_evidence(
      asked.agreement, purpose, documents_of(asked.content, purpose, asked.file), asked.on, asked.facts, ground);
  EvidenceOfPurposeView view;
  view.purpose = purpose;
  view.label = words("evidence.purpose." + view.purpose);
  view.item = view.purpose + "_evidence";
  view.decides = decides;
  present_result(words, found, view);
  view.day = asked.on.text();
  bool const is_draft = asked.file.submitted_on.empty();
  view.day_words = words(is_draft ? "evidence.day.today" : "evidence.day.application", {{"day", view.day}});
  auto const entries = entries_of(asked.content, purpose);
  for (auto const& one : found.documents) view.documents.push_back(present_strength(words, one, entries.at(one.index)));
  for (auto const& one : found.grounds) {
    view.grounds.push_back({one.ground, words("evidence.ground." + one.ground), std::string(name_of(one.result)),
                            words.effect(one.result), one.asked});
  }
  for (auto const& one : found.ways) view.ways.push_back(present_way(words, one));
  view.rules = present_rules(words, asked.agreement, asked.on);
  return view;
}

}  // namespace

std::string const& requested_code(Context const& context, CaseFile const& file) {
  return context.directory.get_party(file.side == Side::requested ? file.party : file.partner).code;
}

agreements::CaseFacts facts_of_evidence(Context const& context, CaseFile const& file, json::value const& content) {
  auto const& requested = requested_code(context, file);
  return {requested, forms::derive_conditions(content, requested, today_of(context, file.party))};
}

CaseEvidenceView present_evidence(Context const& context, std::string_view language, CaseFile const& file,
                                  json::object const& content) {
  CaseEvidenceView view;
  view.agreement = file.agreement;
  auto const* agreement = context.norms.find_agreement(file.agreement, file.submitted_on);
  if (agreement == nullptr) return view;
  json::value const value(content);
  Asked const asked{file, *agreement, value, facts_of_evidence(context, file, value),
                    agreements::day_that_counts(file.submitted_on, today_of(context, file.party))};
  Words const words{context, language};
  auto const deciding = agreements::list_purposes(asked.facts.conditions);
  for (auto const purpose : deciding) {
    bool const on_card = purpose != "third_country" || content.contains("E_tcn") || &content == &file.content;
    bool const known = deciding.size() == 1 || purpose == "nationality" || content.contains("E_tcn");
    if (on_card && known) view.purposes.push_back(present_purpose(words, asked, purpose, true));
  }
  bool const is_other = std::find(deciding.begin(), deciding.end(), "nationality") == deciding.end();
  if (is_other && !entries_of(value, "nationality").empty())
    view.purposes.push_back(present_purpose(words, asked, "nationality", false));
  return view;
}

std::vector<WantedDocumentView> present_wanted(Context const& context, std::string_view language, CaseFile const& file,
                                               RequestItem const& item) {
  std::vector<WantedDocumentView> views;
  if (item.any_of.empty()) return views;
  Words const words{context, language};
  auto const* agreement = context.norms.find_agreement(file.agreement, file.submitted_on);
  auto const facts = facts_of_evidence(context, file, json::value(file.content));
  for (auto const& one : item.any_of) {
    WantedDocumentView view{one.type, words.type(one.type), optional_text(one.form), {}, {}, {}, {}};
    if (!one.form.empty()) view.form_label = words.form(one.form);
    auto const form = one.form.empty() ? std::string("original") : one.form;
    std::optional<agreements::EnoughWay> way;
    if (agreement != nullptr) way = agreements::find_way(*agreement, purpose_of(item.item), one.type, form, facts);
    if (way) {
      view.effect = std::string(name_of(way->effect));
      view.effect_label = words.effect(way->effect);
      view.clause = way->source;
    }
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace rcms::case_files
