#include "capabilities/duplicates/finder.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include <boost/json.hpp>

#include "engines/matching/duplicates.hpp"
#include "foundation/base/text.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::duplicates {

namespace json = boost::json;

namespace {

/// A command that began earlier may become visible later: what was changed so shortly ago is read again.
constexpr std::int64_t read_again_ms = 10'000;
constexpr std::int64_t between_looks_ms = 1'000;
constexpr auto between_questions_to_stop = std::chrono::milliseconds(200);
constexpr std::int64_t share_of_time = 20;  ///< comparing takes one part of so many
constexpr std::int64_t longest_pause_ms = 120'000;
/// From so many new files on all are compared with all, which is faster for one than asking for it.
constexpr std::size_t many_new = 2'000;
constexpr matching::Ppm told_from = 300'000;

std::string question_text(std::string const& content) {
  auto const form = json::parse(content);
  auto const question = question_of(form.as_object());
  return registry::check_question(question).empty() ? json::serialize(registry::json_of(question)) : std::string();
}

matching::Query query_of(std::string const& text) {
  static registry::Places const no_places;
  auto const value = json::parse(text);
  return registry::ask(registry::read_question(value.as_object()), no_places).query;
}

matching::PersonRow row_of(std::string_view id, matching::Query const& query) {
  return {id,           query.given,           query.surname1,     query.surname2,        query.birth,    query.sex, query.place,
          query.father_given, query.father_surnames, query.mother_given, query.mother_surnames, query.document};
}

/// The process ends; what was not finished is done after the next start.
struct Stopped {};

/// A file in a folder that goes with the object.
class IndexFile {
 public:
  IndexFile(std::filesystem::path const& folder, Shelf const& shelf)
      : path_(folder / (shelf.party.value + "-" + name_of(shelf.side) + ".index")) {
    std::filesystem::create_directories(folder);
  }
  ~IndexFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  IndexFile(IndexFile const&) = delete;
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

ledger::Entry found_entry(Pair const& one, std::string action, Instant now) {
  return {.subject = ledger::subject_of("pair", one.id.value),
          .party = one.party,
          .actor = "clock",
          .action = std::move(action),
          .source = {},
          .content = {},
          .revision = one.revision,
          .at = now};
}

}  // namespace

Finder::Finder(db::Database& database, Clock const& clock, FinderOptions options)
    : database_(database), clock_(clock), options_(std::move(options)) {
  for (auto const& party : options_.parties)
    for (auto const side : {Side::requesting, Side::requested}) shelves_.push_back({party, side});
}

Finder::~Finder() { stop(); }

void Finder::take_changes(Shelf const& shelf) {
  auto at = read_up_to(database_, shelf);
  auto const kept = at.changed_at.ms;
  while (!stopping_) {
    auto const files = list_changed(database_, shelf, at);
    if (files.empty()) return;
    db::Command command;
    for (auto const& file : files) {
      auto question = question_text(file.content);
      auto const known = find_compared(database_, shelf, file.case_id);
      if (question == known) continue;
      if (question.empty()) forget_compared(command, shelf, file.case_id);
      else keep_compared(command, shelf, {file.case_id, std::move(question)});
    }
    at = {files.back().changed_at, files.back().case_id};
    if (auto const settled = clock_.now().ms - read_again_ms; at.changed_at.ms < settled) keep_up_to(command, shelf, at);
    else if (settled > kept) keep_up_to(command, shelf, {Instant{settled}, {}});
    if (!command.empty()) database_.write(command);
  }
}

Finder::PairsByCases Finder::compare(Shelf const& shelf, std::vector<Compared> const& asking, Progress const& progress) {
  IndexFile const file(options_.folder, shelf);
  matching::BuildOptions how;
  how.aliases = options_.aliases;
  how.threads = 1;
  matching::Builder builder(std::move(how));
  std::uint64_t read = 0;
  each_compared(database_, shelf, [&](Compared const& one) {
    (void)builder.add(row_of(one.case_id.value, query_of(one.question)));
    if (progress && ++read % 10'000 == 0) progress("read", read, 0);
    return !stopping_;
  });
  if (stopping_) throw Stopped();
  if (auto const built = builder.finish(file.path()); !built) throw std::runtime_error(built.error().detail);
  auto const index = matching::Index::open(file.path());
  if (!index) throw std::runtime_error(index.error().detail);

  std::set<std::string> asked;
  for (auto const& one : asking) asked.insert(one.case_id.value);
  PairsByCases found;
  auto const keep = [&](matching::DuplicatePair const& pair) {
    if (pair.left == pair.right || (!asked.contains(pair.left) && !asked.contains(pair.right))) return;
    auto const [left, right] = std::minmax(pair.left, pair.right);
    auto const [known, is_new] = found.emplace(std::pair(left, right), pair);
    if (!is_new && known->second.score < pair.score) known->second = pair;
  };
  matching::DuplicateOptions options;
  options.least = told_from;
  options.threads = 1;
  options.progress = [&](std::uint64_t done, std::uint64_t of) {
    if (stopping_) throw Stopped();
    if (progress) progress("compared", done, of);
  };
  auto const& weights = matching::default_weights();
  if (asking.size() > many_new) {
    matching::find_duplicates(*index, weights, options, keep);
    return found;
  }
  std::vector<matching::OtherRow> rows;
  for (auto const& one : asking) rows.push_back({one.case_id.value, query_of(one.question)});
  matching::find_in_other(*index, weights, rows, options, keep, [](std::size_t, Refused const&) {});
  return found;
}

bool Finder::write_found(Shelf const& shelf, CasesOfPair const& cases, matching::DuplicatePair const& pair) {
  CaseId const left{cases.first};
  CaseId const right{cases.second};
  auto const earlier = find_pair_of(database_, shelf, left, right);
  std::vector<std::string> subjects;
  if (earlier) subjects.push_back(ledger::subject_of("pair", earlier->id.value));
  auto const written = ledger::carry_out(database_, subjects, [&]() -> Result<ledger::Decided<bool>> {
    Pair one;
    one.party = shelf.party;
    one.side = shelf.side;
    one.left = left;
    one.right = right;
    one.posterior_ppm = pair.posterior_ppm;
    one.score = pair.score;
    one.may_be_relative = pair.may_be_relative;
    one.reasons = pair.reasons;
    one.model = matching::default_weights().version;
    one.compared = digest_of(find_compared(database_, shelf, left), find_compared(database_, shelf, right));
    one.found_at = clock_.now();
    ledger::Decided<bool> decided;
    auto const known = earlier ? find_pair(database_, shelf.party, earlier->id) : std::nullopt;
    if (!known) {
      one.id = PairId::make(one.found_at);
      insert_pair(decided.command, one);
      decided.entries.push_back(found_entry(one, "pair.found", one.found_at));
      decided.answer = true;
    } else if (auto after = meet(*known, one)) {
      save_pair(decided.command, *after);
      decided.entries.push_back(found_entry(*after, after->state == known->state ? "pair.weighed" : "pair.opened", one.found_at));
    }
    return decided;
  });
  return written && *written;
}

std::size_t Finder::remove_gone(Shelf const& shelf, CaseId const& asked, PairsByCases const& found) {
  std::size_t gone = 0;
  for (auto const& known : list_pairs_of_case(database_, shelf, asked)) {
    if (known.state != "open" || found.contains({known.left.value, known.right.value})) continue;
    auto const removed = ledger::carry_out(database_, {ledger::subject_of("pair", known.id.value)},
                                           [&]() -> Result<ledger::Decided<bool>> {
      ledger::Decided<bool> decided;
      auto const one = find_pair(database_, shelf.party, known.id);
      if (!one || one->state != "open") return decided;  // somebody has decided meanwhile
      delete_pair(decided.command, *one);
      decided.entries.push_back(found_entry(*one, "pair.gone", clock_.now()));
      decided.answer = true;
      return decided;
    });
    if (removed && *removed) ++gone;
  }
  return gone;
}

Round Finder::look(Shelf const& shelf, Progress const& progress) {
  std::lock_guard const one_look(looking_);
  Round round;
  take_changes(shelf);
  for (auto asking = list_new(database_, shelf); !asking.empty() && !stopping_; asking = list_new(database_, shelf)) {
    auto const found = compare(shelf, asking, progress);
    for (auto const& [cases, pair] : found) round.found += write_found(shelf, cases, pair) ? 1 : 0;
    db::Command command;
    for (auto const& one : asking) {
      round.gone += remove_gone(shelf, one.case_id, found);
      settle(command, shelf, one);
    }
    database_.write(command);
    round.files += asking.size();
  }
  return round;
}

Round Finder::look_everywhere() {
  Round all;
  for (auto const& shelf : shelves_) {
    auto const one = look(shelf);
    all.files += one.files;
    all.found += one.found;
    all.gone += one.gone;
  }
  return all;
}

void Finder::work() {
  auto next = monotonic_ms();
  while (!stopping_) {
    std::this_thread::sleep_for(between_questions_to_stop);
    if (stopping_ || monotonic_ms() < next) continue;
    auto const began = monotonic_ms();
    try {
      if (database_.is_leader("duplicates")) (void)look_everywhere();
    } catch (Stopped const&) {
      return;
    } catch (std::exception const& fault) {
      if (options_.on_fault) options_.on_fault(fault.what());
    }
    auto const took = monotonic_ms() - began;
    next = began + took + std::clamp<std::int64_t>(took * share_of_time, between_looks_ms, longest_pause_ms);
  }
}

void Finder::start() {
  if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
}

void Finder::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

}  // namespace rcms::duplicates
