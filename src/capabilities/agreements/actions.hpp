// The acts of administrators on the law: confirm a rule, revoke it, put a version in force. Each is an entry in the chain
// `agreement:<code>` of the ledger.
#pragma once

#include "capabilities/agreements/effect.hpp"
#include "capabilities/agreements/rules.hpp"
#include "foundation/base/sentences.hpp"

namespace rcms::agreement_desk {

struct Context {
  case_files::Context const& files;
  Desk& desk;
  Sentences const* sentences = nullptr;  ///< says refusals in other languages; null: in English
};

/// Law, or what leaves by it, has changed: this process and the others of the node take it up.
void tell_law_changed(Context const& context);

/// Refuses: not_found (no such agreement), as decide_proposal.
Result<StoredConfirmation> propose(Context const& context, access::Viewer const& viewer, std::string_view agreement,
                                   NewConfirmation const& input);
/// Refuses: not_found, as decide_countersignature. From then on dates of this State rest on it; open deadlines are computed anew.
Result<StoredConfirmation> countersign(Context const& context, access::Viewer const& viewer, std::string_view id);
/// Refuses: not_found, as decide_revocation.
Result<StoredConfirmation> revoke(Context const& context, access::Viewer const& viewer, std::string_view id,
                                  std::string_view reason);

/// Refuses: not_found (nothing waits for this agreement); field_invalid (from is no day); not_permitted.
Result<Effect> preview_effect(Context const& context, access::Viewer const& viewer, std::string_view agreement,
                              std::string_view from);
/// Refuses: as preview_effect and decide_entry_into_force.
Result<StoredVersion> put_in_force(Context const& context, access::Viewer const& viewer, std::string_view agreement,
                                   std::string_view from, std::string_view seen);

/// The files are read again. Refuses: not_permitted.
Result<LawState> read_again(Context const& context, access::Viewer const& viewer);

}  // namespace rcms::agreement_desk
