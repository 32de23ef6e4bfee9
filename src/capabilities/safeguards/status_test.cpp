// The register as a folder of files, and behind HTTP: what counts, and what is never believed.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "capabilities/safeguards/status.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::safeguarding;

namespace {

StatusQuestion const asked{"XAR-2026-000001", "R-17", "RIVERA MARTA", "1990-05-17", "UTO"};

struct World {
  tests::TemporaryFolder folder;
  SetClock clock{*Instant::parse("2027-03-01T12:00:00.000Z")};
  std::unique_ptr<StatusRegister> asks =
      make_file_drop({.name = "Register of Arcadia", .folder = folder.path(), .open_key = {}}, clock);

  void drop(std::string const& name, std::string const& content, bool sealed = true) {
    std::ofstream(folder.path() / name, std::ios::binary) << content;
    if (sealed) std::ofstream(folder.path() / (name + ".sha256")) << to_hex(sha256(content)) << '\n';
  }
};

std::string csv(std::string_view at, std::string_view status, std::string_view decision = "R-17") {
  return fmt::format("# rcms status 1,{}\nreference,decision,status,token\nXAR-2026-000001,{},{},T-1\n", at, decision, status);
}

/// A register of another house: says to everybody what it was told to say, and keeps what it heard.
class FakeRegister {
 public:
  FakeRegister() {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof where;
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&where), size) == 0);
    REQUIRE(::listen(listener_, 8) == 0);
    REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&where), &size) == 0);
    url_ = fmt::format("http://127.0.0.1:{}/status", ntohs(where.sin_port));
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeRegister() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::string const& url() const { return url_; }
  void say(std::string status, std::string body) {
    std::lock_guard const lock(mutex_);
    status_ = std::move(status), body_ = std::move(body), asked_ = 0;
  }
  int asked() {
    std::lock_guard const lock(mutex_);
    return asked_;
  }
  std::string heard() {
    std::lock_guard const lock(mutex_);
    return heard_;
  }

 private:
  void serve() {
    for (int client = ::accept(listener_, nullptr, nullptr); client >= 0; client = ::accept(listener_, nullptr, nullptr)) {
      std::string request;
      char bytes[4096];
      // The question ends with its JSON.
      while (!request.ends_with('}')) {
        auto const count = ::recv(client, bytes, sizeof bytes, 0);
        if (count <= 0) break;
        request.append(bytes, static_cast<std::size_t>(count));
      }
      std::lock_guard const lock(mutex_);
      heard_ = request, ++asked_;
      auto const text =
          fmt::format("HTTP/1.1 {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}", status_, body_.size(), body_);
      (void)::send(client, text.data(), text.size(), MSG_NOSIGNAL);
      ::close(client);
    }
  }

  int listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  std::string url_, status_ = "404 Not Found", body_, heard_;
  int asked_ = 0;
  std::mutex mutex_;
  std::thread thread_;
};

std::string json_of(std::string_view at, std::string_view status) {
  return fmt::format(R"({{"status":"{}","checked_at":"{}","token":"T-9"}})", status, at);
}

}  // namespace

TEST_CASE("the newest sealed file answers, in either form") {
  World world;
  CHECK(world.asks->ask(asked).error().why == Why::unavailable);
  world.drop("a.csv", csv("2027-03-01T08:00:00.000Z", "clear"));
  auto const clear = world.asks->ask(asked);
  REQUIRE(clear.has_value());
  CHECK(clear->status == Status::clear);
  CHECK(clear->token == "T-1");
  world.drop("b.json",
             R"({"format":"rcms status 1","generated_at":"2027-03-01T09:00:00.000Z","entries":[)"
             R"({"reference":"XAR-2026-000001","decision":"R-17","status":"permit_granted","token":"T-2"}]})");
  auto const permit = world.asks->ask(asked);
  REQUIRE(permit.has_value());
  CHECK(permit->status == Status::permit_granted);
  CHECK(permit->token == "T-2");
  CHECK(world.asks->state().as_of->ms == Instant::parse("2027-03-01T09:00:00.000Z")->ms);
}

TEST_CASE("what is not sealed, too old or unreadable answers nothing") {
  struct Wrong {
    char const* what;
    std::string content;
    bool sealed;
  };
  for (auto const& [what, content, sealed] :
       {Wrong{"no seal", csv("2027-03-01T08:00:00.000Z", "clear"), false},
        Wrong{"older than a day", csv("2027-02-27T08:00:00.000Z", "clear"), true},
        Wrong{"from the future", csv("2027-03-02T08:00:00.000Z", "clear"), true},
        Wrong{"an unknown word", csv("2027-03-01T08:00:00.000Z", "fine"), true},
        Wrong{"another form", "reference,decision,status,token\n", true}}) {
    CAPTURE(what);
    World world;
    world.drop("a.csv", content, sealed);
    auto const answer = world.asks->ask(asked);
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().why == Why::unavailable);
    CHECK_FALSE(world.asks->state().answers);
    CHECK_FALSE(world.asks->state().problem.empty());
  }
}

TEST_CASE("a clear line about another decision clears nothing, and an unknown person is unknown") {
  World world;
  world.drop("a.csv", csv("2027-03-01T08:00:00.000Z", "clear", "R-18"));
  CHECK(world.asks->ask(asked)->status == Status::unknown);
  auto other = asked;
  other.reference = "XAR-2026-000002";
  CHECK(world.asks->ask(other)->status == Status::unknown);
}

TEST_CASE("a register behind HTTP is asked about the one person, with the token of the State") {
  World world;
  FakeRegister there;
  std::ofstream(world.folder.path() / "token") << "token-of-arcadia\n";
  auto const asks = make_http_register(
      {.name = "Register of Arcadia", .url = there.url(), .ca_file = {}, .client_certificate = {},
       .token_file = world.folder.path() / "token"},
      world.clock);
  CHECK_FALSE(asks->state().answers);
  there.say("200 OK", json_of("2027-03-01T11:59:00.000Z", "permit_granted"));
  auto const permit = asks->ask(asked);
  REQUIRE(permit.has_value());
  CHECK(permit->status == Status::permit_granted);
  CHECK(permit->token == "T-9");
  CHECK(permit->register_name == "Register of Arcadia");
  CHECK(asks->state().answers);
  CHECK(there.heard().find("Authorization: Bearer token-of-arcadia") != std::string::npos);
  CHECK(there.heard().find(R"("reference":"XAR-2026-000001")") != std::string::npos);
  CHECK(there.heard().find(R"("decision":"R-17")") != std::string::npos);
}

TEST_CASE("what a register behind HTTP says that is not of its form answers nothing, and one that fails is left in peace") {
  struct Wrong {
    char const* what;
    char const* status;
    std::string body;
    int asked;  ///< a failure of the server is worth another try, a refusal is not
  };
  for (auto const& [what, status, body, times] :
       {Wrong{"a page instead of an answer", "200 OK", "<html>", 1},
        Wrong{"an unknown word", "200 OK", json_of("2027-03-01T11:59:00.000Z", "fine"), 1},
        Wrong{"from the future", "200 OK", json_of("2027-03-02T11:59:00.000Z", "clear"), 1},
        Wrong{"no instant", "200 OK", R"({"status":"clear"})", 1},
        Wrong{"more than an answer can be", "200 OK", std::string(200'000, ' '), 2},
        Wrong{"sent elsewhere", "302 Found", "", 1},
        Wrong{"not permitted", "403 Forbidden", "", 1},
        Wrong{"it fails", "500 Internal Server Error", "", 2}}) {
    CAPTURE(what);
    World world;
    FakeRegister there;
    there.say(status, body);
    auto const asks = make_http_register({.name = "Register", .url = there.url(), .ca_file = {}, .client_certificate = {},
                                          .token_file = {}, .timeout_ms = 2'000, .tries = 2, .open_after = 1},
                                         world.clock);
    auto const answer = asks->ask(asked);
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().why == Why::unavailable);
    CHECK(answer.error().field == "register");
    CHECK(there.asked() == times);
    CHECK_FALSE(asks->state().problem.empty());
    // It rests: nobody is asked again at once, although it would answer now.
    there.say("200 OK", json_of("2027-03-01T11:59:00.000Z", "clear"));
    CHECK_FALSE(asks->ask(asked).has_value());
    CHECK(there.asked() == 0);
  }
  World world;
  CHECK_THROWS_WITH((void)make_http_register({.name = "Register", .url = "http://register.example/status", .ca_file = {},
                                              .client_certificate = {}, .token_file = {}},
                                             world.clock),
                    "the register Register must be asked by https");
}
