#include "foundation/ledger/carry_out.hpp"

#include <array>
#include <functional>
#include <stdexcept>

namespace rcms::ledger::detail {

namespace {

ChainHead& head_of(db::Database& database, std::vector<ChainHead>& heads, std::string const& subject) {
  for (auto& head : heads) {
    if (head.subject == subject) return head;
  }
  heads.push_back(load_head(database, subject));
  return heads.back();
}

constexpr std::size_t turns_count = 1024;

}  // namespace

std::unique_lock<std::mutex> take_turn(std::vector<std::string> const& subjects) {
  // One lock at a time: two who wait for each other cannot be. Subjects that share a lock by chance only wait longer.
  static std::array<std::mutex, turns_count> turns;
  if (subjects.empty()) return {};  // what makes its subjects waits for nobody
  return std::unique_lock(turns[std::hash<std::string>()(subjects.front()) % turns_count]);
}

std::vector<ChainHead> load_heads(db::Database& database, std::vector<std::string> const& subjects) {
  std::vector<ChainHead> heads;
  heads.reserve(subjects.size());
  for (auto const& subject : subjects) heads.push_back(load_head(database, subject));
  return heads;
}

Result<Attempt> write_decided(db::Database& database, std::vector<ChainHead>& heads, db::Command command,
                              std::vector<Entry> const& entries) {
  if (command.empty() && entries.empty()) return Attempt::done;
  if (entries.empty()) throw std::logic_error("a write without an entry in the ledger");

  // The ledger comes first, so that of several who write one subject all but the first stop at once.
  db::Command whole;
  for (auto const& entry : entries) append(whole, head_of(database, heads, entry.subject), entry);
  whole.append(std::move(command));

  switch (database.write(whole).outcome) {
    case db::Outcome::written: break;
    case db::Outcome::superseded: return Attempt::again;
    case db::Outcome::already_exists: return refuse(Why::already_exists, {}, "there is already one with this name or number");
    case db::Outcome::not_allowed: return refuse(Why::field_invalid, {}, "it names something that does not exist");
  }
  database.notify(written_channel);
  return Attempt::done;
}

}  // namespace rcms::ledger::detail
