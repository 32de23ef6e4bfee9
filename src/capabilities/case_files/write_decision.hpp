// The only place that turns a Decision into rows, an envelope, facts and a ledger entry.
#pragma once

#include "capabilities/case_files/decision.hpp"
#include "capabilities/exchange/exchange.hpp"
#include "foundation/db/database.hpp"
#include "foundation/ledger/carry_out.hpp"

namespace rcms::case_files {

/// How the deadlines of a file change: what was computed anew, and which stored ones end as what.
struct DeadlineChanges {
  struct End {
    std::string id;
    std::string state;  ///< met, missed, replaced, paused
  };
  std::vector<DeadlineRecord> added;
  std::vector<DeadlineRecord> open;  ///< that are open or paused after the changes
  std::vector<End> ended;
  /// That are over while the file still waits for what they were for: they stand as the next deadline of the file.
  std::vector<DeadlineRecord> overdue;
};

/// What stands in the file's deadlines after the events of its clock: a planned deadline that is stored with the same day,
/// clauses and confidence stays; another replaces it; an open one that is no longer planned was met (or missed, when `today` is
/// past it); one whose kind is in `missed` is over and does not open again with the same day. Pure. `planned` have no id; `now`
/// becomes `computed_at`.
DeadlineChanges compare_deadlines(std::vector<DeadlineRecord> const& stored, std::vector<DeadlineRecord> const& planned,
                                  std::vector<std::string> const& missed, Date today, Instant now);

/// Adds everything the decision says to `decided`: the file (inserted when `before` is null, else replacing `before`),
/// deadlines, gate, requests, facts, envelope, ledger entry. Sets revision, next deadline and submission of `decision.after`.
void write_decision(ledger::Decided<CaseFile>& decided, CaseFile const* before, Decision decision,
                    DeadlineChanges const& deadlines, Actor const& actor, Instant now, exchange::Exchange& exchange);

}  // namespace rcms::case_files
