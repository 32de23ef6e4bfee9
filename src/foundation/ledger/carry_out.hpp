// The one way in which a decision is written: content and ledger in the same transaction, repeated when somebody was
// faster.
//
//   return ledger::carry_out(database, {application_subject(id)}, [&]() -> Result<ledger::Decided<Application>> {
//     auto application = get_application(database, viewer, id);            // load
//     if (!application) return tl::unexpected(application.error());
//     auto decision = decide_reply(*application, reply, actor, agreement, today);  // decide: pure
//     if (!decision) return tl::unexpected(decision.error());
//     ledger::Decided<Application> decided{.answer = decision->after};
//     save_application(decided.command, decision->after);                  // save, naming the revision it replaces
//     decided.entries.push_back({application_subject(id), viewer.party, …});
//     return decided;
//   });
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "foundation/base/result.hpp"
#include "foundation/db/database.hpp"
#include "foundation/ledger/entry.hpp"

namespace rcms::ledger {

/// The answer of a write that has nothing to say.
struct Nothing {};

/// What a decision writes and what the ledger says of it. No entries and an empty command: there was nothing to do.
template <class Answer = Nothing>
struct Decided {
  db::Command command{};
  std::vector<Entry> entries{};
  Answer answer{};
};

/// How often a decision is repeated when others write the same subjects at the same time.
inline constexpr int default_tries = 20;
/// The channel on which the sealer hears that something was written.
inline constexpr std::string_view written_channel = "written";

namespace detail {

enum class Attempt { done, again };

/// Adds the ledger's statements and writes. `again` when a chain or a row has changed since `heads` were loaded.
Result<Attempt> write_decided(db::Database& database, std::vector<ChainHead>& heads, db::Command command,
                              std::vector<Entry> const& entries);
std::vector<ChainHead> load_heads(db::Database& database, std::vector<std::string> const& subjects);
/// The turn among the threads of this process that write the same first subject: they would only make each other repeat. No lock
/// without subjects.
std::unique_lock<std::mutex> take_turn(std::vector<std::string> const& subjects);

}  // namespace detail

/// Loads the heads of `subjects`, calls `decide() -> Result<Decided<Answer>>` and writes what it decided. The chain is the
/// lock of its subject: what `decide` reads of a subject in the list is still so when it is written, else everything is
/// repeated. Subjects that the decision itself makes need not be in the list. `decide` must not itself carry out anything.
/// Returns when it is durable. Refuses what `decide` refuses; already_exists and field_invalid when the database does;
/// unavailable when others were faster `tries` times. Throws db::Fault.
template <class Decide>
auto carry_out(db::Database& database, std::vector<std::string> const& subjects, Decide&& decide, int tries = default_tries)
    -> Result<decltype(decide()->answer)> {
  auto const turn = detail::take_turn(subjects);
  for (int attempt = 0; attempt < tries; ++attempt) {
    auto heads = detail::load_heads(database, subjects);
    auto decided = decide();
    if (!decided) return tl::unexpected<Refused>(decided.error());
    auto const written = detail::write_decided(database, heads, std::move(decided->command), decided->entries);
    if (!written) return tl::unexpected<Refused>(written.error());
    if (*written == detail::Attempt::done) return std::move(decided->answer);
  }
  return refuse(Why::unavailable, {}, "too many others change the same record at this moment; try again");
}

}  // namespace rcms::ledger
