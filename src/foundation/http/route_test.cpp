#include <doctest/doctest.h>

#include <boost/json/serialize.hpp>

#include "foundation/http/route.hpp"

namespace route_test {

using namespace rcms;
using namespace rcms::http;

struct NoteInput {
  Text<10> note;
};
RCMS_INPUT(NoteInput, note)
struct NoteView {
  std::string note;
  std::string by;
};
RCMS_VIEW(NoteView, note, by)

NewRoute example(std::string path) { return get(std::move(path)).named("show_note").saying("Show a note").public_(); }

TEST_CASE("a typed handler gets its input and its view becomes JSON") {
  Route const route = post("/api/notes")
                          .named("create_note")
                          .saying("Write a note")
                          .permission("note.write")
                          .input<NoteInput>()
                          .output<NoteView>()
                          .status(201)
                          .handler([](NoteInput const& input, Request const& request) -> Result<Reply<NoteView>> {
                            if (input.note.value == "late") return refuse(Why::too_late, "note");
                            return Reply<NoteView>{{input.note.value, request.viewer.name}, 0, 4};
                          });
  Request request;
  request.viewer.name = "Ana";
  request.body = R"({"note":" hello "})";
  auto const done = route.handler(request);
  REQUIRE(done);
  CHECK(done->status == 201);
  CHECK(done->revision == 4);
  CHECK(done->body == R"({"note":"hello","by":"Ana"})");

  request.body = R"({"note":"late"})";
  CHECK(route.handler(request).error().refused.why == Why::too_late);

  request.body = R"({"note":"","x":1})";
  auto const refused = route.handler(request);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().findings.size() == 2);
  CHECK(refused.error().refused.why == Why::field_unknown);
}

TEST_CASE("handlers without input, without output, and of files") {
  auto const plain = get("/a").named("a").saying("A").signed_in().output<NoteView>().handler(
      [](Request const&) -> Result<NoteView> { return NoteView{"n", "b"}; });
  CHECK(plain.handler({})->body == R"({"note":"n","by":"b"})");
  auto const silent = delete_("/a").named("b").saying("B").signed_in().handler(
      [](Request const&) -> Result<NoContent> { return NoContent{}; });
  CHECK(silent.handler({})->status == 204);
  auto const file = get("/f").named("c").saying("C").signed_in().file("application/pdf").handler(
      [](Request const&) -> Result<Response> { return Response{200, "application/pdf", "%PDF", {}, false, "a.pdf", {}, {}}; });
  CHECK(file.handler({})->download_name == "a.pdf");
}

TEST_CASE("the table refuses routes that contradict each other") {
  auto const handle = [](Request const&) -> Result<NoContent> { return NoContent{}; };
  Routes routes;
  routes.add(example("/api/notes/{id}").handler(handle));
  CHECK_THROWS_AS(routes.add(example("/api/other").handler(handle)), std::logic_error);
  CHECK_THROWS_AS(routes.add(example("/api/notes/{note}").named("other").handler(handle)), std::logic_error);
  CHECK_THROWS_AS(routes.add(get("/api/x").named("x").saying("X").handler(handle)), std::logic_error);
  CHECK_THROWS_AS(routes.add(get("/api/x").named("x").public_().handler(handle)), std::logic_error);
  CHECK(routes.all().size() == 1);
}

TEST_CASE("query parameters are checked against their declaration") {
  std::vector<QueryParameter> const declared = {
      text_parameter("q", "Words", 5),     integer_parameter("limit", "Rows", 1, 100),
      date_parameter("due_before", "Day"), choices_parameter("state", "States", {"draft", "sent"}),
      flag_parameter("mine", "Mine"),      required(text_parameter("kind", "Kind"))};
  struct Row {
    char const* query;
    char const* field;
    Why why;
  };
  Row const rows[] = {
      {"kind=a&q=123456", "q", Why::field_too_long},       {"kind=a&limit=0", "limit", Why::field_invalid},
      {"kind=a&limit=7x", "limit", Why::field_invalid},    {"kind=a&due_before=2031-02-30", "due_before", Why::field_invalid},
      {"kind=a&state=draft,lost", "state", Why::field_invalid}, {"kind=a&mine=yes", "mine", Why::field_invalid},
      {"limit=5", "kind", Why::field_missing},             {"kind=a&x=1", "x", Why::field_unknown},
      {"kind=a&q=%00", "q", Why::field_invalid},           {"kind=a&q=%ff", "q", Why::field_invalid},
  };
  for (auto const& row : rows) {
    CAPTURE(row.query);
    auto const findings = check_query(declared, *parse_query(row.query));
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().field == row.field);
    CHECK(findings.front().why == row.why);
  }
  auto const values = *parse_query("kind=a+b%20c&state=draft&state=sent&limit=25&mine=true&due_before=2031-02-28&q=");
  CHECK(check_query(declared, values).empty());
  Request request;
  request.query = values;
  CHECK(request.text("kind") == "a b c");
  CHECK(request.list("state") == std::vector<std::string>{"draft", "sent"});
  CHECK(request.integer("limit") == 25);
  CHECK(request.flag("mine"));
  CHECK(request.date("due_before") == Date(2031, 2, 28));
  CHECK_FALSE(request.text("q"));
  CHECK_FALSE(parse_query("a=%4"));
  CHECK_FALSE(parse_query("a=%zz"));
}

TEST_CASE("the OpenAPI document names every route, struct and refusal, the same every time") {
  Routes routes;
  routes.add(post("/api/notes/{id}/answer")
                 .named("answer_note")
                 .saying("Answer a note")
                 .permission("note.write")
                 .query(choices_parameter("state", "States", {"draft"}))
                 .input<NoteInput>()
                 .output<NoteView>()
                 .refuses({Why::wrong_step})
                 .handler([](NoteInput const&, Request const&) -> Result<NoteView> { return refuse(Why::not_found); }));
  auto const document = openapi_of(routes, "1.2.3");
  auto const& operation = document.at("paths").at("/api/notes/{id}/answer").at("post");
  CHECK(operation.at("operationId") == "answer_note");
  CHECK(operation.at("x-permission") == "note.write");
  CHECK(operation.at("requestBody").at("content").at("application/json").at("schema").at("$ref") ==
        "#/components/schemas/NoteInput");
  CHECK(operation.at("responses").at("409").at("description") == "Refused: wrong_step.");
  CHECK(operation.at("parameters").as_array().size() == 3);
  CHECK(document.at("components").at("schemas").as_object().contains("NoteView"));
  CHECK(document.at("openapi") == "3.1.0");
  CHECK(boost::json::serialize(document) == boost::json::serialize(openapi_of(routes, "1.2.3")));
}

}  // namespace route_test
