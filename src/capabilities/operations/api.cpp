#include "capabilities/operations/api.hpp"

#include "capabilities/operations/backup.hpp"
#include "capabilities/operations/view.hpp"

namespace rcms::operations {

namespace {

using http::Reply;
using http::Request;

HealthView health_view(Monitor& monitor, Labels const& labels, std::string const& language) {
  auto const parts = monitor.parts();
  auto const& context = monitor.context();
  HealthView view;
  view.state = name_of(worst_of(parts));
  view.version = context.version;
  view.engine = context.database.engine() == db::Engine::sqlite ? "sqlite" : "postgresql";
  view.at = context.clock.now();
  view.last_backup_at = last_backup_at(context.folder);
  for (auto const& part : parts)
    view.parts.push_back({part.part, labels.text(language, "operations.part." + part.part), std::string(name_of(part.state)),
                          labels.text(language, part.label, part.arguments)});
  return view;
}

/// A part has a label `operations.banner.<part>` when people who work on cases notice that it does not work.
StatusView status_view(Monitor& monitor, Labels const& labels, std::string const& language) {
  StatusView view;
  State worst = State::ok;
  for (auto const& part : monitor.parts()) {
    auto const label = "operations.banner." + part.part;
    if (part.state != State::down || !labels.has(label)) continue;
    worst = std::max(worst, part.part == "database" ? State::down : State::degraded);
    view.parts.push_back({part.part, std::string(name_of(part.state)), labels.text(language, label)});
  }
  view.state = name_of(worst);
  return view;
}

}  // namespace

void add_routes(http::Routes& routes, Monitor& monitor, Labels const& labels) {
  routes.add(http::get("/api/operations/health")
                 .named("get_health")
                 .saying("How every part of this node is, and what to do about it.")
                 .permission("operations.read")
                 .output<HealthView>()
                 .handler([&monitor, &labels](Request const& request) -> Result<Reply<HealthView>> {
                   return health_view(monitor, labels, request.language);
                 }));
  // Without a session, so that it also answers while no session can be looked up: call it without credentials.
  routes.add(http::get("/api/status")
                 .named("get_status")
                 .saying("What does not work at the moment, for the banner; nothing when all is well.")
                 .public_()
                 .output<StatusView>()
                 .handler([&monitor, &labels](Request const& request) -> Result<Reply<StatusView>> {
                   return status_view(monitor, labels, request.language);
                 }));
}

}  // namespace rcms::operations
