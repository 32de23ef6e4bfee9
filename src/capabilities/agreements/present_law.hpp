// The law in the language of who reads it: the list with its counts, one agreement, its versions.
#pragma once

#include "capabilities/agreements/actions.hpp"
#include "capabilities/agreements/view_law.hpp"

namespace rcms::agreement_desk {

/// What a reader looks for; empty members do not narrow.
struct AgreementFilter {
  bool all = false;        ///< of the whole node, not of the viewer's State alone
  std::string words;       ///< each in code, title, or a party
  std::string state;       ///< code of a party
  std::string other;       ///< and of another; both together: only agreements in force today
  std::string confidence;  ///< certain, unverified, missing
};

AgreementListView present_list(Context const& context, access::Viewer const& viewer, std::string_view language,
                               AgreementFilter const& filter);

/// `number` is the version, 0 the newest. Refuses: not_found.
Result<AgreementView> present_agreement(Context const& context, access::Viewer const& viewer, std::string_view language,
                                        std::string_view code, int number = 0);

/// The newest first. Refuses: not_found.
Result<std::vector<VersionOfAgreementView>> present_versions(Context const& context, access::Viewer const& viewer,
                                                             std::string_view language, std::string_view code);

}  // namespace rcms::agreement_desk
