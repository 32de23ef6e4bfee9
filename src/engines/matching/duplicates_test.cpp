// Who stands in a registry more than once is found once, explained, and a brother is not taken for the person.
#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "engines/matching/duplicates.hpp"
#include "engines/matching/world_test.hpp"

using namespace rcms;
using namespace rcms::matching;

namespace {

/// The registry, and every fiftieth person a second time, written otherwise.
std::vector<Invented> with_duplicates(std::size_t& added) {
  auto people = invent_registry(31, 3000);
  auto const count = people.size();
  added = 0;
  for (std::size_t at = 0; at < count; at += 50, ++added) {
    auto copy = people[at];
    copy.id = "D" + copy.id;
    copy.document.clear();
    switch (added % 4) {
      case 0: copy.surname1.insert(2, "X"); break;
      case 1: copy.birth = copy.birth.substr(0, 4) + "-01-01"; break;
      case 2: copy.surname2.clear(); break;
      default: copy.father_given.clear(), copy.father_surnames.clear(); break;
    }
    people.push_back(copy);
  }
  return people;
}

std::set<std::string> pairs_of(Index const& index, DuplicateOptions const& options, std::vector<DuplicatePair>* kept = nullptr) {
  std::set<std::string> pairs;
  find_duplicates(index, default_weights(), options, [&](DuplicatePair const& pair) {
    CHECK(pairs.insert(pair.left + " " + pair.right).second);
    CHECK_FALSE(pairs.contains(pair.right + " " + pair.left));
    if (kept != nullptr) kept->push_back(pair);
  });
  return pairs;
}

}  // namespace

TEST_CASE("who stands in a registry twice is told once, with the reasons, however many threads work") {
  std::size_t added = 0;
  auto const people = with_duplicates(added);
  TemporaryFile file;
  auto const index = build_index(people, file.path());
  DuplicateOptions options;
  options.threads = 1;
  options.everybody_up_to = 0;
  std::vector<DuplicatePair> told;
  auto const pairs = pairs_of(index, options, &told);
  std::size_t right = 0;
  for (auto const& pair : told) {
    right += pair.right == "D" + pair.left ? 1U : 0U;
    CHECK(pair.posterior_ppm >= 500'000);
    CHECK_FALSE(pair.reasons.empty());
  }
  CHECK(right * 100 >= added * 95);
  CHECK(told.size() <= right + added / 5);
  options.threads = 3;
  CHECK(pairs_of(index, options) == pairs);
  options.least = 980'000;
  CHECK(pairs_of(index, options).size() <= pairs.size());
}

TEST_CASE("rows of another registry are found in this one, and a row that cannot be asked is told") {
  std::size_t added = 0;
  auto const people = with_duplicates(added);
  TemporaryFile file;
  auto const index = build_index({people.begin(), people.begin() + 3000}, file.path());
  std::vector<OtherRow> rows;
  for (std::size_t at = 3000; at < people.size(); ++at) rows.push_back({people[at].id, people[at].query()});
  rows.push_back({"nobody", {}});
  std::size_t right = 0, refused = 0;
  DuplicateOptions options;
  options.everybody_up_to = 0;
  find_in_other(
      index, default_weights(), rows, options,
      [&](DuplicatePair const& pair) { right += pair.left == "D" + pair.right ? 1U : 0U; },
      [&](std::size_t row, Refused const& why) {
        CHECK(row == rows.size() - 1);
        CHECK(why.why == Why::field_missing);
        ++refused;
      });
  CHECK(right * 100 >= added * 95);
  CHECK(refused == 1);
}

TEST_CASE("a person of an index comes back as the question that finds them") {
  auto const people = invent_registry(32, 300);
  TemporaryFile file;
  auto const index = build_index(people, file.path());
  for (std::uint32_t at = 0; at < 300; at += 17) {
    auto const query = query_of(index, at);
    CHECK(query.given == people[at].given);
    CHECK(query.birth == people[at].birth);
    CHECK(query.document == people[at].document);
    CHECK(query.mother_surnames == people[at].mother_surnames);
  }
}
