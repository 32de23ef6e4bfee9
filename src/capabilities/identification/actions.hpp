// The acts by which a registry search gets its result, each with the answers of the registry that it rests on.
#pragma once

#include <vector>

#include "capabilities/case_files/context.hpp"
#include "capabilities/identification/identification.hpp"
#include "capabilities/registry/registries.hpp"

namespace rcms::identification {

using case_files::Context;

/// A search that a person made, by the fingerprint of the answer that they saw.
struct SearchSeen {
  registry::Question question;
  std::string fingerprint;
  bool with_prints = false;  ///< the prints of the applicant were compared with the candidates
};

/// The best candidates by names, with what the prints of the applicant weigh for each where the State keeps prints of the case.
/// Refuses: not_permitted (print.compare), not_found (task), wrong_step (not an open registry search), as search_citizens.
Result<registry::Found> search_with_prints(Context const& context, registry::Registries& registries,
                                           access::Viewer const& viewer, TaskId const& task, registry::Question const& question);

/// The first opinion. Every search is made again: what is kept is what was seen. Refuses: as `decide_opinion`; stale_revision
/// (the registry has changed since); unavailable.
Result<Identification> identify(Context const& context, registry::Registries& registries, access::Viewer const& viewer,
                                TaskId const& task, OpinionInput const& input, std::vector<SearchSeen> const& searches);

/// The second person's word on the opinion that waits. Refuses: not_found; as `decide_second`.
Result<Identification> second(Context const& context, access::Viewer const& viewer, TaskId const& task, bool agrees,
                              std::string const& reason);

/// All opinions on a task that this viewer may see, the newest first; nothing when they may not see the task.
std::optional<std::vector<Identification>> list_opinions(Context const& context, access::Viewer const& viewer,
                                                         TaskId const& task);

}  // namespace rcms::identification
