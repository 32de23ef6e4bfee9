// What a person does with pairs.
#pragma once

#include <optional>

#include "capabilities/case_files/context.hpp"
#include "capabilities/duplicates/store.hpp"

namespace rcms::duplicates {

using case_files::Context;

/// Who may read and decide pairs also reads the files of that side.
inline constexpr std::string_view pair_permission = "pair.decide";

/// The side on which the viewer reads files, and may be asked for. Refuses: not_permitted.
Result<Shelf> shelf_of(access::Viewer const& viewer, std::optional<Side> wanted);

/// The pair, when the viewer may read both files. Refuses: not_found.
Result<Pair> get_pair(Context const& context, access::Viewer const& viewer, PairId const& id);

/// Refuses: not_found, stale_revision; as `decide`. What is said stands in the chains of both files too.
Result<Pair> decide_pair(Context const& context, access::Viewer const& viewer, PairId const& id, std::string const& decision,
                         std::string const& reason, std::optional<std::int64_t> if_match);

}  // namespace rcms::duplicates
