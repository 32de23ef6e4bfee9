#include "app/cli_serve.hpp"

#include <csignal>
#include <functional>
#include <optional>
#include <regex>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "app/demo_world.hpp"
#include "app/wiring.hpp"
#include "foundation/db/server_settings.hpp"

namespace rcms::app {

namespace {

/// SIGTERM and SIGINT, and SIGHUP that reads the agreements again, as a set that is waited for; blocked before any thread is
/// made, so that all threads inherit it.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

/// Whether the process was told to stop and nobody has waited for it yet; from any thread.
bool is_told_to_stop() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1;
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

/// Throws CommandRefused with the option at fault.
std::optional<messages::MailSettings> mail_of(MailOptions const& options) {
  if (options.server.empty()) {
    if (options.from.empty() && options.user.empty() && options.password_file.empty()) return std::nullopt;
    throw CommandRefused("--mail-server is missing: the other options of e-mail do nothing without it");
  }
  static std::regex const form("(smtp|starttls|smtps)://([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?");
  std::smatch parts;
  if (!std::regex_match(options.server, parts, form))
    throw CommandRefused("--mail-server must be smtp://HOST:PORT, starttls://HOST:PORT or smtps://HOST:PORT, not '" +
                         options.server + "'");
  if (!mail::is_address(options.from))
    throw CommandRefused("--mail-from must be an address such as rcms@authority.example, not '" + options.from + "'");
  if (!options.public_url.starts_with("http://") && !options.public_url.starts_with("https://"))
    throw CommandRefused("--public-url must say where people open this node, such as https://rcms.example, not '" +
                         options.public_url + "'");
  if (options.user.empty() != options.password_file.empty())
    throw CommandRefused("--mail-user and --mail-password-file belong together");
  messages::MailSettings mail;
  mail.base_url = options.public_url;
  while (mail.base_url.ends_with('/')) mail.base_url.pop_back();
  mail.from = {"RCMS", options.from};
  mail.smtp.host = parts[2];
  auto const scheme = parts[1].str();
  mail.smtp.security = scheme == "smtps"      ? mail::Security::tls
                       : scheme == "starttls" ? mail::Security::starttls
                                              : mail::Security::plain;
  mail.smtp.port = scheme == "smtps" ? 465 : scheme == "starttls" ? 587 : 25;
  if (parts[3].matched) mail.smtp.port = std::stoi(parts[3]);
  if (mail.smtp.port < 1 || mail.smtp.port > 65'535) throw CommandRefused("--mail-server: a port is a number from 1 to 65535");
  mail.smtp.user = options.user;
  mail.smtp.password_file = options.password_file;
  return mail;
}

Settings settings_of(ServeOptions const& options) {
  if (options.certificate_file.empty() != options.key_file.empty())
    throw CommandRefused("--certificate and --key belong together: give both, or neither");
  auto settings = settings_of(options.place);
  settings.must_stop = is_told_to_stop;
  settings.mail = mail_of(options.mail);
  settings.address = options.address;
  settings.port = options.port;
  settings.keep_imports_days = options.keep_imports_days;
  settings.keep_failed_sign_ins_days = options.keep_failed_sign_ins_days;
  settings.keep_free_bytes = options.keep_free_mb * 1'000'000;
  settings.certificate_file = options.certificate_file;
  settings.key_file = options.key_file;
  settings.secure_cookies = options.behind_tls || !options.certificate_file.empty();
  if (!options.web.empty()) {
    if (!std::filesystem::exists(std::filesystem::path(options.web) / "index.html")) {
      throw CommandRefused("The folder " + options.web + " of --web has no index.html: build the web application with ./setup");
    }
    settings.web = std::filesystem::absolute(options.web);
  } else if (auto const web = find_share_if("web"); !web.empty() && std::filesystem::exists(web / "assets")) {
    // Only what was built has assets: the sources of the web application are not served.
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
  for (auto const& told : db::list_small_settings(node.database())) spdlog::warn("{}", told);
  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) {
    spdlog::info("reading the agreements again signal=HUP");
    try {
      node.read_law_again();
    } catch (std::exception const& fault) {
      spdlog::error("agreements: {}", fault.what());
    }
  }
  spdlog::info("stopping signal={}", signal == SIGTERM ? "TERM" : "INT");
  node.stop();
  spdlog::info("stopped");
  return 0;
}

/// Makes the node and serves it. An end in the middle of the migrations is one that was asked for.
int make_and_serve(Settings settings, sigset_t const& signals, std::int64_t started_ms,
                   std::function<void(Node&)> const& prepare) {
  try {
    Node node(std::move(settings), system_clock());
    prepare(node);
    return serve_until_stopped(node, signals, started_ms);
  } catch (db::MigrationsStopped const& stopped) {
    spdlog::warn("stopped: {}", stopped.what());
    return 0;
  }
}

}  // namespace

int serve(ServeOptions const& options) {
  auto const started_ms = monotonic_ms();
  auto const signals = block_stop_signals();
  use_program_fonts();
  check_node_exists(options.place);
  return make_and_serve(settings_of(options), signals, started_ms, [](Node& node) {
    if (node.context().directory.parties().empty()) {
      throw CommandRefused(
          "No State has been set up here: run rcms init with the same --folder and --database, or rcms demo to look around");
    }
  });
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
  return make_and_serve(std::move(settings), signals, started_ms, add_demo_people);
}

}  // namespace rcms::app
