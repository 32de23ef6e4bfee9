#include "support/node_for_tests.hpp"

#include <fstream>
#include <mutex>
#include <stdexcept>
#include <string_view>

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "foundation/access/store.hpp"

namespace rcms::tests {

namespace {

constexpr std::int64_t session_ms = 30 * 60'000;

/// What a node under test logs, without the one line that the test makes it say by setting its clock.
class LogOfTests : public spdlog::sinks::base_sink<std::mutex> {
  void sink_it_(spdlog::details::log_msg const& message) override {
    std::string_view const text(message.payload.data(), message.payload.size());
    if (!text.starts_with("the clock was set ")) out_.log(message);
  }
  void flush_() override { out_.flush(); }

  spdlog::sinks::stdout_sink_mt out_;
};

void log_as_tests_do() {
  static std::once_flag once;
  std::call_once(once, [] { spdlog::set_default_logger(std::make_shared<spdlog::logger>("", std::make_shared<LogOfTests>())); });
}

Instant noon_of(Date day) { return Instant{std::int64_t{day.days()} * 86'400'000 + 12 * 3'600'000}; }

/// The data of the program; the agreements are copies, which a test may change.
std::filesystem::path copy_data(std::filesystem::path const& source, std::filesystem::path const& folder) {
  std::filesystem::create_directories(folder);
  for (auto const& entry : std::filesystem::directory_iterator(source)) {
    if (entry.path().filename() == "agreements") std::filesystem::copy(entry.path(), folder / "agreements");
    else std::filesystem::create_directory_symlink(entry.path(), folder / entry.path().filename());
  }
  return folder;
}

app::Settings settings_of(std::string const& address, std::filesystem::path const& folder) {
  std::filesystem::path const source = RCMS_SOURCE_DIR;
  app::Settings settings;
  settings.database = address;
  settings.folder = folder / "node";
  settings.data = copy_data(source / "data", folder / "data");
  settings.migrations = source / "db/migrations";
  settings.port = 0;
  settings.demo = true;
  settings.finds_pairs = false;
  return settings;
}

}  // namespace

NodeForTests::NodeForTests(db::Engine engine, std::vector<stories::Person> people, Date day, std::string const& registers)
    : people_(std::move(people)), database_(engine), clock_(noon_of(day)),
      node_(std::make_unique<app::Node>(settings_of(database_.address(), folder_.path()), clock_)) {
  log_as_tests_do();
  add_world();
  if (!registers.empty()) std::ofstream(node_->settings().folder / "status_registers.toml") << registers;
  node_->connect_parties();
  node_->start();
}

NodeForTests::~NodeForTests() {
  node_->stop();
  node_.reset();
}

void NodeForTests::add_world() {
  struct State {
    char const* code;
    char const* name;
    char const* zone;
    access::Sides sides;
  };
  static constexpr State states[] = {{"UTO", "Utopia", "America/Guatemala", access::Sides::requested},
                                     {"XAR", "Arcadia", "Europe/Zurich", access::Sides::requesting}};
  auto const now = clock_.now();
  db::Command command;
  for (auto const& state : states) {
    access::Party party{.id = PartyId::make(now),
                        .code = state.code,
                        .names = {state.name, state.name},
                        .time_zone = state.zone,
                        .languages = {"en", "es"},
                        .sides = state.sides,
                        .signing_key = node_->party_key(state.code).open,
                        .hosted = true};
    access::save_party(command, party);
    parties_[state.code] = party;
  }
  for (auto const& person : people_) {
    auto const key = person.party + " " + person.organisation;
    auto const& party = parties_.at(person.party);
    if (!organisations_.contains(key)) {
      access::Organisation organisation{.id = OrganisationId::make(now), .party = party.id, .kind = person.organisation,
                                        .names = {key, key}, .email = "office@" + person.party + ".example"};
      access::save_organisation(command, organisation);
      organisations_[key] = organisation;
    }
    access::User user{.id = UserId::make(now),
                      .party = party.id,
                      .organisation = organisations_.at(key).id,
                      .login = person.login,
                      .name = "Name of " + person.login,
                      .email = person.login + "@example.org",
                      .roles = person.roles};
    access::save_user(command, user);
    users_[person.login] = user;
  }
  if (node_->database().write(command).outcome != db::Outcome::written)
    throw std::runtime_error("the people for tests were not written");
}

void NodeForTests::set_day(Date day) { clock_.set(std::max(noon_of(day), clock_.now())); }

std::string NodeForTests::token_of(std::string const& login) {
  auto& [since, token] = tokens_[login];
  if (token.empty() || clock_.now().ms - since.ms > session_ms) {
    auto const signed_in = node_->sessions().start_demo(users_.at(login).id, "127.0.0.1");
    if (!signed_in) throw std::runtime_error("no session for " + login);
    token = signed_in->token;
    since = clock_.now();
  }
  return token;
}

HttpAnswer NodeForTests::ask(std::string const& login, HttpAsk request) {
  if (!login.empty()) request.token = token_of(login);
  auto const send = [&](HttpAsk const& one) { return tests::ask(node_->port(), one); };
  if (watch_ != nullptr)
    return watch_->ask(std::move(request), login.empty() ? std::string() : users_.at(login).id.value, send);
  auto answer = send(request);
  if (listener_) listener_(login, request, answer);
  return answer;
}

}  // namespace rcms::tests
