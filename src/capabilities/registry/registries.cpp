#include "capabilities/registry/registries.hpp"

#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <utility>

#include "capabilities/registry/connector.hpp"
#include "capabilities/registry/prints.hpp"
#include "capabilities/registry/store.hpp"
#include "capabilities/registry/weights_file.hpp"
#include "capabilities/registry/weights_store.hpp"
#include "engines/matching/search.hpp"
#include "foundation/base/text.hpp"

namespace rcms::registry {

namespace {

constexpr auto between_looks = std::chrono::seconds(5);
constexpr std::int64_t look_at_file_ms = 500;  ///< how long a process does not ask whether another one has put a new index

/// Which file it is; 0 when there is none.
std::pair<std::uint64_t, std::int64_t> identity_of(std::filesystem::path const& path) {
  struct stat known {};
  if (::stat(path.c_str(), &known) != 0) return {0, 0};
  return {known.st_ino, std::int64_t{known.st_mtim.tv_sec} * 1'000'000'000 + known.st_mtim.tv_nsec};
}

}  // namespace

/// What is searched of one State. An index that was replaced stays until the last question to it is answered.
struct Registries::Shelf {
  using WeightsPointer = std::shared_ptr<matching::Weights const>;
  /// With the weights that it refers to.
  struct Searching {
    WeightsPointer weights;
    matching::Searcher searcher;
  };
  struct Edition {
    explicit Edition(matching::Index opened) : index(std::move(opened)) {}
    matching::Index index;
    std::mutex mutex;
    std::vector<std::unique_ptr<Searching>> idle;

    /// One that compares with these weights; those with others are forgotten.
    std::unique_ptr<Searching> take(WeightsPointer const& weights) {
      {
        std::lock_guard const lock(mutex);
        while (!idle.empty()) {
          auto one = std::move(idle.back());
          idle.pop_back();
          if (one->weights == weights) return one;
        }
      }
      return std::make_unique<Searching>(Searching{weights, matching::Searcher(index, *weights)});
    }
    void give_back(std::unique_ptr<Searching> one) {
      std::lock_guard const lock(mutex);
      idle.push_back(std::move(one));
    }
  };

  PartyId party;
  std::filesystem::path folder;
  std::mutex looking;  ///< one look at a time; of the next two
  std::string refused;  ///< the dropped table that was looked at and not taken, so that it is not read again and again
  std::int64_t refused_under = 0;  ///< the revision of the settings then
  std::mutex mutex;    ///< of what follows
  std::shared_ptr<Edition> edition;
  std::pair<std::uint64_t, std::int64_t> file{0, 0};
  std::shared_ptr<Places const> places = std::make_shared<Places>();
  std::pair<std::uint64_t, std::int64_t> places_file{0, 0};
  std::int64_t asked_ms = -look_at_file_ms;
  std::string weights_id;  ///< of the edition in force; empty: the weights that come with RCMS
  WeightsPointer weights = std::make_shared<matching::Weights const>(matching::default_weights());

  std::filesystem::path index_file() const { return folder / "registry.index"; }

  /// Opens what another process, or an earlier one, has put there.
  void refresh() {
    if (monotonic_ms() - asked_ms < look_at_file_ms) return;
    asked_ms = monotonic_ms();
    if (auto const now = identity_of(index_file()); now != file) {
      file = now;
      if (auto opened = matching::Index::open(index_file())) edition = std::make_shared<Edition>(std::move(*opened));
    }
    if (auto const now = identity_of(folder / "places.csv"); now != places_file) {
      places_file = now;
      places = std::make_shared<Places>(Places::read(folder / "places.csv"));
    }
  }
};

Registries::Registries(db::Database& database, Clock const& clock, RegistriesOptions options)
    : database_(database), clock_(clock), options_(std::move(options)) {
  for (auto const& one : options_.states) {
    auto shelf = std::make_unique<Shelf>();
    shelf->party = one.party;
    shelf->folder = options_.folder / one.code;
    shelves_.emplace(one.party.value, std::move(shelf));
  }
}

Registries::~Registries() { stop(); }

Registries::Shelf* Registries::find(PartyId const& party) const {
  auto const found = shelves_.find(party.value);
  return found == shelves_.end() ? nullptr : found->second.get();
}

std::filesystem::path Registries::folder_of(PartyId const& party) const {
  auto const* shelf = find(party);
  if (shelf == nullptr) return {};
  std::filesystem::create_directories(shelf->folder / "drop");
  std::filesystem::create_directories(shelf->folder / "prints");
  return shelf->folder;
}

std::set<std::string, std::less<>> Registries::allowed_hosts() const {
  std::set<std::string, std::less<>> hosts;
  std::ifstream in(options_.folder / "hosts.txt");
  for (std::string line; std::getline(in, line);) {
    auto const host = lower_ascii(tidy_text(line));
    if (!host.empty() && !host.starts_with('#')) hosts.insert(host);
  }
  return hosts;
}

State Registries::state(PartyId const& party) {
  State state{get_source(database_, party), get_health(database_, party), Condition::none};
  state.condition = condition_of(state.source, state.health, clock_.now());
  return state;
}

std::shared_ptr<matching::Weights const> Registries::weights_of(Shelf& shelf) {
  auto const id = find_weights_in_force(database_, shelf.party);
  {
    std::lock_guard const lock(shelf.mutex);
    if (shelf.weights_id == id) return shelf.weights;
  }
  auto weights = matching::default_weights();
  // Weights of a release with other parts cannot be used: the page of the administrator says so, and every answer its version.
  if (auto const content = id.empty() ? std::string() : get_weights_content(database_, shelf.party, id); !content.empty())
    if (auto file = parse_weights(content)) weights = std::move(file->weights);
  auto loaded = std::make_shared<matching::Weights const>(std::move(weights));
  std::lock_guard const lock(shelf.mutex);
  shelf.weights_id = id;
  shelf.weights = loaded;
  return loaded;
}

std::map<std::string, fingerprints::Template> Registries::prints(PartyId const& party,
                                                                  std::vector<std::string> const& citizens) const {
  if (!options_.box) return {};
  return find_prints(database_, *options_.box, party, citizens);
}

std::shared_ptr<Places const> Registries::places(PartyId const& party) {
  auto* shelf = find(party);
  if (shelf == nullptr) return std::make_shared<Places>();
  std::lock_guard const lock(shelf->mutex);
  shelf->refresh();
  return shelf->places;
}

namespace {

Found found_of(matching::Answer const& answer, matching::Index const& index, matching::Weights const& weights) {
  Found found;
  for (auto const& one : answer.candidates) {
    found.candidates.push_back({person_at(index, one.position), one.score, one.posterior_ppm, one.band, one.may_be_relative,
                                one.reasons});
  }
  found.band = answer.band;
  found.margin = answer.margin;
  found.truncated = answer.truncated;
  found.compared = answer.looked_at;
  found.persons = index.persons();
  found.tried = answer.tried;
  found.model = weights.version;
  return found;
}

}  // namespace

Result<Found> Registries::search(PartyId const& party, Question const& question) {
  if (auto const findings = check_question(question); !findings.empty()) return tl::unexpected(findings.front());
  auto* shelf = find(party);
  auto const known = state(party);
  if (shelf == nullptr || known.condition == Condition::none)
    return refuse(Why::unavailable, "registry", "your State has not connected its registry yet");
  if (known.source.kind == SourceKind::http_answers) {
    auto found = ask_remote(known.source, {shelf->folder, clock_.now()}, question);
    if (!found) {
      write_health(database_, party, after_failure(known.health, found.error().problem, found.error().detail, clock_.now()));
      return refuse(Why::unavailable, "registry", "the registry of your State does not answer");
    }
    found->persons = known.health.persons;
    found->data_as_of = known.health.data_as_of;
    return std::move(*found);
  }
  std::shared_ptr<Shelf::Edition> edition;
  std::shared_ptr<Places const> places;
  {
    std::lock_guard const lock(shelf->mutex);
    shelf->refresh();
    edition = shelf->edition;
    places = shelf->places;
  }
  if (!edition) return refuse(Why::unavailable, "registry", "no data of the registry has come yet");
  auto searching = edition->take(weights_of(*shelf));
  auto asked = ask(question, *places);
  matching::SearchOptions how;
  how.top = most_candidates;
  auto const answer = searching->searcher.search(asked.query, how);
  auto const weights = searching->weights;
  edition->give_back(std::move(searching));
  if (!answer) return tl::unexpected(answer.error());
  auto found = found_of(*answer, edition->index, *weights);
  found.left_out = std::move(asked.left_out);
  found.data = known.health.taken;
  found.data_as_of = known.health.data_as_of;
  return found;
}

namespace {

Fetch fetch(Source const& source, Site const& site, std::string const& taken, std::string& refused, PersonRows& rows,
            Reading& reading) {
  switch (source.kind) {
    case SourceKind::file: return fetch_file(site, taken, refused, rows, reading);
    case SourceKind::postgresql: return fetch_view(source, site, rows);
    case SourceKind::http_table: return fetch_http_table(source, site, rows, reading);
    case SourceKind::none:
    case SourceKind::http_answers: break;
  }
  return std::optional<Fetched>{};
}

Health look_at_remote(Source const& source, Site const& site, Health health) {
  auto const remote = ask_health(source, site);
  if (!remote) return after_failure(std::move(health), remote.error().problem, remote.error().detail, site.now);
  health.data_as_of = remote->as_of;
  health.persons = remote->persons;
  health.left_out = 0;
  health.defects.clear();
  return after_success(std::move(health), site.now);
}

/// Reads and builds; the index is put in its place only when it is whole and large enough.
Health look_at_rows(Source const& source, Site const& site, Health health, std::vector<matching::Alias> const& aliases,
                    std::string& refused) {
  matching::BuildOptions how;
  how.aliases = aliases;
  matching::Builder builder(std::move(how));
  Reading reading;
  PersonRows rows(builder, reading);
  auto const fetched = fetch(source, site, health.taken, refused, rows, reading);
  if (!fetched) return after_failure(std::move(health), fetched.error().problem, fetched.error().detail, site.now);
  if (!*fetched) {
    // Nothing new. What failed before has not become better by that.
    health.looked_at = site.now;
    return health.problem.empty() ? after_success(std::move(health), site.now) : std::move(health);
  }
  auto const failed = [&](char const* problem, std::string detail) {
    refused = (*fetched)->taken;
    auto after = after_failure(health, problem, std::move(detail), site.now);
    after.left_out = reading.left_out;
    after.defects = reading.defects;
    return after;
  };
  if (builder.persons() == 0) return failed("nobody", (*fetched)->taken);
  if (!may_replace(health.persons, builder.persons(), source.accept_smaller))
    return failed("smaller", std::to_string(builder.persons()));
  auto const persons = builder.persons();
  if (auto const built = builder.finish(site.folder / "registry.index"); !built) return failed("no_room", built.error().detail);
  health.persons = persons;
  health.left_out = reading.left_out;
  health.defects = std::move(reading.defects);
  health.taken = (*fetched)->taken;
  health.data_as_of = (*fetched)->as_of;
  return after_success(std::move(health), site.now);
}

bool is_same(Health const& left, Health const& right) {
  return left.works == right.works && left.taken == right.taken && left.problem == right.problem &&
         left.problem_detail == right.problem_detail && left.data_as_of == right.data_as_of && left.persons == right.persons;
}

}  // namespace

void Registries::look(PartyId const& party) {
  auto* shelf = find(party);
  if (shelf == nullptr) return;
  std::lock_guard const one_look(shelf->looking);
  auto const source = get_source(database_, party);
  if (source.kind == SourceKind::none) return;
  Site const site{folder_of(party), clock_.now()};
  if (options_.box) (void)take_dropped_prints(database_, *options_.box, party, site.folder / "prints", site.now);
  auto const before = get_health(database_, party);
  if (std::exchange(shelf->refused_under, source.revision) != source.revision) shelf->refused.clear();
  auto const after = source.kind == SourceKind::http_answers
                         ? look_at_remote(source, site, before)
                         : look_at_rows(source, site, before, options_.aliases, shelf->refused);
  {
    std::lock_guard const lock(shelf->mutex);
    shelf->asked_ms = monotonic_ms() - look_at_file_ms;
  }
  // A folder in which nothing happens is looked at every few seconds: that is not written each time.
  constexpr std::int64_t told_every_ms = 60'000;
  bool const is_told = before.looked_at && site.now.ms - before.looked_at->ms < told_every_ms;
  if (is_told && is_same(before, after)) return;
  write_health(database_, party, after);
}

void Registries::look_at_due() {
  for (auto const& one : options_.states) {
    if (stopping_) return;
    auto const known = state(one.party);
    if (is_due(known.source, known.health, clock_.now())) look(one.party);
  }
}

void Registries::work() {
  while (!stopping_) {
    try {
      if (database_.is_leader("registries")) look_at_due();
    } catch (std::exception const&) {
      // The database is gone for a moment: it is asked again at the next round, as the other background work does.
    }
    std::unique_lock lock(bell_mutex_);
    bell_.wait_for(lock, between_looks, [this] { return woken_ || stopping_; });
    woken_ = false;
  }
}

void Registries::start() {
  if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
}

void Registries::stop() {
  stopping_ = true;
  bell_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Registries::wake() {
  std::lock_guard const lock(bell_mutex_);
  woken_ = true;
  bell_.notify_one();
}

}  // namespace rcms::registry
