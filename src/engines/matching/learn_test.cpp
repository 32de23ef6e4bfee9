// Weights are learnt from what people decided, and come near the truth without decisions; figures are what they say.
#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "engines/matching/learn.hpp"
#include "engines/matching/measure.hpp"
#include "engines/matching/world_test.hpp"

using namespace rcms;
using namespace rcms::matching;

namespace {

constexpr std::size_t birth = static_cast<std::size_t>(Part::birth);
constexpr std::size_t place = static_cast<std::size_t>(Part::place);
constexpr std::size_t given = static_cast<std::size_t>(Part::given);

std::size_t at(Rule rule) { return static_cast<std::size_t>(rule); }

/// Questions in which day and month are exchanged and places differ far more often than the weights by hand believe. One in five
/// is about somebody who is not there.
std::vector<Lesson> lessons_of(std::vector<Invented> const& people, std::size_t registered, bool decided) {
  std::mt19937 dice(5);
  std::vector<Lesson> lessons;
  for (std::size_t number = 0; number < 400; ++number) {
    bool const is_there = dice() % 5 != 0;
    auto const person = is_there ? dice() % registered : registered + dice() % (people.size() - registered);
    Lesson lesson;
    lesson.query = people[person].query();
    auto& date = lesson.query.birth;
    bool const may_exchange = date.substr(8, 2) <= "12" && date.substr(5, 2) != date.substr(8, 2) && date.substr(5) != "01-01";
    if (may_exchange && dice() % 2 == 0) date = date.substr(0, 5) + date.substr(8, 2) + "-" + date.substr(5, 2);
    if (dice() % 10 < 6) lesson.query.place = "999";
    lesson.is_decided = decided;
    if (decided && is_there) lesson.person = static_cast<std::uint32_t>(person);
    lessons.push_back(std::move(lesson));
  }
  return lessons;
}

constexpr std::size_t registered = 700;

struct World {
  World() : people(invent_registry(41, 900)), index(build_index({people.begin(), people.begin() + registered}, file.path())) {}
  std::vector<Invented> people;
  TemporaryFile file;
  Index index;
};

bool are_equal(Weights const& left, Weights const& right) {
  return left.m == right.m && left.relative == right.relative && left.in_registry == right.in_registry;
}

}  // namespace

TEST_CASE("decisions teach how often the data of one person differ, the same however many threads work") {
  World const world;
  auto const& before = default_weights();
  LearnOptions options;
  options.threads = 1;
  auto const lessons = lessons_of(world.people, registered, true);
  auto const learnt = learn(world.index, lessons, before, options);
  CHECK(learnt.lessons == lessons.size());
  CHECK(learnt.decided == lessons.size());
  CHECK(learnt.has_settled);
  // A fifth of the dates can be exchanged to another date, half of these are: one in ten or more instead of one in fifty.
  CHECK(learnt.weights.m[birth][at(Rule::day_month)] > 60'000);
  CHECK(learnt.weights.m[place][at(Rule::differs)] > 350'000);
  CHECK(learnt.weights.m[given][at(Rule::same)] > before.m[given][at(Rule::same)]);
  CHECK(learnt.weights.in_registry < before.in_registry);
  CHECK(learnt.weights.in_registry > 780'000);
  options.threads = 3;
  CHECK(are_equal(learn(world.index, lessons, before, options).weights, learnt.weights));

  SUBCASE("without decisions the engine comes near by its own judgement") {
    auto const alone = learn(world.index, lessons_of(world.people, registered, false), before, options);
    CHECK(alone.decided == 0);
    CHECK(alone.weights.in_registry == before.in_registry);
    for (auto const& [part, rule] : {std::pair{birth, Rule::day_month}, std::pair{place, Rule::differs}}) {
      auto const known = learnt.weights.m[part][at(rule)];
      CHECK(alone.weights.m[part][at(rule)] > known * 8 / 10);
      CHECK(alone.weights.m[part][at(rule)] < known * 12 / 10);
    }
  }
  SUBCASE("what no lesson shows stays as it was") {
    CHECK(learnt.weights.m[given][at(Rule::other_script)] == before.m[given][at(Rule::other_script)]);
    CHECK(are_equal(learn(world.index, {}, before, options).weights, before));
    Lesson nothing;
    CHECK(are_equal(learn(world.index, std::span(&nothing, 1), before, options).weights, before));
  }
}

TEST_CASE("figures of answers: found, proposed, wrong, and whether the posterior is true") {
  std::vector<Judged> answers;
  for (int number = 0; number < 199; ++number) answers.push_back({true, 1, Band::proposed, false, 995'000, 20'000, 995'000});
  answers.push_back({true, 2, Band::proposed, true, 990'000, 19'000, 8'000});
  answers.push_back({true, 0, Band::not_found, false, 0, 0, 0});
  answers.push_back({false, 0, Band::to_review, false, 500'000, 5'000, 500'000});
  auto const measured = measured_of(answers);
  CHECK(measured.asked == 202);
  CHECK(measured.there == 201);
  CHECK(measured.first == 199);
  CHECK(measured.among_ten == 200);
  CHECK(measured.proposed == 200);
  CHECK(measured.proposed_wrongly == 1);
  CHECK(measured.truncated == 1);
  CHECK(measured.recall_at_99 == 199 * 1'000'000 / 201);
  CHECK(measured.reliability[10].answers == 200);
  CHECK(measured.reliability[10].right == 199);
  CHECK(measured.reliability[5].answers == 1);
  CHECK(measured.surprise > 0);
  auto worse = measured;
  ++worse.proposed_wrongly;
  CHECK(compare_measured(measured, measured) == Comparable::better_or_equal);
  CHECK(compare_measured(measured, worse) == Comparable::worse);
  CHECK(compare_measured(worse, measured) == Comparable::better_or_equal);
  worse = measured;
  worse.first -= 1;
  CHECK(compare_measured(measured, worse) == Comparable::better_or_equal);
  worse.first -= 1;
  CHECK(compare_measured(measured, worse) == Comparable::worse);
  worse = measured;
  worse.surprise += 1;
  CHECK(compare_measured(measured, worse) == Comparable::worse);
  worse = measured;
  worse.asked = fewest_to_compare - 1;
  CHECK(compare_measured(measured, worse) == Comparable::too_few);
  CHECK(measured_of({}).recall_at_99 == 0);
}

TEST_CASE("an answer is judged by who is meant") {
  Answer answer;
  answer.candidates.resize(2);
  answer.candidates[0].id = "1";
  answer.candidates[0].posterior_ppm = 700'000;
  answer.candidates[1].id = "2";
  answer.candidates[1].posterior_ppm = 200'000;
  CHECK(judged_of(answer, "2").rank == 2);
  CHECK(judged_of(answer, "2").given_to_truth == 200'000);
  CHECK(judged_of(answer, "3").rank == 0);
  CHECK(judged_of(answer, "3").given_to_truth == 0);
  CHECK(judged_of(answer, "").given_to_truth == 100'000);
  CHECK_FALSE(judged_of(answer, "").is_there);
}
