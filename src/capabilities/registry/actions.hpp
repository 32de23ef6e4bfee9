// The search of a verifier in the registry of their own State, and its administration's settings.
#pragma once

#include <optional>
#include <string>

#include "capabilities/registry/answer.hpp"
#include "capabilities/registry/registries.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"

namespace rcms::registry {

inline constexpr std::string_view search_permission = "registry.search";
inline constexpr std::string_view connect_permission = "registry.connect";

/// Up to 20 candidates of the viewer's State, best first.
/// Refuses: not_permitted, field_missing, field_invalid, field_too_long, unavailable (no source, no data, no answer).
Result<Found> search_citizens(Registries& registries, access::Viewer const& viewer, Question const& question);

/// What an administrator may set.
struct NewSource {
  std::string kind;
  std::string address;
  std::string view;
  int refresh_hours = 24;
  int old_after_days = 7;
  bool accept_smaller = false;
};

/// Sets the source of the viewer's State; a look follows. What was taken from another source is searched until then.
/// Refuses: not_permitted, stale_revision, what `check_source` finds.
tl::expected<State, Findings> set_source(Registries& registries, access::Viewer const& viewer, NewSource const& input,
                                         std::optional<std::int64_t> if_match);

/// Sets the drop folder as the source of a State that has none yet; an act of the installation. Throws std::runtime_error.
void connect_folder(Registries& registries, PartyId const& party, int old_after_days = 7);

}  // namespace rcms::registry
