#include "foundation/ledger/sealer.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

#include <fmt/format.h>

#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/merkle.hpp"
#include "foundation/ledger/seal.hpp"

namespace rcms::ledger {

namespace {

constexpr db::Sql select_bound{"ledger_select_bound", "SELECT next_commit_order FROM seals ORDER BY seal DESC LIMIT 1"};
constexpr db::Sql select_horizon_sqlite{"ledger_select_horizon_sqlite",
                                        "SELECT coalesce(max(commit_order), 0) + 1 FROM ledger_entries"};
constexpr db::Sql select_horizon_postgresql{"ledger_select_horizon_postgresql",
                                            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"};
constexpr db::Sql forget_commit_orders{"ledger_forget_commit_orders",
                                       "UPDATE ledger_entries SET commit_order = 0 WHERE commit_order >= $1"};
// OPTIMIZATION: a scalar subquery, because a NOT EXISTS may be planned as a hash join over the whole order.
constexpr db::Sql select_unsealed{
    "ledger_select_unsealed",
    "SELECT e.subject, e.position, e.hash, e.commit_order FROM ledger_entries e WHERE e.commit_order >= $1 AND "
    "(SELECT o.number FROM ledger_order o WHERE o.subject = e.subject AND o.position = e.position) IS NULL "
    "ORDER BY e.commit_order, e.subject, e.position LIMIT 4000"};
constexpr db::Sql insert_seal{
    "ledger_insert_seal",
    "INSERT INTO seals (seal, first, last, root, previous, at, signer, hash, signature, next_commit_order) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};

constexpr std::size_t sealed_at_once = 4000;  ///< the LIMIT of select_unsealed

// OPTIMIZATION: one statement for many numbers costs little more than for one.
constexpr std::size_t numbers_at_once = 16;

std::string insert_text(std::size_t rows) {
  std::string text = "INSERT INTO ledger_order (number, subject, position) VALUES ";
  for (std::size_t row = 0; row < rows; ++row)
    text += fmt::format("{}(${}, ${}, ${})", row == 0 ? "" : ", ", row * 3 + 1, row * 3 + 2, row * 3 + 3);
  return text;
}
std::string const insert_one_text = insert_text(1);
std::string const insert_many_text = insert_text(numbers_at_once);
db::Sql const insert_one{"ledger_insert_number", insert_one_text};
db::Sql const insert_many{"ledger_insert_numbers", insert_many_text};

/// `values` holds number, subject and position of each entry.
void add_numbers(db::Command& command, db::Values values) {
  constexpr std::size_t many = numbers_at_once * 3;
  std::size_t next = 0;
  while (next < values.size()) {
    auto const count = values.size() - next >= many ? many : 3;
    auto const begin = values.begin() + static_cast<std::ptrdiff_t>(next);
    auto const end = begin + static_cast<std::ptrdiff_t>(count);
    command.add(count == many ? insert_many : insert_one, {std::make_move_iterator(begin), std::make_move_iterator(end)});
    next += count;
  }
}

/// Entries that are not yet visible will have a commit order of at least this.
std::int64_t load_horizon(db::Database& database) {
  auto const& sql = database.engine() == db::Engine::sqlite ? select_horizon_sqlite : select_horizon_postgresql;
  return database.read(sql).at(0).integer(0);
}

/// Where the search for unsealed entries begins. A bound above the horizon tells that the database was restored into a
/// new server, whose transactions count from the start again: the orders of the old one then mean nothing any more.
std::int64_t load_bound(db::Database& database, std::int64_t horizon) {
  auto const row = database.find(select_bound);
  auto const bound = row ? row->integer(0) : 0;
  if (bound <= horizon) return bound;
  db::Command command;
  command.add(forget_commit_orders, {horizon});
  database.write(command);
  return 0;
}

}  // namespace

void Sealer::Bell::ring() {
  std::lock_guard lock(mutex);
  work = true;
  rung.notify_one();
}

Sealer::Sealer(db::Database& database, NodeKey key, Clock const& clock, SealerOptions options)
    : database_(database), key_(std::move(key)), clock_(clock), options_(std::move(options)) {}

Sealer::~Sealer() { stop(); }

void Sealer::start() {
  database_.listen(written_channel, [bell = std::weak_ptr(bell_)] {
    if (auto const alive = bell.lock()) alive->ring();
  });
  thread_ = std::thread([this] { run(); });
}

void Sealer::stop() {
  {
    std::lock_guard lock(bell_->mutex);
    bell_->stop = true;
    bell_->rung.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

std::size_t Sealer::seal_once() {
  // The horizon is read before the entries: what is visible now and not below it is found again by the next search.
  auto const horizon = load_horizon(database_);
  auto const rows = database_.read(select_unsealed, {load_bound(database_, horizon)});
  if (rows.empty()) return 0;

  auto const before = load_last_seal(database_);
  Seal seal{.seal = before.seal + 1,
            .first = before.last + 1,
            .last = before.last + static_cast<std::int64_t>(rows.size()),
            .previous = before.hash,
            .at = clock_.now(),
            .signer = key_.public_key()};
  db::Command command;
  db::Values numbers;
  numbers.reserve(rows.size() * 3);
  std::vector<Bytes> leaves;
  leaves.reserve(rows.size());
  for (auto const& row : rows) {
    auto const number = seal.first + static_cast<std::int64_t>(leaves.size());
    leaves.push_back(leaf_hash(number, row.bytes(2)));
    numbers.insert(numbers.end(), {number, row.text(0), row.integer(1)});
  }
  add_numbers(command, std::move(numbers));
  seal.root = merkle_root(std::move(leaves));
  seal.hash = hash_of(seal);
  seal.signature = key_.sign(seal.hash);
  auto const next_bound = rows.size() < sealed_at_once ? horizon : std::min(horizon, rows.back().integer(3));
  command.add(insert_seal, {seal.seal, seal.first, seal.last, seal.root, seal.previous, seal.at.ms, seal.signer, seal.hash,
                            seal.signature, next_bound});
  if (database_.write(command).outcome != db::Outcome::written) return 0;  // another sealer was faster
  database_.notify(sealed_channel);
  return rows.size();
}

void Sealer::rest(int ms, bool until_rung) {
  std::unique_lock lock(bell_->mutex);
  bell_->rung.wait_for(lock, std::chrono::milliseconds(ms), [&] { return bell_->stop || (until_rung && bell_->work); });
}

void Sealer::run() {
  for (;;) {
    rest(options_.poll_ms, true);
    {
      std::lock_guard lock(bell_->mutex);
      if (bell_->stop) return;
      bell_->work = false;
    }
    try {
      if (database_.is_leader("sealer")) {
        while (seal_once() == sealed_at_once) continue;
      }
    } catch (db::Fault const& fault) {
      if (options_.on_fault) options_.on_fault(fault.what());
    }
    rest(options_.pause_ms, false);
  }
}

}  // namespace rcms::ledger
