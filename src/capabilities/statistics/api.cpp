#include "capabilities/statistics/api.hpp"

#include "capabilities/statistics/actions.hpp"
#include "capabilities/statistics/report.hpp"
#include "capabilities/statistics/view.hpp"

namespace rcms::statistics {

namespace {

using http::Request;

struct ReportScheduleInput {
  http::Text<20> report;
  int day = 1;
  http::Text<8> format;
  http::Text<8> language;
  http::List<std::string, 40> recipients;
};
RCMS_INPUT(ReportScheduleInput, report, day, format, language, recipients)

ReportRequest request_of(Request const& request) {
  return {request.text("month").value_or(""), request.text("partner").value_or(""), request.text("side").value_or("")};
}

struct Loaded {
  MonthlyReport report;
  ReportDocument document;
};

Result<Loaded> load(Context const& context, Request const& request, std::string const& language) {
  auto report = load_monthly_report(context, request.viewer, request_of(request));
  if (!report) return tl::unexpected(report.error());
  auto document = make_document(context, *report, load_states(context), language);
  return Loaded{*std::move(report), std::move(document)};
}

Result<http::Response> send_file(Context const& context, Request const& request) {
  auto const loaded = load(context, request, request.text("language").value_or(request.language));
  if (!loaded) return tl::unexpected(loaded.error());
  auto file = make_report_file(context, loaded->document, request.text("format").value_or("pdf"));
  if (!file) return tl::unexpected(file.error());
  http::Response response;
  response.content_type = std::move(file->media_type);
  response.body = std::move(file->content);
  response.download_name = std::move(file->name);
  return response;
}

http::RouteDraft<http::NoInput, http::NoContent> report_route(std::string path) {
  return http::get(std::move(path))
      .permission("report.read")
      .query(http::text_parameter("month", "Month as yyyy-mm; the one before this when not given.", 7))
      .query(http::text_parameter("partner", "Code of the other State; all when not given.", 3))
      .query(http::choice_parameter("side", "As which State; its own side when not given.", {"requesting", "requested"}))
      .refuses({Why::field_invalid, Why::too_early});
}

void add_report_routes(http::Routes& routes, Context const& context) {
  routes.add(report_route("/api/reports/monthly")
                 .named("get_monthly_report")
                 .takes_long()
                 .saying("The figures of a month with their definitions; a missing value is insufficient data, not zero.")
                 .output<MonthlyReportView>()
                 .handler([&context](Request const& request) -> Result<MonthlyReportView> {
                   auto const loaded = load(context, request, request.language);
                   if (!loaded) return tl::unexpected(loaded.error());
                   return view_of(context, loaded->report, loaded->document);
                 }));
  routes.add(report_route("/api/reports/monthly/file")
                 .named("get_monthly_report_file")
                 .saying("The same figures as a file: PDF, XLSX or CSV.")
                 .query(http::choice_parameter("format", "pdf when not given.", {"pdf", "xlsx", "csv"}))
                 .query(http::choice_parameter("language", "That of the session when not given.", context.labels.languages()))
                 .file("application/octet-stream")
                 .handler([&context](Request const& request) { return send_file(context, request); }));
}

void add_schedule_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/report-schedules")
                 .named("list_report_schedules")
                 .saying("Reports that your State sends by itself, with what was sent and what failed.")
                 .permission("report.schedule")
                 .output<http::Items<ReportScheduleView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<ReportScheduleView>> {
                   auto const schedules = list_schedules(context, request.viewer);
                   if (!schedules) return tl::unexpected(schedules.error());
                   auto const deliveries = list_deliveries(context, request.viewer);
                   if (!deliveries) return tl::unexpected(deliveries.error());
                   http::Items<ReportScheduleView> view;
                   for (auto const& one : *schedules) view.items.push_back(view_of(context, one, *deliveries, request.language));
                   return view;
                 }));
  routes.add(http::post("/api/report-schedules")
                 .named("create_report_schedule")
                 .saying("Send the monthly report to named addresses from a day of each month on.")
                 .permission("report.schedule")
                 .refuses({Why::field_invalid, Why::field_missing, Why::limit_reached})
                 .status(201)
                 .input<ReportScheduleInput>()
                 .output<ReportScheduleView>()
                 .handler([&context](ReportScheduleInput const& input,
                                     Request const& request) -> http::Answer<http::Reply<ReportScheduleView>> {
                   Schedule wanted;
                   wanted.report = input.report.value;
                   wanted.day_of_month = input.day;
                   wanted.format = input.format.value;
                   wanted.language = input.language.value;
                   wanted.receivers = input.recipients;
                   auto const made = create_schedule(context, request.viewer, std::move(wanted));
                   if (!made) return http::refuse_all(made.error());
                   return http::Reply<ReportScheduleView>(view_of(context, *made, {}, request.language), 201, 1);
                 }));
  routes.add(http::delete_("/api/report-schedules/{id}")
                 .named("delete_report_schedule")
                 .saying("Stop a schedule; what was sent stays recorded.")
                 .permission("report.schedule")
                 .refuses({Why::not_found})
                 .handler([&context](Request const& request) -> Result<http::NoContent> {
                   auto const id = request.id<ScheduleId>("id");
                   if (!id) return tl::unexpected(id.error());
                   auto const erased = erase_schedule(context, request.viewer, *id);
                   if (!erased) return tl::unexpected(erased.error());
                   return http::NoContent{};
                 }));
}

}  // namespace

void add_routes(http::Routes& routes, Context const& context) {
  add_report_routes(routes, context);
  add_schedule_routes(routes, context);
}

}  // namespace rcms::statistics
