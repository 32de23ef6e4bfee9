#include "capabilities/casework/api_imports.hpp"

#include <fstream>
#include <iterator>
#include <memory>

#include "capabilities/case_files/private_file.hpp"
#include "capabilities/casework/imports_present.hpp"

namespace rcms::casework {

using http::Answer;
using http::Reply;
using http::Request;

namespace {

constexpr std::size_t shown_rows = 5;
/// What a load takes longer than this is finished in the background.
constexpr std::int64_t load_budget_ms = 20'000;

struct Door {
  Context const& context;
  Imports imports;
};
using SharedDoor = std::shared_ptr<Door const>;

std::string content_of(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Result<ImportView> show(Door const& door, Request const& request, Import const& import) {
  auto const first = door.imports.first_rows(import, shown_rows);
  if (!first) return tl::unexpected(first.error());
  return present_import(door.context, request.viewer, import, *first);
}

Result<Import> load_import(Door const& door, Request const& request) {
  auto const id = request.id<ImportId>("id");
  if (!id) return tl::unexpected(id.error());
  auto import = door.imports.find(request.viewer, *id);
  if (!import) return refuse(Why::not_found);
  return std::move(*import);
}

Answer<Reply<ImportView>> upload(Door const& door, Request const& request) {
  auto const import = door.imports.upload(request.viewer, *request.text("name"), content_of(request.upload_file));
  if (!import) return tl::unexpected(http::Problem(import.error()));
  auto view = show(door, request, *import);
  if (!view) return tl::unexpected(http::Problem(view.error()));
  return Reply<ImportView>(std::move(*view), 0, import->revision);
}

Answer<Reply<ImportView>> map_columns(Door const& door, ImportMappingInput const& input, Request const& request) {
  auto const id = request.id<ImportId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  MappingInput mapping;
  mapping.agreement = input.agreement.value;
  mapping.profile.mapping = input.mapping;
  if (input.constants) mapping.profile.constants = *input.constants;
  if (input.profile_name) mapping.profile_name = input.profile_name->value;
  if (input.day_order && input.day_order->value != "day_first" && input.day_order->value != "month_first") {
    return tl::unexpected(http::Problem(Refused{Why::field_invalid, "day_order", "day_first or month_first", {}}));
  }
  if (input.day_order) {
    mapping.profile.day_order = input.day_order->value == "month_first" ? DayOrder::month_first : DayOrder::day_first;
  } else if (auto const import = door.imports.find(request.viewer, *id)) {
    mapping.profile.day_order = import->profile.day_order;
  }
  auto mapped = door.imports.map(request.viewer, *id, mapping);
  if (!mapped) return http::refuse_all(std::move(mapped.error()));
  auto view = show(door, request, *mapped);
  if (!view) return tl::unexpected(http::Problem(view.error()));
  return Reply<ImportView>(std::move(*view), 0, mapped->revision);
}

Result<ImportReportView> check(Door const& door, Request const& request) {
  auto const import = load_import(door, request);
  if (!import) return tl::unexpected(import.error());
  auto const report = door.imports.check(request.viewer, import->id);
  if (!report) return tl::unexpected(report.error());
  return present_report(door.context, request.viewer, *import, *report);
}

Result<ImportResultView> load(Door const& door, Request const& request) {
  auto const id = request.id<ImportId>("id");
  if (!id) return tl::unexpected(id.error());
  auto const import = door.imports.load(request.viewer, *id, load_budget_ms);
  if (!import) return tl::unexpected(import.error());
  return ImportResultView{std::string(name_of(import->state)), static_cast<std::int64_t>(import->loaded),
                          static_cast<std::int64_t>(import->refused + import->bad_rows)};
}

Result<http::Response> send_problems(Door const& door, Request const& request) {
  auto const import = load_import(door, request);
  if (!import) return tl::unexpected(import.error());
  bool const is_csv = request.text("format") == "csv";
  auto const path = case_files::new_private_file("problems", door.context.clock.now());
  auto const written =
      door.imports.write_problems(request.viewer, import->id, is_csv ? sheets::Format::csv : sheets::Format::xlsx, path);
  if (!written) return tl::unexpected(written.error());
  http::Response response;
  response.content_type =
      is_csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  response.file = path.string();
  response.remove_file = true;
  response.download_name =
      door.context.labels.text(request.viewer.language, "imports.problem_sheet") + (is_csv ? ".csv" : ".xlsx");
  return response;
}

void add_reading_routes(http::Routes& routes, SharedDoor const& door) {
  routes.add(http::get("/api/imports")
                 .named("list_imports")
                 .saying("The newest imports of the State")
                 .permission("case.import")
                 .output<http::Items<ImportView>>()
                 .handler([door](Request const& request) -> Result<http::Items<ImportView>> {
                   http::Items<ImportView> view;
                   for (auto const& import : door->imports.list(request.viewer)) {
                     view.items.push_back(present_import(door->context, request.viewer, import, {}));
                   }
                   return view;
                 }));
  routes.add(http::get("/api/imports/{id}")
                 .named("read_import")
                 .saying("One import and how far it is loaded")
                 .permission("case.import")
                 .output<ImportView>()
                 .handler([door](Request const& request) -> Answer<Reply<ImportView>> {
                   auto const import = load_import(*door, request);
                   if (!import) return tl::unexpected(http::Problem(import.error()));
                   return Reply<ImportView>(present_import(door->context, request.viewer, *import, {}), 0, import->revision);
                 }));
  routes.add(http::get("/api/import-profiles")
                 .named("list_import_profiles")
                 .saying("Mappings that the organisation keeps")
                 .permission("case.import")
                 .output<http::Items<ImportProfileView>>()
                 .handler([door](Request const& request) -> Result<http::Items<ImportProfileView>> {
                   http::Items<ImportProfileView> view;
                   for (auto const& saved : door->imports.profiles(request.viewer)) view.items.push_back(present_profile(saved));
                   return view;
                 }));
  routes.add(http::get("/api/imports/{id}/errors")
                 .named("read_import_errors")
                 .saying("The rows with a defect as a table, to correct and load again")
                 .permission("case.import")
                 .query(http::choice_parameter("format", "Type of the file.", {"xlsx", "csv"}))
                 .refuses({Why::wrong_step})
                 .reads_personal_data()
                 .file("application/octet-stream")
                 .handler([door](Request const& request) { return send_problems(*door, request); }));
}

}  // namespace

void add_import_routes(http::Routes& routes, Context const& context, std::filesystem::path const& data) {
  SharedDoor const door(new Door{context, Imports(context, data)});
  routes.add(http::post("/api/imports")
                 .named("create_import")
                 .saying("Upload a CSV or XLSX table; the body is the file itself. Nothing becomes a case yet")
                 .permission("case.import")
                 .query(http::required(http::text_parameter("name", "Name of the file.", 255)))
                 .refuses({Why::too_large, Why::unsupported_type, Why::field_missing})
                 .status(201)
                 .upload(import_bytes_limit)
                 .output<ImportView>()
                 .handler([door](Request const& request) { return upload(*door, request); }));
  routes.add(http::put("/api/imports/{id}/mapping")
                 .named("map_import")
                 .saying("Say which column is which field; may be kept as a profile")
                 .permission("case.import")
                 .refuses({Why::wrong_step, Why::field_unknown, Why::field_missing, Why::field_invalid, Why::already_exists,
                           Why::agreement_does_not_apply, Why::stale_revision})
                 .input<ImportMappingInput>()
                 .output<ImportView>()
                 .handler([door](ImportMappingInput const& input, Request const& request) {
                   return map_columns(*door, input, request);
                 }));
  routes.add(http::post("/api/imports/{id}/check")
                 .named("check_import")
                 .saying("Dry run: what is ready, what is wrong in which row and column, who is there already")
                 .permission("case.import")
                 .refuses({Why::wrong_step, Why::agreement_does_not_apply})
                 .reads_personal_data()
                 .output<ImportReportView>()
                 .handler([door](Request const& request) { return check(*door, request); }));
  routes.add(http::post("/api/imports/{id}/load")
                 .named("load_import")
                 .saying("Make a draft of every good row, each once; asking again continues")
                 .permission("case.import")
                 .refuses({Why::wrong_step, Why::agreement_does_not_apply})
                 .output<ImportResultView>()
                 .handler([door](Request const& request) { return load(*door, request); }));
  add_reading_routes(routes, door);
}

}  // namespace rcms::casework
