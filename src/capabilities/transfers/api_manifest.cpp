// Routes of the list of those aboard: on the screen, as a file, and held against a list that comes back.
#include <fstream>
#include <iterator>
#include <memory>

#include "capabilities/transfers/api.hpp"
#include "capabilities/transfers/manifest_check.hpp"
#include "capabilities/transfers/manifest_file.hpp"
#include "capabilities/transfers/manifest_view.hpp"
#include "capabilities/transfers/present.hpp"

namespace rcms::transfers {

using http::Request;

namespace {

constexpr std::size_t list_bytes_limit = 4 << 20;

/// What the routes share; loaded once.
struct ManifestDesk {
  Context const& context;
  std::vector<ManifestCopy> copies;
  mrz::Transliteration letters;
};
using Desk = std::shared_ptr<ManifestDesk const>;

std::vector<ManifestCopy> copies_for(ManifestDesk const& desk, access::Viewer const& viewer) {
  std::vector<ManifestCopy> copies;
  for (auto const& copy : desk.copies) {
    if (copy.is_for(viewer)) copies.push_back(copy);
  }
  return copies;
}

/// The copy that was asked for among those of the viewer; the first when none was. Refuses: not_found.
Result<ManifestCopy> chosen_copy(std::vector<ManifestCopy> const& copies, Request const& request) {
  auto const code = request.text("copy");
  auto const* copy = code ? find_copy(copies, *code) : copies.empty() ? nullptr : &copies.front();
  if (copy == nullptr) return refuse(Why::not_found, "copy");
  return *copy;
}

Result<Manifest> load_manifest(ManifestDesk const& desk, Request const& request) {
  auto const id = request.id<TransportId>("id");
  if (!id) return tl::unexpected(id.error());
  auto const transport = find_transport(desk.context.database, request.viewer.party, *id);
  if (!transport) return refuse(Why::not_found);
  return make_manifest(desk.context, *transport);
}

CodedView copy_view(ManifestDesk const& desk, Request const& request, std::string const& code) {
  return {code, desk.context.labels.text(request.viewer.language, "transfers.copy." + code)};
}

Result<ManifestView> show_manifest(ManifestDesk const& desk, Request const& request) {
  auto const copies = copies_for(desk, request.viewer);
  auto const copy = chosen_copy(copies, request);
  if (!copy) return tl::unexpected(copy.error());
  auto const manifest = load_manifest(desk, request);
  if (!manifest) return tl::unexpected(manifest.error());
  auto const& labels = desk.context.labels;
  auto const& language = request.viewer.language;
  ManifestView view;
  view.copy = copy_view(desk, request, copy->code);
  for (auto const& one : copies) view.copies.push_back(copy_view(desk, request, one.code));
  bool const has_family = std::find(copy->columns.begin(), copy->columns.end(), "family") != copy->columns.end();
  for (auto const& column : copy->columns) view.columns.push_back({column, title_of(column, labels, language)});
  for (auto const& person : manifest->persons) {
    ManifestRowView row;
    if (has_family) row.family = case_files::optional_text(person.family);
    for (auto const& column : copy->columns) row.cells.push_back(cell_of(person, column, labels, language));
    view.rows.push_back(std::move(row));
  }
  for (auto const& total : count_totals(*manifest))
    view.totals.push_back({{total.code, labels.text(language, "transfers.total." + total.code)}, total.count});
  if (copy->has_staff) view.staff = present_staff(desk.context, request.viewer, manifest->transport);
  view.fingerprint = manifest->fingerprint();
  view.made_at = manifest->made_at;
  return view;
}

Result<http::Response> send_manifest(ManifestDesk const& desk, Request const& request) {
  auto const copy = chosen_copy(copies_for(desk, request.viewer), request);
  if (!copy) return tl::unexpected(copy.error());
  auto const manifest = load_manifest(desk, request);
  if (!manifest) return tl::unexpected(manifest.error());
  auto file = make_manifest_file(desk.context, request.viewer, *manifest, *copy, desk.letters, *request.text("format"));
  if (!file) return tl::unexpected(file.error());
  http::Response response;
  response.content_type = std::move(file->media_type);
  response.body = std::move(file->content);
  response.download_name = std::move(file->name);
  return response;
}

ListCheckView present_check(ManifestDesk const& desk, Request const& request, ListCheck const& check) {
  auto const& labels = desk.context.labels;
  auto const& language = request.viewer.language;
  ListCheckView view;
  view.format = check.format;
  if (!check.copy.empty()) view.copy = copy_view(desk, request, check.copy);
  view.rows = static_cast<std::int64_t>(check.rows);
  view.is_same = check.is_same();
  view.more = static_cast<std::int64_t>(check.more);
  for (auto const& one : check.findings) {
    ListFindingView finding;
    finding.line = static_cast<std::int64_t>(one.line);
    auto const key = "transfers.column." + one.column;
    finding.column = case_files::optional_text(labels.has(key) ? labels.text(language, key) : one.column);
    auto const problem = name_of(one.problem);
    finding.problem = {problem, labels.text(language, "transfers.finding." + problem)};
    finding.person = case_files::optional_text(one.person);
    finding.ours = case_files::optional_text(one.ours);
    finding.theirs = case_files::optional_text(
        one.problem == ListProblem::not_read ? labels.text(language, one.theirs, {{"detail", one.detail}}) : one.theirs);
    view.findings.push_back(std::move(finding));
  }
  return view;
}

Result<ListCheckView> check_list(ManifestDesk const& desk, Request const& request) {
  auto const copies = copies_for(desk, request.viewer);
  auto const manifest = load_manifest(desk, request);
  if (!manifest) return tl::unexpected(manifest.error());
  std::ifstream in(request.upload_file, std::ios::binary);
  std::string const content{std::istreambuf_iterator<char>(in), {}};
  if (!is_message(content)) return present_check(desk, request, check_table(content, *manifest, copies, desk.context.labels));
  if (find_copy(copies, "carrier") == nullptr) return refuse(Why::not_permitted);
  auto const ours = passenger_list_of(desk.context, *manifest, desk.letters);
  if (!ours) return tl::unexpected(ours.error());
  return present_check(desk, request, check_message(content, *ours));
}

}  // namespace

void add_manifest_routes(http::Routes& routes, Context const& context, std::filesystem::path const& data) {
  auto const desk = std::make_shared<ManifestDesk const>(
      ManifestDesk{context, load_manifest_copies(data), mrz::Transliteration::load(data)});
  std::vector<std::string> codes;
  for (auto const& copy : desk->copies) codes.push_back(copy.code);
  char const* const which = "For whom the copy is; the first that the viewer may make when not given.";
  routes.add(http::get("/api/transports/{id}/manifest")
                 .named("read_manifest")
                 .saying("The list of those aboard, as the chosen copy names them, families together")
                 .permission("transport.read")
                 .query(http::choice_parameter("copy", which, codes))
                 .reads_personal_data()
                 .output<ManifestView>()
                 .handler([desk](Request const& request) { return show_manifest(*desk, request); }));
  routes.add(http::get("/api/transports/{id}/manifest-file")
                 .named("read_manifest_file")
                 .saying("The list of those aboard as a file: PDF to sign, CSV, XLSX, or UN/EDIFACT PAXLST for a carrier")
                 .permission("transport.read")
                 .query(http::choice_parameter("copy", which, codes))
                 .query(http::required(http::choice_parameter("format", "Type of the file.", {"pdf", "csv", "xlsx", "paxlst"})))
                 .refuses({Why::field_invalid, Why::field_missing})
                 .reads_personal_data()
                 .file("application/octet-stream")
                 .handler([desk](Request const& request) { return send_manifest(*desk, request); }));
  routes.add(
      http::post("/api/transports/{id}/manifest-check")
          .named("check_manifest")
          .saying("A list that comes back held against the one in force: differences by line and reason; nothing is written")
          .permission("transport.read")
          .refuses({Why::field_missing})
          .reads_personal_data()
          .takes_long()
          .upload(list_bytes_limit)
          .output<ListCheckView>()
          .handler([desk](Request const& request) { return check_list(*desk, request); }));
}

}  // namespace rcms::transfers
