// The registries of the States of this node, searched by any thread while new data is built beside and put in their place.
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "capabilities/registry/answer.hpp"
#include "capabilities/registry/place.hpp"
#include "capabilities/registry/source.hpp"
#include "engines/fingerprints/template.hpp"
#include "engines/matching/build.hpp"
#include "engines/matching/weights.hpp"
#include "foundation/access/secret_box.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/db/database.hpp"

namespace rcms::registry {

struct HostedState {
  PartyId party;
  std::string code;  ///< "UTO"
};

struct RegistriesOptions {
  std::filesystem::path folder;  ///< `<node>/registries`; each State has its own below
  std::vector<matching::Alias> aliases;
  std::vector<HostedState> states;
  std::optional<access::SecretBox> box = {};  ///< seals prints of citizens; without one none are taken
};

/// Settings and health as they are now.
struct State {
  Source source;
  Health health;
  Condition condition = Condition::none;
};

class Registries {
 public:
  Registries(db::Database& database, Clock const& clock, RegistriesOptions options);
  ~Registries();
  Registries(Registries const&) = delete;

  /// The best candidates. Refuses: what `check_question` finds; unavailable (no data yet; a registry that answers by itself does
  /// not). From any thread.
  Result<Found> search(PartyId const& party, Question const& question);

  /// The prints that the registry of the State holds of these citizens.
  std::map<std::string, fingerprints::Template> prints(PartyId const& party, std::vector<std::string> const& citizens) const;

  State state(PartyId const& party);
  /// Read anew when the file has changed.
  std::shared_ptr<Places const> places(PartyId const& party);
  /// The folder of a State; made when absent, with `drop` in it.
  std::filesystem::path folder_of(PartyId const& party) const;
  /// Hosts that the operator of the node allows: the lines of `hosts.txt`.
  std::set<std::string, std::less<>> allowed_hosts() const;
  Clock const& clock() const { return clock_; }
  db::Database& database() const { return database_; }

  /// Fetches what is new now, builds it beside and puts it in place when whole; what went wrong is kept as the State's health.
  /// Nothing is thrown for what the other side does wrong.
  void look(PartyId const& party);

  /// Looks from time to time at everything that is due, on a thread of its own, while this process is the one that does.
  void start();
  void stop();
  /// New settings: look now.
  void wake();

 private:
  struct Shelf;
  Shelf* find(PartyId const& party) const;
  /// Those in force, read anew when others were put in force.
  std::shared_ptr<matching::Weights const> weights_of(Shelf& shelf);
  void look_at_due();
  void work();

  db::Database& database_;
  Clock const& clock_;
  RegistriesOptions options_;
  std::map<std::string, std::unique_ptr<Shelf>> shelves_;  ///< by party
  std::mutex bell_mutex_;
  std::condition_variable bell_;
  bool woken_ = false;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace rcms::registry
