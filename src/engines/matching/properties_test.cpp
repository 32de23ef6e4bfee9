// What holds for every registry and every question.
#include <algorithm>
#include <fstream>
#include <map>
#include <random>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "engines/matching/duplicates.hpp"
#include "engines/matching/world_test.hpp"

using namespace rcms;
using namespace rcms::matching;

namespace {

/// A question about somebody of the registry, with up to `errors` parts damaged or left out.
Query damaged(Invented const& person, std::mt19937& dice, int errors) {
  auto query = person.query();
  for (; errors > 0; --errors) {
    switch (dice() % 9) {
      case 0: if (query.given.size() > 3) query.given.erase(query.given.size() / 2, 1); break;
      case 1: if (auto& name = query.surname1; name.size() > 3) std::swap(name[name.size() - 2], name[name.size() - 3]); break;
      case 2: query.surname2.clear(); break;
      case 3: std::swap(query.surname1, query.surname2); break;
      case 4: query.birth = query.birth.substr(0, 4); break;
      case 5: query.birth = query.birth.substr(0, 4) + "-01-01"; break;
      case 6: query.place.clear(); break;
      case 7: query.father_given.clear(), query.father_surnames.clear(); break;
      default: query.sex.clear(); break;
    }
  }
  return query;
}

SearchOptions by_keys() {
  SearchOptions options;
  options.scan_up_to = 0;
  options.scan_when_unsure_up_to = 0;
  return options;
}

SearchOptions by_scan() {
  SearchOptions options;
  options.scan_all = true;
  return options;
}

}  // namespace

TEST_CASE("whom the naive scan proposes, the index finds first, with the same score") {
  CHECK(rc::check([] {
    auto const seed = *rc::gen::arbitrary<std::uint32_t>();
    auto const people = invent_registry(seed, 400);
    TemporaryFile file;
    auto const index = build_index(people, file.path());
    Searcher searcher(index);
    std::mt19937 dice(seed + 1);
    int proposed = 0;
    for (int question = 0; question < 40; ++question) {
      auto const& person = people[dice() % people.size()];
      auto const query = damaged(person, dice, static_cast<int>(dice() % 4));
      auto const scanned = searcher.search(query, by_scan());
      auto const found = searcher.search(query, by_keys());
      RC_ASSERT(scanned.has_value() && found.has_value());
      if (scanned->band != Band::proposed) continue;
      ++proposed;
      RC_LOG() << query.given << '|' << query.surname1 << '|' << query.surname2 << '|' << query.birth << '|' << query.place
               << " of " << person.given << '|' << person.surname1 << '|' << person.birth << ' '
               << scanned->candidates.front().posterior_ppm;
      RC_ASSERT(!found->candidates.empty());
      RC_ASSERT(found->candidates.front().id == scanned->candidates.front().id);
      RC_ASSERT(found->candidates.front().score == scanned->candidates.front().score);
    }
    RC_ASSERT(proposed > 5);
  }));
}

TEST_CASE("the order of the registry changes no answer") {
  CHECK(rc::check([] {
    auto const seed = *rc::gen::arbitrary<std::uint32_t>();
    auto people = invent_registry(seed, 200);
    TemporaryFile file, other;
    auto const index = build_index(people, file.path());
    std::mt19937 dice(seed + 2);
    auto shuffled = people;
    std::shuffle(shuffled.begin(), shuffled.end(), dice);
    auto const again = build_index(shuffled, other.path());
    Searcher left(index), right(again);
    for (int question = 0; question < 20; ++question) {
      auto const query = damaged(people[dice() % people.size()], dice, static_cast<int>(dice() % 3));
      auto const one = left.search(query, by_keys());
      auto const two = right.search(query, by_keys());
      RC_ASSERT(one.has_value() && two.has_value());
      RC_ASSERT(one->candidates.size() == two->candidates.size());
      for (std::size_t at = 0; at < one->candidates.size(); ++at) {
        RC_ASSERT(one->candidates[at].score == two->candidates[at].score);
        // Who is cut off at the end may differ among equals.
        if (one->candidates[at].score > one->candidates.back().score) RC_ASSERT(one->candidates[at].id == two->candidates[at].id);
      }
    }
  }));
}

TEST_CASE("a field more that agrees never lowers the score of that candidate") {
  CHECK(rc::check([] {
    auto const seed = *rc::gen::arbitrary<std::uint32_t>();
    auto const people = invent_registry(seed, 150);
    TemporaryFile file;
    auto const index = build_index(people, file.path());
    Searcher searcher(index);
    std::mt19937 dice(seed + 3);
    auto const& person = people[dice() % people.size()];
    auto const full = person.query();
    auto const score_of_person = [&](Query const& query) {
      auto options = by_scan();
      options.top = static_cast<std::uint32_t>(people.size());
      auto const answer = searcher.search(query, options);
      for (auto const& candidate : answer->candidates)
        if (candidate.id == person.id) return candidate.score;
      return MilliBits{-1'000'000};
    };
    using Field = std::string Query::*;
    std::vector<Field> fields{&Query::given,        &Query::surname1,       &Query::surname2,     &Query::birth,
                              &Query::sex,          &Query::place,          &Query::father_given, &Query::father_surnames,
                              &Query::mother_given, &Query::mother_surnames};
    std::shuffle(fields.begin(), fields.end(), dice);
    Query query;
    MilliBits before = 0;
    bool first = true;
    for (auto const field : fields) {
      // A second surname alone would be taken for the first.
      if (field == &Query::surname2 && query.surname1.empty()) continue;
      query.*field = full.*field;
      if (query.given.empty() && query.surname1.empty() && query.birth.empty() && query.mother_given.empty()) continue;
      auto const now = score_of_person(query);
      // Sex says nothing once the given name has said it: what it said before may go.
      if (!first) RC_ASSERT(now >= before - 1'000);
      before = now;
      first = false;
    }
  }));
}

TEST_CASE("any bytes may be asked and nothing breaks") {
  auto const people = invent_registry(9, 300);
  TemporaryFile file;
  auto const index = build_index(people, file.path());
  Searcher searcher(index);
  CHECK(rc::check([&] {
    Query query;
    query.given = *rc::gen::arbitrary<std::string>();
    query.surname1 = *rc::gen::arbitrary<std::string>();
    query.birth = *rc::gen::arbitrary<std::string>();
    query.place = *rc::gen::arbitrary<std::string>();
    query.document = *rc::gen::arbitrary<std::string>();
    auto const answer = searcher.search(query, by_keys());
    if (answer) {
      std::uint64_t sum = 0;
      for (auto const& candidate : answer->candidates) sum += candidate.posterior_ppm;
      RC_ASSERT(sum <= 1'000'000);
    }
  }));
}

TEST_CASE("what is saved and opened is what was taken: the rows of an index make the same index again") {
  CHECK(rc::check([] {
    auto const seed = *rc::gen::arbitrary<std::uint32_t>();
    auto people = invent_registry(seed, 60);
    std::mt19937 dice(seed + 4);
    for (auto& person : people) {
      if (dice() % 4 == 0) person.birth = person.birth.substr(0, 4 + dice() % 2 * 3);
      if (dice() % 5 == 0) person.surname2.clear();
      if (dice() % 6 == 0) person.given = "محمد";
      if (dice() % 9 == 0) person.document.clear();
    }
    TemporaryFile file, again;
    auto const index = build_index(people, file.path());
    std::vector<Invented> read;
    for (std::uint32_t at = 0; at < index.persons(); ++at) {
      auto const query = query_of(index, at);
      read.push_back({index.id(at), query.given, query.surname1, query.surname2, query.birth, query.sex, query.place,
                      query.father_given, query.father_surnames, query.mother_given, query.mother_surnames, query.document});
    }
    build_index(read, again.path());
    auto const bytes_of = [](std::filesystem::path const& path) {
      std::ifstream in(path, std::ios::binary);
      return std::string(std::istreambuf_iterator<char>(in), {});
    };
    RC_ASSERT(bytes_of(file.path()) == bytes_of(again.path()));
  }));
}
