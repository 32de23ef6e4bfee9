#include "app/cli_tables.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "capabilities/case_files/export.hpp"
#include "capabilities/case_files/package.hpp"
#include "capabilities/case_files/package_check.hpp"
#include "capabilities/case_files/store.hpp"
#include "capabilities/casework/imports_actions.hpp"
#include "capabilities/statistics/report.hpp"
#include "foundation/base/text.hpp"

namespace rcms::app {

namespace {

using case_files::Side;

constexpr std::int64_t load_budget_ms = 3'600'000;

std::string read_file(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw CommandRefused(path + " cannot be read: look at its name and permissions");
  return {std::istreambuf_iterator<char>(in), {}};
}

void check_new_file(std::string const& path) {
  if (std::filesystem::exists(path)) throw CommandRefused(path + " exists already: name a new file");
}

void check_permission(access::Viewer const& viewer, std::string const& login, char const* permission) {
  if (viewer.may(permission)) return;
  throw CommandRefused(
      fmt::format("{} has no permission {}: name another user with --as; rcms user list shows their roles", login, permission));
}

void check_states(Node& node, std::vector<std::string> const& states, Side side) {
  auto const wanted = side == Side::requesting ? workflow::Side::requesting : workflow::Side::requested;
  std::vector<std::string> known;
  for (auto const& state : node.norms().process.states) {
    if (state.side == wanted) known.push_back(state.code);
  }
  for (auto const& state : states) {
    if (std::find(known.begin(), known.end(), state) == known.end())
      throw CommandRefused(
          fmt::format("--state: no file is ever in a state '{}' there; the states are: {}", state, join(known, ", ")));
  }
}

void check_agreement(Node& node, std::string const& code) {
  std::vector<std::string> known;
  for (auto const& [known_code, _] : node.norms().agreements) {
    if (known_code == code) return;
    known.push_back(known_code);
  }
  throw CommandRefused(fmt::format("--agreement: there is no agreement '{}'; there are: {}", code, join(known, ", ")));
}

/// "pdf" of --format, or of the file's name; they must not differ.
std::string report_format(ReportOptions const& options) {
  for (auto const* format : {"pdf", "xlsx", "csv"}) {
    if (!options.file.ends_with("." + std::string(format))) continue;
    if (!options.format.empty() && options.format != format)
      throw CommandRefused(fmt::format("{} must end in .{}, as --format says", options.file, options.format));
    return format;
  }
  throw CommandRefused(options.file + " must end in .pdf, .xlsx or .csv");
}

sheets::Format format_of(std::string const& path) {
  if (path.ends_with(".csv")) return sheets::Format::csv;
  if (path.ends_with(".xlsx")) return sheets::Format::xlsx;
  throw CommandRefused(path + " must end in .csv or .xlsx");
}

Side side_of(Node& node, access::Viewer const& viewer, std::string const& wanted) {
  if (wanted == "requesting") return Side::requesting;
  if (wanted == "requested") return Side::requested;
  return node.context().directory.get_party(viewer.party).sides == access::Sides::requested ? Side::requested : Side::requesting;
}

/// The one file with this reference, own or of the partner.
case_files::CaseFile file_with_reference(Node& node, access::Viewer const& viewer, Side side, std::string const& reference) {
  std::string id;
  case_files::each_case_file(node.database(), viewer.party, side, {}, [&](case_files::ListRow const& row) {
    if (row.reference == reference || row.partner_reference == reference) id = row.id;
    return id.empty();
  });
  auto file = case_files::find_case_file(node.database(), viewer.party, side, CaseId{id});
  if (!file) throw CommandRefused("--package: there is no file with the reference " + reference + "; rcms export shows them all");
  return std::move(*file);
}

void tell_problems(casework::Imports const& imports, access::Viewer const& viewer, casework::ImportId const& id,
                   ImportOptions const& options) {
  if (options.problems.empty()) return;
  check_new_file(options.problems);
  auto const written = imports.write_problems(viewer, id, format_of(options.problems), options.problems);
  if (!written) refuse_command(written.error());
  fmt::print(stderr, "Rows to correct: {}\n", options.problems);
}

}  // namespace

int import_table(ImportOptions const& options) {
  if (!options.problems.empty()) {
    check_new_file(options.problems);
    (void)format_of(options.problems);
  }
  auto const node = open_node(options.place);
  auto const viewer = viewer_of_login(*node, options.login);
  check_permission(viewer, options.login, "case.import");
  check_agreement(*node, options.agreement);
  casework::Imports const imports(node->context(), node->settings().data);
  auto const uploaded = imports.upload(viewer, std::filesystem::path(options.file).filename().string(), read_file(options.file));
  if (!uploaded) refuse_command(uploaded.error());
  auto const mapped = imports.map(viewer, uploaded->id, {options.agreement, uploaded->profile, {}});
  if (!mapped) {
    for (auto const& finding : mapped.error()) fmt::print(stderr, "{}\n", told(finding));
    throw CommandRefused(
        "The columns of the table do not fit the form: rename them, or map them in the browser and keep the mapping");
  }
  auto const report = imports.check(viewer, uploaded->id);
  if (!report) refuse_command(report.error());
  for (auto const& finding : report->findings) {
    fmt::print(stderr, "line {}, column {}: {}: {}\n", finding.line, finding.column + 1, casework::name_of(finding.problem),
               finding.value);
  }
  for (auto const& duplicate : report->duplicates) {
    fmt::print(stderr, "line {}: {} as {}\n", duplicate.line, casework::name_of(duplicate.likeness),
               duplicate.earlier_line > 0 ? fmt::format("line {}", duplicate.earlier_line) : duplicate.known.reference);
  }
  tell_problems(imports, viewer, uploaded->id, options);
  std::uint64_t loaded = 0;
  if (!options.dry_run) {
    auto const done = imports.load(viewer, uploaded->id, load_budget_ms);
    if (!done) refuse_command(done.error());
    loaded = done->loaded;
  }
  fmt::print("{} rows, {} without defect, {} drafts made\n", report->rows, report->ready, loaded);
  return report->ready == report->rows && uploaded->bad_rows == 0 ? 0 : 1;
}

int export_table(ExportOptions const& options) {
  check_new_file(options.file);
  if (options.package.empty() && options.file.ends_with(".zip"))
    throw CommandRefused("A .zip is the package of one file: name it with --package REFERENCE; a list is .csv or .xlsx");
  if (!options.package.empty() && !options.file.ends_with(".zip"))
    throw CommandRefused(options.file + " must end in .zip, as a package is one");
  if (options.package.empty()) (void)format_of(options.file);
  auto const node = open_node(options.place);
  auto const viewer = viewer_of_login(*node, options.login);
  auto const side = side_of(*node, viewer, options.side);
  check_permission(viewer, options.login, side == Side::requesting ? "case.export" : "application.export");
  check_states(*node, options.states, side);
  if (!options.package.empty()) {
    auto const file = file_with_reference(*node, viewer, side, options.package);
    auto const written = case_files::write_package(node->context(), viewer, {file}, options.file);
    if (!written) refuse_command(written.error());
    fmt::print(stderr, "The package of {} is in {}\n", options.package, options.file);
    return 0;
  }
  case_files::ListFilter filter;
  filter.states = options.states;
  auto const written = case_files::write_export(node->context(), viewer, side, filter, format_of(options.file), options.file);
  if (!written) refuse_command(written.error());
  fmt::print(stderr, "{} files in {}\n", *written, options.file);
  return 0;
}

int verify_package(PackageOptions const& options) {
  auto const checks = case_files::check_package(read_file(options.file));
  if (!checks) refuse_command(checks.error());
  bool holds = true;
  for (auto const& check : *checks) {
    fmt::print("{}\n", check.reference);
    for (auto const& point : check.points)
      fmt::print("  {} {}{}\n", point.holds ? "ok   " : "WRONG", point.what, point.holds ? "" : ": " + point.why);
    for (auto const& [state, key] : check.keys) fmt::print("  key of {}: {}\n", state, key);
    if (!check.fingerprint.empty()) fmt::print("  fingerprint: {}\n", check.fingerprint);
    holds = holds && check.holds();
  }
  fmt::print("{}\n", holds ? "Everything agrees. Compare the fingerprint and the keys with what each State prints."
                           : "Something does not hold: do not rely on this package.");
  return holds ? 0 : 1;
}

int write_report(ReportOptions const& options) {
  check_new_file(options.file);
  auto const format = report_format(options);
  use_program_fonts();
  // Only reads, so that it can be asked for while the node runs.
  auto const settings = settings_of(options.place);
  auto const database = open_to_read(options.place);
  auto const labels = Labels::load(settings.data / "languages");
  auto const norms = case_files::load_norms(settings.data);
  statistics::Context const context{*database,
                                    system_clock(),
                                    labels,
                                    norms.agreements,
                                    statistics::load_definitions(settings.data),
                                    std::filesystem::exists(settings.folder / "demo-world")};
  auto const written =
      statistics::write_monthly_report(context, options.state, options.month, format, options.language, options.file);
  if (!written) refuse_command(written.error());
  fmt::print(stderr, "Report of {} for {} in {}\n", options.state, options.month, options.file);
  return 0;
}

}  // namespace rcms::app
