// References and identifiers that another State sees: unique, checked, and no measure of what else there is.
#include "capabilities/case_files/references.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "capabilities/case_files/store.hpp"
#include "foundation/base/text.hpp"
#include "foundation/search/search_words.hpp"
#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

using namespace rcms;
using namespace rcms::case_files;

namespace {

Instant const noon = *Instant::parse("2031-05-17T12:00:00Z");

void add_draft(db::Database& database, tests::PeopleForTests const& people, std::string const& reference) {
  CaseFile file;
  file.party = people.arcadia.id;
  file.id = CaseId{make_shared_uuid(noon)};
  file.side = Side::requesting;
  file.partner = people.utopia.id;
  file.agreement = "UTO-XAR-2019";
  file.reference = reference;
  file.state = "draft";
  file.stage = "draft";
  file.created_at = noon;
  file.changed_at = noon;
  db::Command command;
  insert_case_file(command, file);
  REQUIRE(database.write(command).outcome == db::Outcome::written);
}

/// How many are smaller than the one that was drawn after them: half of all pairs of neighbours when there is no order.
int count_ascents(std::vector<std::string> const& drawn) {
  int ascents = 0;
  for (std::size_t i = 1; i < drawn.size(); ++i) ascents += drawn[i - 1] < drawn[i] ? 1 : 0;
  return ascents;
}

/// Of all pairs, how often `one` is smaller, in parts of a thousand.
int smaller_in_thousand(std::vector<std::string> const& one, std::vector<std::string> const& other) {
  std::int64_t smaller = 0;
  for (auto const& a : one) {
    for (auto const& b : other) smaller += a < b ? 1 : 0;
  }
  return static_cast<int>(smaller * 1000 / static_cast<std::int64_t>(one.size() * other.size()));
}

}  // namespace

TEST_CASE("a reference is unique, has the form that people read, and its check digits") {
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    std::set<std::string> seen;
    for (int i = 0; i < 300; ++i) {
      auto const reference = take_reference(database, people.arcadia.id, "XAR", 2031);
      CHECK(seen.insert(reference).second);
      CHECK(reference.size() == 18);
      CHECK(reference.starts_with("XAR-2031-"));
      CHECK(reference[13] == '-');
      CHECK(has_right_check(reference));
      CHECK(reference.find_first_of("01AEIOUY", 9) >= 16);  // only the two check digits may be 0 or 1
      auto const is_letter = [&](std::size_t at) { return reference[at] >= 'A'; };
      CHECK_FALSE((is_letter(10) && is_letter(11) && (is_letter(9) || is_letter(12))));  // no abbreviation comes about
    }
  }, tests::Migrations::all);
}

TEST_CASE("a mistyped reference is told from a right one") {
  CHECK_FALSE(has_right_check("XAR-2031-000001"));  // as references were counted before
  CHECK_FALSE(has_right_check(""));
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    auto const right = take_reference(database, people.utopia.id, "UTO", 2031);
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t at = 0; at < right.size(); ++at) {
      if (right[at] == '-') continue;
      for (char const other : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        auto wrong = right;
        wrong[at] = other;
        if (other != right[at] && is_digit(other) == is_digit(right[at])) CHECK_FALSE(has_right_check(wrong));
      }
      if (at + 1 == right.size() || right[at + 1] == right[at] || is_digit(right[at + 1]) != is_digit(right[at])) continue;
      if (right[at + 1] == '-') continue;
      auto exchanged = right;
      std::swap(exchanged[at], exchanged[at + 1]);
      CHECK_FALSE(has_right_check(exchanged));
    }
  }, tests::Migrations::all);
}

TEST_CASE("a file is found by its whole reference, by its beginning, and by the drawn part alone") {
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    auto const reference = take_reference(database, people.arcadia.id, "XAR", 2031);
    add_draft(database, people, reference);
    add_draft(database, people, "XAR-2031-000001");
    auto const part = std::string(drawn_part(reference));
    CHECK(part == reference.substr(9));
    CHECK(drawn_part("XAR-2031-000001").empty());
    for (auto const& words : {reference, reference.substr(0, 13), part, part.substr(0, 4) + part.substr(5), lower_ascii(part)}) {
      CAPTURE(words);
      CHECK(search::find_by_words(database, people.arcadia.id, "requesting", words, 10).size() == 1);
    }
    CHECK(search::find_by_words(database, people.arcadia.id, "requesting", "XAR-2031-000001", 10).size() == 1);
  }, tests::Migrations::all);
}

TEST_CASE("references tell neither the order nor the number of the files") {
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    auto const& arcadia = people.arcadia.id;
    std::vector<std::string> first;
    std::vector<std::string> later;
    for (int i = 0; i < 400; ++i) first.push_back(take_reference(database, arcadia, "XAR", 2031));
    for (int i = 0; i < 500; ++i) add_draft(database, people, take_reference(database, arcadia, "XAR", 2031));
    for (int i = 0; i < 400; ++i) later.push_back(take_reference(database, arcadia, "XAR", 2031));
    // Ascents of n draws: (n - 1) / 2, standard deviation sqrt((n + 1) / 12): 5.8. Seven of them on either side.
    CHECK(std::abs(count_ascents(first) - 199) < 41);
    CHECK(std::abs(count_ascents(later) - 199) < 41);
    // Rank test of Mann and Whitney: half, standard deviation 20.4 thousandths. Six of them on either side.
    CHECK(std::abs(smaller_in_thousand(first, later) - 500) < 123);
  }, tests::Migrations::all);
}

TEST_CASE("an identifier that leaves tells the year and nothing else") {
  std::vector<std::string> ids;
  std::set<std::string> endings;
  for (int i = 0; i < 400; ++i) {
    auto const id = make_shared_uuid(noon.plus_ms(std::int64_t{i} * 40'000'000));
    REQUIRE(is_uuid(id));
    CHECK(id.substr(0, 15) == "01c03276-e000-7");
    CHECK(std::string("89ab").find(id[19]) != std::string::npos);
    endings.insert(id.substr(15));
    ids.push_back(id);
  }
  CHECK(endings.size() == ids.size());
  CHECK(std::abs(count_ascents(ids) - 199) < 41);
}
