// The acts of administrators on the weights of their State. Each is an entry in the chain `registry:<party>` of the ledger.
#pragma once

#include "capabilities/registry/registries.hpp"
#include "capabilities/registry/weights_edition.hpp"

namespace rcms::registry {

/// Refuses: as `decide_weights`.
Result<WeightsEdition> propose_weights(Registries& registries, access::Viewer const& viewer, std::string_view file,
                                       std::string_view reason);
/// Refuses: as `decide_return`.
Result<WeightsEdition> propose_return(Registries& registries, access::Viewer const& viewer, std::string_view version,
                                      std::string_view reason);
/// From then on every search of the State compares with them. Refuses: not_found, as `decide_entry`.
Result<WeightsEdition> put_in_force(Registries& registries, access::Viewer const& viewer, std::string_view id);
/// Refuses: not_found, as `decide_withdrawal`.
Result<WeightsEdition> withdraw_weights(Registries& registries, access::Viewer const& viewer, std::string_view id,
                                        std::string_view reason);

}  // namespace rcms::registry
