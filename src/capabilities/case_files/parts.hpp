// What hangs on a file, read together: one statement, one snapshot, whatever the file has.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/store.hpp"

namespace rcms::case_files {

/// A deadline whose computation is still the text of its row: most readers find it rendered already.
struct DeadlineText {
  std::string id;
  std::string kind;
  std::optional<Date> due_on;
  std::string state;
  std::string computation;
};

/// A verification task as the file lists it.
struct TaskSummary {
  std::string id;
  std::string kind;
  std::string state;
  std::string organisation;
  std::string assignee;
  std::string due_on;
  std::string outcome;  ///< empty until it is done
  std::string note;     ///< of the result
  std::optional<Instant> done_at;
};

struct CaseParts {
  std::vector<files::FileRecord> attachments;
  std::vector<DocumentRequest> requests;
  std::vector<DeadlineText> deadlines;
  std::vector<exchange::Transmission> transmissions;
  std::vector<Note> notes;
  std::vector<GateDecision> gates;  ///< in force, newest of each gate; only of the requesting State
  std::vector<TaskSummary> tasks;   ///< only of the requested State
};

/// Each list in the order in which the page shows it. Throws db::Fault.
CaseParts read_parts(db::Database& database, CaseFile const& file);

/// The hash that both States can compare, or empty before anything crossed.
std::string fingerprint_of(exchange::Exchange const& exchange, CaseFile const& file,
                           std::vector<exchange::Transmission> const& transmissions);

}  // namespace rcms::case_files
