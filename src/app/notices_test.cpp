// A whole node: what happens in one State's file reaches the browser of the officer over the live stream, and their mailbox.
#include <doctest/doctest.h>

#include <fstream>

#include "app/node.hpp"
#include "capabilities/messages/world_test.hpp"
#include "foundation/http/socket_client_test.hpp"

using namespace rcms;

namespace {

std::string head_of(std::string const& token) { return "Host: a\r\nAuthorization: Bearer " + token + "\r\n"; }

/// Follows the live stream of a user from now on.
http_test::Client follow(app::Node& node, access::User const& user) {
  auto const session = node.sessions().start_demo(user.id, "127.0.0.1");
  REQUIRE(session.has_value());
  http_test::Client client(node.port());
  client.send("GET /api/live HTTP/1.1\r\n" + head_of(session->token) + "\r\n");
  REQUIRE(client.wait_for("event: hello"));
  return client;
}

}  // namespace

TEST_CASE("a message of the other State reaches bell and mailbox of the officer in charge within a second, and nobody else's") {
  for (auto const engine : tests::engines_for_tests()) {
    tests::DatabaseForTests place(engine);
    tests::TemporaryFolder folder;
    CAPTURE(tests::name_of(engine));
    SystemClock const clock;
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

    auto owner = follow(node, states.owner);
    auto colleague = follow(node, states.colleague);
    auto intake = follow(node, states.intake);
    auto const session = node.sessions().start_demo(states.intake.id, "127.0.0.1");
    http_test::Client writer(node.port());
    std::string const body = R"({"text":"We have a question."})";
    auto const send = [&] {
      return writer
          .ask("POST /api/applications/" + states.case_id.value + "/messages HTTP/1.1\r\n" + head_of(session->token) +
               "X-RCMS-Request: 1\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + body)
          .status;
    };
    REQUIRE(send() == 201);  // settles who leads
    REQUIRE(owner.wait_for("\"kind\":\"notification\""));
    owner.take_all(300);

    auto const begun_ms = monotonic_ms();
    REQUIRE(send() == 201);
    REQUIRE(owner.wait_for("\"subject\":\"" + states.owner.id.value + "\",\"kind\":\"notification\""));
    auto const took_ms = monotonic_ms() - begun_ms;
    MESSAGE("from the message to the bell of the other State: ", took_ms, " ms");
    CHECK(took_ms < 1'000);
    CHECK(colleague.take_all(300).find("notification") == std::string::npos);
    CHECK(intake.take_all(300).find("notification") == std::string::npos);

    http_test::Client reader(node.port());
    auto const own = node.sessions().start_demo(states.owner.id, "127.0.0.1");
    auto const notices = reader.ask("GET /api/notifications HTTP/1.1\r\n" + head_of(own->token) + "\r\n");
    CHECK(notices.body.find("\"unread\":2") != std::string::npos);
    CHECK(notices.body.find("a message of Utopia has arrived") != std::string::npos);
    std::string mails;
    for (int i = 0; i < 100 && mails.find("XAR-2031-000001") == std::string::npos; ++i) {
      mails = reader.ask("GET /api/demo/mails HTTP/1.1\r\nHost: a\r\n\r\n").body;
      owner.fill(50);
    }
    CHECK(mails.find("Something new in case XAR-2031-000001: open RCMS") != std::string::npos);
    CHECK(mails.find(states.colleague.email) == std::string::npos);
    node.stop();
  }
}
