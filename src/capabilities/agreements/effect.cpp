#include "capabilities/agreements/effect.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "foundation/base/json_read.hpp"

namespace rcms::agreement_desk {

namespace {

using case_files::CaseFile;
using case_files::DeadlineRecord;

std::string due_of(DeadlineRecord const* record) {
  return record == nullptr || !record->due_on ? std::string() : record->due_on->text();
}

std::string confidence_of(DeadlineRecord const* record) {
  return record == nullptr ? std::string() : text_at(boost::json::value(record->computation), "confidence");
}

DeadlineRecord const* find_kind(std::vector<DeadlineRecord> const& records, std::string_view kind) {
  for (auto const& record : records) {
    if (record.kind == kind) return &record;
  }
  return nullptr;
}

/// Files are loaded one by one, page after page, so that many take no more memory than one.
template <class Each>
void for_open_files(case_files::Context const& context, PartyId const& party, std::string_view agreement, Each each) {
  OpenFile after;
  for (;;) {
    auto const page = list_open_files(context.database, after, party, agreement);
    if (page.empty()) return;
    for (auto const& open : page) {
      if (auto const file = case_files::find_case_file(context.database, open.party, open.id)) each(*file);
    }
    after = page.back();
  }
}

std::string name_effect(Effect const& effect) {
  auto text = fmt::format("{} {} {} {}", effect.agreement, effect.law_hash, effect.from ? effect.from->text() : "",
                          effect.open_cases);
  for (auto const& each : effect.changed) {
    text += fmt::format("\n{} {} {} {} {} {}", each.case_id.value, each.kind, each.due_before, each.due_after,
                        each.confidence_before, each.confidence_after);
  }
  return to_hex(sha256(text));
}

/// Whether the stored deadlines of a file are other than what the law says today.
bool is_changed(case_files::Context const& context, CaseFile const& file) {
  auto const stored = case_files::list_deadlines(context.database, file.party, file.id);
  auto const planned = case_files::plan_deadlines(case_files::law_of(context), file, case_files::parties_of(context, file));
  auto const changes = case_files::compare_deadlines(stored, planned, {}, case_files::today_of(context, file.party),
                                                     context.clock.now());
  return !changes.added.empty() || !changes.ended.empty();
}

/// The file's deadlines are computed anew; the timeline names the old and the new day.
Result<CaseFile> compute_anew(case_files::Context const& context, CaseFile const& seen) {
  return case_files::act_as(context, seen.party, seen.side, seen.id, std::nullopt, {{}, "clock"},
                            [&](CaseFile const& before, db::Command&) -> Result<case_files::Decision> {
    case_files::Decision decision;
    decision.after = before;
    decision.action = "deadlines_computed_anew";
    auto const planned = case_files::plan_deadlines(case_files::law_of(context), before, case_files::parties_of(context, before));
    auto const stored = case_files::list_deadlines(context.database, before.party, before.id);
    for (auto const& record : stored) {
      if (record.state != "open" && record.state != "paused") continue;
      auto const* again = find_kind(planned, record.kind);
      decision.told["term"] = record.kind;
      decision.told["due_before"] = due_of(&record);
      decision.told["due_after"] = due_of(again);
    }
    return decision;
  });
}

}  // namespace

std::vector<ChangedDeadline> compare_laws(case_files::TermLaw const& before, case_files::TermLaw const& after,
                                          CaseFile const& file, case_files::CaseParties const& parties) {
  auto const old_plan = case_files::plan_deadlines(before, file, parties);
  auto const new_plan = case_files::plan_deadlines(after, file, parties);
  std::vector<std::string> kinds;
  for (auto const* plan : {&old_plan, &new_plan}) {
    for (auto const& record : *plan) {
      if (std::find(kinds.begin(), kinds.end(), record.kind) == kinds.end()) kinds.push_back(record.kind);
    }
  }
  std::vector<ChangedDeadline> changed;
  for (auto const& kind : kinds) {
    auto const* one = find_kind(old_plan, kind);
    auto const* other = find_kind(new_plan, kind);
    ChangedDeadline line{file.id,        file.reference, case_files::name_of(file.side), kind, file.submitted_on, due_of(one),
                         due_of(other), confidence_of(one), confidence_of(other)};
    if (line.due_before != line.due_after || line.confidence_before != line.confidence_after) changed.push_back(std::move(line));
  }
  return changed;
}

Effect compute_effect(case_files::Context const& context, PartyId const& party, std::string_view party_code,
                      Waiting const& waiting, std::optional<Date> from, std::vector<StoredVersion> const& known) {
  agreements::Versions versions;
  for (auto const& version : known) {
    if (version.agreement != waiting.agreement) continue;
    auto const* held = context.norms.law->find_version(version.agreement, version.valid_from);
    if (held != nullptr)
      versions[version.agreement].push_back({version.number, version.valid_from, version.law_hash, held->content});
  }
  auto& list = versions[waiting.agreement];
  list.push_back({list.empty() ? 1 : list.back().number + 1, from, waiting.law_hash, waiting.content});
  agreements::Confirmations confirmed;
  for (auto const& one : list_in_force(context.database)) {
    if (one.party_code != party_code || one.confirmation.agreement != waiting.agreement) continue;
    auto const& stored = one.confirmation;
    confirmed[one.party_code][stored.agreement].push_back({stored.rule, stored.fingerprint, stored.source, stored.place,
                                                           one.proposed_by, one.countersigned_by,
                                                           date_in_zone(*stored.countersigned_at, "UTC")});
  }
  agreements::Law next;
  next.put_in_force(std::move(versions), confirmed);
  auto const before = case_files::law_of(context);
  auto after = before;
  after.law = &next;
  Effect effect{waiting.agreement, waiting.law_hash, from, 0, {}, {}};
  for_open_files(context, party, waiting.agreement, [&](CaseFile const& file) {
    ++effect.open_cases;
    for (auto& line : compare_laws(before, after, file, case_files::parties_of(context, file)))
      effect.changed.push_back(std::move(line));
  });
  effect.seen = name_effect(effect);
  return effect;
}

bool Evaluation::go_on() {
  auto const fingerprint = desk_.fingerprint();
  if (fingerprint == done_) return false;
  if (fingerprint != doing_) {
    if (find_evaluation(context_.database) == fingerprint) {
      done_ = fingerprint;
      return false;
    }
    doing_ = fingerprint;
    after_ = {};
  }
  auto const page = list_open_files(context_.database, after_);
  for (auto const& open : page) {
    auto const file = case_files::find_case_file(context_.database, open.party, open.id);
    if (file && is_changed(context_, *file) && compute_anew(context_, *file)) ++changed_;
  }
  if (!page.empty()) {
    after_ = page.back();
    return true;
  }
  db::Command command;
  save_evaluation(command, fingerprint, context_.clock.now());
  context_.database.write(command);
  done_ = fingerprint;
  return false;
}

std::size_t Evaluation::finish() {
  changed_ = 0;
  while (go_on()) {
  }
  return changed_;
}

}  // namespace rcms::agreement_desk
