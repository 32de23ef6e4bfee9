#include "app/cli_serve.hpp"

#include <csignal>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "app/demo_world.hpp"
#include "app/wiring.hpp"

namespace rcms::app {

namespace {

/// SIGTERM and SIGINT as a set that is waited for; blocked before any thread is made, so that all threads inherit it.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

/// The address without the password that may stand in it.
std::string without_password(std::string address) {
  auto const scheme = address.find("://");
  auto const at = address.find('@');
  if (scheme == std::string::npos || at == std::string::npos) return address;
  auto const colon = address.find(':', scheme + 3);
  if (colon != std::string::npos && colon < at) address.replace(colon + 1, at - colon - 1, "…");
  return address;
}

std::string words_of_parties(case_files::Directory const& directory) {
  std::string words;
  for (auto const& party : directory.parties()) words += (words.empty() ? "" : ",") + party.code;
  return words.empty() ? "none" : words;
}

Settings settings_of(ServeOptions const& options) {
  auto settings = settings_of(options.place);
  settings.address = options.address;
  settings.port = options.port;
  settings.certificate_file = options.certificate_file;
  settings.key_file = options.key_file;
  settings.secure_cookies = options.behind_tls || !options.certificate_file.empty();
  if (!options.web.empty()) {
    if (!std::filesystem::exists(std::filesystem::path(options.web) / "index.html")) {
      throw CommandRefused("The folder " + options.web + " of --web has no index.html: build the web application with ./setup");
    }
    settings.web = std::filesystem::absolute(options.web);
  } else if (auto const web = find_share_if("web"); !web.empty() && std::filesystem::exists(web / "index.html")) {
    settings.web = web;
  }
  return settings;
}

int serve_until_stopped(Node& node, sigset_t const& signals, std::int64_t started_ms) {
  node.start();
  spdlog::info("serving address={}:{} database={} states={} demo={} web={} start_ms={} version={}", node.settings().address,
               node.port(), without_password(node.settings().database), words_of_parties(node.context().directory),
               node.settings().demo ? "yes" : "no", node.settings().web.empty() ? "none" : node.settings().web.string(),
               monotonic_ms() - started_ms, version_text());
  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("stopping signal={}", signal == SIGTERM ? "TERM" : "INT");
  node.stop();
  spdlog::info("stopped");
  return 0;
}

}  // namespace

int serve(ServeOptions const& options) {
  auto const started_ms = monotonic_ms();
  auto const signals = block_stop_signals();
  use_program_fonts();
  check_node_exists(options.place);
  Node node(settings_of(options), system_clock());
  if (node.context().directory.parties().empty()) {
    throw CommandRefused(
        "No State has been set up here: run rcms init with the same --folder and --database, or rcms demo to look around");
  }
  return serve_until_stopped(node, signals, started_ms);
}

int serve_demo(DemoOptions const& options) {
  auto started_ms = monotonic_ms();
  auto const signals = block_stop_signals();
  use_program_fonts();
  auto settings = settings_of(options.serve);
  settings.demo = true;
  DemoWorldOptions world;
  world.cases = options.cases;
  world.citizens = options.citizens;
  world.seed = options.seed;
  world.today = date_in_zone(system_clock().now(), "America/Guatemala");
  world.tell = [](std::string const& line) { fmt::print(stderr, "{}\n", line); };
  if (make_demo_world_if_absent(settings, world)) started_ms = monotonic_ms();
  Node node(settings, system_clock());
  add_demo_people(node);
  return serve_until_stopped(node, signals, started_ms);
}

}  // namespace rcms::app
