// The acts of the requesting State on its own files: load, decide, write. Each takes the viewer and refuses what is not theirs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/casework/rules.hpp"
#include "norms/forms/content.hpp"

namespace rcms::casework {

using case_files::Context;

struct NewCase {
  std::string agreement;
  boost::json::object content;
};

/// A draft of the viewer. Refuses: not_permitted; field_invalid (agreement); agreement_does_not_apply; all defects of the
/// content.
tl::expected<CaseFile, Findings> create_case(Context const& context, access::Viewer const& viewer, NewCase const& input,
                                             std::string_view action = "create");

/// The requested State of an agreement that binds `party` today. Refuses: field_invalid (agreement); agreement_does_not_apply.
Result<access::Party> find_requested(Context const& context, PartyId const& party, std::string_view agreement_code);

// The two halves of create_case, for a bulk import that writes several drafts in one command.
tl::expected<CaseFile, Findings> draft_case(Context const& context, access::Viewer const& viewer, NewCase const& input);
/// `told` is added to what the timeline says. Refuses: not_permitted.
Result<ledger::Decided<CaseFile>> decide_draft(Context const& context, access::Viewer const& viewer, CaseFile const& draft,
                                               std::string_view action, boost::json::object told = {});

/// Replaces the content of a draft. Refuses: all defects of what is filled in; stale_revision; as take_step.
tl::expected<CaseFile, Findings> edit_case(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                           std::optional<std::int64_t> if_match, boost::json::object const& content);

/// Refuses: as take_step; all of list_defects (release.hpp).
tl::expected<CaseFile, Findings> send_to_screening(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                                   std::optional<std::int64_t> if_match);

/// Any act that needs no more than a reason: return_to_draft, block, resume_screening, cancel, suspend, lift_suspension, close, …
Result<CaseFile> do_plain_step(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view action,
                               std::string_view reason, std::optional<std::int64_t> if_match);

Result<CaseFile> withdraw(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view reason,
                          std::optional<std::int64_t> if_match);
Result<CaseFile> confirm_silence(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view reason,
                                 std::optional<std::int64_t> if_match);

struct AnswerInput {
  std::string request;
  std::vector<ItemAnswer> items;
};
Result<CaseFile> answer_request(Context const& context, access::Viewer const& viewer, CaseId const& id, AnswerInput const& input,
                                std::optional<std::int64_t> if_match);

/// What was released is corrected: the whole form again, with a reason that stays at home. Only attachments that the other State
/// does not have yet go with it. Refuses: all defects of the content; as decide_correction; unsupported_type.
struct CorrectionInput {
  boost::json::object content;
  std::string reason;
};
tl::expected<CaseFile, Findings> correct(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                         CorrectionInput const& input, std::optional<std::int64_t> if_match);

/// An attachment is added to a draft or to an answer under way, or taken out again.
Result<files::FileRecord> attach(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view name,
                                 std::string_view kind, std::span<std::uint8_t const> content);
Result<CaseFile> detach(Context const& context, access::Viewer const& viewer, CaseId const& id, FileId const& file);

/// Registers the receivers of what the requested State sends, and notes deliveries.
void receive_envelopes(Context const& context);

/// The term of a clock is over: what the process says then. Refuses: wrong_step when nothing happens in this state.
Result<CaseFile> note_term_over(Context const& context, PartyId const& party, CaseId const& id, std::string_view deadline_kind);

/// The conditions of the form for this file today: those of the content, and those that closed gates grant (health_consent).
forms::Conditions conditions_of(Context const& context, CaseFile const& file);

/// Whether the agreement of the file covers it with this content: check_coverage, in the version of its submission.
Findings coverage_of(Context const& context, CaseFile const& file, boost::json::value const& content, forms::Demand demand);

}  // namespace rcms::casework
