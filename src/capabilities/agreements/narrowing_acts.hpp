// The acts of administrators on what leaves under an agreement. Each is an entry in the chain `agreement:<code>` of the ledger.
#pragma once

#include "capabilities/agreements/actions.hpp"
#include "capabilities/agreements/narrowing.hpp"

namespace rcms::agreement_desk {

/// Refuses: not_found (no such agreement), as decide_narrowing.
Result<Narrowing> propose_narrowing(Context const& context, access::Viewer const& viewer, std::string_view agreement,
                                    std::string_view field, std::string_view reason);
/// Refuses: not_found, as decide_narrowing_countersignature. From then on every preview and every release follows it.
Result<Narrowing> countersign_narrowing(Context const& context, access::Viewer const& viewer, std::string_view id);
/// Refuses: not_found, as decide_narrowing_end.
Result<Narrowing> end_narrowing(Context const& context, access::Viewer const& viewer, std::string_view id,
                                std::string_view reason);

}  // namespace rcms::agreement_desk
