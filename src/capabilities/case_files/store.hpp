// SQL of the files of a State. Every function takes the party in whose data space it works; there is no other way in.
#pragma once

#include <optional>
#include <vector>

#include "capabilities/case_files/case_file.hpp"
#include "capabilities/case_files/decision.hpp"
#include "capabilities/case_files/references.hpp"
#include "foundation/db/database.hpp"

namespace rcms::case_files {

/// The file, when it exists in the space of `party` on that side.
std::optional<CaseFile> find_case_file(db::Database& database, PartyId const& party, Side side, CaseId const& id);
/// Whichever side the State has of the case.
std::optional<CaseFile> find_case_file(db::Database& database, PartyId const& party, CaseId const& id);

/// Adds the insertion of a new file with its search words.
void insert_case_file(db::Command& command, CaseFile const& file);
/// Adds the replacement of `before` by `after`; the command is superseded when the file has changed since `before` was read.
/// `after.revision` is set to `before.revision + 1`.
void save_case_file(db::Command& command, CaseFile const& before, CaseFile& after);

std::vector<DeadlineRecord> list_deadlines(db::Database& database, PartyId const& party, CaseId const& id);
void insert_deadline(db::Command& command, CaseFile const& file, DeadlineRecord const& deadline);
/// Ends the open or paused deadline `id` as `state`.
void end_deadline(db::Command& command, std::string const& id, std::string_view state, Instant at);

std::vector<DocumentRequest> list_document_requests(db::Database& database, PartyId const& party, CaseId const& id);
void insert_document_request(db::Command& command, CaseFile const& file, DocumentRequest const& request);
/// Replaces the items and state of a request that is still `open`.
void save_document_request(db::Command& command, CaseFile const& file, DocumentRequest const& request);

/// The decision in force of each gate, newest only.
std::vector<GateDecision> list_gate_decisions(db::Database& database, PartyId const& party, CaseId const& id);

/// Internal notes of the State; they never cross.
struct Note {
  std::string id;
  UserId author;
  Instant written_at;
  std::string body;
};
std::vector<Note> list_notes(db::Database& database, PartyId const& party, CaseId const& id);
void insert_note(db::Command& command, CaseFile const& file, Note const& note);

/// An open deadline that is over.
struct OverdueDeadline {
  std::string id;
  PartyId party;
  CaseId case_id;
  std::string kind;
  Date due_on;
};
/// Open deadlines of every State of this node whose last day is before `day`, oldest first, at most 500, for the clock. The next
/// page begins after the last of this one.
std::vector<OverdueDeadline> list_overdue(db::Database& database, Date day, OverdueDeadline const* after = nullptr);

}  // namespace rcms::case_files
