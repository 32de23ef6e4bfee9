#include "capabilities/duplicates/actions.hpp"

#include <boost/json.hpp>

#include "capabilities/case_files/api.hpp"
#include "capabilities/case_files/store.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::duplicates {

namespace {

ledger::Entry entry_of(Pair const& pair, std::string subject, std::string action, boost::json::object const& told,
                       std::int64_t revision) {
  return {.subject = std::move(subject),
          .party = pair.party,
          .actor = pair.decided_by.value,
          .action = std::move(action),
          .source = {},
          .content = boost::json::serialize(told),
          .revision = revision,
          .at = *pair.decided_at};
}

std::string reference_of(Context const& context, Pair const& pair, CaseId const& id) {
  auto const file = case_files::find_case_file(context.database, pair.party, pair.side, id);
  return file ? file->reference : std::string();
}

}  // namespace

Result<Shelf> shelf_of(access::Viewer const& viewer, std::optional<Side> wanted) {
  for (auto const side : {Side::requesting, Side::requested}) {
    if ((!wanted || *wanted == side) && viewer.may(case_files::permission_to_read(side))) return Shelf{viewer.party, side};
  }
  return refuse(Why::not_permitted, "side");
}

Result<Pair> get_pair(Context const& context, access::Viewer const& viewer, PairId const& id) {
  auto pair = find_pair(context.database, viewer.party, id);
  if (!pair || !shelf_of(viewer, pair->side)) return refuse(Why::not_found);
  return std::move(*pair);
}

Result<Pair> decide_pair(Context const& context, access::Viewer const& viewer, PairId const& id, std::string const& decision,
                         std::string const& reason, std::optional<std::int64_t> if_match) {
  auto const known = get_pair(context, viewer, id);
  if (!known) return tl::unexpected(known.error());
  auto const subject = ledger::subject_of("pair", id.value);
  auto const left = case_files::subject_of(known->side, known->left);
  auto const right = case_files::subject_of(known->side, known->right);
  return ledger::carry_out(context.database, {subject, left, right}, [&]() -> Result<ledger::Decided<Pair>> {
    auto const before = get_pair(context, viewer, id);
    if (!before) return tl::unexpected(before.error());
    if (if_match && *if_match != before->revision)
      return refuse(Why::stale_revision, "revision", "somebody changed it meanwhile: load it again and compare");
    auto after = decide(*before, decision, reason, viewer, context.clock.now());
    if (!after) return tl::unexpected(after.error());
    ledger::Decided<Pair> decided;
    save_pair(decided.command, *after);
    boost::json::object told{{"reason", after->reason}};
    decided.entries.push_back(entry_of(*after, subject, "pair." + after->state, told, after->revision));
    told["file"] = reference_of(context, *after, after->right);
    decided.entries.push_back(entry_of(*after, left, "pair_" + after->state, told, 0));
    told["file"] = reference_of(context, *after, after->left);
    decided.entries.push_back(entry_of(*after, right, "pair_" + after->state, told, 0));
    decided.answer = std::move(*after);
    return decided;
  });
}

}  // namespace rcms::duplicates
