// Views and inputs of what leaves under an agreement.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "foundation/http/describe.hpp"

namespace rcms::agreement_desk {

/// A field that a State keeps at home under an agreement.
struct NarrowingView {
  std::string id;
  std::string agreement;
  std::string field;    ///< "F_other.observations"
  std::string label;
  std::string section;  ///< in words
  std::string reason;
  std::string state;    ///< proposed, in_force, lifting, lifted, withdrawn
  std::string proposed_by;
  bool own = false;     ///< the viewer signed first, and so cannot sign second
  Instant proposed_at;
  std::optional<std::string> countersigned_by;
  std::optional<Instant> countersigned_at;
  std::optional<std::int64_t> number;  ///< version of the State's whitelist that it began
  std::optional<std::string> lift_reason;
  std::optional<std::string> lift_proposed_by;
  std::optional<Instant> lift_proposed_at;
  std::optional<std::string> lifted_by;
  std::optional<Instant> lifted_at;
  std::optional<std::int64_t> lifted_number;
};
RCMS_VIEW(NarrowingView, id, agreement, field, label, section, reason, state, proposed_by, own, proposed_at, countersigned_by,
          countersigned_at, number, lift_reason, lift_proposed_by, lift_proposed_at, lifted_by, lifted_at, lifted_number)

/// A field of the application under this agreement, as the viewer's State sends it.
struct LeavingFieldView {
  std::string field;
  std::string label;
  std::string section;
  std::string rule;  ///< leaves, consent (only with it or in vital interest), withheld, never (also: not in the agreement)
  bool may_narrow = false;
};
RCMS_VIEW(LeavingFieldView, field, label, section, rule, may_narrow)

/// The whitelist of an agreement as the viewer's State uses it.
struct WhitelistView {
  std::string agreement;
  std::int64_t version = 1;  ///< 1: that of the agreement itself
  bool party = false;        ///< the viewer's State sends under this agreement
  std::vector<LeavingFieldView> fields;
  std::vector<NarrowingView> narrowings;  ///< newest first, over ones too
};
RCMS_VIEW(WhitelistView, agreement, version, party, fields, narrowings)

struct NarrowingInput {
  http::Text<120> field;
  http::Text<500> reason;
};
RCMS_INPUT(NarrowingInput, field, reason)

struct NarrowingEndInput {
  http::Text<500> reason;
};
RCMS_INPUT(NarrowingEndInput, reason)

}  // namespace rcms::agreement_desk
