#include "app/node.hpp"

#include <fstream>
#include <stdexcept>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "app/wiring.hpp"
#include "capabilities/administration/store.hpp"
#include "capabilities/agreements/api.hpp"
#include "capabilities/applications/actions.hpp"
#include "capabilities/applications/tomorrow.hpp"
#include "capabilities/case_files/desks.hpp"
#include "capabilities/case_files/prints.hpp"
#include "capabilities/case_files/tomorrow.hpp"
#include "capabilities/casework/actions.hpp"
#include "capabilities/casework/imports_actions.hpp"
#include "capabilities/interviews/appointments.hpp"
#include "capabilities/interviews/tomorrow.hpp"
#include "capabilities/messages/api.hpp"
#include "capabilities/operations/api.hpp"
#include "capabilities/operations/clock_watch.hpp"
#include "capabilities/statistics/api.hpp"
#include "capabilities/statistics/sending.hpp"
#include "foundation/access/store.hpp"
#include "foundation/base/text.hpp"
#include "foundation/ledger/effect.hpp"
#include "foundation/ledger/seal.hpp"
#include "foundation/search/search_words.hpp"

namespace rcms::app {

namespace {

constexpr std::int64_t tick_ms = 30'000;
constexpr std::int64_t day_ms = 24LL * 3'600'000;
constexpr std::int64_t sweep_every_ms = 24LL * 3'600'000;
constexpr int reminders_kept_days = 90;
constexpr std::int64_t reports_every_ms = 3'600'000;
/// How long deadlines are computed anew before envelopes are delivered again.
constexpr std::int64_t evaluation_ms = 500;
/// An import that nobody has moved on for so long was left by a process that ended, or by a request that ran out of time.
constexpr std::int64_t import_left_ms = 3'000;

/// A secret of the node in a file that only its owner reads; made when absent.
Bytes load_or_make_secret(std::filesystem::path const& file, std::size_t size) {
  if (std::ifstream in(file, std::ios::binary); in) {
    std::string text((std::istreambuf_iterator<char>(in)), {});
    while (!text.empty() && text.back() == '\n') text.pop_back();
    auto const bytes = from_hex(text);
    if (!bytes || bytes->size() != size)
      throw std::runtime_error(file.string() + " is not a key of this node; restore it from its backup");
    return *bytes;
  }
  auto const secret = random_bytes(size);
  std::ofstream out(file, std::ios::binary);
  out << to_hex(secret) << '\n';
  out.close();
  if (!out) throw std::runtime_error(file.string() + " cannot be written; check permissions and free space");
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return secret;
}

access::RolePermissions role_permissions(permissions::Roles const& roles) {
  access::RolePermissions permissions;
  for (auto const& role : roles.roles) permissions[role.code] = {role.permissions.begin(), role.permissions.end()};
  return permissions;
}

std::unique_ptr<db::Database> open_and_migrate(Settings const& settings) {
  std::filesystem::create_directories(settings.folder);
  auto database = db::open(settings.database);
  db::migrate(*database, settings.migrations.string(), settings.must_stop);
  return database;
}

void log_refused(agreement_desk::LawState const& state) {
  for (auto const& file : state.refused) {
    auto const stays = file.in_force.empty() ? "none in force" : "the last good version stays in force";
    for (auto const& reason : file.reasons) spdlog::error("agreements: refused, {}: {}", stays, reason);
  }
  for (auto const& waiting : state.waiting)
    spdlog::warn("agreements: a new version of {} waits to be put in force", waiting.agreement);
}

/// What the live updates call the subject of an entry.
http::Event event_of(ledger::Sealed const& sealed) {
  auto const colon = sealed.subject.find(':');
  return {sealed.number, sealed.subject.substr(colon + 1), sealed.subject.substr(0, colon), sealed.revision,
          PartyId{sealed.party}};
}

}  // namespace

std::filesystem::path find_share_if(std::string_view name) {
  auto const program = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  std::vector<std::filesystem::path> bases{program / "../share/rcms", program / "../share", program / "..", program / "../..",
                                           program / "../../.."};
#ifdef RCMS_SOURCE_DIR
  bases.emplace_back(RCMS_SOURCE_DIR);
#endif
  bases.emplace_back("/usr/share/rcms");
  for (auto const& base : bases) {
    if (std::filesystem::exists(base / name)) return std::filesystem::weakly_canonical(base / name);
  }
  return {};
}

std::filesystem::path find_share(std::string_view name) {
  auto found = find_share_if(name);
  if (found.empty()) {
    throw std::runtime_error(fmt::format("The folder '{}' that belongs to rcms was not found: install the package again", name));
  }
  return found;
}

Node::Node(Settings settings, Clock const& clock)
    : settings_(std::move(settings)), clock_(clock), labels_(Labels::load(settings_.data / "languages")),
      sentences_(labels_, settings_.data / "languages/details.en.json"),
      norms_(case_files::load_norms_without_agreements(settings_.data)), database_(open_and_migrate(settings_)) {
  law_ = std::make_unique<agreement_desk::Desk>(*database_, clock_, norms_, settings_.data);
  law_->read_files();
  log_refused(law_->state());
  for (auto const* agreement : norms_.law->list()) norms_.agreements.emplace(agreement->code, *agreement);
  auto const keys = settings_.folder / "keys";
  std::filesystem::create_directories(keys);
  std::filesystem::permissions(keys, std::filesystem::perms::owner_all);
  access::SecretBox const box(load_or_make_secret(keys / "secrets.key", 32));
  idempotency_ = std::make_unique<http::Idempotency>(*database_, clock_, ledger::subject_of_first_entry, box);
  store_ = files::open_folder_store(settings_.folder / "attachments");
  attachments_ = std::make_unique<case_files::Attachments>(idempotency_->guarded(), *store_,
                                                           files::NodeKey::load_or_make(keys / "attachments.key"), clock_);
  access::SessionOptions options;
  options.demo = settings_.demo;
  sessions_ = std::make_unique<access::Sessions>(idempotency_->guarded(), clock_, role_permissions(norms_.roles), box,
                                                 options);
  sealer_ = std::make_unique<ledger::Sealer>(
      *database_, ledger::NodeKey::load_or_make(keys / "ledger.key"), clock_,
      ledger::SealerOptions{.on_fault = [](std::string_view what) { spdlog::error("sealer: {}", what); }});
  room_ = std::make_unique<operations::Room>(settings_.folder, settings_.keep_free_bytes);
  monitor_ = std::make_unique<operations::Monitor>(operations::Context{
      .database = *database_, .clock = clock_, .folder = settings_.folder, .version = version_text(), .room = room_.get(),
      .law = [this] { return law_->counts(); }});
  reports_.reset(new statistics::Context{idempotency_->guarded(), clock_, labels_, norms_.agreements,
                                         statistics::load_definitions(settings_.data), settings_.demo});
  connect_parties();
}

Node::~Node() { stop(); }

exchange::SigningKey Node::party_key(std::string const& code) const {
  auto const seed = load_or_make_secret(settings_.folder / "keys" / (lower_ascii(code) + ".signing.key"), 32);
  return exchange::signing_key_from_seed(seed);
}

void Node::connect_parties() {
  std::vector<exchange::Correspondent> correspondents;
  auto parties = access::list_parties(*database_, access::Viewer{});
  for (auto const& party : parties) {
    exchange::Correspondent correspondent{party.id, party.code, party.signing_key, {}};
    if (party.hosted) {
      correspondent.signing = party_key(party.code);
      correspondent.open_key = correspondent.signing->open;
    }
    correspondents.push_back(std::move(correspondent));
  }
  context_.reset();
  exchange_ = std::make_unique<exchange::Exchange>(idempotency_->guarded(), clock_, std::move(correspondents));
  directory_ = std::make_unique<case_files::Directory>(idempotency_->guarded(), std::move(parties));
  context_.reset(
      new case_files::Context{idempotency_->guarded(), clock_, labels_, norms_, *directory_, *exchange_, *attachments_, [this] {
                                std::lock_guard const lock(bell_mutex_);
                                work_waiting_ = true;
                                bell_.notify_one();
                              }});
  administration_.reset(
      new administration::Context{idempotency_->guarded(), *sessions_, clock_, norms_.roles, {}, settings_.secure_cookies});
  for (auto const& kind : norms_.codes.at("organisation_kind")) administration_->organisation_kinds.insert(kind);
  std::map<std::string, std::shared_ptr<safeguarding::StatusRegister>> registers;
  for (auto& one : safeguarding::load_registers(settings_.folder, clock_)) {
    auto const* party = directory_->find_party(one.party);
    if (party == nullptr || !party->hosted)
      throw std::runtime_error("status_registers.toml: this node hosts no State " + one.party);
    registers.emplace(party->id.value, std::move(one.asks));
  }
  registers_ = std::make_unique<safeguarding::Registers>(std::move(registers));
  safeguarding::connect(*context_, *registers_);
  registry::RegistriesOptions population{settings_.folder / "registries", registry::read_aliases(settings_.data), {}};
  population.box.emplace(load_or_make_secret(settings_.folder / "keys" / "secrets.key", 32));
  for (auto const& party : directory_->parties())
    if (party.hosted) population.states.push_back({party.id, party.code});
  duplicates::FinderOptions finder{settings_.folder / "comparing", population.aliases, {}, [](std::string_view fault) {
                                     spdlog::error("duplicates: {}", fault);
                                   }};
  for (auto const& one : population.states) finder.parties.push_back(one.party);
  finder_ = std::make_unique<duplicates::Finder>(idempotency_->guarded(), clock_, std::move(finder));
  population_ = std::make_unique<registry::Registries>(idempotency_->guarded(), clock_, std::move(population));
  interviews::connect(*context_);
  connect_exchange(*context_);
  law_context_.reset(new agreement_desk::Context{*context_, *law_, &sentences_});
  evaluation_ = std::make_unique<agreement_desk::Evaluation>(*context_, *law_);
}

void Node::read_law_again() {
  law_->read_files();
  log_refused(law_->state());
  database_->notify(agreement_desk::law_channel);
  std::lock_guard const lock(bell_mutex_);
  work_waiting_ = true;
  bell_.notify_one();
}

void Node::run_due() {
  exchange_->deliver_due();
  evaluation_->finish();
  end_terms(*context_);
  while (case_files::begin_waiting(*context_) > 0) continue;
  while (case_files::look_at_desks(*context_) > 0) continue;
  tell_of_tomorrow();
  safeguarding::look_at_due(*context_, *registers_);
  forget_prints();
}

/// Those that were answered, or whose time is over, and then their bytes.
void Node::forget_prints() {
  while (case_files::forget_prints_due(*context_) > 0) continue;
  while (case_files::erase_prints(*database_, settings_.folder / "attachments", clock_.now()) > 0) continue;
}

/// What is due on the next working day of each State.
void Node::tell_of_tomorrow() {
  for (int pages = 0; pages < 50 && case_files::tell_terms_of_tomorrow(*context_) > 0; ++pages) continue;
  (void)case_files::tell_requests_of_tomorrow(*context_);
  (void)applications::tell_tasks_of_tomorrow(*context_);
  (void)interviews::tell_interviews_of_tomorrow(*context_);
}

void Node::publish_sealed() {
  std::lock_guard const lock(publishing_);
  while (true) {
    auto const sealed = ledger::read_sealed_after(*database_, published_, 500);
    if (sealed.empty()) return;
    std::vector<http::Event> events;
    for (auto const& one : sealed) events.push_back(event_of(one));
    published_ = sealed.back().number;
    server_->live().publish(events);
  }
}

std::vector<http::Event> Node::backlog(access::Viewer const& viewer, std::int64_t after) {
  std::vector<http::Event> events;
  for (auto const& sealed : ledger::read_sealed_after(*database_, after, 1'000)) {
    auto const event = event_of(sealed);
    if (may_see_event(viewer, event)) events.push_back(event);
  }
  return events;
}

void Node::work_in_background() {
  operations::ClockWatch clock_watch;
  std::int64_t next_tick = 0;
  std::int64_t next_sweep = monotonic_ms() + tick_ms;
  while (!stopping_) {
    {
      std::unique_lock lock(bell_mutex_);
      bell_.wait_for(lock, std::chrono::milliseconds(500), [this] { return work_waiting_ || stopping_; });
      work_waiting_ = false;
    }
    if (stopping_) return;
    try {
      exchange_->deliver_due();
      if (auto const set = clock_watch.look(clock_.now(), monotonic_ms())) spdlog::warn(operations::render_clock_set(*set));
      if (database_->is_leader("clock")) {
        evaluate_law();
        (void)case_files::begin_waiting(*context_);
        forget_prints();
      }
      if (monotonic_ms() >= next_tick && database_->is_leader("clock")) {
        next_tick = monotonic_ms() + tick_ms;
        if (clock_watch.may_end_terms(monotonic_ms())) {
          end_terms(*context_);
          (void)case_files::look_at_desks(*context_);
          tell_of_tomorrow();
        }
        safeguarding::look_at_due(*context_, *registers_);
        idempotency_->forget_old();
        if (monotonic_ms() >= next_sweep) {
          next_sweep = monotonic_ms() + sweep_every_ms;
          casework::erase_old_tables(*context_, clock_.now().plus_ms(-settings_.keep_imports_days * day_ms));
          administration::forget_failed_sign_ins(*database_,
                                                 clock_.now().plus_ms(-settings_.keep_failed_sign_ins_days * day_ms));
          operations::sweep_attachments(*database_, *store_, clock_);
          search::forget_gone_words(*database_);
          case_files::forget_reminders(*database_, date_in_zone(clock_.now(), "UTC").plus_days(-reminders_kept_days));
        }
      }
    } catch (std::exception const& fault) {
      spdlog::error("background: {}", fault.what());
    }
  }
}

/// Another process of this node has changed the law.
void Node::refresh_law() {
  try {
    law_->refresh();
  } catch (std::exception const& fault) {
    spdlog::error("agreements: {}", fault.what());
  }
}

void Node::evaluate_law() {
  if (!evaluation_->go_on()) return;
  if (auto law = law_->fingerprint(); law != law_told_) {
    spdlog::info("agreements: the law has changed, open deadlines are computed anew");
    law_told_ = std::move(law);
  }
  auto const started = monotonic_ms();
  auto changed = evaluation_->go_on();
  while (changed && !stopping_ && monotonic_ms() - started < evaluation_ms) changed = evaluation_->go_on();
  std::lock_guard const lock(bell_mutex_);
  work_waiting_ = work_waiting_ || changed;
}

void Node::continue_imports() {
  casework::Imports const imports(*context_, settings_.data);
  while (!stopping_) {
    {
      std::unique_lock lock(bell_mutex_);
      import_bell_.wait_for(lock, std::chrono::seconds(1), [this] { return stopping_.load(); });
    }
    try {
      if (!stopping_ && database_->is_leader("imports"))
        imports.continue_unfinished(clock_.now().plus_ms(-import_left_ms), stopping_);
    } catch (std::exception const& fault) {
      spdlog::error("imports: {}", fault.what());
    }
  }
}

void Node::send_reports() {
  mail::Address const from = settings_.mail ? settings_.mail->from : mail::Address{"RCMS", "rcms@demo.example"};
  auto const transport = make_report_transport(settings_, catcher_.get());
  std::int64_t next_round = monotonic_ms() + tick_ms;
  while (!stopping_) {
    {
      std::unique_lock lock(bell_mutex_);
      report_bell_.wait_for(lock, std::chrono::seconds(5), [this] { return stopping_.load(); });
    }
    if (stopping_) return;
    try {
      if (monotonic_ms() < next_round || !database_->is_leader("reports")) continue;
      next_round = monotonic_ms() + reports_every_ms;
      auto const counts = statistics::send_due_reports(*reports_, *transport, from);
      if (counts.sent + counts.failed > 0) spdlog::info("reports on schedule: {} sent, {} not sent", counts.sent, counts.failed);
    } catch (std::exception const& fault) {
      spdlog::error("reports: {}", fault.what());
    }
  }
}

http::ServerOptions Node::server_options() {
  http::ServerOptions options;
  options.address = settings_.address;
  options.port = settings_.port;
  options.certificate_file = settings_.certificate_file;
  options.key_file = settings_.key_file;
  options.web_folder = settings_.web;
  options.upload_folder = settings_.folder / "uploads";
  // OPTIMIZATION: reading from the file computes, so few threads are enough; reading from PostgreSQL waits for its answers.
  if (database_->engine() == db::Engine::postgresql) options.reading_workers = 12;
  options.version = version_text();
  options.clock = &clock_;
  options.idempotency = idempotency_.get();
  options.find_viewer = [this](std::string_view token, bool) { return sessions_->find(token); };
  options.words = [this](std::string_view language, std::string_view key, LabelArguments const& arguments) {
    return labels_.has(key) ? labels_.text(language, key, arguments) : std::string();
  };
  options.say = [this](std::string_view language, std::string_view english) { return sentences_.say(language, english); };
  options.choose_language = [this](std::string_view accept) { return labels_.choose(accept); };
  options.audit = [this](http::Route const& route, http::Request const& request, http::Response const&,
                         http::Recorded recorded) {
    access_log_->record_later(reading_of(route, request), std::move(recorded));
  };
  options.log = [this](http::LogLine const& line) {
    if (line.fault.empty()) return;
    room_->note_fault(line.fault);
    spdlog::error("{} {} {} {}", line.request_id, line.operation, line.status, line.fault);
  };
  // Who may read must be able to sign in and out: what that writes is what the reserve is for.
  options.may_write = [this](http::Route const& route) -> Result<void> {
    if (route.operation == "create_session" || route.operation == "delete_session") return {};
    return room_->check_may_write();
  };
  // A proxy in front stands on this machine; without its word every client would share one rate limit.
  if (settings_.secure_cookies && settings_.certificate_file.empty()) options.trusted_proxies = {"127.0.0.1", "::1"};
  options.not_ready = [this] { return monitor_->not_ready(); };
  options.figures = [this] {
    auto figures = database_->figures();
    figures.emplace_back("rcms_disk_free_bytes", static_cast<double>(room_->free_bytes()));
    figures.emplace_back("rcms_disk_reserve_bytes", static_cast<double>(room_->reserve_bytes()));
    figures.emplace_back("rcms_writes_refused", room_->refuses() ? 1 : 0);
    return figures;
  };
  options.live.may_see = may_see_event;
  options.live.backlog = [this](access::Viewer const& viewer, std::int64_t after) { return backlog(viewer, after); };
  options.live.newest = published_;
  return options;
}

void Node::add_routes() {
  if (has_routes_) return;
  has_routes_ = true;
  add_all_routes(routes_, *context_, *administration_, *registers_, *population_, sentences_, settings_);
  agreement_desk::add_routes(routes_, *law_context_);
  operations::add_routes(routes_, *monitor_, labels_);
  statistics::add_routes(routes_, *reports_);
  if (add_demo_routes) add_demo_routes(routes_, *administration_);
  if (!settings_.demo || settings_.mail) return;
  catcher_ = std::make_unique<mail::MailCatcher>();
  messages::add_demo_mail_routes(routes_, *catcher_);
}

void Node::start() {
  std::filesystem::create_directories(settings_.folder / "uploads");
  add_routes();
  access_log_ = std::make_unique<ledger::AccessLog>(*database_, clock_);
  published_ = ledger::last_sealed_number(*database_);
  server_ = std::make_unique<http::Server>(routes_, server_options());
  database_->listen(ledger::sealed_channel, [this] {
    if (!stopping_) publish_sealed();
  });
  database_->listen(agreement_desk::law_channel, [this] {
    if (!stopping_) refresh_law();
  });
  sealer_->start();
  background_ = std::thread([this] { work_in_background(); });
  importing_ = std::thread([this] { continue_imports(); });
  reporting_ = std::thread([this] { send_reports(); });
  population_->start();
  if (settings_.finds_pairs) finder_->start();
  server_->start();
  notices_ = make_notices(*context_, settings_, *server_, catcher_.get());
  notices_->start();
}

void Node::stop() {
  if (stopping_.exchange(true)) return;
  if (notices_) notices_->stop();
  if (server_) server_->stop();
  bell_.notify_all();
  import_bell_.notify_all();
  report_bell_.notify_all();
  if (background_.joinable()) background_.join();
  if (importing_.joinable()) importing_.join();
  if (reporting_.joinable()) reporting_.join();
  if (population_) population_->stop();
  if (finder_) finder_->stop();
  if (sealer_) sealer_->stop();
  access_log_.reset();
}

}  // namespace rcms::app
