// Finds pairs in the background: reads what was changed, compares it with all files of the same State and side, keeps the pairs.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "capabilities/duplicates/store.hpp"
#include "engines/matching/build.hpp"
#include "engines/matching/duplicates.hpp"
#include "foundation/base/clock.hpp"

namespace rcms::duplicates {

struct FinderOptions {
  std::filesystem::path folder;  ///< where an index stands while it is searched; nothing is left there
  std::vector<matching::Alias> aliases;
  std::vector<PartyId> parties;                      ///< States of this node
  std::function<void(std::string_view)> on_fault{};  ///< told what went wrong in the background; it is tried again
};

/// What a round has done.
struct Round {
  std::size_t files = 0;  ///< compared with all others
  std::size_t found = 0;  ///< new pairs
  std::size_t gone = 0;   ///< open pairs that are none any more
};

/// Told steps of long work: what is done, and how many of how many (0: not known).
using Progress = std::function<void(std::string_view step, std::uint64_t done, std::uint64_t of)>;

class Finder {
 public:
  Finder(db::Database& database, Clock const& clock, FinderOptions options);
  ~Finder();
  Finder(Finder const&) = delete;

  /// Everything that waits, now: reads what was changed and compares it.
  Round look(Shelf const& shelf, Progress const& progress = {});
  /// The same for every State of the node and both sides.
  Round look_everywhere();

  /// On a thread of its own while this process is the one that does: every second, but after a round that took long it pauses
  /// twenty times as long, two minutes at most.
  void start();
  void stop();

 private:
  using CasesOfPair = std::pair<std::string, std::string>;  ///< the earlier id first
  using PairsByCases = std::map<CasesOfPair, matching::DuplicatePair>;

  void take_changes(Shelf const& shelf);
  PairsByCases compare(Shelf const& shelf, std::vector<Compared> const& asking, Progress const& progress);
  bool write_found(Shelf const& shelf, CasesOfPair const& cases, matching::DuplicatePair const& pair);
  std::size_t remove_gone(Shelf const& shelf, CaseId const& asked, PairsByCases const& found);
  void work();

  db::Database& database_;
  Clock const& clock_;
  FinderOptions options_;
  std::vector<Shelf> shelves_;
  std::mutex looking_;  ///< one look at a time
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace rcms::duplicates
