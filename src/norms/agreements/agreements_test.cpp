#include <algorithm>
#include <fstream>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "norms/agreements/world_test.hpp"


using namespace rcms;
using namespace rcms::agreements;
using namespace rcms::agreements::tests;


TEST_CASE("Easter is computed as the tables say") {
  // Source: J. Meeus, Astronomical Algorithms (1991), chapter 8, and the calendar of the Roman Catholic Church.
  struct Row { int year; int month; int day; };
  Row const rows[] = {{1818, 3, 22}, {1961, 4, 2}, {1991, 3, 31}, {1992, 4, 19}, {1993, 4, 11}, {1954, 4, 18}, {2000, 4, 23},
                      {2024, 3, 31}, {2025, 4, 20}, {2026, 4, 5}, {2038, 4, 25}, {2285, 3, 22}};
  for (auto const& row : rows) {
    CAPTURE(row.year);
    CHECK(easter_sunday(row.year) == Date(row.year, row.month, row.day));
  }
}

TEST_CASE("holidays are fixed, single or move with Easter, and may be limited in years") {
  auto const& uto = world().calendars.at("UTO");
  auto const& xar = world().calendars.at("XAR");
  auto const& rur = world().calendars.at("RUR");
  REQUIRE(find_holiday(uto, Date(2024, 3, 29)) != nullptr);
  CHECK(find_holiday(uto, Date(2024, 3, 29))->names.at("es") == "Viernes Santo");
  CHECK(find_holiday(uto, Date(2024, 4, 1)) == nullptr);
  CHECK(find_holiday(xar, Date(2024, 4, 1))->names.at("en") == "Easter Monday");
  CHECK(find_holiday(uto, Date(2026, 11, 19)) != nullptr);
  CHECK(find_holiday(uto, Date(2025, 11, 19)) == nullptr);
  CHECK(find_holiday(rur, Date(2019, 10, 7)) == nullptr);
  CHECK(find_holiday(rur, Date(2020, 10, 7)) != nullptr);
  CHECK(is_weekend(rur, Date(2024, 3, 29)));
  CHECK_FALSE(is_weekend(rur, Date(2024, 3, 31)));
}

TEST_CASE("every agreement recomputes its own worked examples") {
  std::size_t examples = 0;
  for (auto const& [name, held] : world().agreements) {
    auto const& agreement = held;
    std::string const code = name;
    for (auto const& example : agreement.examples) {
      CAPTURE(code);
      CAPTURE(example.name);
      REQUIRE_FALSE(example.events.empty());
      auto const on = date_in_zone(example.events.front().at, "UTC");
      auto const deadline =
          compute_deadline(agreement, world().calendars, example.rule, example.acting, example.events, on, example.facts);
      if (example.due) {
        REQUIRE(deadline.has_value());
        REQUIRE(deadline->due.has_value());
        CHECK(deadline->due->text() == example.due->text());
        CHECK(replay(*deadline) == example.due);
      } else {
        CHECK((!deadline || deadline->is_stopped()));
      }
      ++examples;
    }
  }
  CHECK(examples >= 200);
}

TEST_CASE("an agreement applies between its parties, in its time, after its cut-off") {
  auto const& agreement = *find_agreement(world().agreements, "uto-xar-2019");
  CHECK(check_applies(agreement, "XAR", "UTO", Date(2026, 1, 1)).has_value());
  CHECK_FALSE(check_applies(agreement, "XAR", "RUR", Date(2026, 1, 1)).has_value());
  CHECK_FALSE(check_applies(agreement, "XAR", "XAR", Date(2026, 1, 1)).has_value());
  CHECK_FALSE(check_applies(agreement, "XAR", "UTO", Date(2019, 5, 31)).has_value());
  auto const& with_cutoff = *find_agreement(world().agreements, "EU-PK");
  auto const early = check_applies(with_cutoff, "EUE", "PAK", Date(2026, 1, 1), Date(2009, 5, 1));
  REQUIRE_FALSE(early.has_value());
  CHECK(early.error().why == Why::agreement_does_not_apply);
  CHECK(early.error().field == "entered_on");
  CHECK(early.error().source == "EU-PK");
  CHECK(check_applies(agreement, "XAR", "UTO", Date(2026, 1, 1), Date(2009, 5, 1)).has_value());
  auto const both = list_agreements(world().agreements, "XAR", "UTO", Date(2026, 1, 1));
  REQUIRE(both.size() == 2);
  CHECK(both[0]->code == "uto-xar-protocol-2022");
  CHECK(list_agreements(world().agreements, "UTO", "XAR", Date(2021, 1, 1)).size() == 1);
  CHECK(silence_condition(agreement, Date(2026, 1, 1)) == "silence_is_consent");
  CHECK(silence_condition(*both[0], Date(2026, 1, 1)) == "silence_is_nothing");
  CHECK(allows_late_refusal(*both[0], Date(2026, 1, 1)));
  CHECK(reply_key(*both[0], {"accelerated"}, Date(2026, 1, 1)) == "accel_reply");
  CHECK(reply_key(agreement, {"accelerated"}, Date(2026, 1, 1)) == "reply_standard");
}

TEST_CASE("what cannot be read as an agreement stops the start, with its reason") {
  auto agreements = world().agreements;
  CHECK(find_agreement(agreements, "uto-xar-1819") == nullptr);
  CHECK_THROWS_AS(get_authority(agreements.at("uto-xar-2019"), "RUR"), std::out_of_range);
  Calendars none;
  CHECK_THROWS_WITH_AS(load_agreements(data, none), doctest::Contains("no holidays"), std::runtime_error);
}

TEST_CASE("the keys that a rule may have are those that have a label") {
  std::ifstream in(data / "schema/agreement.schema.json");
  auto const schema = boost::json::parse(std::string((std::istreambuf_iterator<char>(in)), {}));
  std::size_t known = 0;
  for (auto const& key : schema.at("definitions").at("rule_key").at("enum").as_array()) {
    CHECK_MESSAGE(world().labels.has("agreements.rule." + std::string(key.as_string())), key.as_string());
    ++known;
  }
  CHECK(known >= 60);
}

TEST_CASE("a kind of person that an agreement does not cover is refused, with the field") {
  auto agreement = *find_agreement(world().agreements, "EU-ET");
  Date const on(2027, 1, 1);
  CHECK(check_applies(agreement, "EUE", "ETH", on, {}, {"own_national"}).has_value());
  CHECK(check_applies(agreement, "EUE", "ETH", on).has_value());
  CHECK(list_missing_facts(agreement, on, {}, {}) == std::vector<std::string>{"person"});
  for (char const* kind : {"third_country_national", "stateless"}) {
    auto const refused = check_applies(agreement, "EUE", "ETH", on, {}, {kind});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().why == Why::agreement_does_not_apply);
    CHECK(refused.error().field == "person");
    CHECK(refused.error().source.find("EU-ET") == 0);
  }
}

TEST_CASE("every rule, checklist item and text value has a label") {
  auto const needs = [&](std::string const& key) { CHECK_MESSAGE(world().labels.has(key), key); };
  for (auto const& [code, agreement] : world().agreements) {
    for (auto const& rule : agreement.rules) {
      needs("agreements.rule." + rule.key);
      needs("agreements.confidence." + rule.confidence);
      if (!rule.start.empty()) needs("clock.event." + rule.start);
      for (auto const& start : rule.start_also) needs("clock.event." + start);
      bool const is_word = !rule.text.empty() &&
                           rule.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
      if (is_word) needs("agreements.text." + rule.text);
    }
    for (auto const& item : agreement.checklist) needs("agreements.checklist." + item.code);
    CHECK(agreement.titles.count("en") == 1);
    CHECK(agreement.titles.count("es") == 1);
    for (auto const& practice : agreement.practices) needs("agreements.rule." + practice.key);
    for (auto const& line : agreement.evidence) {
      for (auto const& type : line.types) needs("codes.evidence_type." + type);
    }
  }
}
