#include "capabilities/case_files/api_export.hpp"

#include "capabilities/case_files/api.hpp"
#include "capabilities/case_files/export.hpp"
#include "capabilities/case_files/package.hpp"
#include "capabilities/case_files/private_file.hpp"
#include "capabilities/case_files/store.hpp"

namespace rcms::case_files {

struct PackagesInput {
  http::List<std::string, package_cases_limit> ids;
};
RCMS_INPUT(PackagesInput, ids)

namespace {

using http::Answer;
using http::Request;
using http::Response;

std::string permission_to_export(Side side) { return side == Side::requesting ? "case.export" : "application.export"; }

Response file_answer(std::filesystem::path const& path, std::string type, std::string name) {
  Response response;
  response.content_type = std::move(type);
  response.file = path.string();
  response.remove_file = true;
  response.download_name = std::move(name);
  return response;
}

Result<Response> send_export(Context const& context, Side side, Request const& request) {
  auto const filter = read_filter(request);
  if (!filter) return tl::unexpected(filter.error());
  bool const is_csv = request.text("format") == "csv";
  auto const path = new_private_file("export", context.clock.now());
  auto const written =
      write_export(context, request.viewer, side, *filter, is_csv ? sheets::Format::csv : sheets::Format::xlsx, path);
  if (!written) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    return tl::unexpected(written.error());
  }
  auto const day = date_in_zone(context.clock.now(), context.directory.get_party(request.viewer.party).time_zone).text();
  return file_answer(
      path, is_csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      context.labels.text(request.viewer.language, "packages.sheet." + name_of(side)) + " " + day + (is_csv ? ".csv" : ".xlsx"));
}

Result<Response> send_package(Context const& context, Request const& request, std::vector<CaseFile> const& files,
                              std::string name) {
  auto const path = new_private_file("package", context.clock.now());
  auto const written = write_package(context, request.viewer, files, path);
  if (!written) return tl::unexpected(written.error());
  return file_answer(path, "application/zip", std::move(name));
}

Result<Response> send_packages(Context const& context, Side side, PackagesInput const& input, Request const& request) {
  if (input.ids.empty()) return refuse(Why::field_missing, "ids");
  std::vector<CaseFile> files;
  for (std::size_t i = 0; i < input.ids.size(); ++i) {
    auto const id = CaseId::parse(input.ids[i]);
    auto file = id ? find_case_file(context.database, request.viewer.party, side, *id) : std::nullopt;
    if (!file) return refuse(Why::not_found, "ids[" + std::to_string(i) + "]");
    files.push_back(std::move(*file));
  }
  auto const day = date_in_zone(context.clock.now(), context.directory.get_party(request.viewer.party).time_zone).text();
  return send_package(context, request, files,
                      context.labels.text(request.viewer.language, "packages.sheet." + name_of(side)) + " " + day + ".zip");
}

}  // namespace

void add_export_routes(http::Routes& routes, Context const& context, Side side) {
  auto const noun = noun_of(side);
  auto const one = side == Side::requesting ? "case" : "application";
  auto const base = "/api/" + noun;
  auto table = http::get(base + "/export").named("export_" + noun).saying("Files of the State as a table, at most 100,000 rows");
  for (auto& parameter : filter_parameters(context, side)) std::move(table).query(std::move(parameter));
  routes.add(std::move(table)
                 .permission(permission_to_export(side))
                 .query(http::choice_parameter("format", "Type of the table.", {"xlsx", "csv"}))
                 .refuses({Why::limit_reached})
                 .reads_personal_data()
                 .file("application/octet-stream")
                 .handler([&context, side](Request const& request) { return send_export(context, side, request); }));
  routes.add(http::get(base + "/{id}/package")
                 .named(std::string("read_") + one + "_package")
                 .saying("The complete package: PDF of the form, attachments, machine-readable file")
                 .permission(permission_to_export(side))
                 .reads_personal_data()
                 .file("application/zip")
                 .handler([&context, side](Request const& request) -> Result<Response> {
                   auto file = load_requested(context, request, side);
                   if (!file) return tl::unexpected(file.error());
                   auto name = package_name(*file);
                   return send_package(context, request, {std::move(*file)}, std::move(name));
                 }));
  routes.add(http::post(base + "/packages")
                 .named(std::string("read_") + one + "_packages")
                 .saying("Complete packages of several files, a folder for each")
                 .permission(permission_to_export(side))
                 .reads_personal_data()
                 .input<PackagesInput>()
                 .file("application/zip")
                 .handler([&context, side](PackagesInput const& input, Request const& request) {
                   return send_packages(context, side, input, request);
                 }));
}

}  // namespace rcms::case_files
