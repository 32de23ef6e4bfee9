#include "engines/matching/search.hpp"

#include <algorithm>
#include <array>

#include "engines/matching/bits.hpp"
#include "engines/matching/text_form.hpp"

namespace rcms::matching {

namespace {

constexpr int most_cost = 20;            // two names one letter apart each, or one two letters apart
constexpr int most_cost_near_year = 10;  // when the year is not the one that was given
constexpr std::size_t looked_up_together = 64;
constexpr std::uint32_t kept_beyond_top = 50;

struct Kept {
  MilliBits score = 0;
  std::uint32_t position = 0;
};

bool is_better(Kept const& left, Kept const& right) {
  return left.score != right.score ? left.score > right.score : left.position < right.position;
}

/// Positions that were seen in this question; emptied by counting up.
class SeenSet {
 public:
  void begin() {
    if (++round_ == 0) {
      std::fill(slots_.begin(), slots_.end(), Slot{});
      round_ = 1;
    }
    count_ = 0;
  }
  bool insert(std::uint32_t position) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    auto& slot = find(slots_, position);
    if (slot.round == round_) return false;
    slot = {position, round_};
    ++count_;
    return true;
  }

 private:
  struct Slot {
    std::uint32_t position = 0;
    std::uint32_t round = 0;
  };
  Slot& find(std::vector<Slot>& slots, std::uint32_t position) const {
    auto at = (position * 0x9E3779B1U) & (slots.size() - 1);
    while (slots[at].round == round_ && slots[at].position != position) at = (at + 1) & (slots.size() - 1);
    return slots[at];
  }
  void grow() {
    std::vector<Slot> bigger(slots_.size() * 2);
    for (auto const& slot : slots_)
      if (slot.round == round_) find(bigger, slot.position) = slot;
    slots_ = std::move(bigger);
  }
  std::vector<Slot> slots_ = std::vector<Slot>(4096);
  std::uint32_t round_ = 0;
  std::size_t count_ = 0;
};

using Variants = std::span<Variant const>;

Variants variants_of(AskedName const& name) { return {name.variants.data(), name.variants_count}; }
Variants exact(Variants variants) { return variants.first(std::min<std::size_t>(variants.size(), 1)); }

}  // namespace

struct Searcher::Room {
  explicit Room(Index const& index) : memory(index) {}
  SeenSet seen;
  std::vector<std::uint32_t> positions;
  std::vector<Kept> kept;
  ComparerMemory memory;
};

Searcher::Searcher(Index const& index, Weights const& weights)
    : index_(index), weights_(weights), bits_(bits_of(weights)), room_(std::make_unique<Room>(index)) {}
Searcher::~Searcher() = default;

namespace {

/// Collects who comes into question, key by key.
class Collector {
 public:
  Collector(Index const& index, Asked const& asked, SeenSet& seen, std::vector<std::uint32_t>& positions, std::uint32_t most)
      : index_(index), asked_(asked), seen_(seen), positions_(positions), most_(most) {}

  void collect();
  /// Who is further away: another year, the names exchanged, more than one name misspelt.
  void widen();
  void add_everybody();
  bool is_truncated() const { return truncated_; }
  std::vector<std::string> const& tried() const { return tried_; }

 private:
  struct Lookup {
    Key key = Key::document;
    std::uint64_t hash = 0;
  };
  void look(Key key, std::uint64_t hash) {
    // OPTIMIZATION: memory is asked for many buckets at once; one after the other each would wait for the one before.
    index_.prefetch_bucket(key, hash);
    lookups_[waiting_++] = {key, hash};
    if (waiting_ == lookups_.size()) flush();
  }
  void flush() {
    for (std::size_t at = 0; at < waiting_; ++at) index_.prefetch_entries(lookups_[at].key, lookups_[at].hash);
    for (std::size_t at = 0; at < waiting_; ++at) take(lookups_[at].key, lookups_[at].hash);
    waiting_ = 0;
  }
  void take(Key key, std::uint64_t hash) {
    auto const mark = index_.mark_of(hash);
    for (auto const entry : index_.entries(key, hash)) {
      if (!index_.is_marked(entry, mark)) continue;
      auto const position = index_.position_of(entry);
      if (position >= index_.persons() || !seen_.insert(position)) continue;
      if (positions_.size() >= most_) {
        truncated_ = true;
        return;
      }
      positions_.push_back(position);
    }
  }
  /// Each pair of variants that is not too far from what was asked.
  template <class Each>
  static void pairs(Variants left, Variants right, int most, Each each) {
    for (auto const& one : left) {
      if (one.cost > most) break;
      for (auto const& other : right) {
        if (one.cost + other.cost > most) break;
        each(one.hash, other.hash);
      }
    }
  }
  void begin(Key key) { tried_.emplace_back(name_of(key)); }
  Variants given(std::size_t number) const {
    return number < asked_.given.count ? variants_of(asked_.names[asked_.given.first + number]) : Variants{};
  }
  Variants surname(std::size_t number) const {
    return number < asked_.surnames.count ? variants_of(asked_.names[asked_.surnames.first + number]) : Variants{};
  }
  Variants first_of(Asked::Range range) const { return range.count == 0 ? Variants{} : variants_of(asked_.names[range.first]); }

  void by_document();
  void by_dates();
  void by_names();
  void by_year();
  void by_parents();
  std::vector<int> years() const;
  std::vector<std::uint16_t> dates() const;

  Index const& index_;
  Asked const& asked_;
  SeenSet& seen_;
  std::vector<std::uint32_t>& positions_;
  std::uint32_t most_;
  bool truncated_ = false;
  std::vector<std::string> tried_;
  std::array<Lookup, looked_up_together> lookups_{};
  std::size_t waiting_ = 0;
};

std::vector<std::uint16_t> Collector::dates() const {
  std::vector<std::uint16_t> days;
  if (asked_.birth.precision != Precision::day) return days;
  days.push_back(asked_.birth.days);
  if (auto const exchanged = days_of(asked_.birth.year(), asked_.birth.day(), asked_.birth.month());
      exchanged && *exchanged != days[0])
    days.push_back(*exchanged);
  return days;
}

/// The years in which the person may be born: all, when it is not known.
std::vector<int> Collector::years() const {
  std::vector<int> years;
  if (asked_.birth.precision == Precision::unknown) {
    for (int year = first_year; year < first_year + years_count; ++year)
      if (index_.year_counts(year).persons > 0) years.push_back(year);
    return years;
  }
  int const year = asked_.birth.year();
  for (int const off : {0, 1, -1, 2, -2, 10, -10})
    if (year + off >= first_year && year + off < first_year + years_count) years.push_back(year + off);
  return years;
}

void Collector::by_document() {
  if (asked_.document == 0) return;
  begin(Key::document);
  look(Key::document, key_hash(Key::document, asked_.document, 0));
  auto const& text = asked_.document_text;
  if (text.size() < 6) return;
  // One digit wrong, or two neighbours exchanged.
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto other = text;
    bool const is_digit = text[at] >= '0' && text[at] <= '9';
    for (char c = is_digit ? '0' : 'A'; c <= (is_digit ? '9' : 'Z'); ++c) {
      if (c == text[at]) continue;
      other[at] = c;
      look(Key::document, key_hash(Key::document, packed(other), 0));
    }
    other = text;
    if (at + 1 == text.size() || text[at] == text[at + 1]) continue;
    std::swap(other[at], other[at + 1]);
    look(Key::document, key_hash(Key::document, packed(other), 0));
  }
}

void Collector::by_dates() {
  auto const days = dates();
  if (days.empty()) return;
  begin(Key::surname_date);
  for (auto const day : days) {
    for (std::size_t number = 0; number < 2; ++number)
      for (auto const& one : surname(number)) look(Key::surname_date, key_hash(Key::surname_date, one.hash, day));
    // The given name stands where the surname should.
    for (auto const& one : exact(given(0))) look(Key::surname_date, key_hash(Key::surname_date, one.hash, day));
  }
  begin(Key::given_date);
  for (auto const day : days)
    for (std::size_t number = 0; number < 3; ++number)
      for (auto const& one : given(number)) look(Key::given_date, key_hash(Key::given_date, one.hash, day));
}

void Collector::by_names() {
  if (asked_.surnames.count == 2) {
    begin(Key::surnames_given);
    for (auto const& first : surname(0)) {
      for (auto const& second : surname(1)) {
        if (first.cost + second.cost > most_cost) break;
        auto const pair = pair_hash(first.hash, second.hash);
        for (std::size_t number = 0; number < 3; ++number) {
          for (auto const& one : given(number)) {
            if (first.cost + second.cost + one.cost > most_cost) break;
            look(Key::surnames_given, key_hash(Key::surnames_given, pair, one.hash));
          }
        }
      }
    }
  }
  if (asked_.given.count >= 2) {
    begin(Key::givens_surname);
    for (std::size_t number = 0; number < 2; ++number)
      for (auto const& one : surname(number))
        pairs(given(0), given(1), most_cost - one.cost, [&](std::uint64_t left, std::uint64_t right) {
          look(Key::givens_surname, key_hash(Key::givens_surname, pair_hash(left, right), one.hash));
        });
  }
  if (!asked_.place.empty()) {
    begin(Key::given_surname_place);
    auto const place = hash_of(asked_.place, sound_seed);
    for (std::size_t number = 0; number < 2; ++number)
      pairs(given(number), surname(0), most_cost, [&](std::uint64_t one, std::uint64_t other) {
        look(Key::given_surname_place, key_hash(Key::given_surname_place, one, other, place));
      });
  }
}

void Collector::by_year() {
  auto const all = years();
  bool const is_known = asked_.birth.precision != Precision::unknown;
  // Far from the year that was given, or without one, only the names as they are.
  auto const most_cost_of = [&](std::size_t at) { return !is_known || at > 2 ? 0 : at == 0 ? most_cost : most_cost_near_year; };
  if (asked_.surnames.count == 2) {
    begin(Key::surnames_year);
    for (std::size_t at = 0; at < all.size(); ++at) {
      auto const year = static_cast<std::uint64_t>(all[at]);
      // Far from the year that was given, or without one, only the names as they are.
      pairs(surname(0), surname(1), most_cost_of(at), [&](std::uint64_t one, std::uint64_t other) {
              look(Key::surnames_year, key_hash(Key::surnames_year, pair_hash(one, other), year));
            });
    }
  }
  begin(Key::given_surname_year);
  for (std::size_t at = 0; at < all.size() && !truncated_; ++at) {
    auto const year = static_cast<std::uint64_t>(all[at]);
    for (std::size_t of_given = 0; of_given < 2; ++of_given) {
      for (std::size_t of_surname = 0; of_surname < 2; ++of_surname)
        pairs(given(of_given), surname(of_surname), most_cost_of(at), [&](std::uint64_t one, std::uint64_t other) {
                look(Key::given_surname_year, key_hash(Key::given_surname_year, one, other, year));
              });
    }
    // Exchanged: the surname stands first.
    pairs(exact(surname(0)), exact(given(0)), most_cost, [&](std::uint64_t one, std::uint64_t other) {
      look(Key::given_surname_year, key_hash(Key::given_surname_year, one, other, year));
    });
  }
}

void Collector::by_parents() {
  auto const look_parent = [&](Key key, Asked::Range name, Asked::Range surnames) {
    if (name.count == 0 || surnames.count == 0) return;
    begin(key);
    for (std::size_t number = 0; number < 2; ++number)
      for (auto const& one : given(number))
        pairs(first_of(name), first_of(surnames), most_cost - one.cost,
              [&](std::uint64_t parent, std::uint64_t surname_of_parent) {
                if (one.cost <= 10) look(key, key_hash(key, parent, surname_of_parent, one.hash));
              });
  };
  look_parent(Key::mother, asked_.mother_given, asked_.mother_surnames);
  look_parent(Key::father, asked_.father_given, asked_.father_surnames);
}

void Collector::collect() {
  by_document();
  by_dates();
  by_names();
  by_parents();
  by_year();
  flush();
}

void Collector::widen() {
  constexpr int most_cost_of_any_year = 10;
  constexpr std::uint64_t most_namesakes = 100;
  begin(Key::given_surname_year);
  auto const look_years = [&](Variants givens, Variants surnames) {
    for (auto const& one : givens) {
      for (auto const& other : surnames) {
        if (one.cost + other.cost > most_cost_of_any_year) break;
        // Of many namesakes none can be told apart without a date.
        if (std::uint64_t{one.counts.given} * other.counts.surname / std::max(index_.persons(), 1U) > most_namesakes) continue;
        for (int year = first_year; year < first_year + years_count; ++year) {
          if (index_.year_counts(year).persons == 0) continue;
          look(Key::given_surname_year,
               key_hash(Key::given_surname_year, one.hash, other.hash, static_cast<std::uint64_t>(year)));
        }
      }
    }
  };
  for (std::size_t of_given = 0; of_given < 2; ++of_given)
    for (std::size_t of_surname = 0; of_surname < 2; ++of_surname) look_years(given(of_given), surname(of_surname));
  look_years(surname(0), given(0));
  if (!asked_.place.empty()) {
    begin(Key::given_surname_place);
    pairs(surname(0), given(0), most_cost, [&](std::uint64_t one, std::uint64_t other) {
      look(Key::given_surname_place, key_hash(Key::given_surname_place, one, other, hash_of(asked_.place, sound_seed)));
    });
  }
  flush();
}

void Collector::add_everybody() {
  tried_.emplace_back("everybody");
  for (std::uint32_t position = 0; position < index_.persons(); ++position)
    if (seen_.insert(position)) positions_.push_back(position);
}

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

void judge(Answer& answer, std::vector<MilliBits> const& others, Weights const& weights, std::uint64_t persons) {
  if (answer.candidates.empty()) return;
  auto const best = answer.candidates.front().score;
  auto const nobody =
      log2_ratio(std::max<std::uint64_t>(persons, 1), 1) +
      log2_ratio(std::max<std::uint64_t>(1'000'000 - weights.in_registry, 1), std::max<Ppm>(weights.in_registry, 1));
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

Result<Answer> Searcher::search(Query const& query, SearchOptions const& options) {
  auto prepared = prepare(index_, query);
  if (!prepared) return tl::unexpected(prepared.error());
  auto const& asked = *prepared;
  if (is_empty(asked)) return refuse(Why::field_missing, "query", "give at least a name, a birth date or a number of a document");
  auto& room = *room_;
  room.positions.clear();
  room.seen.begin();
  room.kept.clear();
  Collector collector(index_, asked, room.seen, room.positions, options.most_compared);
  Comparer comparer(index_, asked, bits_, room.memory);
  std::size_t compared = 0;
  auto const keep = options.top + kept_beyond_top;
  auto const compare_new = [&] {
    Comparison comparison;
    auto const soon = [&](std::size_t ahead) {
      return room.positions[std::min(compared + ahead, room.positions.size() - 1)];
    };
    for (; compared < room.positions.size(); ++compared) {
      // OPTIMIZATION: a person is asked of memory in three steps while those before are compared.
      index_.prefetch_record(soon(12));
      index_.prefetch_starts(soon(8));
      index_.prefetch_names(soon(4));
      comparer.compare(room.positions[compared], comparison);
      room.kept.push_back({score_of(comparison, weights_, index_.persons()), room.positions[compared]});
      if (room.kept.size() < std::size_t{keep} * 4) continue;
      std::nth_element(room.kept.begin(), room.kept.begin() + keep, room.kept.end(), is_better);
      room.kept.resize(keep);
    }
    auto answer = tell(comparer, options.top);
    answer.truncated = collector.is_truncated();
    answer.looked_at = static_cast<std::uint32_t>(compared);
    answer.tried = collector.tried();
    return answer;
  };
  if (options.scan_all || index_.persons() <= options.scan_up_to) {
    collector.add_everybody();
    return compare_new();
  }
  collector.collect();
  auto answer = compare_new();
  // Only those who are not sure yet wait for the rest.
  bool const has_somebody = !answer.candidates.empty() && answer.candidates.front().posterior_ppm >= weights_.review_from;
  if (answer.truncated || (has_somebody && index_.persons() > options.scan_when_unsure_up_to)) return answer;
  if (answer.band == Band::proposed) return answer;
  collector.widen();
  answer = compare_new();
  if (answer.band == Band::proposed || index_.persons() > options.scan_when_unsure_up_to) return answer;
  collector.add_everybody();
  return compare_new();
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
