// Gives committed entries their global numbers, in batches, soon after they are written.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>

#include "foundation/base/clock.hpp"
#include "foundation/db/database.hpp"
#include "foundation/ledger/node_key.hpp"

namespace rcms::ledger {

struct SealerOptions {
  int poll_ms = 100;        ///< longest time an entry waits when no notice came
  int pause_ms = 10;        ///< rest after a batch, so that entries gather
  std::function<void(std::string_view what)> on_fault;  ///< told when the database failed; the loop goes on
};

/// Every process may run one: the leader seals, the others stand by. Were two to seal at once, the unique numbers of seals
/// and entries would let only one of them write.
class Sealer {
 public:
  Sealer(db::Database& database, NodeKey key, Clock const& clock, SealerOptions options = {});
  ~Sealer();
  Sealer(Sealer const&) = delete;

  /// Starts the background loop.
  void start();
  /// Stops it; entries not yet sealed are sealed after the next start.
  void stop();
  /// Seals one batch now, whoever leads; returns the number of entries it sealed. Throws db::Fault.
  std::size_t seal_once();

 private:
  /// Wakes the loop; kept apart because the database may call it after the sealer is gone.
  struct Bell {
    std::mutex mutex;
    std::condition_variable rung;
    bool work = false;
    bool stop = false;
    void ring();
  };

  void run();
  void rest(int ms, bool until_rung);

  db::Database& database_;
  NodeKey key_;
  Clock const& clock_;
  SealerOptions options_;
  std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();
  std::thread thread_;
};

}  // namespace rcms::ledger
