// Bulk imports over HTTP: what the browser does, a body that is too large, the same request twice.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/api_export.hpp"
#include "capabilities/case_files/list.hpp"
#include "capabilities/casework/api.hpp"
#include "capabilities/casework/api_imports.hpp"
#include "foundation/http/server.hpp"
#include "foundation/http/socket_client_test.hpp"
#include "foundation/sheets/archive.hpp"
#include "foundation/sheets/sheet.hpp"
#include "foundation/base/sentences.hpp"
#include "support/imports_world.hpp"

using namespace rcms;
using namespace rcms::casework;
namespace json = boost::json;

namespace {

/// A node that answers on a port; whoever says "ana" or "uma" as token is Ana of Arcadia or Uma of Utopia.
struct Served {
  explicit Served(db::Database& database)
      : people(tests::add_people(database, Instant{1'930'000'000'000})),
        idempotency(database, system_clock),
        world(idempotency.guarded(), folder.path(), people) {
    add_routes(routes, world.context, sentences);
    add_import_routes(routes, world.context, data_for_tests);
    case_files::add_export_routes(routes, world.context, case_files::Side::requesting);
    http::ServerOptions options;
    options.port = 0;
    options.workers = 4;
    options.clock = &world.clock;
    options.idempotency = &idempotency;
    options.upload_folder = folder.path() / "uploads";
    std::filesystem::create_directories(options.upload_folder);
    options.find_viewer = [this](std::string_view token, bool) -> std::optional<access::Viewer> {
      if (token == "ana") return world.ana();
      if (token == "ana-es") return world.ana("es");
      if (token == "uma") return world.uma();
      return std::nullopt;
    };
    options.words = [](std::string_view language, std::string_view key, LabelArguments const& arguments) {
      return labels_for_tests().has(key) ? labels_for_tests().text(language, key, arguments) : std::string();
    };
    server = std::make_unique<http::Server>(routes, std::move(options));
    server->start();
  }

  static std::string head(std::string const& method, std::string const& path, std::uint64_t size, std::string const& token,
                          std::string const& more = {}) {
    return fmt::format(
        "{} {} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\nX-RCMS-Request: 1\r\nContent-Length: {}\r\n{}\r\n", method,
        path, token, size, more);
  }
  http_test::Reply ask(std::string const& method, std::string const& path, std::string const& body = {},
                       std::string const& token = "ana", std::string const& more = {}) const {
    http_test::Client client(server->port());
    return client.ask(head(method, path, body.size(), token, more) + body);
  }
  json::value ask_json(std::string const& method, std::string const& path, std::string const& body = {}) const {
    auto const json_type = method == "PUT" || body.starts_with("{") ? "Content-Type: application/json\r\n" : "";
    auto const reply = ask(method, path, body, "ana", json_type);
    CAPTURE(reply.body);
    CHECK(reply.status < 300);
    return json::parse(reply.body);
  }

  tests::TemporaryFolder folder;
  tests::PeopleForTests people;
  SystemClock system_clock;
  http::Idempotency idempotency;
  World world;
  Sentences sentences{labels_for_tests(), data_for_tests / "languages/details.en.json"};
  http::Routes routes;
  std::unique_ptr<http::Server> server;
};

std::string const table =
    "Surname,Given names,Date of birth,Sex,Nationality\n"
    "Rivera,Marta,17/05/1990,F,Utopia\n"
    "Solano,Luis,30/02/1990,M,Utopia\n"
    "=cmd|' /C calc'!A0,Rosa,18/05/1990,F,Utopia\n"
    "Paz,Rosa,18/05/1990,F,Utopia\n";

std::string text_of(json::value const& value, char const* key) { return std::string(value.at(key).as_string()); }

}  // namespace

TEST_CASE("the browser brings a table: upload, mapping, dry run, load, problems, export, packages") {
  tests::for_each_engine(
      [](db::Database& database) {
        Served const served(database);
        auto const import = served.ask_json("POST", "/api/imports?name=table.csv", table);
        auto const at = "/api/imports/" + text_of(import, "id");
        CHECK(text_of(import, "detected") == "CSV, UTF-8, columns separated by “,”");
        CHECK(import.at("columns").as_array().at(1).at("sample").as_array().at(0).as_string() == "Marta");
        CHECK(text_of(import.at("mapping"), "Surname") == "A_person.surname");

        CHECK(served.ask("POST", at + "/load").status == 409);
        auto const mapped = served.ask_json(
            "PUT", at + "/mapping",
            json::serialize(
                json::object{{"agreement", agreement_for_tests}, {"mapping", import.at("mapping")}, {"profile_name", "Camp"}}));
        CHECK(text_of(mapped, "state") == "mapped");
        CHECK(served.ask_json("GET", "/api/import-profiles").at("items").as_array().size() == 1);

        auto const report = served.ask_json("POST", at + "/check");
        CHECK(report.at("rows").as_int64() == 4);
        CHECK(report.at("ready").as_int64() == 3);
        CHECK(text_of(report.at("errors").at(0), "column") == "Date of birth");
        CHECK(text_of(report.at("errors").at(0), "value") == "30/02/1990");

        auto const loaded = served.ask_json("POST", at + "/load");
        CHECK(loaded.at("loaded").as_int64() == 3);
        CHECK(loaded.at("refused").as_int64() == 1);
        CHECK(text_of(served.ask_json("GET", at), "state") == "loaded");
        auto const problems = served.ask("GET", at + "/errors?format=csv");
        CHECK(problems.status == 200);
        CHECK(problems.body.find("30/02/1990") != std::string::npos);

        auto const csv = served.ask("GET", "/api/cases/export?format=csv", {}, "ana-es");
        CHECK(csv.status == 200);
        auto const exported = sheets::read_table(csv.body);
        REQUIRE(exported.rows.size() == 4);
        // A cell that a spreadsheet program would run is guarded.
        CHECK(csv.body.find("'=cmd") != std::string::npos);
        CHECK(exported.rows[0].cells[0].text == "Referencia");
        CHECK(sheets::read_table(served.ask("GET", "/api/cases/export?q=marta").body).rows.size() == 2);
        CHECK(served.ask("GET", "/api/cases/export", {}, "uma").status == 403);

        auto const cases = served.ask_json("GET", "/api/cases");
        json::array ids;
        for (auto const& item : cases.at("items").as_array()) ids.push_back(item.at("id"));
        auto const zip = served.ask("POST", "/api/cases/packages", json::serialize(json::object{{"ids", ids}}), "ana",
                                    "Content-Type: application/json\r\n");
        REQUIRE(zip.status == 200);
        auto const archive = sheets::Archive::open(zip.body, {});
        REQUIRE(archive);
        CHECK(archive->names().size() == 9);
      },
      tests::Migrations::all);
}

TEST_CASE("two gigabytes are refused at once, and at the limit when the size is not told") {
  tests::for_each_engine(
      [](db::Database& database) {
        Served const served(database);
        http_test::Client client(served.server->port());
        client.send(Served::head("POST", "/api/imports?name=huge.csv", 2ull << 30, "ana"));
        client.try_send(std::string(64 * 1024, 'x'));
        CHECK(client.receive().status == 413);
        CHECK(std::filesystem::is_empty(served.folder.path() / "uploads"));

        http_test::Client chunked(served.server->port());
        chunked.send("POST /api/imports?name=huge.csv HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ana\r\nX-RCMS-Request: 1\r\n"
                     "Transfer-Encoding: chunked\r\n\r\n");
        std::string const chunk = "400000\r\n" + std::string(0x400000, 'x') + "\r\n";
        int sent = 0;
        while (sent < 60 && chunked.try_send(chunk)) ++sent;
        CHECK(chunked.receive().status == 413);
        CHECK(sent < 60);
        CHECK(served.ask_json("GET", "/api/imports").at("items").as_array().empty());
      },
      tests::Migrations::all);
}

TEST_CASE("the same upload and the same load twice have one effect") {
  tests::for_each_engine(
      [](db::Database& database) {
        Served const served(database);
        auto const key = [](char const* value) { return fmt::format("Idempotency-Key: {}\r\n", value); };
        auto const first = served.ask("POST", "/api/imports?name=table.csv", table, "ana", key("upload-1"));
        auto const second = served.ask("POST", "/api/imports?name=table.csv", table, "ana", key("upload-1"));
        CHECK(first.status == 201);
        CHECK(second.status == 201);
        CHECK(first.body == second.body);
        CHECK(served.ask_json("GET", "/api/imports").at("items").as_array().size() == 1);
        CHECK(served.ask("POST", "/api/imports?name=table.csv", table + "x,y\n", "ana", key("upload-1")).status >= 400);

        auto const import = json::parse(first.body);
        auto const at = "/api/imports/" + text_of(import, "id");
        served.ask_json("PUT", at + "/mapping",
                        json::serialize(json::object{{"agreement", agreement_for_tests}, {"mapping", import.at("mapping")}}));
        auto const once = served.ask("POST", at + "/load", {}, "ana", key("load-1"));
        auto const twice = served.ask("POST", at + "/load", {}, "ana", key("load-1"));
        CHECK(once.status == 200);
        CHECK(once.body == twice.body);
        CHECK(served.ask_json("GET", "/api/cases").at("items").as_array().size() == 3);
      },
      tests::Migrations::all);
}

TEST_CASE("a table that cannot be read is refused in the language of the user") {
  tests::for_each_engine(
      [](db::Database& database) {
        Served const served(database);
        auto const refused = served.ask("POST", "/api/imports?name=passport.pdf", "%PDF-1.7\n1 0 obj\n", "ana-es");
        CHECK(refused.status == 415);
        auto const problem = json::parse(refused.body);
        CHECK(text_of(problem, "title") == labels_for_tests().text("es", "refused.unsupported_type"));
        CHECK(text_of(problem, "detail").find("no es una tabla") != std::string::npos);
        CHECK(served.ask("POST", "/api/imports?name=a.csv", table, "uma").status == 403);
        CHECK(served.ask("POST", "/api/imports?name=a.csv", table, "nobody").status == 401);
        auto const import = served.ask_json("POST", "/api/imports?name=table.csv", table);
        CHECK(served.ask("GET", "/api/imports/" + text_of(import, "id"), {}, "uma").status == 403);
        CHECK(served.ask("GET", "/api/imports/" + std::string("01890000-0000-7000-8000-000000000000")).status == 404);
      },
      tests::Migrations::all);
}
