// Questions and answers as text: what is refused, how names are divided, what a registry that answers by itself may send.
#include <doctest/doctest.h>

#include "capabilities/registry/answer.hpp"

namespace rcms::registry {

TEST_CASE("a question is read again as it was written, and what is unknown is passed over") {
  Question const question{"Ana", "Quispe Luna", "1987-03", "F", "UTO-01", "José", "Quispe", "", "Luna Sol", "U1"};
  auto written = json_of(question);
  written["colour"] = "green";
  written["mother_given"] = 7;
  CHECK(read_question(written) == question);
  CHECK(read_question({}) == Question{});
}

TEST_CASE("names are divided with their particles") {
  struct Row {
    char const* written;
    char const* first;
    char const* second;
  };
  for (auto const& row : {Row{"García López", "García", "López"}, Row{"De la Cruz Núñez", "De la Cruz", "Núñez"},
                          Row{"Hernández de los Santos", "Hernández", "de los Santos"}, Row{"Pérez", "Pérez", ""},
                          Row{"  ", "", ""}, Row{"De la", "De la", ""}}) {
    CAPTURE(row.written);
    CHECK(split_surnames(row.written) == std::pair<std::string, std::string>(row.first, row.second));
  }
  for (auto const& row :
       {Row{"Marta", "Marta", ""}, Row{"Marta Luna", "Marta", "Luna"}, Row{"Marta Luna Sol", "Marta", "Luna Sol"},
        Row{"Ana Marta Luna Sol", "Ana Marta", "Luna Sol"}, Row{"Pedro De la Cruz Lara", "Pedro", "De la Cruz Lara"}}) {
    CAPTURE(row.written);
    CHECK(split_full_name(row.written) == std::pair<std::string, std::string>(row.first, row.second));
  }
}

TEST_CASE("a question that says nothing, or is no text, is refused with the field and the remedy") {
  struct Row {
    char const* title;
    Question question;
    std::optional<Why> why;
    char const* field;
  };
  for (auto const& row : {Row{"nothing", {}, Why::field_missing, "surname"},
                          Row{"a place alone", {.place = "Mirador"}, Why::field_missing, "surname"},
                          Row{"signs alone", {.given = "- ."}, Why::field_missing, "surname"},
                          Row{"control characters", {.given = "Ana\x01"}, Why::field_invalid, "given"},
                          Row{"no UTF-8", {.mother_given = "Ana\xff"}, Why::field_invalid, "mother_given"},
                          Row{"too long", {.given = std::string(201, 'A')}, Why::field_too_long, "given"},
                          Row{"no date", {.given = "Ana", .birth = "7.3.94"}, Why::field_invalid, "birth"},
                          Row{"a day that is none", {.given = "Ana", .birth = "1994-02-30"}, Why::field_invalid, "birth"},
                          Row{"a month", {.given = "Ana", .birth = "1994-02"}, {}, ""},
                          Row{"a surname", {.surnames = "García"}, {}, ""}, Row{"a document", {.document = "U1"}, {}, ""}}) {
    CAPTURE(row.title);
    auto const findings = check_question(row.question);
    CHECK(findings.empty() == !row.why.has_value());
    if (!row.why || findings.empty()) continue;
    CHECK(findings.front().why == *row.why);
    CHECK(findings.front().field == row.field);
    CHECK_FALSE(findings.front().detail.empty());
  }
}

TEST_CASE("a place is asked by its code, however it was written, and left out when the State does not know it") {
  Places const places({{"UTO-01-02", "San Aurelio", "Valle Central", 1, 2}, {"UTO-02-01", "Mirador", "Costa", {}, {}},
                       {"UTO-03-01", "Mirador", "Sierra", {}, {}}});
  CHECK(ask({.given = "Ana", .place = "san aurelio"}, places).query.place == "UTO-01-02");
  CHECK(ask({.given = "Ana", .place = "uto-02-01"}, places).query.place == "UTO-02-01");
  for (auto const* unknown : {"Mirador", "Puerto Lejano"}) {
    auto const asked = ask({.given = "Ana", .place = unknown}, places);
    CHECK(asked.query.place.empty());
    CHECK(asked.left_out == std::vector<std::string>{"place"});
  }
  CHECK(ask({.given = "Ana", .place = "Mirador"}, Places()).query.place == "Mirador");
}

TEST_CASE("what a registry answers by itself is read as far as it is understood, and refused where it is no answer") {
  auto const found = parse_answer(R"({"model":"there 3","truncated":true,"compared":7,"candidates":[
    {"id":"B","score_millibits":4000,"posterior":0.2,"band":"to_review","explanation":[],"person":{"given":"Ana"}},
    {"id":"A","score_millibits":31000,"posterior":1.7,"band":"proposed","may_be_relative":true,"person":
      {"given":"Ana","surname1":"Paz","birth":"1990-02-03"},
     "explanation":[{"part":"birth","rule":"same","millibits":15000,"one_in":27},
                    {"part":"aura","rule":"same","millibits":9}]}]})");
  REQUIRE(found.has_value());
  REQUIRE(found->candidates.size() == 2);
  auto const& best = found->candidates.front();
  CHECK(best.person.id == "A");
  CHECK(best.posterior_ppm == 1'000'000);
  CHECK(best.may_be_relative);
  REQUIRE(best.reasons.size() == 1);
  CHECK(best.reasons.front().one_in == 27);
  CHECK(found->margin == 27'000);
  CHECK(found->model == "there 3");
  for (auto const* wrong : {"", "[]", "<html>", R"({"candidates":[{"id":"A"}]})", R"({"candidates":[{"person":{}}]})",
                            R"({"candidates":[{"id":"A","person":{"birth":"soon"}}]})"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_answer(wrong).has_value());
  }
}

TEST_CASE("the fingerprint of an answer is that of the question, of every candidate and of the weights") {
  Question const question{.given = "Ana"};
  Found found;
  found.candidates.push_back({.person = {.id = "A"}, .score = 1});
  auto const before = fingerprint_of(question, found);
  CHECK(before.size() == 64);
  CHECK(fingerprint_of(question, found) == before);
  CHECK(fingerprint_of({.given = "Eva"}, found) != before);
  auto other = found;
  other.model = "another";
  CHECK(fingerprint_of(question, other) != before);
  other = found;
  other.candidates.front().score = 2;
  CHECK(fingerprint_of(question, other) != before);
}

}  // namespace rcms::registry
