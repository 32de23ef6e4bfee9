#include "foundation/base/data_file.hpp"

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

using namespace rcms;
namespace json = boost::json;

namespace {

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("rcms_data_file_test_" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path write(std::string const& name, std::string const& text) const {
    std::ofstream(path / name) << text;
    return path / name;
  }
};

std::string why_not(std::filesystem::path const& file, std::filesystem::path const& schema) {
  try {
    read_data_file(file, schema);
  } catch (std::runtime_error const& error) {
    return error.what();
  }
  return "";
}

bool contains(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

char const* const schema_text = R"({"type":"object","additionalProperties":false,"required":["rules"],
  "properties":{"from":{"type":"string"},"rules":{"type":"array","items":{"type":"object","required":["days"],
  "properties":{"days":{"type":"integer","minimum":1}}}}}})";

}  // namespace

TEST_CASE("a TOML file becomes JSON, its dates text") {
  Folder const folder;
  auto const schema = folder.write("schema.json", schema_text);
  auto const file = folder.write("good.toml", "from = 2022-01-31\n[[rules]]\ndays = 30\n");
  auto const value = read_data_file(file, schema);
  CHECK(value.at("from").as_string() == "2022-01-31");
  CHECK(value.at("rules").at(0).at("days").as_int64() == 30);
}

TEST_CASE("a file that does not fit says file, line and place") {
  Folder const folder;
  auto const schema = folder.write("schema.json", schema_text);
  auto const bad_value =
      why_not(folder.write("bad.toml", "from = \"x\"\n[[rules]]\ndays = 30\n[[rules]]\ndays = \"ten\"\n"), schema);
  CHECK(contains(bad_value, "bad.toml"));
  CHECK(contains(bad_value, "line 5"));
  CHECK(contains(bad_value, "rules[1].days"));
  auto const unknown = why_not(folder.write("unknown.toml", "rules = []\nspeling = 1\n"), schema);
  CHECK(contains(unknown, "speling"));
  auto const not_toml = why_not(folder.write("not.toml", "a = 1\nb = = 2\n"), schema);
  CHECK(contains(not_toml, "line 2"));
  auto const not_json = why_not(folder.write("not.json", "{\n\"a\": 1,\n}"), schema);
  CHECK(contains(not_json, "line 3"));
  CHECK(contains(why_not(folder.path / "absent.toml", schema), "cannot be opened"));
}

TEST_CASE("a value is checked against a schema by name") {
  CHECK_NOTHROW(check_against_schema(json::parse(R"({"rules":[]})"), json::parse(schema_text), "reply"));
  CHECK_THROWS_WITH_AS(check_against_schema(json::parse("{}"), json::parse(schema_text), "reply"), doctest::Contains("reply"),
                       std::runtime_error);
}
