// Loading of an import: rows become drafts, several in one command, together with what the import remembers of them. Source:
// none; the promise is that each row is loaded exactly once, also when the process ends in between.
#include <boost/json/serialize.hpp>

#include "capabilities/casework/imports_actions.hpp"
#include "capabilities/casework/imports_store.hpp"
#include "foundation/ledger/carry_out.hpp"

namespace rcms::casework {

namespace {

/// Rows of one durable command.
constexpr std::size_t rows_together = 25;

/// Who loads: the officer who asked for it, also after a restart. The permission was looked at when they asked.
access::Viewer loader_of(Context const& context, Import const& import) {
  access::Viewer viewer;
  viewer.user = import.loaded_by;
  viewer.party = import.party;
  viewer.party_code = context.directory.get_party(import.party).code;
  viewer.permissions = {"case.import"};
  return viewer;
}

/// Rows that were read and are not written yet.
struct Batch {
  std::vector<std::pair<std::uint64_t, CaseFile>> drafts;
  std::vector<std::uint64_t> refused;
  std::size_t size() const { return drafts.size() + refused.size(); }
};

/// One command: cases, their ledger entries, what became of the rows, how far the import is.
/// Refuses: wrong_step when somebody else has moved the import on.
Result<Import> write_batch(Context const& context, access::Viewer const& viewer, Import const& import, Batch const& batch,
                           std::uint64_t next_line, bool is_last) {
  auto const subject = subject_of(import.id);
  return ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<Import>> {
    auto current = find_import(context.database, import.party, import.id);
    if (!current || current->state != ImportState::loading || current->next_line != import.next_line) {
      return refuse(Why::wrong_step, "state", "this import is loaded elsewhere");
    }
    ledger::Decided<Import> decided;
    std::vector<RowOutcome> outcomes;
    for (auto const& [line, draft] : batch.drafts) {
      auto one = decide_draft(context, viewer, draft, "import", {{"import", import.id.value}, {"row", line}});
      if (!one) return tl::unexpected(one.error());
      decided.command.append(std::move(one->command));
      for (auto& entry : one->entries) decided.entries.push_back(std::move(entry));
      outcomes.push_back({line, draft.id});
    }
    for (auto const line : batch.refused) outcomes.push_back({line, {}});
    auto const now = context.clock.now();
    advance_import(decided.command, *current, outcomes, next_line, is_last, now);
    current->next_line = next_line;
    current->loaded += batch.drafts.size();
    current->refused += batch.refused.size();
    if (is_last) current->state = ImportState::loaded;
    ++current->revision;
    auto const told = boost::json::object{{"loaded", batch.drafts.size()}, {"refused", batch.refused.size()}};
    decided.entries.push_back({subject, import.party, viewer.user.value, is_last ? "import_loaded" : "import_moved_on", {},
                               boost::json::serialize(told), current->revision, now});
    decided.answer = std::move(*current);
    return decided;
  });
}

}  // namespace

Result<Import> Imports::move_on(Import import, std::function<bool()> const& has_time) const {
  auto const requested = requested_of(import);
  if (!requested) return tl::unexpected(requested.error());
  auto const viewer = loader_of(context_, import);
  auto const profile = profile_of(import);
  ImportCheck const check(context_.norms.application_form, context_.norms.codes, words_, profile, *requested,
                          case_files::today_of(context_, import.party));
  Batch batch;
  Result<void> written;
  bool is_out_of_time = false;
  auto const flush = [&](std::uint64_t next_line, bool is_last) {
    auto after = write_batch(context_, viewer, import, batch, next_line, is_last);
    batch = {};
    if (after) {
      import = std::move(*after);
    } else {
      written = tl::unexpected(after.error());
    }
    return written.has_value();
  };
  auto const read = read_rows(import, [&](sheets::Row const& row) {
    if (row.line < import.next_line) return true;
    if (batch.size() >= rows_together) {
      if (!flush(row.line, false)) return false;
      is_out_of_time = !has_time();
      if (is_out_of_time) return false;
    }
    auto checked = check.read_row(row);
    auto draft = checked.is_ready() ? draft_case(context_, viewer, {import.agreement, std::move(checked.content)})
                                    : tl::expected<CaseFile, Findings>(tl::unexpected(Findings{}));
    if (draft) {
      batch.drafts.emplace_back(row.line, std::move(*draft));
    } else {
      batch.refused.push_back(row.line);
    }
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  if (written && !is_out_of_time) flush(import.next_line, true);
  if (!written && written.error().why != Why::wrong_step) return tl::unexpected(written.error());
  // Somebody else loads it: what they have reached is the answer.
  auto const now = find_import(context_.database, import.party, import.id);
  if (!now) return refuse(Why::not_found);
  return *now;
}

Result<Import> Imports::load(access::Viewer const& viewer, ImportId const& id, std::int64_t budget_ms) const {
  if (!viewer.may("case.import")) return refuse(Why::not_permitted);
  auto const until = monotonic_ms() + budget_ms;
  auto const now = context_.clock.now();
  auto begun = ledger::carry_out(context_.database, {subject_of(id)}, [&]() -> Result<ledger::Decided<Import>> {
    auto import = get(viewer, id);
    if (!import) return tl::unexpected(import.error());
    if (import->state == ImportState::uploaded)
      return refuse(Why::wrong_step, "mapping", "say first which column is which field");
    ledger::Decided<Import> decided;
    if (import->state == ImportState::mapped) {
      if (auto requested = requested_of(*import); !requested) return tl::unexpected(requested.error());
      import->state = ImportState::loading;
      import->loaded_by = viewer.user;
      save_import(decided.command, *import, now);
      decided.entries.push_back(
          {subject_of(id), import->party, viewer.user.value, "import_started", {}, "{}", import->revision, now});
    }
    decided.answer = std::move(*import);
    return decided;
  });
  if (!begun || begun->state == ImportState::loaded) return begun;
  auto answer = move_on(std::move(*begun), [&] { return monotonic_ms() < until; });
  if (context_.after_write) context_.after_write();
  return answer;
}

void Imports::continue_unfinished(Instant before, std::atomic<bool> const& stopping) const {
  for (auto const& import : list_unfinished(context_.database, before)) {
    if (stopping) return;
    (void)move_on(import, [&] { return !stopping; });
  }
}

}  // namespace rcms::casework
