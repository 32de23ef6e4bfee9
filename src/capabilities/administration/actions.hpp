// The acts of administration: load, decide, write, each recorded in the ledger.
#pragma once

#include <optional>
#include <string>

#include "capabilities/administration/context.hpp"
#include "capabilities/administration/rules.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::administration {

/// A user and the password that is shown once and good for one sign-in.
struct WithPassword {
  access::User user;
  std::string password;
};

/// The acts below refuse: not_permitted without `administration.users`; not_found for what is not of the viewer's State.

/// Refuses: field_invalid (organisation), already_exists (login), as decide_new_user.
Result<WithPassword> create_user(Context const& context, access::Viewer const& viewer, NewUser const& input);
/// From the next request of that person on. Refuses: stale_revision when `if_match` is another, as decide_user_change.
Result<access::User> change_user(Context const& context, access::Viewer const& viewer, UserId const& id, UserChange const& change,
                                 std::optional<std::int64_t> if_match);
/// Ends all sessions of that person. Refuses: same_person for one's own password.
Result<WithPassword> reset_password(Context const& context, access::Viewer const& viewer, UserId const& id);
/// For somebody who has lost their authenticator. Ends all sessions. Refuses: same_person.
Result<void> remove_second_factor(Context const& context, access::Viewer const& viewer, UserId const& id);

Result<access::Organisation> create_organisation(Context const& context, access::Viewer const& viewer,
                                                 NewOrganisation const& input);
Result<access::Organisation> change_organisation(Context const& context, access::Viewer const& viewer, OrganisationId const& id,
                                                 OrganisationChange const& change, std::optional<std::int64_t> if_match);

}  // namespace rcms::administration
