// What is shown of pairs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/view.hpp"
#include "capabilities/duplicates/actions.hpp"
#include "capabilities/registry/view.hpp"

namespace rcms::duplicates {

struct PairInput {
  http::Text<20> decision;  ///< same_person, not_the_same; open takes the word back
  http::TextBlock<2000> reason;
};
RCMS_INPUT(PairInput, decision, reason)

/// A pair as lists show it.
struct PairRowView {
  PairId id;
  std::string state;       ///< open, same_person, not_the_same
  double probability = 0;  ///< 0 to 1, that both are one person
  bool may_be_relative = false;
  case_files::CaseRowView left;  ///< the older file
  case_files::CaseRowView right;
  Instant found_at;
  std::optional<Instant> decided_at;
};
RCMS_VIEW(PairRowView, id, state, probability, may_be_relative, left, right, found_at, decided_at)

/// A pair with its reasons: `asked` is of the left file, `held` of the right.
struct PairView {
  PairId id;
  std::string state;
  double probability = 0;
  double bits = 0;  ///< the weight of evidence against the stronger rival
  bool may_be_relative = false;
  std::string model;
  case_files::CaseRowView left;
  case_files::CaseRowView right;
  std::vector<registry::ReasonView> reasons;  ///< counter-evidence first
  Instant found_at;
  std::optional<std::string> decided_by;  ///< name
  std::optional<Instant> decided_at;
  std::string reason;
  std::int64_t revision = 0;
};
RCMS_VIEW(PairView, id, state, probability, bits, may_be_relative, model, left, right, reasons, found_at, decided_by, decided_at,
          reason, revision)

struct PairPageView {
  std::vector<PairRowView> items;
  std::optional<std::string> next;
  std::int64_t open = 0;  ///< pairs that nobody has decided, counted up to 1,000
};
RCMS_VIEW(PairPageView, items, next, open)

/// Those of which both files are still there.
std::vector<PairRowView> rows_of(Context const& context, access::Viewer const& viewer, Shelf const& shelf,
                                 std::vector<Pair> const& pairs);
/// Refuses: not_found (one of the files is gone).
Result<PairView> view_of(Context const& context, access::Viewer const& viewer, Pair const& pair);

}  // namespace rcms::duplicates
