#include "capabilities/registry/rules.hpp"

#include <functional>
#include <optional>
#include <stdexcept>

#include <doctest/doctest.h>

namespace rcms::registry {

namespace {

Citizen lucia() {
  return {CitizenId{"01940000-0000-7000-8000-000000000001"}, "Lucía Fernanda", "De la Cruz", "Núñez", Date(1994, 3, 7), "F",
          "UTO-01-02", "San Aurelio", "Pedro De la Cruz Lara", "Ana Núñez Solís", "U12345678"};
}

CitizenQuery about_lucia() {
  return {"Lucía Fernanda", "De la Cruz Núñez", PartialDate{1994, 3, 7}, "F", "San Aurelio", "U1234 5678"};
}

Component const& find(Candidate const& candidate, std::string const& name) {
  for (auto const& component : candidate.components)
    if (component.name == name) return component;
  throw std::out_of_range(name);
}

}  // namespace

TEST_CASE("two surnames are split with their particles") {
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
}

TEST_CASE("a person who is asked as registered agrees in every component") {
  auto const candidate = compare(about_lucia(), lucia());
  for (auto const& component : candidate.components) {
    CAPTURE(component.name);
    CHECK(component.agreement == Agreement::same);
  }
  CHECK(candidate.points == 60 + 15 + 15 + 15 + 25 + 1 + 6);
  CHECK(candidate.most == candidate.points);
}

TEST_CASE("every component says how it agrees") {
  struct Row {
    char const* title;
    std::function<void(CitizenQuery&)> change;
    char const* component;
    Agreement expected;
  };
  std::vector<Row> const rows{
      {"accents and case do not matter", [](auto& q) { q.given = "LUCIA  fernanda"; }, "given", Agreement::same},
      {"one of two given names", [](auto& q) { q.given = "Fernanda"; }, "given", Agreement::part},
      {"another given name", [](auto& q) { q.given = "Rosa"; }, "given", Agreement::differs},
      {"no given name", [](auto& q) { q.given = ""; }, "given", Agreement::one_missing},
      {"surnames in the other order", [](auto& q) { q.surnames = "Núñez De la Cruz"; }, "surname1", Agreement::exchanged},
      {"second surname not known", [](auto& q) { q.surnames = "De la Cruz"; }, "surname2", Agreement::one_missing},
      {"another second surname", [](auto& q) { q.surnames = "De la Cruz Ponce"; }, "surname2", Agreement::differs},
      {"the year only", [](auto& q) { q.birth = PartialDate{1994, 0, 0}; }, "birth", Agreement::near},
      {"another year", [](auto& q) { q.birth = PartialDate{1990, 0, 0}; }, "birth", Agreement::differs},
      {"day and month exchanged", [](auto& q) { q.birth = PartialDate{1994, 7, 3}; }, "birth", Agreement::exchanged},
      {"an estimate of 1 January", [](auto& q) { q.birth = PartialDate{1994, 1, 1}; }, "birth", Agreement::near},
      {"one part of the date differs", [](auto& q) { q.birth = PartialDate{1993, 3, 7}; }, "birth", Agreement::near},
      {"two parts of the date differ", [](auto& q) { q.birth = PartialDate{1993, 4, 7}; }, "birth", Agreement::differs},
      {"no date", [](auto& q) { q.birth.reset(); }, "birth", Agreement::one_missing},
      {"the place by its code", [](auto& q) { q.place = "UTO-01-02"; }, "place", Agreement::same},
      {"another place", [](auto& q) { q.place = "Ceibal"; }, "place", Agreement::differs},
      {"another document", [](auto& q) { q.document = "U12345679"; }, "document", Agreement::differs},
  };
  auto const best = compare(about_lucia(), lucia()).points;
  for (auto const& row : rows) {
    CAPTURE(row.title);
    auto query = about_lucia();
    row.change(query);
    auto const candidate = compare(query, lucia());
    CHECK(find(candidate, row.component).agreement == row.expected);
    CHECK((row.expected == Agreement::same ? candidate.points == best : candidate.points < best));
  }
}

TEST_CASE("the person stands before a sister, and the sister says what differs") {
  auto sister = lucia();
  sister.id = CitizenId{"01940000-0000-7000-8000-000000000002"};
  sister.given = "Marta Lucía";
  sister.birth = Date(1996, 11, 2);
  sister.document = "U87654321";
  auto const candidates = rank(about_lucia(), {sister, lucia()});
  REQUIRE(candidates.size() == 2);
  CHECK(candidates[0].citizen == lucia());
  CHECK(find(candidates[1], "given").agreement == Agreement::part);
  CHECK(find(candidates[1], "birth").agreement == Agreement::differs);
  CHECK(find(candidates[1], "document").agreement == Agreement::differs);
}

TEST_CASE("ranking keeps at most twenty and the same order whatever the order of the rows") {
  std::vector<Citizen> namesakes;
  for (int number = 0; number < 40; ++number) {
    namesakes.push_back(lucia());
    namesakes.back().id.value.back() = static_cast<char>('a' + number % 26);
    namesakes.back().birth = Date(1994, 3, 7).plus_days(number * 30);
  }
  auto const forwards = rank(about_lucia(), namesakes);
  auto const backwards = rank(about_lucia(), {namesakes.rbegin(), namesakes.rend()});
  REQUIRE(forwards.size() == most_candidates);
  for (std::size_t at = 0; at < forwards.size(); ++at) CHECK(forwards[at].points == backwards[at].points);
  CHECK(forwards.front().citizen.birth == Date(1994, 3, 7));
}

TEST_CASE("a query that would need a scan, or is no text, is refused with the field and the remedy") {
  struct Row {
    char const* title;
    CitizenQuery query;
    std::optional<Why> why;
    char const* field;
  };
  PartialDate const day{1994, 3, 7};
  for (auto const& row :
       {Row{"nothing", {}, Why::field_missing, "surname"},
        Row{"a surname alone", {"", "García", {}, "", "", ""}, Why::field_missing, "given"},
        Row{"a given name alone", {"Ana", "", {}, "", "", ""}, Why::field_missing, "surname"},
        Row{"a year and a given name", {"Ana", "", PartialDate{1994, 0, 0}, "", "", ""}, Why::field_missing, "surname"},
        Row{"control characters", {"Ana\x01", "García", {}, "", "", ""}, Why::field_invalid, "given"},
        Row{"no UTF-8", {"Ana\xff", "García", {}, "", "", ""}, Why::field_invalid, "given"},
        Row{"too long", {std::string(201, 'A'), "García", {}, "", "", ""}, Why::field_too_long, "given"},
        Row{"a document", {"", "", {}, "", "", "U1"}, {}, ""},
        Row{"surname and given", {"Ana", "García", {}, "", "", ""}, {}, ""},
        Row{"two surnames", {"", "García López", {}, "", "", ""}, {}, ""},
        Row{"surname and year", {"", "García", PartialDate{1994, 0, 0}, "", "", ""}, {}, ""},
        Row{"day and given", {"Ana", "", day, "", "", ""}, {}, ""}}) {
    CAPTURE(row.title);
    auto const findings = check_query(row.query);
    CHECK(findings.empty() == !row.why.has_value());
    if (row.why && !findings.empty()) {
      CHECK(findings.front().why == *row.why);
      CHECK(findings.front().field == row.field);
      CHECK_FALSE(findings.front().detail.empty());
    }
  }
}

}  // namespace rcms::registry
