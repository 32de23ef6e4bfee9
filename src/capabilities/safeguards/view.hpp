// Views and inputs of the desks of the safeguards: the safeguards of a case, nothing else of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/view.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::safeguarding {

struct SignatureView {
  std::optional<case_files::NamedView> by;
  std::string reason;
  Instant at;
  bool in_force = false;
};
RCMS_VIEW(SignatureView, by, reason, at, in_force)

struct SafeguardView {
  std::string gate;
  std::string label;
  std::optional<std::string> help;
  std::string kind;  ///< block, warn, block_field
  bool technical = false;
  std::string desk;  ///< paper, status, assessment, child, consent, family
  std::string desk_label;
  std::vector<std::string> stages;  ///< in words
  std::string asked;  ///< now (by the step that comes next), later, before (a step that is done)
  std::string state;  ///< open, closed, failed, not_applicable, overridden, waiting
  bool blocks = false;  ///< it is open and keeps the next step back
  std::optional<std::string> why_open;  ///< not_decided, failed, incomplete, too_old, expired, withdrawn, not_yet, waits, …
  std::optional<std::string> why_open_label;
  std::vector<std::string> missing;  ///< labels of what is missing to close it
  std::vector<std::string> closed_by;  ///< roles and bodies that can close it, in words
  bool may_decide = false;
  bool may_call_not_applicable = false;
  bool may_override = false;
  bool may_withdraw = false;
  std::optional<case_files::NamedView> by;  ///< null when a register or an act closed it
  std::optional<Instant> at;
  std::optional<Instant> ends_at;  ///< when it opens again by itself
  std::optional<std::string> reason;
  std::vector<case_files::PaperFieldView> paper;
  std::vector<SignatureView> signatures;
  std::vector<std::string> basis;
};
RCMS_VIEW(SafeguardView, gate, label, help, kind, technical, desk, desk_label, stages, asked, state, blocks, why_open,
          why_open_label, missing, closed_by, may_decide, may_call_not_applicable, may_override, may_withdraw, by, at, ends_at,
          reason, paper, signatures, basis)

struct FamilyMemberView {
  std::string id;
  std::string reference;
  std::string name;
  std::string state;
  std::optional<Instant> departs_at;
  bool is_excepted = false;
};
RCMS_VIEW(FamilyMemberView, id, reference, name, state, departs_at, is_excepted)

struct FamilyExceptionView {
  std::string reason;
  std::optional<case_files::NamedView> asked_by;
  Instant asked_at;
  std::optional<bool> granted;  ///< null while it waits for its review
  std::optional<std::string> review_reason;
  std::optional<case_files::NamedView> reviewed_by;
  std::optional<Instant> reviewed_at;
  bool may_review = false;
};
RCMS_VIEW(FamilyExceptionView, reason, asked_by, asked_at, granted, review_reason, reviewed_by, reviewed_at, may_review)

struct PlanView {
  Instant departs_at;
  bool charter = false;
  std::optional<std::string> place;  ///< where the person leaves
  Instant check_from;                ///< from when the check before departure counts
  Instant depart_from;               ///< the hours in which the departure can be recorded
  Instant depart_until;
};
RCMS_VIEW(PlanView, departs_at, charter, place, check_from, depart_from, depart_until)

/// A step that asks for closed gates: what would come of it now.
struct GuardedStepView {
  std::string action;
  std::string label;
  std::string route;
  bool allowed = false;
  std::optional<std::string> refused_why;  ///< label of the refusal
  std::vector<std::string> open_gates;     ///< codes that keep it back
  bool needs_reason = false;
};
RCMS_VIEW(GuardedStepView, action, label, route, allowed, refused_why, open_gates, needs_reason)

struct RegisterView {
  bool connected = false;
  std::optional<std::string> kind;  ///< file, http
  std::optional<std::string> name;
  bool answers = false;
  std::optional<Instant> as_of;  ///< when the newest file was written, or the last answer came
  std::optional<std::int64_t> age_hours;
  std::optional<std::string> problem;
};
RCMS_VIEW(RegisterView, connected, kind, name, answers, as_of, age_hours, problem)

/// The hours around a planned departure, with how sure they are.
struct DepartureHoursView {
  std::int64_t check = 0;
  std::int64_t departure = 0;
  std::string confidence;
  std::string source;
};
RCMS_VIEW(DepartureHoursView, check, departure, confidence, source)

struct SafeguardFileView {
  std::string id;
  std::string reference;
  std::string state;
  std::string stage;  ///< stage of the safeguards that comes next; empty when none does
  std::string name;
  std::optional<std::string> birth;
  case_files::NamedView partner;
  std::int64_t revision = 0;
  std::vector<SafeguardView> gates;
  std::optional<std::string> family;
  std::vector<FamilyMemberView> members;
  std::optional<FamilyExceptionView> exception;
  std::optional<PlanView> plan;
  DepartureHoursView hours;
  std::vector<GuardedStepView> steps;
  bool may_read_file = false;
};
RCMS_VIEW(SafeguardFileView, id, reference, state, stage, name, birth, partner, revision, gates, family, members, exception, plan,
          hours, steps, may_read_file)

struct SafeguardRowView {
  std::string id;
  std::string reference;
  case_files::NamedView partner;
  std::string state;
  std::string name;
  std::string stage;
  Instant open_since;
  std::int64_t days_open = 0;
  std::vector<std::string> blocking;  ///< codes of gates
  std::vector<std::string> warning;
};
RCMS_VIEW(SafeguardRowView, id, reference, partner, state, name, stage, open_since, days_open, blocking, warning)

struct GateCountView {
  std::string gate;
  std::string label;
  std::int64_t files = 0;
  Instant oldest;
  bool is_mine = false;
  bool in_bulk = false;  ///< the viewer may close it for several files with one paper
};
RCMS_VIEW(GateCountView, gate, label, files, oldest, is_mine, in_bulk)

struct QueueCountsView {
  std::vector<GateCountView> gates;
};
RCMS_VIEW(QueueCountsView, gates)

struct EarlierDecisionView {
  std::string status;
  std::optional<case_files::NamedView> by;
  Instant at;
  std::optional<std::string> reason;
  std::vector<case_files::PaperFieldView> paper;
};
RCMS_VIEW(EarlierDecisionView, status, by, at, reason, paper)

struct GateHistoryView {
  std::vector<EarlierDecisionView> decisions;  ///< newest first
};
RCMS_VIEW(GateHistoryView, decisions)

struct FamilyView {
  std::string family;
};
RCMS_VIEW(FamilyView, family)

struct SafeguardInput {
  http::Text<20> status;  ///< closed, failed, not_applicable
  std::map<std::string, std::string> evidence;
  std::optional<http::TextBlock<2000>> reason;
};
RCMS_INPUT(SafeguardInput, status, evidence, reason)

struct BulkClosingInput {
  http::List<std::string, 100> ids;
  std::map<std::string, std::string> evidence;
  http::TextBlock<2000> reason;
};
RCMS_INPUT(BulkClosingInput, ids, evidence, reason)

struct NotClosedView {
  std::string id;
  std::string reference;
  std::string why;
  std::string detail;  ///< in the viewer's language
};
RCMS_VIEW(NotClosedView, id, reference, why, detail)

struct BulkClosingView {
  std::vector<std::string> done;
  std::vector<NotClosedView> refused;
};
RCMS_VIEW(BulkClosingView, done, refused)

struct SafeguardReasonInput {
  http::TextBlock<2000> reason;
};
RCMS_INPUT(SafeguardReasonInput, reason)

struct FamilyInput {
  http::List<std::string, 30> cases;
};
RCMS_INPUT(FamilyInput, cases)

struct ReviewInput {
  bool granted = false;
  http::TextBlock<2000> reason;
};
RCMS_INPUT(ReviewInput, granted, reason)

struct TransferPlanInput {
  Instant departs_at;
  std::optional<bool> charter;
  std::optional<http::Text<200>> place;
};
RCMS_INPUT(TransferPlanInput, departs_at, charter, place)

}  // namespace rcms::safeguarding
