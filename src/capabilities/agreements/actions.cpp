#include "capabilities/agreements/actions.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::agreement_desk {

namespace {

namespace json = boost::json;

std::string subject_of(std::string_view agreement) { return ledger::subject_of("agreement", agreement); }

ledger::Entry entry_of(access::Viewer const& viewer, std::string_view agreement, std::string action, std::string source,
                       json::object const& content, std::int64_t revision, Instant now) {
  return {.subject = subject_of(agreement),
          .party = viewer.party,
          .actor = viewer.user.value,
          .action = std::move(action),
          .source = std::move(source),
          .content = json::serialize(content),
          .revision = revision,
          .at = now};
}

json::object content_of(StoredConfirmation const& one) {
  json::object content{{"confirmation", one.id}, {"rule", one.rule},   {"fingerprint", one.fingerprint},
                       {"source", one.source},   {"place", one.place}, {"state", one.state}};
  if (!one.reason.empty()) content["reason"] = one.reason;
  return content;
}

/// `decide(StoredConfirmation const& before) -> Result<StoredConfirmation>`.
template <class Decide>
Result<StoredConfirmation> carry_out_confirmation(Context const& context, access::Viewer const& viewer, std::string_view id,
                                                  std::string action, Decide&& decide) {
  auto const seen = find_confirmation(context.files.database, viewer.party, id);
  if (!seen) return refuse(Why::not_found);
  auto answer = ledger::carry_out(context.files.database, {subject_of(seen->agreement)},
                                  [&]() -> Result<ledger::Decided<StoredConfirmation>> {
    auto const before = find_confirmation(context.files.database, viewer.party, id);
    if (!before) return refuse(Why::not_found);
    auto after = decide(*before);
    if (!after) return tl::unexpected(after.error());
    ledger::Decided<StoredConfirmation> decided;
    save_confirmation(decided.command, *before, *after);
    decided.entries.push_back(entry_of(viewer, after->agreement, action, after->source, content_of(*after), after->revision,
                                       context.files.clock.now()));
    decided.answer = std::move(*after);
    return decided;
  });
  if (answer) tell_law_changed(context);
  return answer;
}

Result<std::optional<Date>> read_from(std::string_view from) {
  if (from.empty()) return std::optional<Date>();
  auto const day = Date::parse(from);
  if (!day) return refuse(Why::field_invalid, "from", "a day is written yyyy-mm-dd");
  return day;
}

}  // namespace

void tell_law_changed(Context const& context) {
  context.desk.refresh();
  context.files.database.notify(law_channel);
  if (context.files.after_write) context.files.after_write();
}

Result<StoredConfirmation> propose(Context const& context, access::Viewer const& viewer, std::string_view agreement,
                                   NewConfirmation const& input) {
  auto const* held = context.files.norms.find_agreement(agreement);
  if (held == nullptr) return refuse(Why::not_found);
  auto const today = case_files::today_of(context.files, viewer.party);
  return ledger::carry_out(context.files.database, {subject_of(held->code)},
                           [&]() -> Result<ledger::Decided<StoredConfirmation>> {
    auto const known = list_confirmations(context.files.database, viewer.party, held->code);
    auto made = decide_proposal(viewer, *held, today, input, known, context.files.clock.now());
    if (!made) return tl::unexpected(made.error());
    ledger::Decided<StoredConfirmation> decided;
    insert_confirmation(decided.command, *made);
    decided.entries.push_back(entry_of(viewer, held->code, "agreement.propose_confirmation", made->source, content_of(*made), 1,
                                       context.files.clock.now()));
    decided.answer = std::move(*made);
    return decided;
  });
}

Result<StoredConfirmation> countersign(Context const& context, access::Viewer const& viewer, std::string_view id) {
  return carry_out_confirmation(context, viewer, id, "agreement.confirm", [&](StoredConfirmation const& before) {
    return decide_countersignature(viewer, before, context.files.norms.find_agreement(before.agreement),
                                   case_files::today_of(context.files, viewer.party), context.files.clock.now());
  });
}

Result<StoredConfirmation> revoke(Context const& context, access::Viewer const& viewer, std::string_view id,
                                  std::string_view reason) {
  return carry_out_confirmation(context, viewer, id, "agreement.revoke_confirmation", [&](StoredConfirmation const& before) {
    return decide_revocation(viewer, before, reason, context.files.clock.now());
  });
}

Result<Effect> preview_effect(Context const& context, access::Viewer const& viewer, std::string_view agreement,
                              std::string_view from) {
  if (auto may = check_may(viewer); !may) return tl::unexpected(may.error());
  auto const day = read_from(from);
  if (!day) return tl::unexpected(day.error());
  auto const waiting = context.desk.find_waiting(agreement);
  if (!waiting) return refuse(Why::not_found);
  return compute_effect(context.files, viewer.party, viewer.party_code, *waiting, *day, list_versions(context.files.database));
}

Result<StoredVersion> put_in_force(Context const& context, access::Viewer const& viewer, std::string_view agreement,
                                   std::string_view from, std::string_view seen) {
  auto const effect = preview_effect(context, viewer, agreement, from);
  if (!effect) return tl::unexpected(effect.error());
  auto const waiting = context.desk.find_waiting(agreement);
  if (!waiting) return refuse(Why::not_found);
  auto answer = ledger::carry_out(context.files.database, {subject_of(agreement)},
                                  [&]() -> Result<ledger::Decided<StoredVersion>> {
    auto const now = context.files.clock.now();
    StoredVersion version;
    version.law_hash = waiting->law_hash;
    version.content = waiting->text;
    auto made = decide_entry_into_force(viewer, waiting->content, list_versions(context.files.database), effect->from, seen,
                                        effect->seen, std::move(version), now);
    if (!made) return tl::unexpected(made.error());
    ledger::Decided<StoredVersion> decided;
    insert_version(decided.command, *made);
    json::object content{{"number", made->number}, {"law_hash", made->law_hash}, {"changed_deadlines", effect->changed.size()}};
    if (made->valid_from) content["from"] = made->valid_from->text();
    decided.entries.push_back(entry_of(viewer, agreement, "agreement.put_in_force", {}, content, made->number, now));
    decided.answer = std::move(*made);
    return decided;
  });
  if (answer) tell_law_changed(context);
  return answer;
}

Result<LawState> read_again(Context const& context, access::Viewer const& viewer) {
  if (auto may = check_may(viewer); !may) return tl::unexpected(may.error());
  context.desk.read_files();
  auto state = context.desk.state();
  auto const told = ledger::carry_out(context.files.database, {subject_of("files")}, [&]() -> Result<ledger::Decided<>> {
    json::array refused;
    for (auto const& file : state.refused) refused.emplace_back(file.file);
    json::array waiting;
    for (auto const& each : state.waiting) waiting.emplace_back(each.agreement);
    ledger::Decided<> decided;
    decided.entries.push_back(entry_of(viewer, "files", "agreement.read_files", {},
                                       {{"refused", std::move(refused)}, {"waiting", std::move(waiting)}}, 0,
                                       context.files.clock.now()));
    return decided;
  });
  if (!told) return tl::unexpected(told.error());
  tell_law_changed(context);
  return state;
}

}  // namespace rcms::agreement_desk
