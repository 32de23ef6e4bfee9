// Which terms run for a file, and what the end of one does. Pure: the file, the agreements and the process are given.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/case_files/step.hpp"
#include "norms/agreements/deadline.hpp"
#include "norms/agreements/law.hpp"

namespace rcms::case_files {

/// The law that terms are computed from.
struct TermLaw {
  workflow::Process const& process;
  agreements::Agreements const& agreements;
  agreements::Calendars const& calendars;
  agreements::Law const* law = nullptr;  ///< versions in force; null: `agreements` alone

  /// The agreement of the file in the version of its submission; `party` is the code of the State whose file it is.
  agreements::Agreement const* find_agreement(CaseFile const& file, std::string_view party = {}) const;
};

/// The codes of the two States of a case: "XAR" and "UTO".
struct CaseParties {
  std::string requesting;
  std::string requested;
};

/// The term that runs in the state of the file, from the events of its clock; none where the agreement has no such rule. While
/// the requesting State waits for a travel document, also the term after which one of its own may stand in (td_fallback). They
/// have no id. A suspended file has the terms of the state to which it will return, all paused; when the suspension is lifted
/// they go on with the days that were left.
std::vector<DeadlineRecord> plan_deadlines(TermLaw const& law, CaseFile const& file, CaseParties const& parties);

/// The conditions of the process that the agreement decides: what silence means, whether a late refusal counts.
std::set<std::string, std::less<>> agreed_conditions(TermLaw const& law, CaseFile const& file);
std::set<std::string, std::less<>> agreed_conditions(agreements::Agreements const& agreements, CaseFile const& file);

bool is_reply_term(std::string_view kind);

/// The window in which a person who was handed over in error can be returned.
bool is_error_window(std::string_view kind);
/// The newest such window, open or over; empty when the agreement has none or its start is not known.
std::optional<agreements::Deadline> find_error_window(std::vector<DeadlineRecord> const& deadlines);

/// The window in which the consent to a transit may be used, open or over; empty when the agreement has none.
std::optional<agreements::Deadline> find_transit_window(std::vector<DeadlineRecord> const& deadlines);

/// The newest term of the reply that is open, stands still or is over; empty when there is none.
std::optional<agreements::Deadline> find_reply_term(std::vector<DeadlineRecord> const& deadlines);

/// The term of the reply that is over where its end brought the file into its state and nobody has acted on the silence yet: it
/// stands as the deadline of the file. `stored` are its deadlines, in the order of computation.
std::optional<DeadlineRecord> find_lapsed_term(workflow::Process const& process, CaseFile const& file,
                                               std::vector<DeadlineRecord> const& stored);

/// Whether an extension that was sent at `sent_at` was still in time: the newest term of the reply had not ended at the seat of
/// the requested State. True when no term is known.
bool extension_in_time(std::vector<DeadlineRecord> const& deadlines, Instant sent_at);

/// The term `kind` is over: what the process says, else only that it was missed.
/// Refuses: wrong_step while the file is suspended or waits for documents; the term is looked at again when that is over.
/// Source: the clocks of data/workflow/individual.toml.
Result<Decision> decide_term_over(TermLaw const& law, CaseFile const& before, std::string_view kind, Instant now);

}  // namespace rcms::case_files
