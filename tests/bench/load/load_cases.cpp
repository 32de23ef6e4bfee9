// Fills an empty node with many cases by the acts that officers do, so that each has its ledger entries, deadlines and words.
//   load_cases --folder FOLDER --database ADDRESS --cases N [--threads N] [--tokens FILE]
// Arcadia's cases of the last twelve months: most are drafts from tables (as an import writes them), some are at screening,
// suspended, closed or sent to Utopia. Prints a line for every 20,000 cases; writes tokens of officers for the load generator.
#include <atomic>
#include <chrono>
#include <functional>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli_parts.hpp"
#include "app/demo_world.hpp"
#include "capabilities/messages/notify.hpp"
#include "foundation/access/sessions.hpp"
#include "foundation/base/clock.hpp"
#include "story_of_case.hpp"

using namespace rcms;
using namespace rcms::bench;

namespace {

constexpr int case_officers = 24;
/// As one officer has several windows open; each token is a session of its own.
constexpr int tokens_of_each = 5;
/// Cases of one seed, made by one thread; drafts of one durable command.
constexpr std::size_t chunk = 1'000;
constexpr std::size_t drafts_together = 100;
constexpr std::uint64_t first_seed = 41'000'000;

struct Options {
  app::Place place;
  std::size_t cases = 20'000;
  int threads = 32;
  std::string tokens;
};

app::DemoPeople people_of_the_load(std::filesystem::path const& data) {
  auto people = app::read_demo_people(data);
  for (int at = 1; at <= case_officers; ++at) {
    app::DemoOfficer officer;
    officer.login = fmt::format("officer{:02}.xar", at);
    officer.name = fmt::format("Officer {:02}", at);
    officer.organisation = "xar-migration";
    officer.roles = {"case_officer"};
    officer.language = "en";
    people.officers.push_back(std::move(officer));
  }
  return people;
}

Desk desk_of(app::Node& node) {
  Desk desk;
  for (int at = 1; at <= case_officers; ++at)
    desk.case_officers.push_back(app::viewer_of_login(node, fmt::format("officer{:02}.xar", at)));
  desk.safeguards = app::viewer_of_login(node, "dora.xar");
  desk.release = app::viewer_of_login(node, "henrik.xar");
  desk.supervisor = app::viewer_of_login(node, "ruth.xar");
  return desk;
}

/// Some lines for each person who asks: role, user, token. They are good for a year.
void write_tokens(app::Node& node, std::string const& path) {
  auto const desk = desk_of(node);
  auto const now = app::system_clock().now();
  std::ofstream out(path);
  auto const write = [&](std::string_view role, access::Viewer const& viewer) {
    access::ApiTokenInput input{.user = viewer.user, .name = "load", .scopes = {}, .expires_at = now.plus_ms(366LL * 86'400'000)};
    input.scopes.assign(viewer.permissions.begin(), viewer.permissions.end());
    auto made = node.sessions().prepare_api_token(input);
    if (node.database().write(made.command).outcome != db::Outcome::written) throw std::runtime_error("no token was written");
    out << role << '\t' << viewer.user.value << '\t' << made.token << '\n';
  };
  for (int round = 0; round < tokens_of_each; ++round) {
    for (auto const& officer : desk.case_officers) write("case_officer", officer);
    write("safeguards_officer", desk.safeguards);
    write("requesting_supervisor", desk.supervisor);
  }
  out.close();
  if (!out) throw std::runtime_error(path + " cannot be written");
}

/// What all threads share: the next chunk, the clock, the first fault.
class Loading {
 public:
  Loading(app::Node& node, SetClock& clock, Instant until, Options const& options)
      : node_(node), clock_(clock), begin_(clock.now()), until_(until), options_(options), desk_(desk_of(node)),
        sources_(registry::read_sources(node.settings().data)) {}

  void run() {
    std::vector<std::thread> threads;
    for (int at = 0; at < options_.threads; ++at) threads.emplace_back([this] { work(); });
    for (auto& thread : threads) thread.join();
    if (!fault_.empty()) throw std::runtime_error(fault_);
  }
 private:
  void work() {
    try {
      for (auto at = next_chunk_++; at * chunk < options_.cases; at = next_chunk_++) make_chunk(at);
    } catch (std::exception const& thrown) {
      std::lock_guard const lock(mutex_);
      if (fault_.empty()) fault_ = thrown.what();
      next_chunk_ = options_.cases;
    }
  }

  void make_chunk(std::size_t index) {
    pass_time(index * chunk);
    auto const count = std::min(chunk, options_.cases - index * chunk);
    StoryMaker maker(node_.context(), desk_, sources_, first_seed + index, count);
    for (std::size_t done = 0; done < count; done += drafts_together) maker.make(std::min(drafts_together, count - done));
    tell(count_made_ += count);
  }

  /// The year goes by with the cases.
  void pass_time(std::size_t cases_before) {
    std::lock_guard const lock(mutex_);
    auto const share = static_cast<double>(cases_before) / static_cast<double>(options_.cases);
    auto const now = begin_.plus_ms(static_cast<std::int64_t>(share * static_cast<double>(until_.ms - begin_.ms)));
    if (now > clock_.now()) clock_.set(now);
  }

  void tell(std::size_t made) const {
    if (made % 20'000 >= chunk) return;
    auto const seconds = static_cast<double>(monotonic_ms() - started_ms_) / 1000;
    fmt::print(stderr, "{} cases, {:.0f} s, {:.0f} cases/s\n", made, seconds, static_cast<double>(made) / seconds);
  }

  app::Node& node_;
  SetClock& clock_;
  Instant begin_;
  Instant until_;
  Options const& options_;
  Desk desk_;
  registry::Sources sources_;
  std::int64_t started_ms_ = monotonic_ms();
  std::atomic<std::size_t> next_chunk_{0};
  std::atomic<std::size_t> count_made_{0};
  std::mutex mutex_;
  std::string fault_;
};

/// What the background of a node does: envelopes are delivered, entries get numbers, people are told.
class Background {
 public:
  explicit Background(app::Node& node)
      : node_(node),
        notices_{node.context(), messages::load_notices(node.settings().data, node.norms().process, node.norms().roles)} {
    threads_.emplace_back([this] { repeat([this] { return node_.exchange().deliver_due() > 0; }); });
    threads_.emplace_back([this] { repeat([this] { return node_.sealer().seal_once() > 0; }); });
    threads_.emplace_back([this] { repeat([this] { return messages::notify_next(notices_) > 0; }); });
  }
  ~Background() { stop(); }
  /// Returns when nothing is left to do.
  void finish() {
    stop();
    while (node_.exchange().deliver_due() > 0) continue;
    while (node_.sealer().seal_once() > 0) continue;
    while (messages::notify_next(notices_) > 0) continue;
  }

 private:
  void stop() {
    stopping_ = true;
    for (auto& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }
  void repeat(std::function<bool()> const& work) {
    while (!stopping_) {
      try {
        if (!work()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
      } catch (std::exception const& fault) {
        fmt::print(stderr, "background: {}\n", fault.what());
        std::this_thread::sleep_for(std::chrono::seconds(1));
      }
    }
  }

  app::Node& node_;
  messages::NoticeContext notices_;
  std::atomic<bool> stopping_{false};
  std::vector<std::thread> threads_;
};

int load(Options const& options) {
  SetClock clock(app::system_clock().now().plus_ms(-365LL * 86'400'000));
  auto const settings = app::settings_of(options.place);
  app::Node node(settings, clock);
  if (options.cases == 0) {
    write_tokens(node, options.tokens);
    return 0;
  }
  if (!node.context().directory.parties().empty()) throw std::runtime_error("the node is not empty; name a new folder");
  app::make_demo_states(node, people_of_the_load(settings.data), clock.now());
  auto const started_ms = monotonic_ms();
  auto const now = app::system_clock().now();
  Background background(node);
  Loading loading(node, clock, now.plus_ms(-60'000), options);
  loading.run();
  clock.set(now);
  background.finish();
  if (!options.tokens.empty()) write_tokens(node, options.tokens);
  fmt::print("loaded {} cases in {:.1f} s\n", options.cases, static_cast<double>(monotonic_ms() - started_ms) / 1000);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App command("Fills an empty node with many cases.");
  command.add_option("--folder", options.place.folder, "Folder of the node")->required();
  command.add_option("--database", options.place.database, "sqlite:FILE or postgresql://…; an empty one")->required();
  command.add_option("--cases", options.cases, "How many; 0: only new tokens for a node that was loaded");
  command.add_option("--threads", options.threads, "Officers who work at the same time");
  command.add_option("--tokens", options.tokens, "File for role, user and token of each officer");
  CLI11_PARSE(command, argc, argv);
  try {
    return load(options);
  } catch (std::exception const& fault) {
    fmt::print(stderr, "load_cases: {}\n", fault.what());
    return 1;
  }
}
