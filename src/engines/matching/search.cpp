#include "engines/matching/search.hpp"

#include <algorithm>
#include <array>

#include "engines/matching/bits.hpp"
#include "engines/matching/collect.hpp"
#include "engines/matching/text_form.hpp"

namespace rcms::matching {

namespace {

constexpr std::uint32_t kept_beyond_top = 50;
constexpr MilliBits far_behind = 10'000;         // so much below the best nobody changes anything
constexpr MilliBits below_nobody = 7'000;        // so much below "nobody of the registry" the posterior is under a hundredth
constexpr std::size_t compared_anyway = 400;     // whatever they can reach, for the list that a person reads

struct Kept {
  MilliBits score = 0;
  std::uint32_t position = 0;
};

bool is_better(Kept const& left, Kept const& right) {
  return left.score != right.score ? left.score > right.score : left.position < right.position;
}

}  // namespace

struct Searcher::Room {
  explicit Room(Index const& index) : memory(index) {}
  CollectorMemory collected;
  std::vector<Kept> kept;
  ComparerMemory memory;
  NameMemory names;
};

Searcher::Searcher(Index const& index, Weights const& weights)
    : index_(index), weights_(weights), bits_(bits_of(weights)), room_(std::make_unique<Room>(index)) {}
Searcher::~Searcher() = default;
Searcher::Searcher(Searcher&&) noexcept = default;

namespace {

/// The reasons that say something, counter-evidence first, then the strongest.
std::vector<Reason> told(Comparison const& comparison) {
  std::vector<Reason> reasons;
  for (auto const& reason : comparison.reasons)
    if (reason.rule != Rule::not_compared) reasons.push_back(reason);
  std::stable_sort(reasons.begin(), reasons.end(), [](Reason const& left, Reason const& right) {
    bool const left_against = left.bits < 0;
    bool const right_against = right.bits < 0;
    if (left_against != right_against) return left_against;
    return left_against ? left.bits < right.bits : left.bits > right.bits;
  });
  return reasons;
}

bool is_empty(Asked const& asked) {
  return asked.names.empty() && asked.document == 0 && asked.birth.precision == Precision::unknown;
}

}  // namespace

MilliBits score_of(Comparison const& comparison, Weights const& weights, std::uint64_t persons) {
  // The likelihood of a relative who is there, beside that of somebody unrelated.
  auto const relative = comparison.random_bits - comparison.relative_bits +
                        log2_ratio(std::max<std::uint64_t>(weights.relatives, 1), std::max<std::uint64_t>(persons, 1));
  return comparison.random_bits - log2_sum(0, relative);
}

MilliBits nobody_bits(Weights const& weights, std::uint64_t persons) {
  return log2_ratio(std::max<std::uint64_t>(persons, 1), 1) +
         log2_ratio(std::max<std::uint64_t>(1'000'000 - weights.in_registry, 1), std::max<Ppm>(weights.in_registry, 1));
}

void judge(Answer& answer, std::vector<MilliBits> const& others, Weights const& weights, std::uint64_t persons) {
  if (answer.candidates.empty()) return;
  auto const best = answer.candidates.front().score;
  auto const nobody = nobody_bits(weights, persons);
  auto const highest = std::max(best, nobody);
  std::uint64_t sum = exp2_q32(nobody - highest);
  for (auto const& candidate : answer.candidates) sum += exp2_q32(candidate.score - highest);
  for (auto const score : others) sum += exp2_q32(score - highest);
  auto const second = answer.candidates.size() > 1 ? answer.candidates[1].score : std::min(best, 0);
  answer.margin = best - second;
  for (auto& candidate : answer.candidates) {
    candidate.posterior_ppm = static_cast<std::uint32_t>(exp2_q32(candidate.score - highest) * 1'000'000 / sum);
    candidate.band = candidate.posterior_ppm >= weights.review_from ? Band::to_review : Band::not_found;
  }
  auto& first = answer.candidates.front();
  if (first.posterior_ppm >= weights.proposed_from && answer.margin >= weights.margin && !first.may_be_relative)
    first.band = Band::proposed;
  answer.band = first.band;
}

/// One question while it is answered.
struct Searcher::Round {
  Round(Index const& of_index, Asked const& asked, WeightBits const& bits, Weights const& of_weights, Room& of_room,
        SearchOptions const& of_options)
      : index(of_index),
        weights(of_weights),
        room(of_room),
        options(of_options),
        collector(of_index, asked, bits, of_room.collected, {of_options.most_variants, of_options.most_read}),
        comparer(of_index, asked, bits, of_room.memory),
        floor(nobody_bits(of_weights, of_index.persons()) - below_nobody) {
    room.kept.clear();
  }

  /// What somebody must be able to reach to be worth reading.
  MilliBits wanted() const {
    return options.everybody_from_least ? options.least : std::max(best - far_behind, options.least);
  }
  void read_and_compare();
  void compare_found();
  void compare_group(FoundGroup const& group);
  Answer tell(Searcher& searcher) {
    auto answer = searcher.tell(comparer, options.top);
    answer.truncated = is_truncated;
    answer.looked_at = static_cast<std::uint32_t>(compared);
    answer.tried = collector.tried();
    return answer;
  }

  Index const& index;
  Weights const& weights;
  Room& room;
  SearchOptions const& options;
  Collector collector;
  Comparer comparer;
  MilliBits const floor;
  MilliBits best = -1'000'000;
  std::size_t compared = 0;
  bool is_truncated = false;
};

void Searcher::Round::compare_group(FoundGroup const& group) {
  auto const numbers = std::span(collector.grouped()).subspan(group.first, group.count);
  auto const keep = options.top + kept_beyond_top;
  Comparison comparison;
  // The same for the whole group, so that the order of the registry changes nothing.
  auto const least = compared > compared_anyway ? std::max(wanted(), floor) : wanted();
  auto const soon = [&](std::size_t at) { return collector.found(numbers[std::min(at, numbers.size() - 1)]).position; };
  for (std::size_t at = 0; at < std::min<std::size_t>(12, numbers.size()); ++at) index.prefetch_record(soon(at));
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    if (compared >= options.most_compared) {
      is_truncated = true;
      return;
    }
    // OPTIMIZATION: a person is asked of memory in three steps while those before are compared.
    index.prefetch_record(soon(at + 12));
    index.prefetch_starts(soon(at + 8));
    index.prefetch_names(soon(at + 4));
    auto& found = collector.found(numbers[at]);
    found.is_compared = true;
    if (found.position == options.except) continue;
    ++compared;
    if (!comparer.compare(found.position, comparison, least, group.rest)) continue;
    auto const score = score_of(comparison, weights, index.persons());
    best = std::max(best, score);
    if (score < options.least) continue;
    room.kept.push_back({score, found.position});
    if (room.kept.size() < std::size_t{keep} * 4) continue;
    std::nth_element(room.kept.begin(), room.kept.begin() + keep, room.kept.end(), is_better);
    room.kept.resize(keep);
  }
}

/// Whole groups, so that the order of the registry changes nothing.
void Searcher::Round::compare_found() {
  for (auto const& group : collector.groups()) {
    if (group.most < wanted()) return;
    if (group.most < floor && compared + group.count > compared_anyway) return;
    compare_group(group);
    if (is_truncated) return;
  }
}

void Searcher::Round::read_and_compare() {
  for (bool has_more = true; has_more && !is_truncated;) {
    has_more = collector.read_more();
    compare_found();
    auto const most = collector.most_unread();
    bool const is_wanted = most >= wanted() && most >= floor;
    if (collector.is_exhausted() && is_wanted) is_truncated = true;
    if (!is_wanted) break;
  }
  // So many with what was asked that none of them can be told from the others.
  if (compared == 0 && collector.has_somebody()) is_truncated = true;
}

Result<Answer> Searcher::search(Query const& query, SearchOptions const& options) {
  auto prepared = prepare(index_, query, room_->names);
  if (!prepared) return tl::unexpected(prepared.error());
  auto const& asked = *prepared;
  if (is_empty(asked)) return refuse(Why::field_missing, "query", "give at least a name, a birth date or a number of a document");
  Round round(index_, asked, bits_, weights_, *room_, options);
  if (options.scan_all || index_.persons() <= options.scan_up_to) {
    round.collector.add_everybody();
    round.compare_found();
    return round.tell(*this);
  }
  round.read_and_compare();
  auto answer = round.tell(*this);
  // Only those who are not sure yet wait for the rest.
  bool const has_somebody = !answer.candidates.empty() && answer.candidates.front().posterior_ppm >= weights_.review_from;
  if (answer.truncated || (has_somebody && index_.persons() > options.scan_when_unsure_up_to)) return answer;
  if (answer.band == Band::proposed) return answer;
  round.collector.widen();
  round.read_and_compare();
  answer = round.tell(*this);
  if (answer.band == Band::proposed || index_.persons() > options.scan_when_unsure_up_to) return answer;
  round.collector.add_everybody();
  round.compare_found();
  return round.tell(*this);
}

/// The answer of those that were kept so far.
Answer Searcher::tell(Comparer& comparer, std::uint32_t top) {
  Answer answer;
  auto& kept = room_->kept;
  std::sort(kept.begin(), kept.end(), is_better);
  Comparison comparison;
  std::vector<MilliBits> others;
  for (auto const& one : kept) {
    if (answer.candidates.size() >= top) {
      others.push_back(one.score);
      continue;
    }
    comparer.compare(one.position, comparison);
    Candidate candidate;
    candidate.id = index_.id(one.position);
    candidate.position = one.position;
    candidate.score = one.score;
    candidate.random_bits = comparison.random_bits;
    candidate.relative_bits = comparison.relative_bits;
    candidate.may_be_relative = comparison.relative_bits < 0 && comparison.random_bits > 0;
    candidate.reasons = told(comparison);
    answer.candidates.push_back(std::move(candidate));
  }
  // Equal scores in an order that does not depend on the order of the registry.
  std::stable_sort(answer.candidates.begin(), answer.candidates.end(), [](Candidate const& left, Candidate const& right) {
    return left.score != right.score ? left.score > right.score : left.id < right.id;
  });
  judge(answer, others, weights_, index_.persons());
  return answer;
}

}  // namespace rcms::matching
