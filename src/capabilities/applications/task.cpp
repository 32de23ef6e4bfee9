#include "capabilities/applications/task.hpp"

#include <algorithm>
#include <map>

#include <boost/json.hpp>

#include "norms/forms/content.hpp"
#include "norms/forms/sharing.hpp"

namespace rcms::applications {

namespace json = boost::json;

namespace {

/// Sections that each kind of task needs.
std::map<std::string_view, std::vector<std::string_view>> const sections_of_kind = {
    {"registry_search", {"A_person", "D_evidence"}},
    {"biometrics", {"A_person", "D_evidence"}},
    {"document_check", {"A_person", "D_evidence"}},
    {"interview", {"A_person", "B_family"}},
};

}  // namespace

json::object make_card(std::string_view kind, case_files::CaseFile const& file, forms::Form const& application_form,
                       forms::Form const& field_slip_form) {
  json::object content;
  if (kind == "field_check") {
    content = forms::pick_known(field_slip_form, {}, json::value(file.content));
  } else {
    for (auto section : sections_of_kind.at(kind)) {
      if (auto const* value = file.content.if_contains(section)) content[section] = *value;
    }
  }
  json::array files;
  for (auto const& use : forms::list_files(application_form, json::value(content))) files.push_back(json::string(use.file));
  return {{"content", std::move(content)}, {"files", std::move(files)}, {"reference", file.reference}};
}

bool may_see(VerificationTask const& task, access::Viewer const& viewer) {
  if (task.party != viewer.party) return false;
  if (viewer.may("application.read")) return true;
  return viewer.may("task.read") && task.organisation == viewer.organisation &&
         (task.assignee.empty() || task.assignee == viewer.user);
}

Result<void> check_new_task(NewTask const& task, forms::Codes const& codes, Date today) {
  if (!forms::has_code(codes, "task_kind", task.kind)) return refuse(Why::field_invalid, "kind", "choose a kind of the list");
  if (task.organisation.empty()) return refuse(Why::field_missing, "organisation");
  if (task.due_on < today) return refuse(Why::field_invalid, "due_on", "a day from today on");
  return {};
}

Findings check_minutes(VerificationTask const& task, json::object const& minutes, forms::Form const& minutes_form,
                       forms::Codes const& codes, Date today) {
  if (task.kind != "interview") return {};
  auto findings = forms::check_content(minutes_form, codes, json::value(minutes), {}, forms::Demand::complete, today);
  for (auto& finding : findings) {
    finding.field = finding.field.empty() ? "minutes" : "minutes." + finding.field;
  }
  return findings;
}

Result<VerificationTask> decide_result(VerificationTask const& before, TaskResult const& result, Findings const& minutes_defects,
                                       forms::Codes const& codes, access::Viewer const& viewer, Instant now) {
  if (!viewer.may("task.complete")) return refuse(Why::not_permitted);
  if (!may_see(before, viewer)) return refuse(Why::not_found);
  if (before.state != "open") return refuse(Why::wrong_step, "state", "the task is closed");
  if (!forms::has_code(codes, "task_result", result.outcome))
    return refuse(Why::field_invalid, "outcome", "choose a result of the list");
  if (before.kind == "registry_search" && result.outcome == "confirmed" && result.citizen.empty()) {
    return refuse(Why::field_missing, "citizen", "say which person of the registry it is");
  }
  if (result.outcome != "confirmed" && result.note.empty()) return refuse(Why::reason_missing, "note");
  if (before.kind == "interview" && !result.is_signed && result.outcome != "inconclusive") {
    return refuse(Why::wrong_step, "minutes",
                  "set a date for the interview: its minutes are signed there by everybody who was present; without an interview"
                  " the result is inconclusive, with the reason",
                  "data/safeguards/gates.toml G12");
  }
  if (before.kind == "registry_search" && !result.is_identified)
    return refuse(Why::wrong_step, "outcome", "a registry search is decided on an answer of the registry");
  if (!minutes_defects.empty()) return tl::unexpected(minutes_defects.front());
  VerificationTask after = before;
  after.state = "done";
  after.outcome = result.outcome;
  after.result = {{"note", result.note}, {"citizen", result.citizen}, {"minutes", result.minutes}};
  after.done_by = viewer.user;
  after.done_at = now;
  return after;
}

}  // namespace rcms::applications
