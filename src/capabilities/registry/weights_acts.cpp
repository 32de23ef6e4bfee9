#include "capabilities/registry/weights_acts.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "capabilities/registry/weights_store.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::registry {

namespace {

using Editions = std::vector<WeightsEdition>;

ledger::Entry weights_entry(access::Viewer const& viewer, WeightsEdition const& one, std::string action, Instant now) {
  boost::json::object content{{"weights", one.id}, {"version", one.version}, {"state", one.state}, {"reason", one.reason}};
  if (one.goes_back) content["goes_back"] = true;
  if (!one.end_reason.empty()) content["end_reason"] = one.end_reason;
  return {.subject = ledger::subject_of("registry", one.party.value),
          .party = viewer.party,
          .actor = viewer.user.value,
          .action = std::move(action),
          .source = {},
          .content = boost::json::serialize(content),
          .revision = one.revision,
          .at = now};
}

/// `decide(known) -> Result<WeightsEdition>`: a new proposal.
template <class Decide>
Result<WeightsEdition> propose(Registries& registries, access::Viewer const& viewer, Decide&& decide) {
  auto& database = registries.database();
  return ledger::carry_out(database, {ledger::subject_of("registry", viewer.party.value)},
                           [&]() -> Result<ledger::Decided<WeightsEdition>> {
    auto made = decide(list_weights(database, viewer.party));
    if (!made) return tl::unexpected(made.error());
    ledger::Decided<WeightsEdition> decided;
    insert_weights(decided.command, *made);
    decided.entries.push_back(weights_entry(viewer, *made, "registry.propose_weights", made->proposed_at));
    decided.answer = std::move(*made);
    return decided;
  });
}

/// `decide(before, known, command) -> Result<WeightsEdition>`: what becomes of one that is known.
template <class Decide>
Result<WeightsEdition> change(Registries& registries, access::Viewer const& viewer, std::string_view id,
                              std::string const& action, Decide&& decide) {
  auto& database = registries.database();
  return ledger::carry_out(database, {ledger::subject_of("registry", viewer.party.value)},
                           [&]() -> Result<ledger::Decided<WeightsEdition>> {
    auto const known = list_weights(database, viewer.party);
    auto const before = std::find_if(known.begin(), known.end(), [&](auto const& one) { return one.id == id; });
    if (before == known.end()) return refuse(Why::not_found);
    ledger::Decided<WeightsEdition> decided;
    auto after = decide(*before, known, decided.command);
    if (!after) return tl::unexpected(after.error());
    save_weights(decided.command, *before, *after);
    decided.entries.push_back(weights_entry(viewer, *after, action, registries.clock().now()));
    decided.answer = std::move(*after);
    return decided;
  });
}

}  // namespace

Result<WeightsEdition> propose_weights(Registries& registries, access::Viewer const& viewer, std::string_view file,
                                       std::string_view reason) {
  return propose(registries, viewer, [&](Editions const& known) {
    return decide_weights(viewer, file, reason, known, registries.clock().now());
  });
}

Result<WeightsEdition> propose_return(Registries& registries, access::Viewer const& viewer, std::string_view version,
                                      std::string_view reason) {
  return propose(registries, viewer, [&](Editions const& known) {
    return decide_return(viewer, version, reason, known, registries.clock().now());
  });
}

Result<WeightsEdition> put_in_force(Registries& registries, access::Viewer const& viewer, std::string_view id) {
  return change(registries, viewer, id, "registry.put_weights_in_force",
                [&](WeightsEdition const& before, Editions const& known, db::Command& command) {
    auto const now = registries.clock().now();
    auto after = decide_entry(viewer, before, known, now);
    if (!after) return after;
    for (auto const& one : known) {
      if (one.state != "in_force") continue;
      auto replaced = one;
      replaced.state = "replaced";
      replaced.ended_by = viewer.user;
      replaced.ended_at = now;
      save_weights(command, one, replaced);
    }
    return after;
  });
}

Result<WeightsEdition> withdraw_weights(Registries& registries, access::Viewer const& viewer, std::string_view id,
                                        std::string_view reason) {
  return change(registries, viewer, id, "registry.withdraw_weights",
                [&](WeightsEdition const& before, Editions const&, db::Command&) {
    return decide_withdrawal(viewer, before, reason, registries.clock().now());
  });
}

}  // namespace rcms::registry
