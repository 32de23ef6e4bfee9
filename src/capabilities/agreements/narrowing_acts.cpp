#include "capabilities/agreements/narrowing_acts.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "capabilities/agreements/narrowing_store.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::agreement_desk {

namespace {

namespace json = boost::json;

ledger::Entry entry_of(access::Viewer const& viewer, Narrowing const& one, std::string action, Instant now) {
  json::object content{{"narrowing", one.id}, {"field", one.field}, {"reason", one.reason}, {"state", one.state}};
  if (one.number != 0) content["whitelist"] = one.number;
  if (one.lifted_number != 0) content["whitelist"] = one.lifted_number;
  if (!one.lift_reason.empty()) content["lift_reason"] = one.lift_reason;
  return {.subject = ledger::subject_of("agreement", one.agreement),
          .party = viewer.party,
          .actor = viewer.user.value,
          .action = std::move(action),
          .source = {},
          .content = json::serialize(content),
          .revision = one.revision,
          .at = now};
}

/// `decide(Narrowing const& before, std::vector<Narrowing> const& known) -> Result<Narrowing>`.
template <class Decide>
Result<Narrowing> carry_out_narrowing(Context const& context, access::Viewer const& viewer, std::string_view id,
                                      std::string const& action, Decide&& decide) {
  auto& database = context.files.database;
  auto const seen = find_narrowing(database, viewer.party, id);
  if (!seen) return refuse(Why::not_found);
  auto answer = ledger::carry_out(database, {ledger::subject_of("agreement", seen->agreement)},
                                  [&]() -> Result<ledger::Decided<Narrowing>> {
    auto const before = find_narrowing(database, viewer.party, id);
    if (!before) return refuse(Why::not_found);
    auto after = decide(*before, list_narrowings(database, viewer.party, before->agreement));
    if (!after) return tl::unexpected(after.error());
    ledger::Decided<Narrowing> decided;
    save_narrowing(decided.command, *before, *after);
    decided.entries.push_back(entry_of(viewer, *after, action, context.files.clock.now()));
    decided.answer = std::move(*after);
    return decided;
  });
  if (answer) tell_law_changed(context);
  return answer;
}

}  // namespace

Result<Narrowing> propose_narrowing(Context const& context, access::Viewer const& viewer, std::string_view agreement,
                                    std::string_view field, std::string_view reason) {
  auto const* held = context.files.norms.find_agreement(agreement);
  if (held == nullptr) return refuse(Why::not_found);
  auto& database = context.files.database;
  return ledger::carry_out(database, {ledger::subject_of("agreement", held->code)},
                           [&]() -> Result<ledger::Decided<Narrowing>> {
    auto const now = context.files.clock.now();
    auto made = decide_narrowing(viewer, *held, context.files.norms.application_form, field, reason,
                                 list_narrowings(database, viewer.party, held->code), now);
    if (!made) return tl::unexpected(made.error());
    ledger::Decided<Narrowing> decided;
    insert_narrowing(decided.command, *made);
    decided.entries.push_back(entry_of(viewer, *made, "agreement.propose_narrowing", now));
    decided.answer = std::move(*made);
    return decided;
  });
}

Result<Narrowing> countersign_narrowing(Context const& context, access::Viewer const& viewer, std::string_view id) {
  return carry_out_narrowing(context, viewer, id, "agreement.countersign_narrowing", [&](auto const& before, auto const& known) {
    return decide_narrowing_countersignature(viewer, before, known, context.files.clock.now());
  });
}

Result<Narrowing> end_narrowing(Context const& context, access::Viewer const& viewer, std::string_view id,
                                std::string_view reason) {
  return carry_out_narrowing(context, viewer, id, "agreement.end_narrowing", [&](auto const& before, auto const&) {
    return decide_narrowing_end(viewer, before, reason, context.files.clock.now());
  });
}

}  // namespace rcms::agreement_desk
