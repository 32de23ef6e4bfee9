// How many persons an agreement lets travel in a month or in one flight, and whether one more may.
#pragma once

#include <optional>
#include <string_view>

#include <boost/json/array.hpp>

#include "foundation/base/labels.hpp"
#include "norms/agreements/agreement.hpp"

namespace rcms::agreements {

struct Travelling {
  std::optional<int> persons{};  ///< who would travel with this case; none: one
  std::optional<int> already{};  ///< who travel already in that month or flight; none: not known, and nothing is said of it
};

/// Every limit of the agreement: [{"kind", "label", "limit", "clause", "confidence", "text"}], and where it is known how many
/// travel already also "travelling", "persons", "left" and "allowed". Words are in `language`.
boost::json::array tell_limits(Agreement const& agreement, Labels const& labels, std::string_view language,
                               Travelling const& travelling, Date on);

}  // namespace rcms::agreements
