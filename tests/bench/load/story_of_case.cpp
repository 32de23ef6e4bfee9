#include "story_of_case.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/casework/release.hpp"
#include "capabilities/safeguards/actions.hpp"
#include "foundation/ledger/carry_out.hpp"

namespace rcms::bench {

namespace {

/// Of 100 cases: what happens after the draft.
enum class Fate { draft, cancelled, suspended, screening, released };
constexpr int cancelled_below = 2;
constexpr int suspended_below = 3;
constexpr int screening_below = 7;
constexpr int released_below = 8;

Fate fate_of(registry::Dice& dice) {
  auto const throw_of = static_cast<int>(dice.below(100));
  if (throw_of < cancelled_below) return Fate::cancelled;
  if (throw_of < suspended_below) return Fate::suspended;
  if (throw_of < screening_below) return Fate::screening;
  return throw_of < released_below ? Fate::released : Fate::draft;
}

Refused const& first_of(Refused const& refused) { return refused; }
Refused const& first_of(Findings const& findings) { return findings.front(); }

template <class Answer>
void expect_done(char const* what, Answer const& answer) {
  if (answer) return;
  auto const& refused = first_of(answer.error());
  throw std::runtime_error(
      fmt::format("{} was refused: {} {} {}", what, name_of(refused.why), refused.field, refused.detail));
}

}  // namespace

StoryMaker::StoryMaker(case_files::Context const& context, Desk const& desk, registry::Sources const& sources,
                       std::uint64_t seed, std::size_t count)
    : context_(context), desk_(desk), sources_(sources), dice_(seed) {
  auto const citizens = registry::invent_citizens(sources, 2 * count, seed);
  applicants_ = app::invent_applicants(sources, citizens, count, seed);
}

void StoryMaker::make(std::size_t count) {
  auto const& officer = dice_.one_of(desk_.case_officers);
  for (auto const& draft : write_drafts(officer, count)) carry_on(officer, draft);
}

std::vector<StoryMaker::Draft> StoryMaker::write_drafts(access::Viewer const& officer, std::size_t count) {
  auto const today = case_files::today_of(context_, officer.party);
  std::vector<case_files::CaseFile> files;
  std::vector<Draft> drafts;
  for (std::size_t at = 0; at < count; ++at) {
    auto const one = app::invent_case(applicants_.at(next_++), sources_, today, dice_);
    auto file = casework::draft_case(context_, officer, {one.agreement, app::demo_content(one, sources_, {})});
    // The clock of the load is behind that of the invented papers: what is issued tomorrow is no case yet.
    if (!file && first_of(file.error()).why == Why::field_invalid) continue;
    expect_done("a draft", file);
    drafts.push_back({file->id, one.applicant.seed});
    files.push_back(std::move(*file));
  }
  auto const written = ledger::carry_out(context_.database, {}, [&]() -> Result<ledger::Decided<ledger::Nothing>> {
    ledger::Decided<ledger::Nothing> decided;
    for (auto const& file : files) {
      auto one = casework::decide_draft(context_, officer, file, "create");
      if (!one) return tl::unexpected(one.error());
      decided.command.append(std::move(one->command));
      for (auto& entry : one->entries) decided.entries.push_back(std::move(entry));
    }
    return decided;
  });
  expect_done("writing of drafts", written);
  return drafts;
}

void StoryMaker::carry_on(access::Viewer const& officer, Draft const& draft) {
  switch (fate_of(dice_)) {
    case Fate::draft: return;
    case Fate::cancelled: return cancel(officer, draft);
    case Fate::suspended: return suspend(draft);
    case Fate::screening: return send_to_screening(officer, draft);
    case Fate::released:
      send_to_screening(officer, draft);
      return release(draft);
  }
}

std::string StoryMaker::day(int days_ago) const {
  return case_files::today_of(context_, desk_.safeguards.party).plus_days(-days_ago).text();
}

void StoryMaker::close_gate(access::Viewer const& viewer, Draft const& draft, char const* gate,
                            std::map<std::string, std::string> evidence) {
  expect_done(gate, safeguarding::decide_gate(context_, viewer, draft.id, {gate, "closed", std::move(evidence), {}},
                                              std::nullopt));
}

void StoryMaker::send_to_screening(access::Viewer const& officer, Draft const& draft) {
  close_gate(officer, draft, "G01",
             {{"decision_number", fmt::format("RD-{}", draft.seed)}, {"decision_date", day(20)}, {"service_date", day(18)},
              {"remedy_deadline", day(3)}});
  close_gate(officer, draft, "G05",
             {{"offer_date", day(17)}, {"period_days", "14"}, {"outcome", "The offer of voluntary return was not taken up."}});
  expect_done("screening", casework::send_to_screening(context_, officer, draft.id, std::nullopt));
}

void StoryMaker::release(Draft const& draft) {
  auto const& viewer = desk_.safeguards;
  close_gate(viewer, draft, "G02", {{"status_token", fmt::format("ST-{}", draft.seed)}, {"checked_on", day(0)}});
  close_gate(viewer, draft, "G03", {{"assessment_id", fmt::format("NR-{}", draft.seed)}, {"assessed_on", day(0)},
                                    {"expires_on", day(-180)}});
  close_gate(viewer, draft, "G10", {{"screened_on", day(0)}});
  auto const preview = casework::preview_release(context_, desk_.release, draft.id);
  expect_done("preview", preview);
  // Children and families have more gates; their files stay at screening.
  if (!preview->obstacles.open_gates.empty()) return;
  auto const released = casework::release(context_, desk_.release, draft.id, preview->hash, std::nullopt);
  // What the scan of words holds back stays at screening too, and whose check grew too old meanwhile: other threads set the clock
  // on.
  if (!released && (first_of(released.error()).why == Why::must_not_leave || first_of(released.error()).why == Why::gate_open))
    return;
  expect_done("release", released);
}

void StoryMaker::suspend(Draft const& draft) {
  expect_done("suspension",
              casework::do_plain_step(context_, desk_.safeguards, draft.id, "suspend",
                                      "The court has ordered that nothing is done until it decides.", std::nullopt));
}

void StoryMaker::cancel(access::Viewer const& officer, Draft const& draft) {
  expect_done("cancellation", casework::do_plain_step(context_, officer, draft.id, "cancel",
                                                      "The person was granted a permit to stay.", std::nullopt));
}

}  // namespace rcms::bench
