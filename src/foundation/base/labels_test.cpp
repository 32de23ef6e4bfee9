#include "foundation/base/labels.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <stdexcept>
#include <unistd.h>

#include "foundation/base/result.hpp"

using namespace rcms;

namespace {

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("rcms_labels_test_" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  void write(std::string const& name, std::string const& text) const { std::ofstream(path / name) << text; }
};

}  // namespace

TEST_CASE("labels speak each language, with plurals and dates") {
  Folder const folder;
  folder.write(
      "clock.en.json",
      R"({"clock.left": "{days, plural, one {# day} other {# days}} until {due, date, long}", "clock.done": "It''s done"})");
  folder.write(
      "clock.es.json",
      R"({"clock.left": "{days, plural, one {# día} other {# días}} hasta el {due, date, long}", "clock.done": "Hecho"})");
  folder.write("web.en.json", R"({"web.hello": "Hello {name}"})");
  folder.write("web.es.json", R"({"web.hello": "Hola {name}"})");
  auto const labels = Labels::load(folder.path);
  CHECK(labels.languages() == std::vector<std::string>{"en", "es"});
  CHECK(labels.text("en", "clock.left", {{"days", "1"}, {"due", "2031-03-03"}}) == "1 day until 3 March 2031");
  CHECK(labels.text("es", "clock.left", {{"days", "25"}, {"due", "2031-03-03"}}) == "25 días hasta el 3 de marzo de 2031");
  CHECK(labels.text("en", "clock.done") == "It's done");
  CHECK(labels.text("en", "web.hello", {{"name", "Ana {x}"}}) == "Hello Ana {x}");
  CHECK(labels.text("en", "web.hello") == "Hello {name}");
  CHECK(labels.text("fr", "web.hello", {{"name", "Ana"}}) == "Hello Ana");
  CHECK(labels.text("en", "web.unknown") == "[web.unknown]");
  CHECK(labels.has("web.hello"));
  CHECK_FALSE(labels.has("web.unknown"));
  CHECK(labels.date("es", Date(2031, 3, 3)) == "3 de marzo de 2031");
}

TEST_CASE("the language follows the wishes of the browser") {
  Folder const folder;
  folder.write("web.en.json", R"({"web.hello": "Hello"})");
  folder.write("web.es.json", R"({"web.hello": "Hola"})");
  auto const labels = Labels::load(folder.path);
  CHECK(labels.choose("es-GT,es;q=0.9,en;q=0.8") == "es");
  CHECK(labels.choose("fr, en;q=0.3, es;q=0.5") == "es");
  CHECK(labels.choose("fr") == "en");
  CHECK(labels.choose("") == "en");
  CHECK(labels.choose("es;q=0") == "en");
}

TEST_CASE("a gap between languages stops the start") {
  struct Row { char const* name; char const* en; char const* es; char const* said; };
  Row const rows[] = {
      {"missing key", R"({"web.a": "A", "web.b": "B"})", R"({"web.a": "A"})", "web.b"},
      {"other arguments", R"({"web.a": "{x}"})", R"({"web.a": "{y}"})", "other arguments"},
      {"broken pattern", R"({"web.a": "{x"})", R"({"web.a": "A"})", "does not parse"},
      {"key of another area", R"({"clock.a": "A"})", R"({"clock.a": "A"})", "begins with"},
      {"not text", R"({"web.a": 1})", R"({"web.a": "A"})", "not text"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    Folder const folder;
    folder.write("web.en.json", row.en);
    folder.write("web.es.json", row.es);
    CHECK_THROWS_WITH_AS(Labels::load(folder.path), doctest::Contains(row.said), std::runtime_error);
  }
}

TEST_CASE("every label of RCMS exists in every language, and every refusal has one") {
  auto const labels = Labels::load(std::filesystem::path(RCMS_SOURCE_DIR) / "data/languages");
  for (int i = 0; i <= static_cast<int>(Why::unavailable); ++i) {
    std::string const key = "refused." + std::string(name_of(static_cast<Why>(i)));
    CAPTURE(key);
    CHECK(labels.has(key));
  }
}
