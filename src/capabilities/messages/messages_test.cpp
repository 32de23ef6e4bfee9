#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "capabilities/messages/api.hpp"
#include "capabilities/messages/rules.hpp"
#include "capabilities/messages/store.hpp"
#include "capabilities/messages/world_test.hpp"
#include "foundation/ledger/entry.hpp"

using namespace rcms;
using namespace rcms::messages;
using case_files::Side;

namespace {

http::Answer<http::Response> call(NodeForTests& node, std::string const& operation, access::User const& user,
                                  std::string const& body = {}) {
  http::Routes routes;
  add_routes(routes, node.context);
  http::Request request;
  request.body = body;
  request.language = "en";
  request.viewer = node.as(user);
  request.path_values["id"] = node.states.case_id.value;
  for (auto const& route : routes.all()) {
    if (route.operation == operation) return route.handler(request);
  }
  FAIL("no operation ", operation);
  return {};
}

/// All text in the space of a State: messages, envelopes that came in, ledger contents.
std::string everything_of(db::Database& database, PartyId const& party) {
  std::string all;
  for (auto const& row : database.read_text("SELECT body FROM messages WHERE party = $1", {party.value})) all += row.text(0);
  for (auto const& row : database.read_text("SELECT sealed FROM envelopes WHERE party = $1", {party.value})) all += row.text(0);
  for (auto const& row : database.read_text("SELECT content FROM case_contents WHERE party = $1", {party.value}))
    all += row.text(0);
  for (auto const& told :
       ledger::list_entries(database, "application:" + database.read_text("SELECT case_id FROM case_files", {}).at(0).text(0))) {
    all += told.record.actor + told.content.value_or("");
  }
  return all;
}

}  // namespace

TEST_CASE("a message crosses to the other State without the name of the officer, and is answered") {
  in_a_world([](WorldForTests& world) {
    auto& node = world.node;
    auto const& states = world.states;
    auto const sent = send_message(node.context, node.as(states.owner), Side::requesting, states.case_id,
                                   "When is the interview?\nWe can wait.");
    REQUIRE(sent.has_value());
    CHECK(node.exchange.deliver_due() == 1);

    auto const arrived = list_messages(node.context, node.as(states.intake), Side::requested, states.case_id);
    REQUIRE(arrived.has_value());
    REQUIRE(arrived->size() == 1);
    CHECK(arrived->front().body == "When is the interview?\nWe can wait.");
    CHECK(arrived->front().direction == Direction::in);
    CHECK(arrived->front().author.empty());
    auto const theirs = everything_of(world.database, states.people.utopia.id);
    CHECK(theirs.find("When is the interview?") != std::string::npos);
    CHECK(theirs.find(states.owner.name) == std::string::npos);
    CHECK(theirs.find(states.owner.id.value) == std::string::npos);

    auto const seen = call(node, "list_applications_messages", states.intake);
    REQUIRE(seen.has_value());
    CHECK(seen->body.find("Authority of Arcadia") != std::string::npos);
    auto const answered = call(node, "send_applications_message", states.intake, R"({"text":"On Monday."})");
    REQUIRE(answered.has_value());
    CHECK(answered->status == 201);
    CHECK(node.exchange.deliver_due() == 1);
    auto const thread = list_messages(node.context, node.as(states.owner), Side::requesting, states.case_id);
    REQUIRE(thread.has_value());
    CHECK(thread->size() == 2);
    auto const own = call(node, "list_cases_messages", states.owner);
    REQUIRE(own.has_value());
    CHECK(own->body.find(states.owner.name) != std::string::npos);
    CHECK(own->body.find(states.intake.name) == std::string::npos);
    CHECK(own->body.find("\"party\":\"UTO\"") != std::string::npos);
  });
}

TEST_CASE("a message is in the ledger of both States and changes no state") {
  in_a_world([](WorldForTests& world) {
    auto& node = world.node;
    auto const& states = world.states;
    REQUIRE(send_message(node.context, node.as(states.owner), Side::requesting, states.case_id, "Good morning.").has_value());
    node.exchange.deliver_due();
    CHECK(ledger::list_entries(world.database, "case:" + states.case_id.value).back().record.action == "message_sent");
    CHECK(ledger::list_entries(world.database, "application:" + states.case_id.value).back().record.action == "message_received");
    CHECK(case_files::find_case_file(world.database, states.people.utopia.id, states.case_id)->state == "completeness");
    CHECK(node.exchange.list_transmissions(states.people.arcadia.id, states.case_id).at(0).state == "delivered");
    // The same envelope again is applied once.
    auto const row = world.database.read_text("SELECT sealed FROM envelopes WHERE direction = 'out'", {}).at(0);
    auto const parts = boost::json::parse(row.text(0)).as_object();
    exchange::SealedEnvelope again{std::string(parts.at("text").as_string()), std::string(parts.at("hash").as_string()),
                                   std::string(parts.at("signature").as_string())};
    CHECK(node.exchange.receive(again).has_value());
    CHECK(list_messages_of_case(world.database, states.people.utopia.id, states.case_id).size() == 1);
  });
}

TEST_CASE("what must not be sent is refused and nothing leaves") {
  in_a_world([](WorldForTests& world) {
    auto& node = world.node;
    auto const& states = world.states;
    struct {
      char const* name;
      access::User const* user;
      std::string text;
      Why why;
    } const rows[] = {
        {"a word that must not leave", &states.owner, "His asylum request was refused.", Why::must_not_leave},
        {"the same in Spanish", &states.owner, "Pidió ASILO aquí.", Why::must_not_leave},
        {"no text", &states.owner, "", Why::field_missing},
        {"too long", &states.owner, std::string(4'001, 'a'), Why::field_too_long},
        {"a control character", &states.owner, "a\x01" "b", Why::field_invalid},
        {"an officer who may not write", &states.people.admin, "Good morning.", Why::not_permitted},
    };
    for (auto const& row : rows) {
      CAPTURE(row.name);
      auto const sent = send_message(node.context, node.as(*row.user), Side::requesting, states.case_id, row.text);
      REQUIRE_FALSE(sent.has_value());
      CHECK(sent.error().why == row.why);
    }
    CHECK(send_message(node.context, node.as(states.intake), Side::requesting, states.case_id, "Not ours.").error().why ==
          Why::not_found);
    CHECK(list_messages(node.context, node.as(states.intake), Side::requesting, states.case_id).error().why == Why::not_found);
    CHECK(node.exchange.count_queued(states.people.arcadia.id) == 0);
    CHECK(list_messages_of_case(world.database, states.people.arcadia.id, states.case_id).empty());
    // The longest that is lawful.
    CHECK(
        send_message(node.context, node.as(states.owner), Side::requesting, states.case_id, std::string(4'000, 'a')).has_value());
  });
}

TEST_CASE("a message needs a case that the other State knows and that is open") {
  case_files::CaseFile file;
  file.state = "draft";
  access::Viewer viewer;
  viewer.permissions = {"message.write"};
  Message message;
  message.body = "Good morning.";
  CHECK(decide_message(file, message, {}, 0, viewer).error().why == Why::wrong_step);
  file.submitted_on = "2031-01-30";
  CHECK(decide_message(file, message, {}, 0, viewer).has_value());
  CHECK(decide_message(file, message, {}, messages_of_case, viewer).error().why == Why::limit_reached);
  file.is_open = false;
  CHECK(decide_message(file, message, {}, 0, viewer).error().why == Why::wrong_step);
}

TEST_CASE("what arrives and is no message is refused") {
  exchange::Envelope envelope;
  CHECK(read_message(envelope).error().why == Why::field_missing);
  envelope.body = {{"text", 7}};
  CHECK(read_message(envelope).error().why == Why::field_missing);
  envelope.body = {{"text", std::string(4'001, 'a')}};
  CHECK(read_message(envelope).error().why == Why::field_too_long);
  envelope.body = {{"text", "a\x1b[31m"}};
  CHECK(read_message(envelope).error().why == Why::field_invalid);
  envelope.body = {{"text", "Good morning."}};
  CHECK(read_message(envelope).value() == "Good morning.");
}
