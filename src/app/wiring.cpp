#include "app/wiring.hpp"

#include <array>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "capabilities/administration/api.hpp"
#include "capabilities/applications/actions.hpp"
#include "capabilities/applications/api.hpp"
#include "capabilities/applications/api_slip.hpp"
#include "capabilities/case_files/api_desks.hpp"
#include "capabilities/case_files/api_export.hpp"
#include "capabilities/case_files/api_home.hpp"
#include "capabilities/case_files/api_norms.hpp"
#include "capabilities/case_files/leaving.hpp"
#include "capabilities/case_files/prints.hpp"
#include "capabilities/casework/actions.hpp"
#include "capabilities/casework/api.hpp"
#include "capabilities/casework/api_imports.hpp"
#include "capabilities/casework/api_leaving.hpp"
#include "capabilities/casework/api_prints.hpp"
#include "capabilities/duplicates/api.hpp"
#include "capabilities/identification/api.hpp"
#include "capabilities/interviews/api.hpp"
#include "capabilities/messages/actions.hpp"
#include "capabilities/messages/api.hpp"
#include "capabilities/oversight/api.hpp"
#include "capabilities/reception/api.hpp"
#include "capabilities/registry/api.hpp"
#include "capabilities/safeguards/api.hpp"
#include "capabilities/transfers/handing_over.hpp"
#include "capabilities/transfers/api.hpp"
#include "capabilities/travel_documents/api.hpp"

namespace rcms::app {

using case_files::Side;

std::string version_text() { return "0.1.0"; }

void connect_exchange(case_files::Context const& context) {
  casework::receive_envelopes(context);
  applications::receive_envelopes(context);
  // Transports are told in chains of their own, by messages too.
  context.exchange.receive_with(exchange::EnvelopeKind::message,
                                [&context, of_cases = messages::receiver_of_cases(context)](
                                    auto const& to, auto const& envelope, auto const& inbox) {
                                  return transfers::is_of_transport(envelope)
                                             ? transfers::receive_message(context, to, envelope, inbox)
                                             : of_cases(to, envelope, inbox);
                                });
  context.exchange.fetch_with([&context](exchange::Correspondent const& from, exchange::Correspondent const&,
                                         exchange::Envelope const& envelope,
                                         exchange::AttachmentNote const& note) -> Result<db::Command> {
    auto const file = case_files::find_case_file(context.database, from.id, envelope.case_id);
    if (!file) return refuse(Why::unavailable, "attachments", "the sender does not have the file any more");
    if (note.kind == case_files::print_kind) return case_files::take_over_prints(context, *file, envelope, note);
    return case_files::take_over(context, *file, note);
  });
}

void add_all_routes(http::Routes& routes, case_files::Context const& context, administration::Context const& administration,
                    safeguarding::Registers const& registers, registry::Registries& population, Sentences const& sentences,
                    Settings const& settings) {
  administration::add_routes(routes, administration);
  case_files::add_home_routes(routes, context);
  case_files::add_desk_routes(routes, context, sentences);
  case_files::add_norms_routes(routes, context);
  case_files::add_export_routes(routes, context, Side::requesting);
  case_files::add_export_routes(routes, context, Side::requested);
  casework::add_routes(routes, context, sentences);
  casework::add_leaving_routes(routes, context);
  casework::add_print_routes(routes, context, sentences);
  casework::add_import_routes(routes, context, settings.data);
  safeguarding::add_routes(routes, context, registers, sentences);
  transfers::add_routes(routes, context, sentences, settings.data);
  reception::add_routes(routes, context, settings.data);
  applications::add_routes(routes, context);
  applications::add_slip_routes(routes, context);
  interviews::add_routes(routes, context, settings.data);
  messages::add_routes(routes, context);
  oversight::add_routes(routes, context);
  registry::add_routes(routes, population, sentences);
  identification::add_routes(routes, context, population);
  duplicates::add_routes(routes, context);
  travel_documents::add_routes(
      routes, std::make_shared<travel_documents::Desk>(
                  context, travel_documents::DeskOptions{settings.data, settings.folder / "keys", settings.demo, &sentences}));
  routes.add(http::live_route("/api/live"));
}

void end_terms(case_files::Context const& context) {
  // A day more than the earliest zone needs; the day of each State is looked at below.
  auto const day = date_in_zone(context.clock.now(), "UTC").plus_days(1);
  auto page = case_files::list_overdue(context.database, day);
  while (!page.empty()) {
    for (auto const& overdue : page) {
      if (overdue.due_on >= case_files::today_of(context, overdue.party)) continue;
      auto const file = case_files::find_case_file(context.database, overdue.party, overdue.case_id);
      if (!file) continue;
      if (file->side == Side::requesting) {
        (void)casework::note_term_over(context, overdue.party, overdue.case_id, overdue.kind);
      } else {
        (void)applications::note_term_over(context, overdue.party, overdue.case_id, overdue.kind);
      }
    }
    auto const last = page.back();
    page = case_files::list_overdue(context.database, day, &last);
  }
}

std::unique_ptr<messages::Background> make_notices(case_files::Context const& context, Settings const& settings,
                                                   http::Server& server, mail::MailCatcher const* catcher) {
  messages::BackgroundOptions options;
  options.mail = settings.mail;
  if (!options.mail && catcher != nullptr) {
    auto const scheme = settings.certificate_file.empty() ? "http" : "https";
    options.mail = messages::MailSettings{fmt::format("{}://{}:{}", scheme, settings.address, server.port()),
                                          {"RCMS", "rcms@demo.example"}, {.port = catcher->port()}};
  }
  options.tell = [&server](std::vector<messages::Told> const& told) {
    std::vector<http::Event> events;
    for (auto const& one : told) events.push_back({0, one.user.value, "notification", 0, one.party});
    server.live().publish(events);
  };
  options.on_fault = [](std::string_view what) { spdlog::error("notices: {}", what); };
  auto notices = messages::load_notices(settings.data, context.norms.process, context.norms.roles);
  return std::make_unique<messages::Background>(context, std::move(notices), std::move(options));
}

std::unique_ptr<mail::Transport> make_report_transport(Settings const& settings, mail::MailCatcher const* catcher) {
  if (settings.mail) return mail::make_smtp(settings.mail->smtp);
  if (catcher != nullptr) return mail::make_smtp({.port = catcher->port()});
  struct Nothing : mail::Transport {
    Result<std::monostate> send(mail::Message const&) override {
      return refuse(Why::unavailable, {}, "this node has no mail server; name one in its settings");
    }
  };
  return std::make_unique<Nothing>();
}

bool may_see_event(access::Viewer const& viewer, http::Event const& event) {
  if (event.party != viewer.party) return false;
  struct Rule {
    std::string_view kind;
    std::array<std::string_view, 2> permissions;
  };
  static constexpr Rule rules[] = {{"case", {"case.read", ""}},
                                   {"application", {"application.read", "task.read"}},
                                   {"pair", {"pair.decide", ""}},
                                   {"document", {"document.read", ""}},
                                   {"user", {"administration.read", ""}},
                                   {"organisation", {"administration.read", ""}},
                                   {"schedule", {"report.read", ""}}};
  for (auto const& rule : rules) {
    if (rule.kind != event.kind) continue;
    for (auto permission : rule.permissions) {
      if (!permission.empty() && viewer.may(permission)) return true;
    }
    return false;
  }
  // A person's own things, such as notifications, carry their id as subject.
  return event.subject == viewer.user.value;
}

ledger::Reading reading_of(http::Route const& route, http::Request const& request) {
  ledger::Reading reading;
  auto const id = request.path_values.find("id");
  bool const is_case = route.path.starts_with("/api/cases/");
  bool const is_application = route.path.starts_with("/api/applications/");
  if (id != request.path_values.end() && (is_case || is_application)) {
    reading.subject = (is_case ? "case:" : "application:") + id->second;
  } else if (id != request.path_values.end()) {
    reading.subject = route.operation + ":" + id->second;
  } else {
    reading.subject = "list:" + route.operation;
  }
  reading.actor = request.viewer.user.value;
  reading.party = request.viewer.party.value;
  reading.operation = route.operation;
  reading.request = request.request_id;
  return reading;
}

}  // namespace rcms::app
