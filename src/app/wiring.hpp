// The readable list of what is connected to what.
#pragma once

#include "app/node.hpp"
#include "foundation/mail/transport.hpp"

namespace rcms::app {

std::string version_text();

/// Who receives which envelope, and how attachments come over.
void connect_exchange(case_files::Context const& context);

/// All routes of all capabilities.
void add_all_routes(http::Routes& routes, case_files::Context const& context, administration::Context const& administration,
                    safeguarding::Registers const& registers, registry::Registries& population, Sentences const& sentences,
                    Settings const& settings);

/// Ends the terms that are over, on both sides.
void end_terms(case_files::Context const& context);

/// What tells users what happened, on the page at once and by e-mail; to `catcher` where there is one.
std::unique_ptr<messages::Background> make_notices(case_files::Context const& context, Settings const& settings,
                                                   http::Server& server, mail::MailCatcher const* catcher);

/// Takes reports on schedule away: by the mail server of the settings, to `catcher` in a demo; without either every sending is
/// refused as unavailable, which the schedule shows.
std::unique_ptr<mail::Transport> make_report_transport(Settings const& settings, mail::MailCatcher const* catcher);

/// Whether a viewer may know that something changed.
bool may_see_event(access::Viewer const& viewer, http::Event const& event);

/// What the access log says of a request.
ledger::Reading reading_of(http::Route const& route, http::Request const& request);

}  // namespace rcms::app
