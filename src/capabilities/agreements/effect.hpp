// What a version that waits would do to the open cases of a State, before it is put in force; and the deadlines that are computed
// anew when the law has changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/agreements/desk.hpp"
#include "capabilities/case_files/acting.hpp"

namespace rcms::agreement_desk {

/// A deadline of an open case that would be another.
struct ChangedDeadline {
  CaseId case_id;
  std::string reference;
  std::string side;
  std::string kind;
  std::string submitted_on;
  std::string due_before;         ///< empty: none, or the clock stands still
  std::string due_after;
  std::string confidence_before;
  std::string confidence_after;
};

struct Effect {
  std::string agreement;
  std::string law_hash;
  std::optional<Date> from;
  std::size_t open_cases = 0;             ///< of this agreement, submitted
  std::vector<ChangedDeadline> changed;   ///< all of them, by case
  std::string seen;                       ///< names exactly this effect; what decide_entry_into_force asks for
};

/// The deadlines of one file that differ between two laws.
std::vector<ChangedDeadline> compare_laws(case_files::TermLaw const& before, case_files::TermLaw const& after,
                                          case_files::CaseFile const& file, case_files::CaseParties const& parties);

/// Of the open cases of `party`. Cost: reads each open case of the agreement.
Effect compute_effect(case_files::Context const& context, PartyId const& party, std::string_view party_code,
                      Waiting const& waiting, std::optional<Date> from, std::vector<StoredVersion> const& known);

/// Computes the open deadlines of all files of this node anew when the law is another than that by which they were computed last:
/// a version, a confirmation, a holiday. A changed one is replaced; the old stays with its trail. Goes on where it stood when the
/// process ended before. For the background loop of the leader.
class Evaluation {
 public:
  Evaluation(case_files::Context const& context, Desk const& desk) : context_(context), desk_(desk) {}

  /// Looks at the next 500 files; false when there is nothing to do. Costs one comparison of texts when the law is the same.
  bool go_on();
  /// Until there is nothing to do; how many files have changed.
  std::size_t finish();

 private:
  case_files::Context const& context_;
  Desk const& desk_;
  std::string done_;    ///< the law by which all were computed
  std::string doing_;   ///< the law by which they are being computed
  OpenFile after_;
  std::size_t changed_ = 0;
};

}  // namespace rcms::agreement_desk
