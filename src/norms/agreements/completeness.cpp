// What is there of the checklist of an agreement, what is missing, and what would be enough.
#include <algorithm>

#include <boost/json.hpp>

#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"
#include "norms/agreements/evidence_shown.hpp"

namespace rcms::agreements {

namespace {

bool is_asked(ChecklistRule const& rule, Conditions const& conditions) {
  // A transit takes nobody back: the application has no section on the ground of a readmission.
  bool const of_ground =
      std::any_of(rule.fields.begin(), rule.fields.end(), [](auto const& path) { return path.starts_with("E_tcn."); });
  if (of_ground && conditions.count("transit") != 0) return false;
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
  item.count = item.enough == "one_proof" ? 1 : result.prima_facie_missing;
  if (!item.options.empty()) return;
  // Without a list of proof the presumptions are what there is; without those nothing is known of what would be enough.
  item.options = result.prima_facie_types;
  item.enough = item.options.empty() ? "not_known" : "prima_facie_listed";
  item.count = 0;
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

Checklist check_completeness(Agreement const& agreement, boost::json::value const& content, CaseFacts const& facts, Date on,
                             FoundFalse const& found_false) {
  auto const& conditions = facts.conditions;
  auto const purposes = list_purposes(conditions);
  Checklist checklist;
  checklist.nationality =
      assess_shown(agreement, "nationality", documents_with(content, "nationality", found_false.nationality), on, facts);
  checklist.third_country =
      assess_shown(agreement, "third_country", documents_with(content, "third_country", found_false.third_country), on, facts,
                   ground_of(content));
  checklist.is_complete = true;
  for (auto const& rule : agreement.checklist) {
    if (!is_asked(rule, conditions)) continue;
    if (rule.kind == "evidence" && std::find(purposes.begin(), purposes.end(), rule.purpose) == purposes.end()) continue;
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
