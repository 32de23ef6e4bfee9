#include "engines/matching/learn.hpp"

#include <algorithm>

#include "engines/matching/bits.hpp"
#include "engines/matching/for_all.hpp"

namespace rcms::matching {

namespace {

constexpr std::uint64_t million = 1'000'000;
constexpr std::uint64_t thousand = 1'000;
constexpr std::uint32_t most_candidates = 20;

std::size_t index_of(Part part) { return static_cast<std::size_t>(part); }
std::size_t index_of(Rule rule) { return static_cast<std::size_t>(rule); }

/// Two rules weigh only where they can fire: names in two scripts, a date that is estimated or not whole.
bool is_conditional(Rule rule) { return rule == Rule::other_script || rule == Rule::estimated; }

/// Sums of what was seen, in parts of a million; apart where a conditional rule could have fired.
struct Tally {
  using Counts = std::array<std::array<std::uint64_t, rules_count>, parts_count>;
  std::array<Counts, 2> same{}, relative{};  ///< ordinary, conditional
  std::uint64_t comparisons = 0;
  std::uint64_t decided = 0, decided_there = 0;

  void add(Tally const& other) {
    for (std::size_t where = 0; where < 2; ++where) {
      for (std::size_t part = 0; part < parts_count; ++part) {
        for (std::size_t rule = 0; rule < rules_count; ++rule) {
          same[where][part][rule] += other.same[where][part][rule];
          relative[where][part][rule] += other.relative[where][part][rule];
        }
      }
    }
    comparisons += other.comparisons;
    decided += other.decided;
    decided_there += other.decided_there;
  }
};

/// A lesson with those who come into question for it.
struct Prepared {
  std::vector<std::uint32_t> positions;
  bool is_asked = false;
};

struct Room {
  explicit Room(Index const& index) : memory(index) {}
  NameMemory names;
  ComparerMemory memory;
  Tally tally;
  std::vector<Comparison> comparisons;
  std::vector<MilliBits> scores;
};

/// Names in two scripts, one of them without vowels.
bool are_two_scripts(Index const& index, Asked const& asked, Asked::Range range, std::uint32_t field) {
  auto const tokens = index.tokens(field);
  if (range.count == 0 || tokens.empty()) return false;
  return asked.names[range.first].is_unvowelled != (index.token_facts(tokens[0]).is_unvowelled != 0);
}

class Learner {
 public:
  Learner(Index const& index, std::span<Lesson const> lessons, Weights const& before, LearnOptions const& options)
      : index_(index), lessons_(lessons), before_(before), options_(options), prepared_(lessons.size()) {}

  Learnt run();

 private:
  void find_candidates();
  Tally observe(Weights const& weights);
  void observe(Room& room, std::size_t number, Weights const& weights, WeightBits const& bits) const;
  void count(Room& room, Asked const& asked, std::uint32_t position, Comparison const& comparison, Ppm same,
             std::uint64_t relative) const;
  bool may_be_conditional(Part part, Asked const& asked, Record const& record) const;
  void update(std::array<Ppm, rules_count>& weights, std::array<Ppm, rules_count> const& before,
              std::array<std::uint64_t, rules_count> const& ordinary,
              std::array<std::uint64_t, rules_count> const& conditional) const;
  Weights maximise(Tally const& tally) const;
  void tell(std::string_view step, std::uint64_t done, std::uint64_t of) const {
    if (options_.progress) options_.progress(step, done, of);
  }

  Index const& index_;
  std::span<Lesson const> const lessons_;
  Weights const& before_;
  LearnOptions const& options_;
  std::vector<Prepared> prepared_;
};

/// Once, with the weights before: who is similar does not depend much on what a similarity weighs.
void Learner::find_candidates() {
  std::vector<Searcher> searchers;
  for (unsigned number = 0; number < threads_of(options_.threads); ++number) searchers.emplace_back(index_, before_);
  constexpr std::size_t told_each = 4'096;
  for (std::size_t begin = 0; begin < lessons_.size(); begin += told_each) {
    auto const end = std::min(lessons_.size(), begin + told_each);
    for_all(searchers, begin, end, [&](Searcher& searcher, std::size_t number) {
      auto const& lesson = lessons_[number];
      SearchOptions how;
      how.top = most_candidates;
      how.except = lesson.except;
      auto const answer = searcher.search(lesson.query, how);
      if (!answer) return;
      auto& prepared = prepared_[number];
      prepared.is_asked = true;
      for (auto const& candidate : answer->candidates) prepared.positions.push_back(candidate.position);
      // Whom the search did not find teaches most.
      if (!lesson.is_decided || lesson.person == no_number) return;
      if (std::find(prepared.positions.begin(), prepared.positions.end(), lesson.person) == prepared.positions.end())
        prepared.positions.push_back(lesson.person);
    });
    tell("candidates", end, lessons_.size());
  }
}

bool Learner::may_be_conditional(Part part, Asked const& asked, Record const& record) const {
  switch (part) {
    case Part::given: return are_two_scripts(index_, asked, asked.given, record.given);
    case Part::surname1: case Part::surname2: return are_two_scripts(index_, asked, asked.surnames, record.surname1);
    case Part::father_given: return are_two_scripts(index_, asked, asked.father_given, record.father_given);
    case Part::father_surnames: return are_two_scripts(index_, asked, asked.father_surnames, record.father_surnames);
    case Part::mother_given: return are_two_scripts(index_, asked, asked.mother_given, record.mother_given);
    case Part::mother_surnames: return are_two_scripts(index_, asked, asked.mother_surnames, record.mother_surnames);
    case Part::birth: {
      auto const is_estimated = [](Precision precision, Birth::Parts const& parts) {
        return precision != Precision::day || (parts.month == 1 && parts.day == 1);
      };
      return is_estimated(asked.birth.precision, asked.birth_parts) ||
             is_estimated(record.birth_precision, record.birth().parts());
    }
    case Part::sex: case Part::place: case Part::document: break;
  }
  return false;
}

void Learner::count(Room& room, Asked const& asked, std::uint32_t position, Comparison const& comparison, Ppm same,
                    std::uint64_t relative) const {
  auto const& record = index_.record(position);
  ++room.tally.comparisons;
  for (auto const& reason : comparison.reasons) {
    if (reason.rule == Rule::not_compared || reason.rule == Rule::already_counted) continue;
    // The same date to the day is as good as any other, though it be 1 January.
    bool const conditional = reason.rule != Rule::same && may_be_conditional(reason.part, asked, record);
    auto const where = conditional ? 1U : 0U;
    room.tally.same[where][index_of(reason.part)][index_of(reason.rule)] += same;
    room.tally.relative[where][index_of(reason.part)][index_of(reason.rule)] += relative;
  }
}

void Learner::observe(Room& room, std::size_t number, Weights const& weights, WeightBits const& bits) const {
  auto const& lesson = lessons_[number];
  auto const& positions = prepared_[number].positions;
  auto const asked = prepare(index_, lesson.query, room.names);
  if (!asked) return;
  room.comparisons.resize(positions.size());
  room.scores.resize(positions.size());
  Comparer comparer(index_, *asked, bits, room.memory);
  for (std::size_t one = 0; one < positions.size(); ++one) {
    comparer.compare(positions[one], room.comparisons[one]);
    room.scores[one] = score_of(room.comparisons[one], weights, index_.persons());
  }
  auto of_rows = weights;
  if (lesson.except != no_number) of_rows.in_registry = options_.has_another;
  auto highest = nobody_bits(of_rows, index_.persons());
  auto const nobody = highest;
  for (auto const score : room.scores) highest = std::max(highest, score);
  auto sum = exp2_q32(nobody - highest);
  for (auto const score : room.scores) sum += exp2_q32(score - highest);
  room.tally.decided += lesson.is_decided ? 1U : 0U;
  room.tally.decided_there += lesson.is_decided && lesson.person != no_number ? 1U : 0U;
  auto const rarity = log2_ratio(std::max<std::uint64_t>(weights.relatives, 1), std::max<std::uint64_t>(index_.persons(), 1));
  for (std::size_t one = 0; one < positions.size(); ++one) {
    auto const& comparison = room.comparisons[one];
    Ppm same = static_cast<Ppm>(exp2_q32(room.scores[one] - highest) * million / sum);
    if (lesson.is_decided) same = positions[one] == lesson.person ? million : 0;
    // Who is not the person is a relative or has nothing to do with them.
    auto const relative = comparison.random_bits - comparison.relative_bits + rarity;
    auto const more = std::max(relative, 0);
    auto const as_relative = exp2_q32(relative - more) * million / (exp2_q32(relative - more) + exp2_q32(-more));
    count(room, *asked, positions[one], comparison, same, (million - same) * as_relative / million);
  }
}

Tally Learner::observe(Weights const& weights) {
  auto const bits = bits_of(weights);
  std::vector<Room> rooms;
  for (unsigned number = 0; number < threads_of(options_.threads); ++number) rooms.emplace_back(index_);
  for_all(rooms, 0, lessons_.size(), [&](Room& room, std::size_t number) {
    if (prepared_[number].is_asked) observe(room, number, weights, bits);
  });
  Tally all;
  for (auto const& room : rooms) all.add(room.tally);
  return all;
}

/// Each rule by how often it fired, the weights before counting as `held_fast` comparisons.
void Learner::update(std::array<Ppm, rules_count>& weights, std::array<Ppm, rules_count> const& before,
                     std::array<std::uint64_t, rules_count> const& ordinary,
                     std::array<std::uint64_t, rules_count> const& conditional) const {
  auto const held = std::uint64_t{options_.held_fast} * thousand;
  auto const sum = [](std::array<std::uint64_t, rules_count> const& counts) {
    std::uint64_t all = 0;
    for (auto const count : counts) all += count / thousand;
    return all;
  };
  auto const all_ordinary = sum(ordinary);
  auto const all_conditional = sum(conditional);
  for (std::size_t rule = 0; rule < rules_count; ++rule) {
    if (before[rule] == 0) continue;
    bool const only_there = is_conditional(static_cast<Rule>(rule));
    auto const count = (only_there ? conditional[rule] : ordinary[rule]) / thousand;
    auto const all = only_there ? all_conditional : all_ordinary;
    weights[rule] =
        static_cast<Ppm>(std::clamp<std::uint64_t>((count * million + held * before[rule]) / (all + held), 1, million));
  }
}

Weights Learner::maximise(Tally const& tally) const {
  auto weights = before_;
  for (std::size_t part = 0; part < parts_count; ++part) {
    update(weights.m[part], before_.m[part], tally.same[0][part], tally.same[1][part]);
    update(weights.relative[part], before_.relative[part], tally.relative[0][part], tally.relative[1][part]);
  }
  auto const held = std::uint64_t{options_.held_fast};
  weights.in_registry = static_cast<Ppm>(std::clamp<std::uint64_t>(
      (tally.decided_there * million + held * before_.in_registry) / (tally.decided + held), 1'000, 999'000));
  return weights;
}

/// The most by which a weight of one differs from that of the other.
Ppm apart(Weights const& left, Weights const& right) {
  Ppm most = 0;
  auto const see = [&](Ppm one, Ppm other) { most = std::max(most, one > other ? one - other : other - one); };
  for (std::size_t part = 0; part < parts_count; ++part) {
    for (std::size_t rule = 0; rule < rules_count; ++rule) {
      see(left.m[part][rule], right.m[part][rule]);
      see(left.relative[part][rule], right.relative[part][rule]);
    }
  }
  return most;
}

Learnt Learner::run() {
  Learnt learnt;
  learnt.weights = before_;
  find_candidates();
  for (auto const& one : prepared_) learnt.lessons += one.is_asked ? 1U : 0U;
  while (learnt.rounds < options_.most_rounds && !learnt.has_settled && learnt.lessons > 0) {
    auto const tally = observe(learnt.weights);
    auto const next = maximise(tally);
    learnt.has_settled = apart(next, learnt.weights) <= options_.settled;
    learnt.weights = next;
    learnt.comparisons = tally.comparisons;
    learnt.decided = tally.decided;
    for (std::size_t part = 0; part < parts_count; ++part)
      for (std::size_t rule = 0; rule < rules_count; ++rule)
        learnt.seen[part][rule] = {(tally.same[0][part][rule] + tally.same[1][part][rule]) / thousand,
                                   (tally.relative[0][part][rule] + tally.relative[1][part][rule]) / thousand};
    tell("rounds", ++learnt.rounds, options_.most_rounds);
  }
  return learnt;
}

}  // namespace

Learnt learn(Index const& index, std::span<Lesson const> lessons, Weights const& before, LearnOptions const& options) {
  return Learner(index, lessons, before, options).run();
}

}  // namespace rcms::matching
