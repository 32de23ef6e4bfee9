// Files of the web application: types, caching, packed forms, no way out of the folder. And TLS.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "foundation/http/server.hpp"
#include "foundation/http/socket_client_test.hpp"
#include "foundation/http/static_files.hpp"

namespace static_files_test {

using namespace rcms;
using namespace rcms::http;

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / "rcms-http-web";
  Folder() {
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path / "assets");
    write("index.html", "<!doctype html>");
    write("favicon.svg", "<svg/>");
    write("assets/index-BqG8x1a2.js", "plain");
    write("assets/index-BqG8x1a2.js.gz", "gzip");
    write("assets/index-BqG8x1a2.js.br", "brotli");
    write("assets/some-readable.css", "css");
    std::ofstream(path.parent_path() / "rcms-http-secret.txt") << "secret";
  }
  ~Folder() { std::filesystem::remove_all(path); }
  void write(std::string const& name, std::string const& content) const { std::ofstream(path / name) << content; }
};

ServerOptions options_for(Folder const& folder, SystemClock const& clock) {
  ServerOptions options;
  options.port = 0;
  options.workers = 2;
  options.clock = &clock;
  options.web_folder = folder.path;
  options.find_viewer = [](std::string_view, bool) { return std::optional<access::Viewer>(); };
  return options;
}

TEST_CASE("files are found by name, pages of the application by anything without suffix") {
  Folder const folder;
  StaticFiles const files(folder.path);
  CHECK(*files.find("/")->plain == "<!doctype html>");
  CHECK(*files.find("/cases/0190")->plain == "<!doctype html>");
  folder.write("verify.html", "<!doctype html><title>verify</title>");
  CHECK(*StaticFiles(folder.path).find("/verify")->plain == "<!doctype html><title>verify</title>");
  CHECK(files.find("/favicon.svg")->type == "image/svg+xml");
  CHECK(files.find("/assets/index-BqG8x1a2.js")->immutable);
  CHECK_FALSE(files.find("/assets/some-readable.css")->immutable);
  CHECK_FALSE(files.find("/index.html")->immutable);
  for (auto const* path : {"/api", "/api/none", "/missing.js", "/../rcms-http-secret.txt", "/..%2frcms-http-secret.txt",
                           "/assets/../../rcms-http-secret.txt", "/%2e%2e/rcms-http-secret.txt", "//etc/passwd.txt", "/%00.js",
                           "index.html", "", "/%zz"}) {
    CAPTURE(path);
    CHECK(files.find(path) == nullptr);
  }
  CHECK_THROWS_AS(StaticFiles("/nowhere/at/all"), std::runtime_error);
}

TEST_CASE("the packed form is sent to whom understands it, and a known file is not sent again") {
  Folder const folder;
  SystemClock const clock;
  Routes const routes;
  Server server(routes, options_for(folder, clock));
  server.start();
  http_test::Client client(server.port());
  auto const ask = [&](std::string const& headers) {
    return client.ask("GET /assets/index-BqG8x1a2.js HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");
  };
  CHECK(ask("").body == "plain");
  CHECK(ask("Accept-Encoding: gzip, deflate, br\r\n").body == "brotli");
  CHECK(ask("Accept-Encoding: gzip;q=0.5, br;q=0\r\n").body == "gzip");
  auto const packed = ask("Accept-Encoding: br\r\n");
  CHECK(packed.header("Content-Encoding") == "br");
  CHECK(packed.header("Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(packed.header("Content-Type") == "text/javascript; charset=utf-8");
  CHECK(ask("Accept-Encoding: br\r\nIf-None-Match: " + packed.header("ETag") + "\r\n").status == 304);
  auto const page = client.ask("GET /cases HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(page.header("Cache-Control") == "no-cache");
  CHECK(page.header("Content-Security-Policy").find("default-src 'self'") == 0);
  CHECK(client.ask("GET /../rcms-http-secret.txt HTTP/1.1\r\nHost: a\r\n\r\n").status == 404);
  CHECK(client.ask("GET /api/none HTTP/1.1\r\nHost: a\r\n\r\n").header("Content-Type") == "application/problem+json");
}

TEST_CASE("with a certificate the server speaks TLS 1.3 and nothing older") {
  Folder const folder;
  SystemClock const clock;
  Routes const routes;
  std::string const key = (folder.path / "key.pem").string();
  std::string const certificate = (folder.path / "certificate.pem").string();
  std::string const make =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -keyout " + key +
      " -out " + certificate + " 2>/dev/null";
  REQUIRE(std::system(make.c_str()) == 0);
  auto options = options_for(folder, clock);
  options.certificate_file = certificate;
  options.key_file = key;
  Server server(routes, options);
  server.start();
  std::string const address = "https://127.0.0.1:" + std::to_string(server.port()) + "/healthz";
  CHECK(std::system(("curl -sfk --max-time 5 -o /dev/null " + address).c_str()) == 0);
  CHECK(std::system(("curl -sfk --max-time 5 --tls-max 1.2 -o /dev/null " + address + " 2>/dev/null").c_str()) != 0);
  CHECK(std::system(("curl -skI --max-time 5 " + address + "/../.. | grep -qi strict-transport-security").c_str()) == 0);
  options.key_file = "/nowhere.pem";
  CHECK_THROWS_AS(Server(routes, options), std::runtime_error);
}

}  // namespace static_files_test
