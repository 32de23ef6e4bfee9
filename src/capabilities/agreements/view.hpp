// What leaves: confirmations, versions, effects, differences.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "foundation/http/describe.hpp"

namespace rcms::agreement_desk {

struct ConfirmationView {
  std::string id;
  std::string agreement;
  std::string rule;
  std::string label;
  std::string says;      ///< the rule in words, as it stands now
  std::string clause;
  std::string source;
  std::optional<std::string> place;
  std::string state;     ///< proposed, confirmed, revoked
  bool fits = false;     ///< the rule still says what was confirmed
  std::string proposed_by;
  Instant proposed_at;
  std::optional<std::string> countersigned_by;
  std::optional<Instant> countersigned_at;
  std::optional<std::string> revoked_by;
  std::optional<Instant> revoked_at;
  std::optional<std::string> reason;
};
RCMS_VIEW(ConfirmationView, id, agreement, rule, label, says, clause, source, place, state, fits, proposed_by, proposed_at,
          countersigned_by, countersigned_at, revoked_by, revoked_at, reason)

struct VersionView {
  std::string agreement;
  std::int64_t number = 0;
  std::string law_hash;
  std::optional<std::string> from;
  Instant accepted_at;
  std::optional<std::string> accepted_by;  ///< empty: read at the start of the node
};
RCMS_VIEW(VersionView, agreement, number, law_hash, from, accepted_at, accepted_by)

/// One rule side by side.
struct RuleDifferenceView {
  std::string key;
  std::string label;
  std::string left;   ///< in words; empty: no such rule
  std::string right;
  std::string left_clause;
  std::string right_clause;
  std::string left_confidence;
  std::string right_confidence;
  bool same = false;
  bool same_law = false;
};
RCMS_VIEW(RuleDifferenceView, key, label, left, right, left_clause, right_clause, left_confidence, right_confidence, same,
          same_law)

struct DifferenceView {
  std::string left;
  std::string right;
  std::vector<RuleDifferenceView> rules;
};
RCMS_VIEW(DifferenceView, left, right, rules)

/// A version that waits, with what it changes.
struct WaitingVersionView {
  std::string agreement;
  std::string law_hash;
  std::vector<RuleDifferenceView> changes;  ///< rules that differ from the newest version
};
RCMS_VIEW(WaitingVersionView, agreement, law_hash, changes)

/// Where a file does not hold, and why.
struct RefusedReasonView {
  std::optional<std::int64_t> line;
  std::string reason;
};
RCMS_VIEW(RefusedReasonView, line, reason)

struct RefusedFileView {
  std::string file;                     ///< name, without folders
  std::vector<RefusedReasonView> reasons;
  std::optional<std::string> in_force;  ///< code of the agreement whose last good version stays in force
  std::optional<std::string> title;     ///< of it
  Instant at;
};
RCMS_VIEW(RefusedFileView, file, reasons, in_force, title, at)

struct LawStateView {
  Instant read_at;
  std::vector<VersionView> versions;  ///< the newest of each agreement
  std::vector<WaitingVersionView> waiting;
  std::vector<RefusedFileView> refused;
  std::vector<std::string> without_file;
};
RCMS_VIEW(LawStateView, read_at, versions, waiting, refused, without_file)

struct ChangedDeadlineView {
  std::string case_id;
  std::string reference;
  std::string side;
  std::string kind;
  std::string label;
  std::string submitted_on;
  std::optional<std::string> due_before;
  std::optional<std::string> due_after;
  std::string confidence_before;
  std::string confidence_after;
};
RCMS_VIEW(ChangedDeadlineView, case_id, reference, side, kind, label, submitted_on, due_before, due_after, confidence_before,
          confidence_after)

struct EffectView {
  std::string agreement;
  std::string law_hash;
  std::optional<std::string> from;
  std::int64_t open_cases = 0;
  std::int64_t changed_deadlines = 0;
  std::vector<ChangedDeadlineView> changed;  ///< the first 1,000
  std::string effect;                        ///< to be given when the version is put in force
};
RCMS_VIEW(EffectView, agreement, law_hash, from, open_cases, changed_deadlines, changed, effect)

struct SummaryView {
  std::string code;
  std::string language;
  std::string text;
};
RCMS_VIEW(SummaryView, code, language, text)

struct DatesView {
  http::Json answer;  ///< as `rcms agreements dates` answers one line
};
RCMS_VIEW(DatesView, answer)

struct DatesInput {
  http::Json asked;  ///< one case, as a line of `rcms agreements dates`
};
RCMS_INPUT(DatesInput, asked)

struct ConfirmationInput {
  http::Text<60> rule;
  http::Text<300> source;
  std::optional<http::Text<300>> place;
};
RCMS_INPUT(ConfirmationInput, rule, source, place)

struct RevocationInput {
  http::Text<500> reason;
};
RCMS_INPUT(RevocationInput, reason)

struct EntryIntoForceInput {
  std::optional<http::Text<10>> from;
  http::Text<64> effect;
};
RCMS_INPUT(EntryIntoForceInput, from, effect)

}  // namespace rcms::agreement_desk
