// Two files of one State that may be about the same person, and what people decide on them. Pure. See decision 0023.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "capabilities/case_files/case_file.hpp"
#include "capabilities/registry/question.hpp"
#include "engines/matching/person.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"

namespace rcms::duplicates {

using case_files::Side;
using PairId = Id<struct PairTag>;

struct Pair {
  PairId id;
  PartyId party;
  Side side = Side::requesting;
  CaseId left;   ///< the earlier of the two ids
  CaseId right;
  std::string state = "open";       ///< open, same_person, not_the_same
  std::uint32_t posterior_ppm = 0;  ///< that both are one person, of a million
  matching::MilliBits score = 0;
  bool may_be_relative = false;
  std::vector<matching::Reason> reasons;  ///< counter-evidence first
  std::string model;                      ///< version of the weights
  std::string compared;                   ///< digest of what was compared of both
  Instant found_at;
  UserId decided_by;  ///< empty while nobody has
  std::optional<Instant> decided_at;
  std::string reason;
  std::int64_t revision = 1;
};

/// What of the person of a file is compared: names, birth, sex, parents and one number of a document; not the place, which
/// files write freely.
registry::Question question_of(boost::json::object const& content);

/// Names what was compared: another value when a compared part of one of the two has changed. The order does not matter.
std::string digest_of(std::string const& left, std::string const& right);

/// A person says `same_person`, `not_the_same`, or takes the word back with `open`. Refuses: field_invalid (decision), wrong_step
/// (it stands so already), reason_missing.
Result<Pair> decide(Pair const& before, std::string_view decision, std::string_view reason, access::Viewer const& viewer,
                    Instant now);

/// What becomes of a known pair that was found again: its weights are those of now; one that was decided not to be the same is
/// open again when something compared has changed since. Nothing when nothing changes.
std::optional<Pair> meet(Pair const& known, Pair const& found);

}  // namespace rcms::duplicates
