// The server over real sockets on loopback.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include <boost/json/parse.hpp>

#include "foundation/base/hash.hpp"
#include "foundation/http/server.hpp"
#include "foundation/http/socket_client_test.hpp"

namespace server_test {

using namespace rcms;
using namespace rcms::http;
using http_test::Client;
using http_test::Reply;

struct NoteInput {
  Text<20> note;
  std::optional<int> count;
};
RCMS_INPUT(NoteInput, note, count)
struct NoteView {
  std::string note;
  std::string by;
};
RCMS_VIEW(NoteView, note, by)
struct UploadView {
  std::int64_t size = 0;
  std::string sha256;
};
RCMS_VIEW(UploadView, size, sha256)

std::string content_of(std::string const& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void add_note_routes(Routes& routes) {
  routes.add(get("/api/notes/{id}")
                 .named("show_note")
                 .saying("Show")
                 .permission("note.read")
                 .reads_personal_data()
                 .output<NoteView>()
                 .handler([](Request const& request) -> Result<http::Reply<NoteView>> {
                   if (request.path_value("id") != "mine") return refuse(Why::not_found);
                   return http::Reply<NoteView>(NoteView{"hello", request.viewer.name}, 0, 7);
                 }));
  routes.add(post("/api/notes")
                 .named("create_note")
                 .saying("Write")
                 .permission("note.write")
                 .input<NoteInput>()
                 .output<NoteView>()
                 .body_limit(500)
                 .status(201)
                 .handler([](NoteInput const& input, Request const& request) -> Result<NoteView> {
                   return NoteView{input.note.value, request.viewer.name};
                 }));
  routes.add(put("/api/notes/{id}")
                 .named("replace_note")
                 .saying("Replace")
                 .signed_in()
                 .input<NoteInput>()
                 .output<NoteView>()
                 .handler([](NoteInput const& input, Request const& request) -> Result<NoteView> {
                   if (request.if_match != 7) return refuse(Why::stale_revision);
                   return NoteView{input.note.value, request.viewer.name};
                 }));
}

void add_other_routes(Routes& routes, std::atomic<int>& running) {
  routes.add(
      post("/api/files")
          .named("upload")
          .saying("Upload")
          .permission("note.write")
          .upload(200'000, {"application/pdf"})
          .output<UploadView>()
          .handler([](Request const& request) -> Result<UploadView> {
            return UploadView{static_cast<std::int64_t>(request.upload_size), to_hex(sha256(content_of(request.upload_file)))};
          }));
  routes.add(get("/api/slow").named("slow").saying("Slow").public_().handler([&running](Request const&) -> Result<NoContent> {
    ++running;
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    return NoContent{};
  }));
  routes.add(get("/api/broken").named("broken").saying("Broken").public_().handler(
      [](Request const&) -> Result<NoContent> { throw std::runtime_error("Ana Pérez was born in 1990"); }));
  routes.add(get("/api/database").named("database").saying("Database").public_().handler(
      [](Request const&) -> Result<NoContent> { throw db::Fault("disk full"); }));
  routes.add(post("/api/login").named("login").saying("Login").public_().limited({"login", 3, 1}).handler(
      [](Request const&) -> Result<NoContent> { return NoContent{}; }));
  routes.add(get("/api/export")
                 .named("export")
                 .saying("Export")
                 .public_()
                 .file("text/csv")
                 .handler([](Request const&) -> Result<Response> {
                   std::string const name = "/tmp/rcms-http-export-test";
                   std::ofstream(name) << std::string(300'000, 'x');
                   Response response;
                   response.content_type = "text/csv";
                   response.file = name;
                   response.remove_file = true;
                   response.download_name = "señal \"1\".csv";
                   return response;
                 }));
}

/// A server on a free port with small limits.
struct World {
  SystemClock clock;
  Routes routes;
  ServerOptions options;
  std::atomic<int> running{0};
  std::vector<LogLine> lines;
  std::mutex lines_mutex;
  std::unique_ptr<Server> server;

  explicit World(std::function<void(ServerOptions&)> const& change = {}) {
    add_note_routes(routes);
    add_other_routes(routes, running);
    options.port = 0;
    options.workers = 4;
    options.clock = &clock;
    options.limits.header_ms = 600;
    options.limits.body_ms = 600;
    options.limits.idle_ms = 1'500;
    options.limits.stop_ms = 2'000;
    options.find_viewer = [](std::string_view token, bool) -> std::optional<access::Viewer> {
      if (token != "reader" && token != "writer") return std::nullopt;
      access::Viewer viewer;
      viewer.user = UserId{std::string(token)};
      viewer.name = "Ana";
      viewer.session = std::string(token);
      viewer.permissions = {"note.read"};
      if (token == "writer") viewer.permissions.insert("note.write");
      return viewer;
    };
    options.words = [](std::string_view language, std::string_view key, LabelArguments const&) {
      return std::string(language) + ":" + std::string(key);
    };
    options.choose_language = [](std::string_view header) { return header.substr(0, 2) == "es" ? "es" : "en"; };
    options.log = [this](LogLine const& line) {
      std::lock_guard const lock(lines_mutex);
      lines.push_back(line);
    };
    if (change) change(options);
    server = std::make_unique<Server>(routes, options);
    server->start();
  }
  Client connect() const { return Client(server->port()); }
  Reply ask(std::string const& text) const { return connect().ask(text); }
};

std::string json_post(std::string const& path, std::string const& body, std::string const& headers) {
  return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}

std::string const writer = "Authorization: Bearer writer\r\n";
std::string const reader = "Authorization: Bearer reader\r\n";

TEST_CASE("every kind of bad request has its own answer") {
  World world;
  struct Row {
    char const* name;
    std::string request;
    int status;
    char const* why;
  };
  std::string const good = R"({"note":"a"})";
  Row const rows[] = {
      {"no such address", "GET /api/none HTTP/1.1\r\nHost: a\r\n\r\n", 404, "not_found"},
      {"no session", "GET /api/notes/mine HTTP/1.1\r\nHost: a\r\n\r\n", 401, "not_signed_in"},
      {"unknown token", "GET /api/notes/mine HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\n\r\n", 401, "not_signed_in"},
      {"a stranger", "GET /api/notes/theirs HTTP/1.1\r\nHost: a\r\n" + reader + "\r\n", 404, "not_found"},
      {"wrong permission", json_post("/api/notes", good, reader), 403, "not_permitted"},
      {"wrong method", "PATCH /api/notes/mine HTTP/1.1\r\nHost: a\r\n" + writer + "\r\n", 405, "method_not_allowed"},
      {"invented method", "BREW /api/notes/mine HTTP/1.1\r\nHost: a\r\n" + writer + "\r\n", 405, "method_not_allowed"},
      {"a cookie without our header", json_post("/api/notes", good, "Cookie: a=b; rcms_session=writer\r\n"), 403,
       "not_from_here"},
      {"a body that is not JSON", json_post("/api/notes", "{", writer), 400, "malformed"},
      {"an empty body", json_post("/api/notes", "", writer), 400, "malformed"},
      {"a wrong field", json_post("/api/notes", R"({"note":5})", writer), 422, "field_invalid"},
      {"an unknown field", json_post("/api/notes", R"({"note":"a","x":1})", writer), 422, "field_unknown"},
      {"a body that is too large", json_post("/api/notes", std::string(501, ' '), writer), 413, "too_large"},
      {"a large body of a stranger is first a stranger", json_post("/api/notes", std::string(501, ' '), ""), 401,
       "not_signed_in"},
      {"an unknown query parameter", "GET /api/notes/mine?x=1 HTTP/1.1\r\nHost: a\r\n" + reader + "\r\n", 422, "field_unknown"},
      {"a broken query", "GET /api/notes/mine?x=%1 HTTP/1.1\r\nHost: a\r\n" + reader + "\r\n", 400, "malformed"},
      {"a form instead of JSON",
       "POST /api/notes HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n" + writer + "\r\n{}", 415,
       "unsupported_type"},
      {"a broken If-Match", "GET /api/notes/mine HTTP/1.1\r\nHost: a\r\nIf-Match: 7\r\n" + reader + "\r\n", 400, "malformed"},
      {"no Host", "GET /api/notes/mine HTTP/1.1\r\n\r\n", 400, "malformed"},
      {"no HTTP at all", "hello\r\n\r\n", 400, "malformed"},
      {"length and chunks",
       "POST /api/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
       "malformed"},
      {"a head that is too large", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", 431,
       "header_too_large"},
      {"a fault", "GET /api/broken HTTP/1.1\r\nHost: a\r\n\r\n", 500, "fault"},
      {"a fault of the database", "GET /api/database HTTP/1.1\r\nHost: a\r\n\r\n", 503, "unavailable"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    Reply const reply = world.ask(row.request);
    CHECK(reply.status == row.status);
    CHECK(reply.header("Content-Type") == "application/problem+json");
    boost::system::error_code error;
    auto const problem = boost::json::parse(reply.body, error);
    REQUIRE_FALSE(error);
    CHECK(problem.at("why") == row.why);
    std::string const title(problem.at("title").as_string());
    CHECK((title == "en:refused." + std::string(row.why) || title == "en:http." + std::string(row.why)));
    CHECK(problem.at("status") == row.status);
    CHECK_FALSE(problem.at("request_id").as_string().empty());
    CHECK(reply.body.find("1990") == std::string::npos);
  }
}

TEST_CASE("a good request is answered with its view, in the language of the caller") {
  World world;
  Reply const made = world.ask(json_post("/api/notes", R"({"note":" a  b "})", writer));
  CHECK(made.status == 201);
  CHECK(made.body == R"({"note":"a b","by":"Ana"})");
  CHECK(made.header("Cache-Control") == "no-store");
  CHECK(made.header("X-Content-Type-Options") == "nosniff");
  CHECK(made.header("Content-Security-Policy").find("frame-ancestors 'none'") != std::string::npos);
  CHECK(world.ask(json_post("/api/notes", R"({"note":"a"})", "Cookie: rcms_session=writer\r\nX-RCMS-Request: 1\r\n")).status ==
        201);
  Reply const refused = world.ask("GET /api/none HTTP/1.1\r\nHost: a\r\nAccept-Language: es-GT\r\n\r\n");
  CHECK(refused.body.find("es:refused.not_found") != std::string::npos);
  Reply const findings = world.ask(json_post("/api/notes", R"({"note":"","count":"x","z":1})", writer));
  CHECK(boost::json::parse(findings.body).at("findings").as_array().size() == 3);
}

TEST_CASE("revisions become ETags, and If-Match is heard") {
  World world;
  std::string const ask = "GET /api/notes/mine HTTP/1.1\r\nHost: a\r\n" + reader;
  Reply const first = world.ask(ask + "\r\n");
  std::string const etag = first.header("ETag");
  CHECK(etag.substr(0, 3) == "\"7.");
  CHECK(first.header("Cache-Control") == "private, no-store");
  CHECK(first.header("Vary") == "Cookie, Authorization, Accept-Language");
  CHECK(world.ask(ask + "\r\n").header("ETag") == etag);
  Reply const second = world.ask(ask + "If-None-Match: \"6\", W/" + etag + "\r\n\r\n");
  CHECK(second.status == 304);
  CHECK(second.body.empty());
  CHECK(world.ask(ask + "If-None-Match: \"6\"\r\n\r\n").status == 200);
  CHECK(world.ask(ask + "If-None-Match: \"7\"\r\n\r\n").status == 200);
  std::string const put =
      "PUT /api/notes/mine HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 12\r\n" + writer;
  struct Row {
    char const* name;
    std::string if_match;
    int status;
  };
  std::vector<Row> const rows = {
      {"the ETag of the answer", etag, 200},          {"the revision alone", "\"7\"", 200},
      {"a weak ETag", "W/" + etag, 200},              {"an older revision", "\"6\"", 412},
      {"an older ETag", "\"6" + etag.substr(2), 412}, {"words", "\"7.and more\"", 400},
      {"an ETag that is cut off", "\"7.\"", 400},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    CHECK(world.ask(put + "If-Match: " + row.if_match + "\r\n\r\n{\"note\":\"a\"}").status == row.status);
  }
  CHECK(world.ask(put + "\r\n{\"note\":\"a\"}").status == 409);
}

TEST_CASE("an answer is kept for its reader, its language and its day: another one is sent whole") {
  std::atomic<int> days_left{3};
  std::string language = "en";
  World world;
  Routes routes;
  routes.add(get("/api/days").named("read_days").saying("Days").signed_in().output<NoteView>().handler(
      [&](Request const& request) -> Result<http::Reply<NoteView>> {
        return http::Reply<NoteView>(NoteView{std::to_string(days_left.load()), request.language}, 0, 7);
      }));
  ServerOptions options = world.options;
  options.find_viewer = [&](std::string_view token, bool bearer) {
    auto viewer = world.options.find_viewer(token, bearer);
    if (viewer) viewer->language = language;
    return viewer;
  };
  Server server(routes, options);
  server.start();
  auto const ask = [&](std::string const& more) {
    return Client(server.port()).ask("GET /api/days HTTP/1.1\r\nHost: a\r\n" + more + "\r\n");
  };
  Reply const first = ask(reader);
  CHECK(first.header("Cache-Control") == "private, no-cache");
  std::string const known = "If-None-Match: " + first.header("ETag") + "\r\n";
  CHECK(ask(reader + known).status == 304);
  CHECK(ask(writer + known).status == 200);
  language = "es";
  CHECK(ask(reader + known).status == 200);
  language = "en";
  CHECK(ask(reader + known).status == 304);
  days_left = 2;
  Reply const next_day = ask(reader + known);
  CHECK(next_day.status == 200);
  CHECK(next_day.body.find("\"2\"") != std::string::npos);
  server.stop();
}

TEST_CASE("HEAD has the head of GET, OPTIONS tells the methods") {
  World world;
  Client client = world.connect();
  client.send("HEAD /api/notes/mine HTTP/1.1\r\nHost: a\r\n" + reader + "\r\n");
  Reply const head = client.receive(true);
  CHECK(head.status == 200);
  CHECK(head.header("Content-Length") == "27");
  Reply const options = client.ask("OPTIONS /api/notes/mine HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(options.status == 204);
  CHECK(options.header("Allow") == "OPTIONS, GET, PUT");
}

TEST_CASE("one connection serves many requests, also sent at once") {
  World world;
  Client client = world.connect();
  std::string all;
  for (int number = 0; number < 50; ++number) {
    all += json_post("/api/notes", "{\"note\":\"n" + std::to_string(number) + "\"}", writer);
  }
  client.send(all);
  for (int number = 0; number < 50; ++number) {
    Reply const reply = client.receive();
    CHECK(reply.body == "{\"note\":\"n" + std::to_string(number) + "\",\"by\":\"Ana\"}");
  }
  CHECK(client.ask("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").header("Connection") == "close");
  CHECK(client.is_closed());
}

TEST_CASE("a body in chunks is read, and ends at the limit") {
  World world;
  std::string const head =
      "POST /api/notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n" + writer;
  CHECK(world.ask(head + "\r\n5\r\n{\"not\r\n7\r\ne\":\"a\"}\r\n0\r\n\r\n").status == 201);
  Client client = world.connect();
  client.send(head + "\r\n400\r\n" + std::string(0x400, ' ') + "\r\n");
  CHECK(client.receive().status == 413);
}

TEST_CASE("a slow client is told and closed, an idle one is closed") {
  World world;
  SUBCASE("slow head") {
    Client client = world.connect();
    auto const began = monotonic_ms();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n");
    std::thread drip([&] {
      for (int letter = 0; letter < 20 && client.try_send("X"); ++letter)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    });
    Reply const reply = client.receive();
    drip.join();
    CHECK(reply.status == 408);
    CHECK(monotonic_ms() - began < 2'500);
  }
  SUBCASE("slow body") {
    Client client = world.connect();
    client.send("POST /api/notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n" + writer +
                "\r\n{");
    CHECK(client.receive().status == 408);
    CHECK(client.is_closed());
  }
  SUBCASE("idle") {
    Client client = world.connect();
    CHECK(client.ask("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").status == 200);
    CHECK(client.is_closed());
  }
}

TEST_CASE("uploads are streamed, checked and removed") {
  World world([](ServerOptions& options) {
    options.upload_folder = std::filesystem::temp_directory_path() / "rcms-http-uploads";
    std::filesystem::create_directories(options.upload_folder);
  });
  std::string const content(200'000, 'p');
  auto const head = [](std::size_t size, std::string const& type, std::string const& more) {
    return "POST /api/files HTTP/1.1\r\nHost: a\r\nContent-Type: " + type + "\r\nContent-Length: " + std::to_string(size) +
           "\r\n" + more + "\r\n";
  };
  Reply const kept = world.ask(head(content.size(), "application/pdf", writer) + content);
  CHECK(kept.status == 200);
  CHECK(kept.body.find(to_hex(sha256(content))) != std::string::npos);
  CHECK(world.ask(head(200'001, "application/pdf", writer) + std::string(200'001, 'p')).status == 413);
  CHECK(world.ask(head(10, "text/html", writer) + "0123456789").status == 415);
  CHECK(world.ask(head(200'000, "application/pdf", reader) + content).status == 403);
  CHECK(world.ask(head(200'000, "application/pdf", "") + content).status == 401);
  Client client = world.connect();
  client.send(head(content.size(), "application/pdf", writer + "Expect: 100-continue\r\n"));
  CHECK(client.receive().status == 100);
  client.send(content);
  CHECK(client.receive().status == 200);
  Client chunked = world.connect();
  chunked.send("POST /api/files HTTP/1.1\r\nHost: a\r\nContent-Type: application/pdf\r\nTransfer-Encoding: chunked\r\n" + writer +
               "\r\n");
  for (int part = 0; part < 5; ++part) chunked.try_send("10000\r\n" + std::string(0x10000, 'x') + "\r\n");
  CHECK(chunked.receive().status == 413);
  CHECK(std::filesystem::is_empty(world.options.upload_folder));
}

TEST_CASE("files are sent whole, with a name, and removed when asked") {
  World world;
  Reply const reply = world.ask("GET /api/export HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(reply.body == std::string(300'000, 'x'));
  CHECK(reply.header("Content-Disposition") ==
        "attachment; filename=\"se__al _1_.csv\"; filename*=UTF-8''se%C3%B1al%20%221%22.csv");
  CHECK_FALSE(std::filesystem::exists("/tmp/rcms-http-export-test"));
}

TEST_CASE("one address cannot call a limited route without end, another still can") {
  World world([](ServerOptions& options) { options.trusted_proxies = {"127.0.0.1"}; });
  std::string const first = "POST /api/login HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\nContent-Length: 0\r\n\r\n";
  for (int time = 0; time < 3; ++time) CHECK(world.ask(first).status == 204);
  Reply const refused = world.ask(first);
  CHECK(refused.status == 429);
  CHECK(std::stoi(refused.header("Retry-After")) > 50);
  CHECK(world.ask("POST /api/login HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.2\r\nContent-Length: 0\r\n\r\n").status ==
        204);
}

TEST_CASE("more connections than allowed: the longest idle gives way, else the newest is refused") {
  World world([](ServerOptions& options) {
    options.limits.connections = 2;
    options.io_threads = 1;
  });
  Client first = world.connect();
  CHECK(first.ask("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").status == 200);
  Client second = world.connect();
  CHECK(second.ask("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").status == 200);
  CHECK(world.ask("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").status == 200);
  CHECK(first.is_closed());
  Client busy = world.connect();
  busy.send("GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\n");
  Client other = world.connect();
  other.send("GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\n");
  while (world.running.load() < 2) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  CHECK(world.connect().receive().status == 503);
}

TEST_CASE("more requests than may wait are refused, health still answers") {
  World world([](ServerOptions& options) {
    options.workers = 1;
    options.limits.waiting = 2;
  });
  std::vector<Client> clients;
  for (int number = 0; number < 3; ++number) {
    clients.push_back(world.connect());
    clients.back().send("GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(world.ask("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").status == 200);
  CHECK(clients[2].receive().status == 503);
  CHECK(clients[0].receive().status == 204);
}

TEST_CASE("a stop lets a running request finish and refuses new connections") {
  World world;
  Client client = world.connect();
  client.send("GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\n");
  while (world.running.load() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  std::uint16_t const port = world.server->port();
  auto const began = monotonic_ms();
  world.server->stop();
  CHECK(monotonic_ms() - began < 1'500);
  Reply const reply = client.receive();
  CHECK(reply.status == 204);
  CHECK(reply.header("Connection") == "close");
  CHECK_THROWS(Client(port));
}

TEST_CASE("a fault is logged with its request id and operation, not with path or body") {
  World world;
  Reply const reply = world.ask("GET /api/database HTTP/1.1\r\nHost: a\r\n\r\n");
  std::lock_guard const lock(world.lines_mutex);
  REQUIRE(world.lines.size() == 1);
  CHECK(world.lines[0].request_id == reply.header("X-Request-Id"));
  CHECK(world.lines[0].operation == "database");
  CHECK(world.lines[0].fault == "disk full");
  CHECK(world.lines[0].status == 503);
}

TEST_CASE("when nothing may be written, what is not GET gets 503 with the remedy, and reading goes on") {
  World world([](ServerOptions& options) {
    options.may_write = [](Route const&) -> Result<void> { return refuse(Why::unavailable, {}, "make room"); };
  });
  Reply const refused = world.ask(json_post("/api/notes", "{}", writer));
  CHECK(refused.status == 503);
  CHECK(refused.header("Retry-After") == "10");
  CHECK(refused.body.find("make room") != std::string::npos);
  CHECK(world.ask("GET /api/notes/mine HTTP/1.1\r\nHost: a\r\n" + writer + "\r\n").status == 200);
}

TEST_CASE("readiness, metrics and the OpenAPI document are served") {
  World world([](ServerOptions& options) { options.not_ready = [] { return std::string("database"); }; });
  Reply const ready = world.ask("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(ready.status == 503);
  CHECK(ready.body == "database\n");
  CHECK(world.ask("GET /api/database HTTP/1.1\r\nHost: a\r\n\r\n").status == 503);
  Reply const metrics = world.ask("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(metrics.body.find("rcms_requests_total{operation=\"database\",status=\"5xx\"} 1") != std::string::npos);
  CHECK(metrics.body.find("rcms_live_streams 0") != std::string::npos);
  Reply const openapi = world.ask("GET /api/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(boost::json::parse(openapi.body).at("paths").as_object().contains("/api/notes/{id}"));
  CHECK(world.ask("GET /api/openapi.json HTTP/1.1\r\nHost: a\r\nIf-None-Match: " + openapi.header("ETag") + "\r\n\r\n").status ==
        304);
}

TEST_CASE("an answer with personal data leaves only when its reading is recorded") {
  struct Row {
    char const* name;
    std::function<void(Recorded)> audit;
    int status;
  };
  std::vector<std::thread> recorders;
  std::atomic<bool> is_recorded{false};
  Row const rows[] = {
      {"recorded before the answer is made", [](Recorded recorded) { recorded({}); }, 200},
      {"recorded later by another thread",
       [&](Recorded recorded) {
         recorders.emplace_back([&is_recorded, recorded = std::move(recorded)] {
           std::this_thread::sleep_for(std::chrono::milliseconds(60));
           is_recorded = true;
           recorded({});
         });
       },
       200},
      {"could not be recorded", [](Recorded recorded) { recorded("disk full"); }, 503},
      {"could not even begin", [](Recorded const&) { throw db::Fault("disk full"); }, 503},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    is_recorded = false;
    World world([&](ServerOptions& options) {
      options.audit = [&](Route const&, Request const&, Response const&, Recorded recorded) { row.audit(std::move(recorded)); };
    });
    auto const begun = recorders.size();
    auto const reply = world.ask("GET /api/notes/mine HTTP/1.1\r\nHost: a\r\n" + reader + "\r\n");
    CHECK(reply.status == row.status);
    CHECK((reply.body.find("hello") != std::string::npos) == (row.status == 200));
    if (recorders.size() > begun) CHECK(is_recorded.load());
    CHECK(world.ask("GET /api/notes/theirs HTTP/1.1\r\nHost: a\r\n" + reader + "\r\n").status == 404);
  }
  for (auto& recorder : recorders) recorder.join();
}

}  // namespace server_test
