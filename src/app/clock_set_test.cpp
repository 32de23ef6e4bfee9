// A whole node on both databases whose clock is set by a day: the log says so, and nothing that was written is lost.
#include <chrono>
#include <thread>

#include <doctest/doctest.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include "app/node.hpp"
#include "capabilities/messages/world_test.hpp"
#include "foundation/http/socket_client_test.hpp"
#include "foundation/ledger/entry.hpp"

using namespace rcms;

namespace {

constexpr std::int64_t one_day_ms = 86'400'000;

/// Keeps what the node logs.
class KeptLog final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  bool wait_for(std::string_view words) {
    for (int i = 0; i < 100; ++i) {
      {
        std::lock_guard const lock(mutex_);
        if (text_.find(words) != std::string::npos) return true;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  }

 protected:
  void sink_it_(spdlog::details::log_msg const& message) override {
    text_.append(message.payload.data(), message.payload.size());
    text_ += '\n';
  }
  void flush_() override {}

 private:
  std::string text_;
};

/// The log of the program, until it goes out of scope.
struct LogForTests {
  std::shared_ptr<KeptLog> kept = std::make_shared<KeptLog>();
  std::shared_ptr<spdlog::logger> before = spdlog::default_logger();
  LogForTests() { spdlog::set_default_logger(std::make_shared<spdlog::logger>("kept", kept)); }
  ~LogForTests() { spdlog::set_default_logger(before); }
};

/// Writes a message in the file of the requested State, as one of its officers.
int write_message(app::Node& node, messages::StatesForTests const& states, std::string const& words) {
  auto const session = node.sessions().start_demo(states.intake.id, "127.0.0.1");
  REQUIRE(session.has_value());
  std::string const body = "{\"text\":\"" + words + "\"}";
  http_test::Client writer(node.port());
  return writer
      .ask("POST /api/applications/" + states.case_id.value + "/messages HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " +
           session->token + "\r\nX-RCMS-Request: 1\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body)
      .status;
}

}  // namespace

TEST_CASE("a clock that is set forward or back by a day is told in the log, and nothing that was written is lost") {
  for (auto const engine : tests::engines_for_tests()) {
    CAPTURE(tests::name_of(engine));
    LogForTests log;
    tests::DatabaseForTests place(engine);
    tests::TemporaryFolder folder;
    SetClock clock(SystemClock().now());
    auto const start = clock.now();
    app::Settings settings;
    settings.database = place.address();
    settings.folder = folder.path();
    settings.data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";
    settings.migrations = std::filesystem::path(RCMS_SOURCE_DIR) / "db/migrations";
    settings.port = 0;
    settings.demo = true;
    app::Node node(settings, clock);
    messages::StatesForTests const states(node.database(), clock.now());
    node.connect_parties();
    node.start();
    auto const entries = [&] { return ledger::list_entries(node.database(), "application:" + states.case_id.value); };
    REQUIRE(write_message(node, states, "before") == 201);
    auto const written = entries().size();
    REQUIRE(written > 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(1'100));  // the background has looked at the clock

    clock.set(start.plus_ms(one_day_ms + 30'000));  // time that has really passed meanwhile is not part of the step
    CHECK(log.kept->wait_for("the clock was set forward by 24 h"));
    CHECK(log.kept->wait_for("no term is ended for 15 minutes"));
    CHECK(write_message(node, states, "a day ahead") == 201);

    clock.set(start);
    CHECK(log.kept->wait_for("the clock was set back by 24 h"));
    CHECK(write_message(node, states, "right again") == 201);

    // Everything is there once, in the order in which it was written, whatever the clock said.
    auto const told = entries();
    REQUIRE(told.size() == written + 2);
    CHECK(told[written].record.at.ms > told[written + 1].record.at.ms);
    for (std::size_t i = 1; i < told.size(); ++i) CHECK(told[i].record.previous == told[i - 1].record.hash);
    node.stop();
  }
}
