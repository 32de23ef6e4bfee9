// The commands for scripts answer every vector of ICAO's documents and seals in the words of the vector files.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <boost/json.hpp>

#include "app/json_lines.hpp"
#include "app/mrz_lines.hpp"
#include "app/seal_lines.hpp"

namespace json = boost::json;
using namespace rcms;
using namespace rcms::app;

namespace {

json::value read(std::string const& path) {
  std::ifstream file(RCMS_SOURCE_DIR + path);
  std::stringstream text;
  text << file.rdbuf();
  return json::parse(text.str());
}

json::value const& zones() {
  static json::value const loaded = read("/tests/golden/mrz/mrz_vectors.json");
  return loaded;
}

mrz::Transliteration const& tables() {
  static auto const loaded = mrz::Transliteration::load(RCMS_SOURCE_DIR "/data");
  return loaded;
}

std::string const seals_file = RCMS_SOURCE_DIR "/tests/golden/seal/vds_vectors.json";

/// The lines of an answer to lines of text.
std::vector<json::object> ask(std::string const& lines, AnswerLine const& answer) {
  std::istringstream in(lines);
  std::ostringstream out;
  answer_json_lines(in, out, answer);
  std::vector<json::object> answers;
  std::istringstream told(out.str());
  for (std::string line; std::getline(told, line);) answers.push_back(json::parse(line).as_object());
  return answers;
}

std::set<std::string> words(json::value const& list) {
  std::set<std::string> all;
  for (auto const& each : list.as_array()) all.emplace(each.as_string());
  return all;
}

}  // namespace

TEST_CASE("rcms mrz check answers every document vector in its words") {
  auto const known = mrz::StateCodes::load(RCMS_SOURCE_DIR "/data");
  for (auto const& row : zones().at("documents").as_array()) {
    CAPTURE(std::string(row.at("id").as_string()));
    auto const answer = check_zone_line({{"lines", row.at("lines")}}, known);
    auto const& expected = row.at("expected").as_object();
    CHECK(answer.at("valid") == expected.at("valid"));
    CHECK(words(answer.at("failed_checks")) == words(expected.at("failed_checks")));
    REQUIRE(answer.contains("fields") == expected.contains("fields"));
    if (!expected.contains("fields")) continue;
    CHECK(answer.at("fields") == expected.at("fields"));
    CHECK(words(answer.at("warnings")) == words(expected.at("warnings")));
    CHECK(answer.at("long_document_number") == expected.at("long_document_number"));
    CHECK(answer.at("format") == row.at("format"));
  }
}

TEST_CASE("rcms mrz build and transliterate answer every vector in its words") {
  for (auto const& row : zones().at("build").as_array()) {
    CAPTURE(std::string(row.at("id").as_string()));
    CHECK(build_zone_line(row.as_object(), tables()).at("lines") == row.at("expected_lines"));
  }
  for (auto const& row : zones().at("transliteration_names").as_array()) {
    CAPTURE(std::string(row.at("id").as_string()));
    CHECK(transliterate_line(row.as_object(), tables()).at("result") == row.at("expected"));
  }
}

TEST_CASE("rcms etd verify --json answers every case of the policy, with certificates by name and in the line") {
  auto const known = read_named_der(seals_file);
  auto const vectors = read("/tests/golden/seal/vds_vectors.json");
  for (auto const& row : vectors.at("etd_validation_policy").as_array()) {
    CAPTURE(std::string(row.at("id").as_string()));
    auto const named = judge_seal_line(row.as_object(), known);
    CHECK(named.at("status") == row.at("expected_status"));
    CHECK(named.at("sub_indication") == row.at("expected_sub_indication"));
    CHECK((named.at("trust_level") == "trustable") == (row.at("expected_status") == "VALID"));
    auto whole = row.as_object();
    for (auto const* field : {"signer_certificate", "trust_anchor", "crl"}) {
      auto const found = known.find(std::string(whole[field].as_string()));
      whole[field] = found == known.end() ? json::value(nullptr) : json::value(json::array{to_hex(found->second)});
    }
    CHECK(judge_seal_line(whole, {}) == named);
  }
}

TEST_CASE("a case is answered when its certificates are odd, and a barcode of another kind by its own profile") {
  auto const vectors = read("/tests/golden/seal/vds_vectors.json");
  auto row = vectors.at("etd_validation_policy").as_array().at(0).as_object();
  row["certificates"] = vectors.at("certificates");
  row["crl"] = vectors.at("crl").as_array().at(0).at("der_base64");
  CHECK(judge_seal_line(row, {}).at("status") == "VALID");
  row["signer_certificate"] = json::array{"bcs_revoked", "csca", "bcs_ok", "bcs_ok"};
  CHECK(judge_seal_line(row, {}).at("status") == "VALID");
  row["signer_certificate"] = "MAA=";
  CHECK(judge_seal_line(row, {}).at("sub_indication") == "UNKNOWN_CERTIFICATE");
  row["signer_certificate"] = "bcs_ok";
  row["trust_anchor"] = "MAA=";
  CHECK(judge_seal_line(row, {}).at("sub_indication") == "UNTRUSTED_CERTIFICATE");
  row["seal_hex"] = nullptr;
  CHECK(judge_seal_line(row, {}).at("sub_indication") == "READ_ERROR");
  row["seal_hex"] = "";
  CHECK(judge_seal_line(row, {}).at("sub_indication") == "WRONG_FORMAT");
  for (auto const* group : {"idb", "vds_nc"}) {
    auto const& given = vectors.at(group).as_array().at(1).as_object();
    row["barcode"] = given.contains("raw_string") ? given.at("raw_string") : given.at("json");
    row["profile"] = "any";
    auto const told = judge_seal_line(row, {});
    CHECK(told.at("status") == "INVALID");
    CHECK(told.at("kind") == (std::string(group) == "idb" ? "datastructure" : "vds_nc"));
    row["profile"] = "etd";
    CHECK(judge_seal_line(row, {}).at("status") == "INVALID");
  }
}

TEST_CASE("a zone is built from days and names as people write them, and what cannot be written is refused by field") {
  json::object question{{"format", "TD2"},
                        {"options", {{"n_tilde", "NXX"}}},
                        {"input",
                         {{"document_code", "PU"},
                          {"issuing_state", "UTO"},
                          {"document_number", "E0000123"},
                          {"nationality", "UTO"},
                          {"date_of_birth", "1990-05"},
                          {"sex", "F"},
                          {"date_of_expiry", "2031-06-30"},
                          {"primary_identifier", "Núñez"},
                          {"secondary_identifier", "Perla"}}}};
  auto const lines = build_zone_line(question, tables()).at("lines").as_array();
  CHECK(lines.at(0).as_string().starts_with("PUUTONUNXXEZ<<PERLA<"));
  CHECK(lines.at(1).as_string().find("9005<<") != json::string::npos);
  auto& input = question["input"].as_object();
  input["primary_identifier"] = "রহমান";
  auto const told = ask(json::serialize(question) + "\n", [](auto const& asked) { return build_zone_line(asked, tables()); });
  CHECK(told.at(0).at("error").at("field") == "primary_identifier");
  CHECK(std::string(told.at(0).at("error").at("message").as_string()).find("Latin") != std::string::npos);
}

TEST_CASE("a line that cannot be read is told with its number, and the others are answered") {
  auto const known = mrz::StateCodes::load(RCMS_SOURCE_DIR "/data");
  std::string const good =
      R"({"id":"a","lines":["PUUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<","E123456782UTO7408122F2701312<<<<<<<4"]})";
  auto const answers = ask("\xEF\xBB\xBF" + good + "\r\n\nnot json\n[1]\n{\"lines\":7}\n{\"lines\":[\"<\"]}\n" +
                               std::string(longest_json_line + 5, 'x') + "\n" + std::string(40, '[') + "\n" + good,
                           [&](auto const& question) { return check_zone_line(question, known); });
  REQUIRE(answers.size() == 8);
  CHECK(answers[0].at("id") == "a");
  CHECK(answers[0].at("valid") == true);
  CHECK(answers[1].at("line") == 3);
  for (auto const place : {1, 2, 3, 5, 6}) CHECK(answers[static_cast<std::size_t>(place)].contains("error"));
  CHECK(answers[4].at("failed_checks").as_array().at(0) == "length");
  CHECK(answers[7].at("line") == 9);
  CHECK(answers[7].at("valid") == true);
}

TEST_CASE(
    "a case whose certificate cannot be read is refused by its field; a printed zone that is not there is compared by eye") {
  auto const known = read_named_der(seals_file);
  auto row = read("/tests/golden/seal/vds_vectors.json").at("etd_validation_policy").as_array().at(0).as_object();
  row["printed_mrz"] = nullptr;
  CHECK(judge_seal_line(row, known).at("conclusion") == "compare_by_eye");
  row["used_documents"] = json::array{"UTO E12345678"};
  auto const used = judge_seal_line(row, known);
  CHECK(used.at("status") == "VALID");
  CHECK(used.at("own_check") == "DOCUMENT_USED");
  CHECK(used.at("sub_indication").is_null());
  for (auto const& [field, wrong] : std::map<std::string, json::value>{{"signer_certificate", "nobody"},
                                                                       {"profile", "passport"},
                                                                       {"certificates", "bcs_ok"},
                                                                       {"trust_anchor", 7},
                                                                       {"crl", "MAA="},
                                                                       {"validation_time", "yesterday"},
                                                                       {"seal_hex", "DC0"},
                                                                       {"revoked_documents", "E1"}}) {
    auto broken = row;
    broken[field] = wrong;
    CAPTURE(field);
    auto const answers = ask(json::serialize(broken), [&](auto const& asked) { return judge_seal_line(asked, known); });
    CHECK(std::string(answers.at(0).at("error").at("field").as_string()) == field);
  }
}
