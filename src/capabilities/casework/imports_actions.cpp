#include "capabilities/casework/imports_actions.hpp"

#include <algorithm>

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/store.hpp"
#include "capabilities/casework/import_errors.hpp"
#include "capabilities/casework/imports_store.hpp"
#include "foundation/base/text.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/search/search_words.hpp"

namespace rcms::casework {

namespace {

constexpr std::size_t rows_for_guess = 500;
constexpr std::size_t profile_name_limit = 60;
constexpr int namesakes_looked_at = 20;

/// The last part of a path without control characters: the name is shown and stands in the ledger.
std::string safe_name(std::string_view name) {
  auto const slash = name.find_last_of("/\\");
  auto last = tidy_text(slash == std::string_view::npos ? name : name.substr(slash + 1));
  if (last.empty() || !is_utf8(last) || has_control_characters(last)) last = "table";
  return cut(last, 150);
}

ledger::Entry entry_of(Import const& import, access::Viewer const& viewer, std::string action, boost::json::object told,
                       Instant now) {
  return {subject_of(import.id), import.party, viewer.user.value, std::move(action), {}, boost::json::serialize(told),
          import.revision,       now};
}

/// What the first reading of an uploaded table finds.
struct FirstReading {
  sheets::Report report;
  std::vector<std::string> headings;
  std::vector<sheets::Row> first;
  std::uint64_t rows = 0;
};

FirstReading read_once(std::string_view content) {
  FirstReading reading;
  reading.report = read_below_headings(
      content, [&](sheets::Row const& row) { reading.headings = unique_headings(row); },
      [&](sheets::Row const& row) {
        ++reading.rows;
        if (reading.first.size() < rows_for_guess) reading.first.push_back(row);
        return true;
      });
  return reading;
}

}  // namespace

std::string defect_words(Labels const& labels, std::string_view language, sheets::Defect const& defect) {
  return labels.text(
      language, "sheets." + std::string(sheets::name_of(defect.problem)),
      {{"line", std::to_string(defect.line)}, {"column", std::to_string(defect.column)}, {"detail", defect.detail}});
}

Imports::Imports(Context const& context, std::filesystem::path const& data)
    : context_(context), words_(load_import_words(data, context.norms.application_form, context.norms.codes, context.labels)) {}

Result<Import> Imports::get(access::Viewer const& viewer, ImportId const& id) const {
  auto import = find(viewer, id);
  if (!import) return refuse(Why::not_found);
  return std::move(*import);
}

std::optional<Import> Imports::find(access::Viewer const& viewer, ImportId const& id) const {
  if (!viewer.may("case.import")) return std::nullopt;
  return find_import(context_.database, viewer.party, id);
}

std::vector<Import> Imports::list(access::Viewer const& viewer) const {
  if (!viewer.may("case.import")) return {};
  return list_imports(context_.database, viewer.party);
}

std::vector<SavedProfile> Imports::profiles(access::Viewer const& viewer) const {
  return list_profiles(context_.database, viewer.party, viewer.organisation);
}

Result<Import> Imports::upload(access::Viewer const& viewer, std::string_view name, std::string_view content) const {
  if (!viewer.may("case.import")) return refuse(Why::not_permitted);
  auto reading = read_once(content);
  if (reading.report.stopped) {
    auto refused = sheets::refused_for(*reading.report.stopped);
    refused.detail = defect_words(context_.labels, viewer.language, *reading.report.stopped);
    return tl::unexpected(std::move(refused));
  }
  if (reading.rows == 0 && reading.report.bad_rows == 0) {
    return refuse(Why::field_missing, "file", context_.labels.text(viewer.language, "imports.no_rows"));
  }
  auto const now = context_.clock.now();
  Import import;
  import.id = ImportId::make(now);
  import.party = viewer.party;
  import.name = safe_name(name);
  import.uploaded_by = viewer.user;
  import.uploaded_at = now;
  import.headings = std::move(reading.headings);
  import.row_count = reading.rows;
  import.bad_rows = reading.report.bad_rows;
  import.detected = std::move(reading.report);
  auto const saved = profiles(viewer);
  if (auto const* fitting = fitting_profile(saved, import.headings)) {
    import.profile = fitting->profile;
    import.profile_guess = fitting->id;
  } else {
    ImportProfile guess;
    guess.mapping = guess_mapping(import.headings, words_, context_.norms.application_form);
    guess.day_order = guess_day_order(reading.first, guess.mapping, context_.norms.application_form, words_);
    import.profile = named_profile(guess, import.headings);
  }
  auto const record = context_.attachments.keep_table(subject_of(import.id), import.name, as_bytes(content), viewer.user.value);
  if (!record) return tl::unexpected(record.error());
  import.file = record->id;
  return ledger::carry_out(context_.database, {subject_of(import.id)}, [&]() -> Result<ledger::Decided<Import>> {
    ledger::Decided<Import> decided{.answer = import};
    files::add_file(decided.command, *record);
    insert_import(decided.command, import);
    decided.entries.push_back(entry_of(import, viewer, "import_uploaded",
                                       {{"file", import.name}, {"rows", import.row_count}, {"sha256", record->sha256}}, now));
    return decided;
  });
}

Result<void> Imports::read_rows(Import const& import, sheets::EachRow const& each) const {
  auto const record = context_.attachments.find(subject_of(import.id), import.file);
  if (!record) return refuse(Why::wrong_step, "file", "the table was erased when its time was over: bring it again");
  auto const content = context_.attachments.read(*record);
  if (!content) return tl::unexpected(content.error());
  auto const report = read_below_headings(as_text(*content), [](sheets::Row const&) {}, each);
  if (report.stopped && report.stopped->problem != sheets::Problem::stopped_by_reader) {
    return tl::unexpected(sheets::refused_for(*report.stopped));
  }
  return {};
}

Result<std::vector<sheets::Row>> Imports::first_rows(Import const& import, std::size_t count) const {
  std::vector<sheets::Row> rows;
  auto const read = read_rows(import, [&](sheets::Row const& row) {
    rows.push_back(row);
    return rows.size() < count;
  });
  if (!read) return tl::unexpected(read.error());
  return rows;
}

tl::expected<Import, Findings> Imports::map(access::Viewer const& viewer, ImportId const& id, MappingInput const& input) const {
  auto const one = [](Refused refused) { return tl::unexpected(Findings{std::move(refused)}); };
  auto const import = get(viewer, id);
  if (!import) return one(import.error());
  Findings findings;
  for (auto const& [heading, path] : input.profile.mapping) {
    bool const known = std::find(import->headings.begin(), import->headings.end(), heading) != import->headings.end();
    if (!known && !path.empty())
      findings.push_back({Why::field_unknown, "mapping." + heading, "the table has no such column", {}});
  }
  auto const profile = profile_for(input.profile, import->headings);
  for (auto const& finding : check_mapping(profile.mapping, context_.norms.application_form)) findings.push_back(finding);
  for (auto const& [path, value] : input.profile.constants) {
    auto const* field = forms::find_field(context_.norms.application_form, path);
    if (field == nullptr || field->system)
      findings.push_back({Why::field_unknown, "constants." + path, "the form has no such field", {}});
  }
  if (length_of(input.profile_name) > profile_name_limit)
    findings.push_back({Why::field_too_long, "profile_name", "at most 60 letters", {}});
  if (auto const requested = find_requested(context_, viewer.party, input.agreement); !requested)
    findings.push_back(requested.error());
  if (!findings.empty()) return tl::unexpected(std::move(findings));
  auto const now = context_.clock.now();
  auto answer = ledger::carry_out(context_.database, {subject_of(id)}, [&]() -> Result<ledger::Decided<Import>> {
    auto after = get(viewer, id);
    if (!after) return tl::unexpected(after.error());
    if (after->state != ImportState::uploaded && after->state != ImportState::mapped) {
      return refuse(Why::wrong_step, "state", "this table has been loaded: upload it again");
    }
    after->state = ImportState::mapped;
    after->agreement = input.agreement;
    after->profile = input.profile;
    ledger::Decided<Import> decided;
    save_import(decided.command, *after, now);
    if (!input.profile_name.empty()) {
      save_profile(decided.command, viewer.party, viewer.organisation, viewer.user,
                   {make_uuid(now), input.profile_name, input.agreement, input.profile, now});
    }
    decided.entries.push_back(entry_of(*after, viewer, "import_mapped", {{"agreement", input.agreement}}, now));
    decided.answer = std::move(*after);
    return decided;
  });
  if (!answer) return one(answer.error());
  return std::move(*answer);
}

ImportProfile Imports::profile_of(Import const& import) const {
  auto profile = profile_for(import.profile, import.headings);
  if (auto const rows = first_rows(import, rows_for_guess)) profile.m_is_woman = writes_m_for_women(*rows, profile.mapping);
  return profile;
}

Result<std::string> Imports::requested_of(Import const& import) const {
  if (import.agreement.empty()) return refuse(Why::wrong_step, "mapping", "say first which column is which field");
  auto const requested = find_requested(context_, import.party, import.agreement);
  if (!requested) return tl::unexpected(requested.error());
  return requested->code;
}

ImportCheck::Lookup Imports::known_cases(PartyId const& party) const {
  return [this, party](PersonKey const& key) {
    std::vector<std::pair<KnownCase, Likeness>> known;
    auto const look = [&](std::string const& words, Likeness likeness, auto const& is_same) {
      for (auto const& found : search::find_by_words(context_.database, party, "requesting", words, namesakes_looked_at)) {
        bool const told = std::any_of(known.begin(), known.end(), [&](auto const& one) { return one.first.id == found.subject; });
        auto const file = told ? std::nullopt : case_files::find_case_file(context_.database, party, CaseId{found.subject});
        if (file && is_same(person_key(boost::json::value(file->content))))
          known.push_back({{file->id.value, file->reference}, likeness});
      }
    };
    for (auto const& document : key.documents) {
      look(document, Likeness::same_document, [&](PersonKey const& other) {
        return std::find(other.documents.begin(), other.documents.end(), document) != other.documents.end();
      });
    }
    if (!key.name_and_birth.empty()) {
      look(key.name_and_birth.substr(0, key.name_and_birth.find('|')), Likeness::same_name_and_birth,
           [&](PersonKey const& other) { return other.name_and_birth == key.name_and_birth; });
    }
    return known;
  };
}

Result<ImportReport> Imports::check(access::Viewer const& viewer, ImportId const& id) const {
  auto const import = get(viewer, id);
  if (!import) return tl::unexpected(import.error());
  auto const requested = requested_of(*import);
  if (!requested) return tl::unexpected(requested.error());
  auto const profile = profile_of(*import);
  ImportCheck check(context_.norms.application_form, context_.norms.codes, words_, profile, *requested,
                    case_files::today_of(context_, import->party), known_cases(import->party));
  auto const read = read_rows(*import, [&](sheets::Row const& row) {
    check.check_row(row);
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  return check.report();
}

Result<void> Imports::write_problems(access::Viewer const& viewer, ImportId const& id, sheets::Format format,
                                     std::filesystem::path const& path) const {
  auto const import = get(viewer, id);
  if (!import) return tl::unexpected(import.error());
  auto const requested = requested_of(*import);
  if (!requested) return tl::unexpected(requested.error());
  auto const profile = profile_of(*import);
  ImportCheck const check(context_.norms.application_form, context_.norms.codes, words_, profile, *requested,
                          case_files::today_of(context_, import->party));
  std::vector<ProblemRow> problems;
  auto const read = read_rows(*import, [&](sheets::Row const& row) {
    auto checked = check.read_row(row);
    if (!checked.is_ready()) problems.push_back({row, std::move(checked.findings)});
    return true;
  });
  if (!read) return read;
  std::size_t next = 0;
  auto const written = write_problem_file(
      path, format, import->headings,
      [&]() -> std::optional<ProblemRow> { return next < problems.size() ? std::optional(problems[next++]) : std::nullopt; },
      context_.norms.application_form, context_.labels, viewer.language);
  if (!written) return tl::unexpected(written.error());
  return {};
}

std::size_t erase_old_tables(Context const& context, Instant before) {
  std::size_t erased = 0;
  for (auto const& import : list_with_old_table(context.database, before)) {
    auto const now = context.clock.now();
    auto const done = ledger::carry_out(context.database, {subject_of(import.id)}, [&]() -> Result<ledger::Decided<>> {
      ledger::Decided<> decided;
      files::destroy_case_key(decided.command, subject_of(import.id), now);
      decided.entries.push_back(
          {subject_of(import.id), import.party, "retention", "import_table_erased", {}, "{}", import.revision, now});
      return decided;
    });
    erased += done ? 1 : 0;
  }
  return erased;
}

}  // namespace rcms::casework
