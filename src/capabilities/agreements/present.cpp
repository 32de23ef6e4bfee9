#include "capabilities/agreements/present.hpp"

#include <algorithm>
#include <map>

#include "foundation/access/store.hpp"
#include "norms/agreements/reasons.hpp"
#include "norms/agreements/summary.hpp"

namespace rcms::agreement_desk {

std::string user_name(Context const& context, access::Viewer const& viewer, UserId const& id) {
  if (id.empty()) return {};
  auto const user = access::find_user(context.files.database, viewer, id);
  return user ? user->name : std::string();
}

std::optional<std::string> optional_text(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

namespace {

constexpr std::size_t most_lines = 1'000;

void fill_side(Labels const& labels, std::string_view language, std::optional<agreements::Rule> const& rule, std::string& words,
               std::string& clause, std::string& confidence) {
  if (!rule) return;
  words = agreements::render_rule(labels, language, *rule);
  clause = rule->article;
  confidence = agreements::confidence_of_value(*rule);
}

std::vector<RuleDifferenceView> present_rules(Labels const& labels, std::string_view language, agreements::Agreement const& left,
                                              agreements::Agreement const& right, Date on) {
  std::vector<RuleDifferenceView> lines;
  for (auto const& each : agreements::compare_agreements(left, right, on)) {
    RuleDifferenceView line;
    line.key = each.key;
    line.label = labels.text(language, "agreements.rule." + each.key);
    fill_side(labels, language, each.left, line.left, line.left_clause, line.left_confidence);
    fill_side(labels, language, each.right, line.right, line.right_clause, line.right_confidence);
    line.same = each.same;
    line.same_law = each.same_law;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

ConfirmationView present_confirmation(Context const& context, access::Viewer const& viewer, StoredConfirmation const& stored) {
  auto const& labels = context.files.labels;
  ConfirmationView view;
  view.id = stored.id;
  view.agreement = stored.agreement;
  view.rule = stored.rule;
  view.label = labels.text(viewer.language, "agreements.rule." + stored.rule);
  view.source = stored.source;
  view.place = optional_text(stored.place);
  view.state = stored.state;
  auto const* agreement = context.files.norms.find_agreement(stored.agreement);
  auto const* rule = agreement == nullptr
                         ? nullptr
                         : agreements::find_rule(*agreement, stored.rule, case_files::today_of(context.files, viewer.party));
  if (rule != nullptr) {
    view.says = agreements::render_rule(labels, viewer.language, *rule);
    view.clause = agreements::cite(*agreement, rule->article);
    view.fits = agreements::fingerprint_of(*rule) == stored.fingerprint;
  }
  view.proposed_by = user_name(context, viewer, stored.proposed_by);
  view.proposed_at = stored.proposed_at;
  view.countersigned_by = optional_text(user_name(context, viewer, stored.countersigned_by));
  view.countersigned_at = stored.countersigned_at;
  view.revoked_by = optional_text(user_name(context, viewer, stored.revoked_by));
  view.revoked_at = stored.revoked_at;
  view.reason = optional_text(stored.reason);
  return view;
}

VersionView present_version(Context const& context, access::Viewer const& viewer, StoredVersion const& version) {
  VersionView view{version.agreement, version.number, version.law_hash, {}, version.accepted_at, {}};
  if (version.valid_from) view.from = version.valid_from->text();
  view.accepted_by = optional_text(user_name(context, viewer, version.accepted_by));
  return view;
}

namespace {

RefusedFileView present_refused(Context const& context, access::Viewer const& viewer, RefusedFile const& file) {
  RefusedFileView view{file.file, {}, optional_text(file.in_force), {}, file.at};
  for (auto const& message : file.reasons) {
    for (auto const& reason : agreements::tell_reasons(file.file, message)) {
      RefusedReasonView told;
      if (reason.line > 0) told.line = reason.line;
      told.reason = context.sentences == nullptr
                        ? reason.words
                        : agreements::render_reason(context.files.labels, *context.sentences, viewer.language, reason);
      view.reasons.push_back(std::move(told));
    }
  }
  auto const* held = file.in_force.empty() ? nullptr : context.files.norms.find_agreement(file.in_force);
  if (held == nullptr) return view;
  auto const title = held->titles.find(viewer.language);
  view.title = title == held->titles.end() ? held->cited : title->second;
  return view;
}

}  // namespace

LawStateView present_state(Context const& context, access::Viewer const& viewer, LawState const& state) {
  auto const& labels = context.files.labels;
  auto const today = case_files::today_of(context.files, viewer.party);
  LawStateView view;
  view.read_at = state.read_at;
  std::map<std::string, StoredVersion const*> newest;
  for (auto const& version : state.versions) newest[version.agreement] = &version;
  for (auto const& [code, version] : newest) view.versions.push_back(present_version(context, viewer, *version));
  for (auto const& waiting : state.waiting) {
    WaitingVersionView line{waiting.agreement, waiting.law_hash, {}};
    if (auto const* held = context.files.norms.find_agreement(waiting.agreement)) {
      line.changes = present_rules(labels, viewer.language, *held, waiting.content, today);
      std::erase_if(line.changes, [](auto const& each) { return each.same; });
    }
    view.waiting.push_back(std::move(line));
  }
  for (auto const& file : state.refused) view.refused.push_back(present_refused(context, viewer, file));
  view.without_file = state.without_file;
  return view;
}

EffectView present_effect(Labels const& labels, std::string_view language, Effect const& effect) {
  EffectView view;
  view.agreement = effect.agreement;
  view.law_hash = effect.law_hash;
  if (effect.from) view.from = effect.from->text();
  view.open_cases = static_cast<std::int64_t>(effect.open_cases);
  view.changed_deadlines = static_cast<std::int64_t>(effect.changed.size());
  view.effect = effect.seen;
  for (std::size_t i = 0; i < std::min(most_lines, effect.changed.size()); ++i) {
    auto const& each = effect.changed[i];
    view.changed.push_back({each.case_id.value, each.reference, each.side, each.kind,
                            labels.text(language, "agreements.rule." + each.kind), each.submitted_on,
                            optional_text(each.due_before), optional_text(each.due_after), each.confidence_before,
                            each.confidence_after});
  }
  return view;
}

DifferenceView present_difference(Labels const& labels, std::string_view language, agreements::Agreement const& left,
                                  agreements::Agreement const& right, Date on) {
  return {left.code, right.code, present_rules(labels, language, left, right, on)};
}

}  // namespace rcms::agreement_desk
