// A running node: everything opened and wired, in the order in which it depends on each other.
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "capabilities/administration/context.hpp"
#include "capabilities/agreements/actions.hpp"
#include "capabilities/case_files/context.hpp"
#include "capabilities/duplicates/finder.hpp"
#include "capabilities/registry/registries.hpp"
#include "capabilities/safeguards/actions.hpp"
#include "capabilities/messages/background.hpp"
#include "capabilities/statistics/context.hpp"
#include "capabilities/operations/monitor.hpp"
#include "foundation/base/sentences.hpp"
#include "foundation/db/migrations.hpp"
#include "foundation/http/idempotency.hpp"
#include "foundation/http/server.hpp"
#include "foundation/ledger/access_log.hpp"
#include "foundation/ledger/sealer.hpp"
#include "foundation/mail/catcher.hpp"

namespace rcms::app {

struct Settings {
  std::string database;              ///< `sqlite:PATH` or `postgresql://…`
  std::filesystem::path folder;      ///< keys, attachments, uploads; made when absent
  std::filesystem::path data;        ///< the law: agreements, forms, languages, …
  std::filesystem::path migrations;
  std::filesystem::path web;         ///< built web application; empty: API only
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  bool demo = false;
  bool secure_cookies = false;
  bool finds_pairs = true;  ///< in the background; tests that compare what is written ask the finder themselves
  std::string certificate_file;
  std::string key_file;
  int keep_imports_days = 30;                  ///< an uploaded table, after it was touched last
  int keep_failed_sign_ins_days = 90;
  std::uint64_t keep_free_bytes = 0;           ///< of the disk of `folder`; 0: operations::usual_reserve_bytes
  db::MustStop must_stop;                      ///< asked while the database is migrated; none: nothing ends that early
  std::optional<messages::MailSettings> mail;  ///< none: no e-mails; a demo keeps them in a catcher instead
};

/// Where the program finds what belongs to it ("data", "db/migrations", "fonts"): beside the program, in the source tree it was
/// built from, or under /usr/share/rcms. Throws std::runtime_error.
std::filesystem::path find_share(std::string_view name);
/// The same, empty when there is none.
std::filesystem::path find_share_if(std::string_view name);

/// Everything but the server: also what the command line uses. Throws std::runtime_error or db::Fault with a remedy.
class Node {
 public:
  /// `clock` outlives the node. Opens and migrates the database, reads the law, makes missing keys. Throws
  /// db::MigrationsStopped when the settings say so meanwhile.
  Node(Settings settings, Clock const& clock);
  ~Node();
  Node(Node const&) = delete;

  Settings const& settings() const { return settings_; }
  db::Database& database() { return *database_; }
  Clock const& clock() const { return clock_; }
  Labels const& labels() const { return labels_; }
  case_files::Norms const& norms() const { return norms_; }
  access::Sessions& sessions() { return *sessions_; }
  ledger::Sealer& sealer() { return *sealer_; }
  files::FileStore& store() { return *store_; }

  /// Reads the States anew and connects them: after `init` and after the demo has made its world.
  void connect_parties();
  /// The context of all acts; valid after connect_parties.
  case_files::Context const& context() const { return *context_; }
  exchange::Exchange& exchange() { return *exchange_; }
  /// The registers of status of the States; valid after connect_parties.
  safeguarding::Registers const& registers() const { return *registers_; }
  /// The population registries of the States hosted here; valid after connect_parties.
  registry::Registries& population() { return *population_; }
  /// What finds files of one person; valid after connect_parties.
  duplicates::Finder& finder() { return *finder_; }
  administration::Context const& administration() const { return *administration_; }
  /// The context of reports.
  statistics::Context const& reports() const { return *reports_; }

  /// The signing key of a hosted State, made when absent.
  exchange::SigningKey party_key(std::string const& code) const;

  /// Versions of agreements, files that were refused, confirmations.
  agreement_desk::Desk& law() { return *law_; }
  /// The files of the agreements are read again, as on SIGHUP; what does not hold is refused and logged.
  void read_law_again();

  /// One round of what the background does: deliver envelopes, compute deadlines anew when the law has changed, end terms. For
  /// tests, imports and the making of demo histories.
  void run_due();

  /// Serves until `stop`. Adds all routes of all capabilities.
  void start();
  void stop();
  std::uint16_t port() const { return server_->port(); }
  http::Server& server() { return *server_; }
  http::Routes const& routes() const { return routes_; }
  /// The table of routes without a server, for OpenAPI.
  void add_routes();

  /// People of the demo, for the page "who do you want to be"; set before `start`.
  std::function<void(http::Routes&, administration::Context const&)> add_demo_routes;

 private:
  void publish_sealed();
  void work_in_background();
  void refresh_law();
  void tell_of_tomorrow();
  void forget_prints();
  void evaluate_law();
  void continue_imports();
  void send_reports();
  http::ServerOptions server_options();
  std::vector<http::Event> backlog(access::Viewer const& viewer, std::int64_t after);

  Settings settings_;
  Clock const& clock_;
  Labels labels_;
  Sentences sentences_;
  case_files::Norms norms_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<agreement_desk::Desk> law_;
  std::unique_ptr<http::Idempotency> idempotency_;
  std::unique_ptr<files::FileStore> store_;
  std::unique_ptr<case_files::Attachments> attachments_;
  std::unique_ptr<access::Sessions> sessions_;
  std::unique_ptr<case_files::Directory> directory_;
  std::unique_ptr<exchange::Exchange> exchange_;
  std::unique_ptr<safeguarding::Registers> registers_;
  std::unique_ptr<registry::Registries> population_;
  std::unique_ptr<duplicates::Finder> finder_;
  std::unique_ptr<case_files::Context> context_;
  std::unique_ptr<agreement_desk::Context> law_context_;
  std::unique_ptr<agreement_desk::Evaluation> evaluation_;
  std::string law_told_;  ///< the law of which the log has said that deadlines are computed by it
  std::unique_ptr<administration::Context> administration_;
  std::unique_ptr<statistics::Context> reports_;
  std::unique_ptr<ledger::Sealer> sealer_;
  std::unique_ptr<ledger::AccessLog> access_log_;
  std::unique_ptr<operations::Room> room_;
  std::unique_ptr<operations::Monitor> monitor_;
  http::Routes routes_;
  bool has_routes_ = false;
  std::unique_ptr<http::Server> server_;

  std::mutex publishing_;
  std::int64_t published_ = 0;
  std::mutex bell_mutex_;
  std::condition_variable bell_;
  bool work_waiting_ = false;
  std::atomic<bool> stopping_ = false;
  std::thread background_;
  std::condition_variable import_bell_;
  std::thread importing_;
  std::condition_variable report_bell_;
  std::thread reporting_;
  std::unique_ptr<mail::MailCatcher> catcher_;
  std::unique_ptr<messages::Background> notices_;
};

}  // namespace rcms::app
