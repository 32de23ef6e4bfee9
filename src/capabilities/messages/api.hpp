// Routes of messages about a case and of the notifications of a user.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"
#include "foundation/mail/catcher.hpp"

namespace rcms::messages {

/// GET, POST /api/cases|applications/{id}/messages; GET /api/notifications; POST …/read; GET, PUT …/preferences.
void add_routes(http::Routes& routes, case_files::Context const& context);

/// GET /api/demo/mails: what the catcher of the demo holds, open to everybody. Only where this is a demo. The catcher outlives
/// the routes.
void add_demo_mail_routes(http::Routes& routes, mail::MailCatcher const& catcher);

}  // namespace rcms::messages
