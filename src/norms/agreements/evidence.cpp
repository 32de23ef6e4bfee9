#include "norms/agreements/evidence.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::agreements {

namespace {

constexpr std::array<std::string_view, 5> effect_names = {"none", "initiates", "evidence", "prima_facie", "proof"};
constexpr std::array<std::string_view, 3> state_names = {"present", "weak", "missing"};

Effect parse_effect(std::string const& text) {
  auto const found = std::find(effect_names.begin(), effect_names.end(), text);
  return found == effect_names.end() ? Effect::none : static_cast<Effect>(found - effect_names.begin());
}

bool holds(std::vector<std::string> const& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// Whether a line of the list is one for this purpose in this case.
bool is_listed_for(EvidenceRule const& rule, std::string_view purpose, CaseFacts const& facts) {
  if (rule.purpose != purpose) return false;
  if (!rule.when.empty() && facts.conditions.count(rule.when) == 0) return false;
  return rule.requested.empty() || facts.requested.empty() || rule.requested == facts.requested;
}

bool covers(EvidenceRule const& rule, Document const& document, Date on) {
  if (!holds(rule.types, document.type)) return false;
  std::string_view const form = document.form.empty() ? std::string_view("copy") : std::string_view(document.form);
  if (!rule.forms.empty() && !holds(rule.forms, form)) return false;
  bool const expired = document.expires_on && *document.expires_on < on;
  if (rule.only_expired && (!expired || form != "original")) return false;
  if (!rule.issued_from && !rule.issued_until) return true;
  if (!document.issued_on) return false;
  return (!rule.issued_from || *document.issued_on >= *rule.issued_from) &&
         (!rule.issued_until || *document.issued_on <= *rule.issued_until);
}

struct Judged {
  Effect effect = Effect::none;
  std::string reason;
};

Judged judge_original(EvidenceRule const& rule, Document const& document, Date on) {
  if (rule.only_expired) return {parse_effect(rule.effect), "expired"};
  if (!document.expires_on || *document.expires_on >= on) return {parse_effect(rule.effect), "valid"};
  if (document.expires_on->plus_months(rule.expired_grace_months) >= on)
    return {parse_effect(rule.effect), "expired_within_grace"};
  return {parse_effect(rule.expired_effect), "expired"};
}

Judged judge(EvidenceRule const& rule, Document const& document, Date on) {
  if (document.form == "original") return judge_original(rule, document, on);
  bool const authenticated = document.form == "authenticated_copy";
  auto const& of_copy = authenticated ? rule.authenticated_copy_effect : rule.copy_effect;
  return {parse_effect(rule.forms.empty() ? of_copy : rule.effect), authenticated ? "authenticated_copy" : "copy"};
}

DocumentStrength assess_document(Agreement const& agreement, std::string_view purpose, Document const& document, Date on,
                                 CaseFacts const& facts) {
  DocumentStrength strength;
  strength.reason = "not_listed";
  if (document.found_false) {
    strength.reason = "found_false";
    return strength;
  }
  for (auto const& rule : agreement.evidence) {
    if (!is_listed_for(rule, purpose, facts) || !covers(rule, document, on)) continue;
    auto const judged = judge(rule, document, on);
    if (!strength.source.empty() && judged.effect <= strength.effect) continue;
    strength.effect = judged.effect;
    strength.reason = judged.reason;
    strength.source = cite(agreement, rule.article);
    strength.confidence = rule.confidence;
    strength.together_with = rule.together_with;
  }
  return strength;
}

void add_once(std::vector<std::string>& list, std::string const& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

bool is_asked(ChecklistRule const& rule, Conditions const& conditions) {
  return rule.when.empty() ||
         std::any_of(rule.when.begin(), rule.when.end(), [&](auto const& each) { return conditions.count(each) != 0; });
}

boost::json::value const* find_path(boost::json::value const& content, std::string const& path) {
  auto const* value = &content;
  for (auto const& name : split(path, '.')) {
    if (value != nullptr) value = find_member(*value, name);
  }
  return value;
}

void check_fields(ChecklistRule const& rule, boost::json::value const& content, ChecklistItem& item) {
  item.state = ItemState::present;
  for (auto const& path : rule.fields) {
    auto const* value = find_path(content, path);
    bool const missing = value == nullptr || (value->is_string() && value->get_string().empty());
    auto const date = missing || !value->is_string() ? std::nullopt : PartialDate::parse(value->get_string());
    if (missing) {
      item.state = ItemState::missing;
      item.enough = "fill_in";
    } else if (rule.exact && date && !date->is_complete()) {
      if (item.state == ItemState::present) item.state = ItemState::weak;
      if (item.enough.empty()) item.enough = "exact_date";
    } else {
      continue;
    }
    item.paths.push_back(path);
  }
}

void check_evidence(EvidenceResult const& result, char const* path, Conditions const& conditions, ChecklistItem& item) {
  item.paths = {path};
  if (result.enough) {
    item.state = ItemState::present;
    item.paths.clear();
    return;
  }
  bool const starts = result.result != Effect::none || conditions.count("interview_requested") != 0;
  item.state = starts ? ItemState::weak : ItemState::missing;
  item.enough = result.prima_facie_missing > 0 && result.result >= Effect::prima_facie ? "more_prima_facie" : "one_proof";
  item.options = item.enough == "one_proof" ? result.proof_types : result.prima_facie_types;
  if (item.options.empty()) item.options = result.prima_facie_types;
}

std::vector<Document> documents_with(boost::json::value const& content, std::string_view purpose,
                                     std::vector<std::size_t> const& found_false) {
  auto documents = list_documents(content, purpose);
  for (auto const index : found_false) {
    if (index < documents.size()) documents[index].found_false = true;
  }
  return documents;
}

}  // namespace

std::string_view name_of(Effect effect) { return effect_names[static_cast<std::size_t>(effect)]; }
std::string_view name_of(ItemState state) { return state_names[static_cast<std::size_t>(state)]; }

EvidenceResult assess_evidence(Agreement const& agreement, std::string_view purpose, std::vector<Document> const& documents,
                               Date on, CaseFacts const& facts) {
  EvidenceResult result;
  int prima_facie = 0;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    auto strength = assess_document(agreement, purpose, documents[i], on, facts);
    strength.index = i;
    result.result = std::max(result.result, strength.effect);
    prima_facie += strength.effect == Effect::prima_facie ? 1 : 0;
    result.documents.push_back(std::move(strength));
  }
  int const needed = agreement.enough.prima_facie;
  result.enough = result.result == Effect::proof || (needed > 0 && prima_facie >= needed);
  if (!result.enough && needed > 0) result.prima_facie_missing = needed - prima_facie;
  for (auto const& rule : agreement.evidence) {
    if (!is_listed_for(rule, purpose, facts)) continue;
    bool const prima = rule.effect == "prima_facie" || rule.copy_effect == "prima_facie" || rule.expired_effect == "prima_facie";
    for (auto const& type : rule.types) {
      if (rule.effect == "proof") add_once(result.proof_types, type);
      if (prima) add_once(result.prima_facie_types, type);
    }
  }
  result.source = cite(agreement, agreement.enough.article);
  return result;
}

std::vector<Document> list_documents(boost::json::value const& content, std::string_view purpose) {
  bool const third_country = purpose == "third_country";
  auto const* section = find_member(content, third_country ? "E_tcn" : "D_evidence");
  std::vector<Document> documents;
  if (section == nullptr) return documents;
  for (auto const& item : list_at(*section, third_country ? "tcn_evidence" : "nationality_evidence")) {
    documents.push_back({text_at(item, "type"), text_at(item, "form"), Date::parse(text_at(item, "issued_on")),
                         Date::parse(text_at(item, "expires_on"))});
  }
  return documents;
}

Checklist check_completeness(Agreement const& agreement, boost::json::value const& content, Conditions const& conditions, Date on,
                             FoundFalse const& found_false) {
  Checklist checklist;
  checklist.nationality =
      assess_evidence(agreement, "nationality", documents_with(content, "nationality", found_false.nationality), on);
  checklist.third_country =
      assess_evidence(agreement, "third_country", documents_with(content, "third_country", found_false.third_country), on);
  checklist.is_complete = true;
  for (auto const& rule : agreement.checklist) {
    if (!is_asked(rule, conditions)) continue;
    ChecklistItem item;
    item.code = rule.code;
    item.must = rule.must;
    item.source = cite(agreement, rule.article);
    if (rule.kind == "field") check_fields(rule, content, item);
    else if (rule.purpose == "third_country") check_evidence(checklist.third_country, "E_tcn.tcn_evidence", conditions, item);
    else check_evidence(checklist.nationality, "D_evidence.nationality_evidence", conditions, item);
    if (item.must && item.state == ItemState::missing) checklist.is_complete = false;
    checklist.items.push_back(std::move(item));
  }
  return checklist;
}

}  // namespace rcms::agreements
