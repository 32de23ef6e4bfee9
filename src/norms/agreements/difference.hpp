// Two agreements, or two versions of one, rule by rule.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/labels.hpp"
#include "norms/agreements/agreement.hpp"

namespace rcms::agreements {

/// One rule as it stands on both sides.
struct RuleDifference {
  std::string key;
  std::optional<Rule> left;   ///< empty: there is no such rule
  std::optional<Rule> right;
  bool same_law = false;      ///< they say the same: value, start, variants
  bool same = false;          ///< and with the same clause and confidence
};

/// The rules valid on a day, in the order of the left side, then those that only the right side has.
std::vector<RuleDifference> compare_agreements(Agreement const& left, Agreement const& right, Date on);

/// Both sides in words, as a table of plain text: `=` the same, `~` the same with another clause or confidence, `≠` another.
std::string render_differences(Labels const& labels, std::string_view language, Agreement const& left, Agreement const& right,
                               Date on);

}  // namespace rcms::agreements
