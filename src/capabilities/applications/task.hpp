// Verification tasks of the requested State: what is asked of a registry, a passport office, a consulate or a field verifier.
// The card is all that the verifier sees; it is built once, from a list of what this kind of task needs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "capabilities/case_files/case_file.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"
#include "norms/forms/form.hpp"

namespace rcms::applications {

using TaskId = Id<struct TaskTag>;

struct VerificationTask {
  TaskId id;
  PartyId party;
  CaseId case_id;
  std::string kind;   ///< data/codes/lists/task_kind.toml
  std::string state;  ///< open, done, cancelled
  OrganisationId organisation;
  UserId assignee;  ///< empty: anybody of the organisation
  UserId created_by;
  Instant created_at;
  Date due_on;
  std::string note;           ///< what the officer asks
  boost::json::object card;   ///< {"content": form content, "files": [FileId…], "reference": own reference}
  std::string outcome;        ///< confirmed, not_confirmed, inconclusive; empty while it is open
  boost::json::object result; ///< {"note": …, "citizen": …, "minutes": …}
  UserId done_by;
  std::optional<Instant> done_at;
  std::int64_t revision = 1;
};

struct NewTask {
  std::string kind;
  OrganisationId organisation;
  UserId assignee;
  Date due_on;
  std::string note;
};

struct TaskResult {
  std::string outcome;
  std::string note;
  std::string citizen;          ///< CitizenId of the registry, for a registry search
  boost::json::object minutes;  ///< content of data/forms/interview_minutes.toml, of an interview that was held
  bool is_identified = false;   ///< of a registry search: decided on an answer of the registry (capabilities/identification)
  bool is_signed = false;       ///< the minutes are those that everybody signed in the calendar of interviews
};

/// What a verifier of this kind of task may see of the application. A field verifier never learns which State asks, why, or
/// anything of health.
boost::json::object make_card(std::string_view kind, case_files::CaseFile const& file, forms::Form const& application_form,
                              forms::Form const& field_slip_form);

/// Whether the viewer may see the task: their organisation has it, or they work on applications.
bool may_see(VerificationTask const& task, access::Viewer const& viewer);

/// Refuses: field_invalid (kind, due day in the past), field_missing (organisation, note for document_check).
Result<void> check_new_task(NewTask const& task, forms::Codes const& codes, Date today);

/// Every defect of the minutes of an interview, with fields as "minutes.rights.invited_on", in the order of the form
/// (data/forms/interview_minutes.toml); none for another kind of task.
Findings check_minutes(VerificationTask const& task, boost::json::object const& minutes, forms::Form const& minutes_form,
                       forms::Codes const& codes, Date today);

/// Refuses: not_permitted (another's task), wrong_step (done or cancelled), field_invalid (outcome), field_missing (the citizen
/// of a confirmed registry search), reason_missing (no note for anything but a confirmed outcome), wrong_step (an interview whose
/// minutes nobody signed proves nothing: without an interview the outcome is inconclusive), the first of `minutes_defects`.
Result<VerificationTask> decide_result(VerificationTask const& before, TaskResult const& result, Findings const& minutes_defects,
                                       forms::Codes const& codes, access::Viewer const& viewer, Instant now);

}  // namespace rcms::applications
