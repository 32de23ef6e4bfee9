#include "app/cli_learning.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli_index_parts.hpp"
#include "app/cli_parts.hpp"
#include "capabilities/registry/generated.hpp"
#include "capabilities/registry/weights_file.hpp"
#include "engines/matching/duplicates.hpp"
#include "engines/matching/for_all.hpp"
#include "engines/matching/text_form.hpp"
#include "foundation/base/stopwatch.hpp"

namespace rcms::app {

namespace json = boost::json;

namespace {

using matching::Index;
using matching::Judged;
using matching::Lesson;
using matching::Measured;
using matching::Weights;

std::vector<matching::Searcher> searchers_of(Index const& index, Weights const& weights, unsigned threads) {
  std::vector<matching::Searcher> searchers;
  for (unsigned number = 0; number < matching::threads_of(threads); ++number) searchers.emplace_back(index, weights);
  return searchers;
}

double share_of(std::uint64_t part, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

// ---- what is said of figures

void print_reliability(Measured const& measured) {
  fmt::print("  the answer said   answers   was right   said on average\n");
  for (std::size_t at = 0; at < matching::reliability_bins; ++at) {
    auto const& bin = measured.reliability[at];
    if (bin.answers == 0) continue;
    auto const to = at + 1 < matching::reliability_bins ? matching::reliability_from[at + 1] : 1'000'000;
    fmt::print("  {:6.1f}–{:5.1f} %  {:9}   {:7.2f} %   {:7.2f} %\n", matching::reliability_from[at] / 1e4, to / 1e4, bin.answers,
               100 * share_of(bin.right, bin.answers),
               static_cast<double>(bin.posterior_ppm) / 1e4 / static_cast<double>(bin.answers));
  }
}

void print_measured(std::string_view name, Measured const& one) {
  fmt::print("{:12} {:7} asked, {:7} there; recall@1 {:.4f}, recall@10 {:.4f}; at 99 % precision {:.4f}, at 99.9 % {:.4f}; "
             "proposed {}, wrongly {}; truncated {}; surprise {:.3f} bits\n",
             name, one.asked, one.there, share_of(one.first, one.there), share_of(one.among_ten, one.there),
             one.recall_at_99 / 1e6, one.recall_at_999 / 1e6, one.proposed, one.proposed_wrongly, one.truncated,
             one.surprise / 1e3);
}

// ---- learning

/// What is needed to learn: questions, and who they are about where that was decided.
struct Decided {
  std::unordered_map<std::string, std::string> person_of;  ///< by the id of the question; empty: nobody
};

Decided read_decided(std::string const& file, std::uint64_t& left_out) {
  Decided decided;
  if (file.empty()) return decided;
  auto reading = reading_with_progress("decisions");
  auto const decisions = registry::read_decisions(file, reading);
  if (decisions) {
    for (auto const& one : *decisions)
      if (!decided.person_of.emplace(one.query, one.person).second)
        reading.add(one.line, fmt::format("the question {} was decided in a line before", one.query));
  }
  reading.sort();
  tell_reading(file, decisions ? Result<void>() : tl::unexpected(decisions.error()), reading);
  left_out += reading.left_out;
  return decided;
}

/// Numbers that depend on the text and the seed only.
std::uint64_t drawn(std::string const& text, std::uint64_t seed) { return matching::hash_of(text, seed + 0x7EA1); }

struct Lessons {
  std::vector<Lesson> learnt_from;
  struct Kept {
    Lesson lesson;
    std::string truth;  ///< id; empty: nobody
  };
  std::vector<Kept> held_out;
};

/// Sets the positions of the persons who were decided on. Returns those that the index does not have.
std::set<std::string> find_persons(Index const& index, std::vector<std::pair<std::string, std::uint32_t*>> const& wanted) {
  std::unordered_map<std::string, std::vector<std::uint32_t*>> by_id;
  for (auto const& [id, place] : wanted) by_id[id].push_back(place);
  std::set<std::string> missing;
  for (auto const& [id, places] : by_id) missing.insert(id);
  for (std::uint32_t at = 0; at < index.persons(); ++at) {
    auto const found = by_id.find(index.id(at));
    if (found == by_id.end()) continue;
    for (auto* place : found->second) *place = at;
    missing.erase(found->first);
  }
  return missing;
}

Lessons read_lessons(Index const& index, TrainOptions const& options, std::uint64_t& left_out) {
  auto const decided = read_decided(options.decisions, left_out);
  struct Row {
    std::uint64_t order = 0;
    registry::AskedRow asked;
  };
  std::vector<Row> rows;
  auto reading = reading_with_progress("questions");
  auto const read = registry::read_questions(options.queries, reading, [&](std::vector<registry::AskedRow>& block) {
    for (auto& row : block) rows.push_back({drawn(row.id, options.seed), std::move(row)});
  });
  tell_reading(options.queries, read, reading);
  left_out += reading.left_out;
  // A sample that does not depend on the order of the file; it is learnt from in that of the draw.
  std::sort(rows.begin(), rows.end(), [](Row const& left, Row const& right) {
    return left.order != right.order ? left.order < right.order : left.asked.id < right.asked.id;
  });
  if (rows.size() > options.sample) rows.resize(options.sample);
  Lessons lessons;
  std::vector<Lessons::Kept> all;
  for (auto& row : rows) {
    auto const decision = decided.person_of.find(row.asked.id);
    Lessons::Kept one;
    one.lesson.query = std::move(row.asked.query);
    one.lesson.is_decided = decision != decided.person_of.end();
    if (one.lesson.is_decided) one.truth = decision->second;
    all.push_back(std::move(one));
  }
  std::vector<std::pair<std::string, std::uint32_t*>> wanted;
  for (auto& one : all)
    if (!one.truth.empty()) wanted.emplace_back(one.truth, &one.lesson.person);
  auto const missing = find_persons(index, wanted);
  if (!missing.empty()) {
    fmt::print(stderr, "{} of the persons decided on are not in the index, {} the first; these decisions are left out\n",
               missing.size(), *missing.begin());
    left_out += missing.size();
  }
  auto const held_of_million = static_cast<std::uint64_t>(options.held_out * 1e6);
  for (std::size_t at = 0; at < all.size(); ++at) {
    auto& one = all[at];
    if (!one.truth.empty() && one.lesson.person == matching::no_number) continue;
    bool const is_held_out = one.lesson.is_decided && rows[at].order / 2 % 1'000'000 < held_of_million;
    if (is_held_out) lessons.held_out.push_back(std::move(one));
    else lessons.learnt_from.push_back(std::move(one.lesson));
  }
  return lessons;
}

/// Rows of the registry ask who else they may be.
Lessons sample_rows(Index const& index, TrainOptions const& options) {
  Lessons lessons;
  std::set<std::uint32_t> drawn_rows;
  auto const count = std::min<std::uint64_t>(options.sample, index.persons());
  for (std::uint64_t number = 0; drawn_rows.size() < count; ++number)
    drawn_rows.insert(static_cast<std::uint32_t>(drawn(std::to_string(number), options.seed) % index.persons()));
  for (auto const row : drawn_rows) {
    Lesson lesson;
    lesson.query = matching::query_of(index, row);
    lesson.except = row;
    lessons.learnt_from.push_back(std::move(lesson));
  }
  return lessons;
}

Measured measure(Index const& index, Weights const& weights, std::vector<Lessons::Kept> const& kept, unsigned threads) {
  auto searchers = searchers_of(index, weights, threads);
  std::vector<Judged> judged(kept.size());
  std::vector<char> is_answered(kept.size());
  matching::for_all(searchers, 0, kept.size(), [&](matching::Searcher& searcher, std::size_t at) {
    auto const answer = searcher.search(kept[at].lesson.query);
    if (!answer) return;
    judged[at] = matching::judged_of(*answer, kept[at].truth);
    is_answered[at] = 1;
  });
  std::vector<Judged> answered;
  for (std::size_t at = 0; at < kept.size(); ++at)
    if (is_answered[at] != 0) answered.push_back(judged[at]);
  return matching::measured_of(answered);
}

void print_weights(Weights const& before, matching::Learnt const& learnt) {
  fmt::print("part              rule               seen same  seen relative   same before → now   relatives before → now\n");
  for (std::size_t part = 0; part < matching::parts_count; ++part) {
    for (std::size_t rule = 0; rule < matching::rules_count; ++rule) {
      auto const& seen = learnt.seen[part][rule];
      if (before.m[part][rule] == 0 || (seen.same < 1'000 && seen.relative < 1'000)) continue;
      fmt::print("{:17} {:16} {:11.1f} {:14.1f}   {:.4f} → {:.4f}     {:.4f} → {:.4f}\n",
                 name_of(static_cast<matching::Part>(part)), name_of(static_cast<matching::Rule>(rule)),
                 static_cast<double>(seen.same) / 1e3, static_cast<double>(seen.relative) / 1e3, before.m[part][rule] / 1e6,
                 learnt.weights.m[part][rule] / 1e6, before.relative[part][rule] / 1e6,
                 learnt.weights.relative[part][rule] / 1e6);
    }
  }
}

/// The name of a file without its folder; empty when there is none.
std::string name_of_file(std::string const& path) { return std::filesystem::path(path).filename().string(); }

void print_comparison(registry::WeightsFile const& file) {
  auto const& held_out = file.held_out;
  if (held_out.after.asked == 0) {
    fmt::print("Nothing was decided on: these weights cannot be compared and not be put in force.\n");
    return;
  }
  print_measured("before", held_out.before);
  print_measured("now", held_out.after);
  fmt::print("Reliability now, on the decisions that were not learnt from:\n");
  print_reliability(held_out.after);
  auto const may = registry::may_be_in_force(file);
  fmt::print("{}\n", may ? "They may be put in force." : may.error().detail + ".");
}

// ---- measuring

struct Timed {
  Judged judged;
  std::string profile;
  std::int64_t wall_us = 0, processor_us = 0;
  std::uint32_t compared = 0;
};

double at_share(std::vector<std::int64_t>& values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return static_cast<double>(
      values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))]);
}

std::vector<Timed> answer_all(Index const& index, Weights const& weights, BenchOptions const& options,
                              registry::Reading& reading, double& seconds) {
  auto searchers = searchers_of(index, weights, options.threads);
  std::vector<Timed> all;
  std::int64_t spent = 0;
  auto const read = registry::read_questions(options.queries, reading, [&](std::vector<registry::AskedRow>& rows) {
    std::vector<std::optional<Timed>> timed(rows.size());
    std::vector<std::string> refused(rows.size());
    auto const start = monotonic_us();
    matching::for_all(searchers, 0, rows.size(), [&](matching::Searcher& searcher, std::size_t at) {
      auto const wall = monotonic_us(), processor = processor_us();
      auto const answer = searcher.search(rows[at].query);
      auto const processor_now = processor_us(), wall_now = monotonic_us();
      if (!answer) refused[at] = answer.error().detail;
      else
        timed[at] = Timed{matching::judged_of(*answer, rows[at].truth), rows[at].profile, wall_now - wall,
                          processor_now - processor, answer->looked_at};
    });
    spent += monotonic_us() - start;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      if (timed[at]) all.push_back(std::move(*timed[at]));
      else reading.add(rows[at].line, refused[at]);
    }
    show_progress(fmt::format("{} questions answered", all.size()));
  });
  reading.sort();
  tell_reading(options.queries, read, reading);
  seconds = static_cast<double>(spent) / 1e6;
  return all;
}

json::object json_of(Measured const& one) {
  return {{"asked", one.asked},
          {"there", one.there},
          {"recall_at_1", share_of(one.first, one.there)},
          {"recall_at_10", share_of(one.among_ten, one.there)},
          {"recall_at_99_precision", one.recall_at_99 / 1e6},
          {"recall_at_999_precision", one.recall_at_999 / 1e6},
          {"proposed", one.proposed},
          {"proposed_wrongly", one.proposed_wrongly},
          {"truncated", one.truncated},
          {"surprise_bits", one.surprise / 1e3}};
}

int measure_questions(Index const& index, Weights const& weights, BenchOptions const& options, double opened_ms) {
  registry::Reading reading;
  double seconds = 0;
  auto const timed = answer_all(index, weights, options, reading, seconds);
  std::map<std::string, std::vector<Judged>> by_profile;
  std::vector<Judged> all;
  std::vector<std::int64_t> walls, processors, compared;
  for (auto const& one : timed) {
    all.push_back(one.judged);
    by_profile[one.profile.empty() ? "-" : one.profile].push_back(one.judged);
    walls.push_back(one.wall_us);
    processors.push_back(one.processor_us);
    compared.push_back(one.compared);
  }
  auto const measured = matching::measured_of(all);
  auto const bytes = static_cast<double>(index.bytes()) / std::max<double>(index.persons(), 1);
  if (options.json) {
    auto line = json_of(measured);
    line["persons"] = index.persons();
    line["weights"] = weights.version;
    line["bytes_of_person"] = bytes;
    line["opened_ms"] = opened_ms;
    line["questions_per_second"] = static_cast<double>(timed.size()) / std::max(seconds, 1e-6);
    for (auto const& [name, share] : {std::pair{"p50", .5}, std::pair{"p99", .99}}) {
      line[fmt::format("{}_ms", name)] = at_share(walls, share) / 1e3;
      line[fmt::format("{}_processor_ms", name)] = at_share(processors, share) / 1e3;
      line[fmt::format("{}_compared", name)] = at_share(compared, share);
    }
    json::object profiles;
    for (auto const& [name, judged] : by_profile) profiles[name] = json_of(matching::measured_of(judged));
    line["profiles"] = std::move(profiles);
    fmt::print("{}\n", json::serialize(line));
    return reading.left_out == 0 ? 0 : 1;
  }
  fmt::print("{} persons, {:.1f} bytes each, opened in {:.0f} ms; weights: {}\n", index.persons(), bytes, opened_ms,
             weights.version);
  fmt::print("time of a question: p50 {:.3f} ms, p99 {:.3f} ms; processor p50 {:.3f} ms, p99 {:.3f} ms; compared p50 {:.0f}, "
             "p99 {:.0f}; {:.0f} questions a second\n",
             at_share(walls, .5) / 1e3, at_share(walls, .99) / 1e3, at_share(processors, .5) / 1e3,
             at_share(processors, .99) / 1e3, at_share(compared, .5), at_share(compared, .99),
             static_cast<double>(timed.size()) / std::max(seconds, 1e-6));
  for (auto const& [name, judged] : by_profile) print_measured(name, matching::measured_of(judged));
  print_measured("all", measured);
  print_reliability(measured);
  return reading.left_out == 0 ? 0 : 1;
}

int measure_duplicates(Index const& index, Weights const& weights, BenchOptions const& options) {
  auto reading = reading_with_progress("pairs");
  auto const read = registry::read_decisions(options.pairs, reading);
  tell_reading(options.pairs, read ? Result<void>() : tl::unexpected(read.error()), reading);
  std::set<std::pair<std::string, std::string>> truth;
  for (auto const& pair : *read) truth.insert(std::minmax(pair.query, pair.person));
  matching::DuplicateOptions how;
  how.threads = options.threads;
  how.progress = [](std::uint64_t done, std::uint64_t of) { show_progress(fmt::format("{} of {} persons", done, of)); };
  std::uint64_t told = 0, right = 0;
  auto const start = monotonic_us();
  matching::find_duplicates(index, weights, how, [&](matching::DuplicatePair const& pair) {
    ++told;
    right += truth.contains(std::minmax(pair.left, pair.right)) ? 1U : 0U;
  });
  end_progress();
  auto const seconds = static_cast<double>(monotonic_us() - start) / 1e6;
  auto const recall = share_of(right, truth.size()), precision = share_of(right, told);
  if (options.json)
    fmt::print("{}\n", json::serialize(json::object{{"persons", index.persons()}, {"pairs", truth.size()}, {"told", told},
                                                    {"right", right}, {"recall", recall}, {"precision", precision},
                                                    {"seconds", seconds}}));
  else
    fmt::print("{} persons, {} pairs; told {}, right {}: recall {:.4f}, precision {:.4f}; {:.1f} s\n", index.persons(),
               truth.size(), told, right, recall, precision, seconds);
  return reading.left_out == 0 ? 0 : 1;
}

}  // namespace

int generate_registry_files(GenerateRegistryOptions const& options) {
  registry::GenerateOptions how;
  how.folder = options.folder;
  how.persons = options.persons;
  how.questions = options.questions;
  how.seed = options.seed;
  how.rare_names = options.rare_names;
  how.twice_in_1000 = options.twice_in_1000;
  how.other_script_percent = options.other_script_percent;
  how.progress = [](std::uint64_t done, std::uint64_t of) { show_progress(fmt::format("{} of {} persons", done, of)); };
  auto const made = registry::generate_registry(registry::read_sources(settings_of(Place{}).data), how);
  end_progress();
  if (!made) throw CommandRefused(made.error().detail);
  fmt::print("{} persons, {} questions, {} pairs of rows of one person in {}\n", made->persons, made->questions, made->twice,
             options.folder);
  return 0;
}

int train_weights(TrainOptions const& options) {
  if (options.queries.empty() && !options.decisions.empty())
    throw CommandRefused("Decisions are about questions: give --queries as well");
  auto const before = weights_of(options.weights, WeightsFor::measuring);
  auto const index = open_index(options.index);
  std::uint64_t left_out = 0;
  auto const lessons = options.queries.empty() ? sample_rows(index, options) : read_lessons(index, options, left_out);
  matching::LearnOptions how;
  how.threads = options.threads;
  how.progress = [](std::string_view step, std::uint64_t done, std::uint64_t of) {
    show_progress(fmt::format("{}: {} of {}", step, done, of));
  };
  auto const learnt = matching::learn(index, lessons.learnt_from, before, how);
  end_progress();
  if (learnt.comparisons == 0) throw CommandRefused("There is nothing to learn from: no question finds anybody in this registry");
  registry::WeightsFile file;
  file.weights = learnt.weights;
  file.source = {before.version,  name_of_file(options.queries), name_of_file(options.decisions), index.persons(), options.seed,
                 learnt.lessons, learnt.decided, lessons.held_out.size(), learnt.rounds, learnt.has_settled};
  file.held_out.before = measure(index, before, lessons.held_out, options.threads);
  file.held_out.after = measure(index, learnt.weights, lessons.held_out, options.threads);
  file.held_out.outcome = matching::compare_measured(file.held_out.before, file.held_out.after);
  if (auto const written = registry::write_weights(options.to, file); !written) throw CommandRefused(written.error().detail);
  print_weights(before, learnt);
  fmt::print("{} in {}: {} questions, {} decided, {} comparisons, {} rounds{}; {} decisions held out\n", file.weights.version,
             options.to, learnt.lessons, learnt.decided, learnt.comparisons, learnt.rounds,
             learnt.has_settled ? "" : " (not settled yet)", lessons.held_out.size());
  print_comparison(file);
  return left_out == 0 ? 0 : 1;
}

int measure_registry(BenchOptions const& options) {
  if (options.queries.empty() == options.pairs.empty())
    throw CommandRefused("Give either --queries, to measure answers, or --pairs, to measure the search for duplicates");
  auto const weights = weights_of(options.weights, WeightsFor::measuring);
  auto const start = monotonic_us();
  auto const index = open_index(options.index);
  auto const opened_ms = static_cast<double>(monotonic_us() - start) / 1e3;
  return options.pairs.empty() ? measure_questions(index, weights, options, opened_ms)
                               : measure_duplicates(index, weights, options);
}

}  // namespace rcms::app
