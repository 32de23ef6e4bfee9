// The routes as a client meets them, without sockets.
#include <fstream>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/travel_documents/api.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "support/documents_world.hpp"

namespace rcms::travel_documents {
namespace {

namespace json = boost::json;

/// Calls handlers by the name of their operation.
struct Client {
  World& world;
  http::Routes routes;

  explicit Client(World& of) : world(of) {
    add_routes(routes,
               std::make_shared<Desk>(of.context, DeskOptions{RCMS_SOURCE_DIR "/data", of.folder.path() / "keys", false}));
  }
  http::Answer<http::Response> call(std::string_view operation, http::Request request) {
    for (auto const& route : routes.all()) {
      if (route.operation == operation) return route.handler(request);
    }
    FAIL("no such operation");
    return refuse(Why::not_found);
  }
  http::Request request() const {
    http::Request request;
    request.viewer = world.carla;
    request.language = "es";
    return request;
  }
  json::object ask(std::string_view operation, http::Request const& request) {
    auto const answer = call(operation, request);
    REQUIRE_MESSAGE(answer.has_value(), answer.error().refused.detail);
    return json::parse(answer->body).as_object();
  }
  json::object verify(std::string const& content, std::string const& type, std::string const& language = "es") {
    auto const file = world.folder.file("presented");
    std::ofstream(file, std::ios::binary) << content;
    http::Request request;
    request.language = language;
    request.content_type = type;
    request.upload_file = file;
    return ask("verify_travel_document", request);
  }
};

void for_each_client(std::function<void(Client&)> const& test) {
  tests::for_each_engine([&](db::Database& database) {
    World world(database);
    Client client(world);
    test(client);
  }, tests::Migrations::all);
}

std::string text(json::object const& object, char const* key) { return std::string(object.at(key).as_string()); }

TEST_CASE("the counter works from the waiting list to the register, and anybody can check the document") {
  for_each_client([](Client& client) {
    auto const id = client.world.application();
    auto blanks = client.request();
    blanks.body = R"({"series":"UE","from":"0000001","to":"0000010"})";
    CHECK(client.ask("receive_blanks", blanks).at("items").as_array().at(0).at("left") == 10);

    // A State issues no document to nationals of others and to stateless persons: they do not wait for one.
    for (auto const* nationality : {"RUR", "XXA"})
      client.world.application([&](auto& file) { file.content["A_person"].as_object()["nationality"] = nationality; });
    auto const waiting = client.ask("list_waiting_for_documents", client.request()).at("items").as_array();
    REQUIRE(waiting.size() == 1);
    CHECK(waiting.at(0).at("application") == json::string(id.value));
    CHECK(waiting.at(0).at("latest_expiry") == "2031-08-12");
    CHECK(waiting.at(0).as_object().if_contains("content") == nullptr);
    auto named = client.request();
    named.path_values["application"] = named.path_values["id"] = id.value;
    CHECK(client.call("read_waiting_portrait", named)->content_type == "image/png");

    auto const preview = client.call("preview_travel_document", named);
    REQUIRE(preview.has_value());
    CHECK(read_pdf_text(as_bytes(preview->body), 0)->find("PREVIEW") != std::string::npos);
    CHECK(text(client.verify(preview->body, "application/pdf"), "verdict") == "not_genuine");

    named.body = R"j({"valid_days":30,"destination":"Puerto Esperanza","transit":["Lisboa (LIS)"]})j";
    auto const made = client.ask("issue_travel_document", named);
    CHECK(text(made, "expires_on") == "2031-03-14");
    CHECK(client.ask("list_waiting_for_documents", client.request()).at("items").as_array().empty());
    auto sought = client.request();
    sought.query["q"] = "perla";
    CHECK(client.ask("list_travel_documents", sought).at("items").as_array().size() == 1);
    sought.query["state"] = "void";
    CHECK(client.ask("list_travel_documents", sought).at("items").as_array().empty());

    auto one = client.request();
    one.path_values["number"] = text(made, "number");
    CHECK(client.call("read_travel_document_portrait", one)->content_type == "image/png");
    auto const pdf = client.call("read_travel_document_pdf", one);
    REQUIRE(pdf.has_value());
    auto const spanish = client.verify(pdf->body, "application/pdf");
    CHECK(text(spanish, "verdict") == "genuine");
    CHECK(text(spanish, "title") == "Auténtico y válido");
    CHECK(text(client.verify(pdf->body, "application/octet-stream", "en"), "title") == "Genuine and valid");
    CHECK(text(client.verify(text(made, "mrz"), "text/plain"), "verdict") == "unproven");
    CHECK(text(client.verify(json::serialize(json::object{{"mrz", made.at("mrz")}}), "application/json"), "verdict") ==
          "unproven");

    one.body = R"({"reason":"lost"})";
    CHECK(text(client.ask("void_travel_document", one), "state") == "void");
    auto const revoked = client.verify(pdf->body, "application/pdf");
    CHECK(text(revoked, "verdict") == "revoked");
    CHECK(text(revoked, "state") == "revoked");
    CHECK(text(client.ask("read_travel_document", one), "void_reason") == "lost");
    auto const bundle = client.ask("read_trust_bundle", client.request());
    CHECK(json::serialize(bundle).find(text(made, "number")) != std::string::npos);
    CHECK(json::serialize(bundle).find("PRIVATE") == std::string::npos);
  });
}

TEST_CASE("the register is read page by page, and another State reads nothing of it") {
  for_each_client([](Client& client) {
    client.world.receive();
    for (int i = 0; i < 5; ++i) {
      client.world.clock.set(noon.plus_ms(i * 1000));
      client.world.issue(client.world.application());
    }
    auto request = client.request();
    request.query["limit"] = "2";
    std::vector<std::string> numbers;
    for (int pages = 0; pages < 4; ++pages) {
      auto const page = client.ask("list_travel_documents", request);
      for (auto const& item : page.at("items").as_array()) numbers.push_back(text(item.as_object(), "number"));
      if (page.at("next").is_null()) break;
      request.query["cursor"] = text(page, "next");
    }
    CHECK(numbers == std::vector<std::string>{"UE0000005", "UE0000004", "UE0000003", "UE0000002", "UE0000001"});
    request.query["cursor"] = "nonsense";
    CHECK(client.call("list_travel_documents", request).error().refused.field == "cursor");

    auto strange = client.request();
    strange.viewer.party = client.world.people.arcadia.id;
    strange.path_values["number"] = "UE0000001";
    strange.body = R"({"reason":"x"})";
    for (auto const* operation : {"read_travel_document", "read_travel_document_pdf", "read_travel_document_portrait",
                                  "void_travel_document", "spoil_blank"}) {
      CAPTURE(operation);
      CHECK(client.call(operation, strange).error().refused.why == Why::not_found);
    }
    CHECK(client.ask("list_travel_documents", strange).at("items").as_array().empty());
    CHECK(client.ask("list_blanks", strange).at("items").as_array().empty());
  });
}

TEST_CASE("what cannot be checked is told, not guessed") {
  tests::DatabaseForTests sqlite(db::Engine::sqlite);
  db::migrate(sqlite.database(), RCMS_SOURCE_DIR "/db/migrations");
  World world(sqlite.database());
  Client client(world);
  CHECK(text(client.verify("%PDF-1.7 broken", "application/pdf"), "verdict") == "unreadable");
  auto const face = portrait();
  CHECK(text(client.verify(std::string(as_text(face)), "image/png"), "verdict") == "unreadable");
  struct Row {
    char const* name;
    std::string content;
    char const* type;
    Why why;
  };
  for (auto const& row : {Row{"nothing", "", "text/plain", Why::field_missing},
                          Row{"JSON without lines", "{}", "application/json", Why::field_missing},
                          Row{"no JSON", "{", "application/json", Why::field_missing},
                          Row{"a long text", std::string(5000, 'A'), "text/plain", Why::unsupported_type}}) {
    CAPTURE(row.name);
    auto const file = world.folder.file("presented");
    std::ofstream(file, std::ios::binary) << row.content;
    http::Request request;
    request.content_type = row.type;
    request.upload_file = file;
    auto const answer = client.call("verify_travel_document", request);
    REQUIRE_FALSE(answer.has_value());
    CHECK(name_of(answer.error().refused.why) == name_of(row.why));
  }
}

}  // namespace
}  // namespace rcms::travel_documents
