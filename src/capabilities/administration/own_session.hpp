// What people do with their own access: sign in and out, password, authenticator, language, sessions, tokens of machines.
#pragma once

#include <string>
#include <vector>

#include "capabilities/administration/context.hpp"

namespace rcms::administration {

/// Refuses: as Sessions::prepare_sign_in.
Result<access::SignedIn> start_session(Context const& context, access::SignInInput const& input);
/// Refuses: not_found where this is no demo.
Result<access::SignedIn> start_demo_session(Context const& context, UserId const& user, std::string const& address);
Result<void> end_session(Context const& context, access::Viewer const& viewer, std::string const& token);
/// Refuses: not_found when it is not a session of the viewer.
Result<void> revoke_session(Context const& context, access::Viewer const& viewer, std::string const& session);
/// Refuses: field_invalid on `language`.
Result<void> change_language(Context const& context, access::Viewer const& viewer, std::string const& language);

/// Ends all other sessions. Refuses: does_not_verify on `password`, field_invalid or field_too_long on `new_password`.
Result<void> change_password(Context const& context, access::Viewer const& viewer, std::string const& password,
                             std::string const& new_password);

struct Enrolment {
  std::string secret;  ///< base32
  std::string uri;     ///< for the QR code
};

/// No code is asked for until it is confirmed. Refuses: does_not_verify on `password`, already_exists when there is one.
Result<Enrolment> begin_second_factor(Context const& context, access::Viewer const& viewer, std::string const& password);
/// Refuses: wrong_step when none was begun, does_not_verify on `code`.
Result<void> confirm_second_factor(Context const& context, access::Viewer const& viewer, std::string const& code);

/// The token is shown once. Refuses: field_invalid on `scopes` (a permission that the viewer does not have) and on `days`.
Result<access::NewApiToken> create_api_token(Context const& context, access::Viewer const& viewer, std::string const& name,
                                             std::vector<std::string> const& scopes, std::int64_t days);
Result<void> revoke_api_token(Context const& context, access::Viewer const& viewer, std::string const& id);

}  // namespace rcms::administration
