// All vectors of tests/golden/mrz/mrz_vectors.json: documents, check digits, building, names, transliteration.
#include <algorithm>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "engines/mrz/check_digit.hpp"
#include "engines/mrz/names.hpp"
#include "engines/mrz/reading.hpp"
#include "engines/mrz/state_codes.hpp"
#include "engines/mrz/transliteration.hpp"
#include "engines/mrz/writing.hpp"

namespace rcms::mrz {
namespace {

namespace json = boost::json;

json::value const& vectors() {
  static json::value const loaded = [] {
    std::ifstream file(RCMS_SOURCE_DIR "/tests/golden/mrz/mrz_vectors.json");
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str());
  }();
  return loaded;
}

json::array const& group(char const* name) { return vectors().at(name).as_array(); }
std::string text(json::value const& value) { return std::string(value.as_string()); }

std::vector<std::string> texts(json::value const& value) {
  std::vector<std::string> list;
  for (auto const& item : value.as_array()) list.push_back(text(item));
  return list;
}

template <class Names>
std::vector<std::string> names_of(Names const& list) {
  std::vector<std::string> names;
  for (auto item : list) names.emplace_back(name_of(item));
  return names;
}

std::vector<std::string> sorted(std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  return list;
}

void check_fields(Document const& document, json::value const& fields) {
  struct Field {
    char const* name;
    std::string value;
  };
  for (auto const& field :
       {Field{"document_code", document.document_code}, Field{"issuing_state", document.issuing_state},
        Field{"document_number", document.document_number}, Field{"nationality", document.nationality},
        Field{"date_of_birth", document.date_of_birth}, Field{"sex", std::string(1, document.sex)},
        Field{"date_of_expiry", document.date_of_expiry}, Field{"primary_identifier", document.primary_identifier},
        Field{"secondary_identifier", document.secondary_identifier}, Field{"optional_data_1", document.optional_data_1},
        Field{"optional_data_2", document.optional_data_2}}) {
    CAPTURE(field.name);
    auto const* expected = fields.as_object().if_contains(field.name);
    CHECK(field.value == (expected ? text(*expected) : ""));
  }
}

void check_printed(PrintedDigits const& printed, json::value const& expected) {
  struct Digit {
    char const* name;
    std::optional<char> value;
  };
  for (auto const& digit : {Digit{"document_number", printed.document_number}, Digit{"date_of_birth", printed.date_of_birth},
                            Digit{"date_of_expiry", printed.date_of_expiry}, Digit{"optional_data", printed.optional_data},
                            Digit{"composite", printed.composite}}) {
    CAPTURE(digit.name);
    auto const* wanted = expected.as_object().if_contains(digit.name);
    bool empty = !wanted || wanted->is_null();
    CHECK(digit.value.has_value() == !empty);
    if (digit.value && !empty) CHECK(std::string(1, *digit.value) == text(*wanted));
  }
}

/// Splits "ERIKSSON, ANNA MARIA" at the comma.
std::pair<std::string, std::string> halves(std::string const& name) {
  auto comma = name.find(',');
  if (comma == std::string::npos) return {name, ""};
  return {name.substr(0, comma), name.substr(comma + 1)};
}

std::vector<std::string> parts_of(std::string const& field) {
  std::vector<std::string> parts;
  std::stringstream stream(field);
  for (std::string part; std::getline(stream, part, '<');) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

/// The properties every lawful truncation has.
void check_truncation(std::string const& field, std::string const& primary, std::string const& secondary) {
  CHECK(is_letter(field.back()));
  auto gap = field.find("<<");
  REQUIRE((gap != std::string::npos || secondary.empty()));
  for (auto const& [printed, full] :
       {std::pair{field.substr(0, gap), primary}, std::pair{field.substr(std::min(gap, field.size())), secondary}}) {
    auto printed_parts = parts_of(printed);
    auto const& whole = full;
    auto full_parts = parts_of(whole);
    std::size_t at = 0;
    for (auto const& part : printed_parts) {
      while (at < full_parts.size() && full_parts[at].substr(0, part.size()) != part) ++at;
      CHECK_MESSAGE(at < full_parts.size(), part << " is no prefix of a component of " << whole);
      ++at;
    }
    CHECK(printed_parts.empty() == full_parts.empty());
  }
}

Transliteration const& tables() {
  static auto const loaded = Transliteration::load(RCMS_SOURCE_DIR "/data");
  return loaded;
}

TEST_CASE("every check digit vector gives its digit") {
  for (auto const& row : group("check_digit")) {
    CAPTURE(text(row.at("id")));
    CHECK(std::string(1, check_digit(text(row.at("input")))) == text(row.at("expected")));
  }
}

TEST_CASE("every document vector is read with its fields, failed checks and remarks") {
  auto known = StateCodes::load(RCMS_SOURCE_DIR "/data");
  REQUIRE(group("documents").size() == 290);
  for (auto const& row : group("documents")) {
    CAPTURE(text(row.at("id")));
    auto lines = texts(row.at("lines"));
    std::vector<std::string_view> views(lines.begin(), lines.end());
    auto reading = parse_mrz(std::span<std::string_view const>(views), &known);
    auto const& expected = row.at("expected");
    CHECK(sorted(names_of(reading.failed)) == sorted(texts(expected.at("failed_checks"))));
    CHECK(reading.is_valid() == expected.at("valid").as_bool());
    auto const* fields = expected.as_object().if_contains("fields");
    REQUIRE(reading.document.has_value() == (fields != nullptr));
    if (!fields) continue;
    CHECK(std::string(name_of(reading.document->format)) == text(row.at("format")));
    CHECK(sorted(names_of(reading.remarks)) == sorted(texts(expected.at("warnings"))));
    CHECK(reading.is_long_number == expected.at("long_document_number").as_bool());
    CHECK(reading.is_name_possibly_truncated == fields->at("name_possibly_truncated").as_bool());
    check_fields(*reading.document, *fields);
    check_printed(reading.printed, expected.at("check_digits"));
  }
}

TEST_CASE("every building vector gives its lines") {
  for (auto const& row : group("build")) {
    CAPTURE(text(row.at("id")));
    auto const& input = row.at("input");
    Document document;
    document.format = *find_format(text(row.at("format")));
    document.document_code = text(input.at("document_code"));
    document.issuing_state = text(input.at("issuing_state"));
    document.document_number = text(input.at("document_number"));
    document.nationality = text(input.at("nationality"));
    document.date_of_birth = text(input.at("date_of_birth_mrz"));
    document.sex = text(input.at("sex_mrz"))[0];
    document.date_of_expiry = text(input.at("date_of_expiry_mrz"));
    document.primary_identifier = text(input.at("primary_identifier_mrz"));
    document.secondary_identifier = text(input.at("secondary_identifier_mrz"));
    document.optional_data_1 = text(input.at("optional_data_1"));
    document.optional_data_2 = text(input.at("optional_data_2"));
    auto lines = build_mrz(document);
    REQUIRE_MESSAGE(lines.has_value(), lines.error().detail);
    CHECK(*lines == texts(row.at("expected_lines")));
  }
}

TEST_CASE("every name vector is written, or shortened lawfully") {
  for (auto const& row : group("name_encoding")) {
    CAPTURE(text(row.at("id")));
    auto [primary, secondary] = halves(text(row.at("viz")));
    auto first = tables().name(primary);
    REQUIRE(first.has_value());
    std::string second = secondary.empty() ? "" : tables().name(secondary)->name;
    auto expected = text(row.at("expected"));
    if (text(row.at("format")) == "fragment") {
      CHECK(first->name == expected);
      continue;
    }
    auto prefix = text(row.at("prefix"));
    auto field = name_field(first->name, second, static_cast<int>(expected.size() - prefix.size()));
    REQUIRE(field.has_value());
    CHECK(field->size() == expected.size() - prefix.size());
    if (!row.at("needs_truncation").as_bool()) {
      CHECK(prefix + *field == expected);
      continue;
    }
    check_truncation(*field, first->name, second);
    check_truncation(expected.substr(prefix.size()), first->name, second);
  }
}

TEST_CASE("every transliteration vector gives its letters") {
  for (auto const& row : group("transliteration_names")) {
    CAPTURE(text(row.at("id")));
    TransliterationOptions options;
    options.language = text(row.at("language"));
    auto name = tables().name(text(row.at("input")), options);
    REQUIRE_MESSAGE(name.has_value(), name.error().detail);
    CHECK(name->name == text(row.at("expected")));
  }
}

}  // namespace
}  // namespace rcms::mrz
