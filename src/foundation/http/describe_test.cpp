#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "foundation/http/describe.hpp"

namespace describe_test {

using namespace rcms;
using namespace rcms::http;

enum class Colour { red, dark_green, delete_ };
BOOST_DESCRIBE_ENUM(Colour, red, dark_green, delete_)

struct Item {
  Text<20> name;
  std::optional<TextBlock<100>> note;
  friend bool operator==(Item const&, Item const&) = default;
};
RCMS_VIEW_AND_INPUT(Item, name, note)

struct Everything {
  bool flag = false;
  int number = 0;
  std::int64_t large = 0;
  double share = 0;
  std::string plain;
  Date day;
  PartialDate part;
  Instant at;
  CaseId id;
  Colour colour = Colour::red;
  std::optional<Colour> other;
  List<Item, 3> items;
  std::map<std::string, int> counts;
  Json content;
  friend bool operator==(Everything const&, Everything const&) = default;
};
RCMS_VIEW_AND_INPUT(Everything, flag, number, large, share, plain, day, part, at, id, colour, other, items, counts, content)

struct Internal {
  int secret = 0;
};

Everything example() {
  Everything made;
  made.flag = true;
  made.number = -7;
  made.large = 1'900'000'000'000;
  made.share = 0.125;
  made.plain = "a \"quoted\" \\ line\nñ";
  made.day = Date(2031, 3, 1);
  made.part = {1990, 5, 0};
  made.at = Instant{1'900'000'000'123};
  made.id = CaseId{"01900000-0000-7000-8000-000000000000"};
  made.colour = Colour::dark_green;
  made.items = {Item{{"Núñez"}, TextBlock<100>{"two\nlines"}}, Item{{"b"}, {}}};
  made.counts = {{"a", 1}, {"b", 2}};
  made.content = boost::json::parse(R"({"x":[1,2,{"y":null}]})");
  return made;
}

std::string changed(std::string_view member, std::string_view json) {
  auto value = boost::json::parse(to_json(example()));
  value.as_object()[member] = boost::json::parse(json);
  return boost::json::serialize(value);
}

TEST_CASE("a struct that is written reads back the same") {
  auto const read = read_input<Everything>(to_json(example()));
  REQUIRE(read);
  CHECK(*read == example());
}

TEST_CASE("any numbers and texts read back the same") {
  CHECK(rc::check([](int number, std::int64_t large, double share, std::vector<std::uint8_t> letters) {
    Everything made = example();
    made.number = number;
    made.large = large;
    made.share = share;
    made.plain.clear();
    for (auto const letter : letters) made.plain += static_cast<char>(' ' + letter % 95);
    auto const read = read_input<Everything>(to_json(made));
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == made);
  }));
}

TEST_CASE("any bytes are written as JSON that parses to the same bytes or is refused") {
  CHECK(rc::check([](std::string const& text) {
    std::string json;
    write_text(json, text);
    auto const parsed = parse_json(json);
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(std::string(parsed->as_string()) == text);
  }));
}

TEST_CASE("a defect of one field is told with its path") {
  struct Row {
    char const* name;
    char const* member;
    char const* json;
    Why why;
    char const* field;
  };
  Row const rows[] = {
      {"text instead of a flag", "flag", "\"yes\"", Why::field_invalid, "flag"},
      {"a number with a point", "number", "1.0", Why::field_invalid, "number"},
      {"a number too large for int", "number", "3000000000", Why::field_invalid, "number"},
      {"a number too large for 64 bits", "large", "9300000000000000000", Why::field_invalid, "large"},
      {"a number as text", "number", "\"7\"", Why::field_invalid, "number"},
      {"null where a value is required", "number", "null", Why::field_missing, "number"},
      {"a day that does not exist", "day", "\"2031-02-29\"", Why::field_invalid, "day"},
      {"a month that does not exist", "part", "\"1990-13\"", Why::field_invalid, "part"},
      {"a time without zone", "at", "\"2031-01-01T00:00:00\"", Why::field_invalid, "at"},
      {"an identifier in upper case", "id", "\"01900000-0000-7000-8000-00000000000A\"", Why::field_invalid, "id"},
      {"an unknown enumerator", "colour", "\"blue\"", Why::field_invalid, "colour"},
      {"a control character", "plain", "\"a\\u0007\"", Why::field_invalid, "plain"},
      {"a control character deep in content", "content", "{\"a\":[{\"b\":\"\\u0000\"}]}", Why::field_invalid, "a[0].b"},
      {"a list that is too long", "items", "[1,2,3,4]", Why::field_too_long, "items"},
      {"text that is too long", "items", "[{\"name\":\"123456789012345678901\"}]", Why::field_too_long, "items[0].name"},
      {"text that is empty", "items", "[{\"name\":\"a\"},{\"name\":\"  \"}]", Why::field_missing, "items[1].name"},
      {"an unknown field within", "items", "[{\"name\":\"a\",\"nom\":1}]", Why::field_unknown, "items[0].nom"},
      {"a wrong value in a map", "counts", "{\"a\":true}", Why::field_invalid, "counts.a"},
      {"an object instead of a list", "items", "{}", Why::field_invalid, "items"},
      {"an unknown field", "unknown", "1", Why::field_unknown, "unknown"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const read = read_input<Everything>(changed(row.member, row.json));
    REQUIRE_FALSE(read);
    REQUIRE(read.error().size() == 1);
    CHECK(name_of(read.error().front().why) == name_of(row.why));
    CHECK(read.error().front().field == row.field);
    CHECK_FALSE(read.error().front().detail.empty());
  }
}

TEST_CASE("all defects are told at once") {
  auto const read = read_input<Item>(std::string_view(R"({"nom":"x","note":5})"));
  REQUIRE_FALSE(read);
  REQUIRE(read.error().size() == 3);
  CHECK(read.error()[0] == Refused{Why::field_missing, "name", "Is required.", {}});
  CHECK(read.error()[1].field == "note");
  CHECK(read.error()[2].why == Why::field_unknown);
}

TEST_CASE("text is tidied, and an empty optional text is absent") {
  auto const read = read_input<Item>(std::string_view(R"({"name":"  Ana \t María ","note":" \n "})"));
  REQUIRE(read);
  CHECK(read->name.value == "Ana María");
  CHECK_FALSE(read->note);
  auto const lines = read_input<Item>(std::string_view(R"({"name":"a","note":"\r\n one  two \r\n\r\nthree \n"})"));
  REQUIRE(lines);
  CHECK(lines->note->value == "one two\n\nthree");
}

TEST_CASE("what is not strict JSON is refused as a whole") {
  struct Row {
    char const* name;
    std::string json;
    Why why;
  };
  Row const rows[] = {
      {"nothing", "", Why::malformed},
      {"half", "{\"name\":", Why::malformed},
      {"a trailing comma", "{\"name\":\"a\",}", Why::malformed},
      {"a comment", "{\"name\":\"a\"/* */}", Why::malformed},
      {"text after the end", "{\"name\":\"a\"}x", Why::malformed},
      {"the same key twice", "{\"name\":\"a\",\"name\":\"b\"}", Why::malformed},
      {"the same key twice, once escaped", "{\"name\":\"a\",\"n\\u0061me\":\"b\"}", Why::malformed},
      {"the same key twice, not UTF-8", "{\"\xEB\":1,\"\xEB\":2}", Why::malformed},
      {"a lone surrogate", "{\"name\":\"\\ud800\"}", Why::malformed},
      {"a line feed in a string", "{\"name\":\"a\nb\"}", Why::malformed},
      {"NaN", "{\"name\":NaN}", Why::malformed},
      {"too deep", std::string(40, '[') + std::string(40, ']'), Why::too_large},
      {"a number beyond double", "{\"name\":1e999}", Why::malformed},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const read = read_input<Item>(row.json);
    REQUIRE_FALSE(read);
    CHECK(name_of(read.error().front().why) == name_of(row.why));
    CHECK(is_clean(read.error().front().field));
  }
  JsonLimits few;
  few.values = 3;
  CHECK(parse_json("[1,2]", few));
  CHECK(parse_json("[1,2,3]", few).error().why == Why::too_large);
}

TEST_CASE("bytes that are not UTF-8 are told of the field") {
  auto const read = read_input<Item>(std::string_view("{\"name\":\"a\xff\"}"));
  REQUIRE_FALSE(read);
  CHECK(read.error().front().why == Why::field_invalid);
  CHECK(read.error().front().field == "name");
}

TEST_CASE("the schema of a struct refers to the structs within") {
  Schemas schemas;
  CHECK(boost::json::serialize(schema_of<Page<Item>>(schemas)) == R"({"$ref":"#/components/schemas/ItemPage"})");
  CHECK(boost::json::serialize(schemas.all.at("Item")) ==
        R"({"type":"object","properties":{"name":{"type":"string","minLength":1,"maxLength":20},)"
        R"("note":{"type":["string","null"],"minLength":1,"maxLength":100}},"required":["name"],"additionalProperties":false})");
  auto const alone = schema_of<Everything>();
  CHECK(alone.at("$defs").at("Everything").at("properties").at("colour").at("enum") ==
        boost::json::array{"red", "dark_green", "delete"});
}

TEST_CASE("only marked structs are views") {
  CHECK(View<Item>);
  CHECK(View<Page<Item>>);
  CHECK_FALSE(View<Internal>);
  CHECK_FALSE(Input<Internal>);
  CHECK(to_json(Page<Item>{{Item{{"a"}, {}}}, "c", {}}) == R"({"items":[{"name":"a","note":null}],"next":"c","total":null})");
}

}  // namespace describe_test
