// Routes of documents for a flight: the announced transports, who of one waits, the issue of many, and their pages as one file.
#include <algorithm>

#include "capabilities/travel_documents/api.hpp"
#include "capabilities/travel_documents/batch.hpp"
#include "capabilities/travel_documents/view_batch.hpp"

namespace rcms::travel_documents {

using http::Request;
using http::Response;
using DeskPointer = std::shared_ptr<Desk>;

namespace {

std::optional<std::string> told(std::string const& text) {
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

/// In the language of the reader.
BatchRefusalView present_refusal(Desk const& desk, Request const& request, Refused const& refused) {
  auto const& language = request.viewer.language;
  BatchRefusalView view;
  view.why = rcms::name_of(refused.why);
  view.title = desk.context.labels.text(language, "refused." + view.why);
  view.detail = told(desk.sentences == nullptr ? refused.detail : desk.sentences->say(language, refused.detail));
  view.field = told(refused.field);
  return view;
}

Result<http::Items<BatchItemView>> issue(Desk& desk, BatchInput const& input, Request const& request) {
  IssueInput issue;
  if (input.valid_days) issue.valid_days = static_cast<int>(std::clamp<std::int64_t>(*input.valid_days, 0, 100'000));
  if (input.series) issue.series = input.series->value;
  auto const items = issue_batch(desk, request.viewer, input.applications, issue);
  if (!items) return tl::unexpected(items.error());
  http::Items<BatchItemView> view;
  for (auto const& item : *items) {
    BatchItemView shown;
    shown.application = item.application.value;
    if (item.document) shown.number = item.document->number;
    if (item.refused) shown.refused = present_refusal(desk, request, *item.refused);
    view.items.push_back(std::move(shown));
  }
  return view;
}

Result<Response> send_sheets(Desk& desk, Request const& request) {
  auto const pdf = render_sheets(desk, request.viewer, request.list("numbers"), request.text("printer"));
  if (!pdf) return tl::unexpected(pdf.error());
  Response response;
  response.content_type = "application/pdf";
  response.body.assign(as_text(*pdf));
  return response;
}

void add_batch_reads(http::Routes& routes, DeskPointer const& desk) {
  routes.add(http::get("/api/document-transports")
                 .named("list_document_transports")
                 .saying("The announced flights and voyages that have not departed, for documents of a whole list")
                 .permission("document.issue")
                 .output<http::Items<BatchTransportView>>()
                 .handler([desk](Request const& request) -> Result<http::Items<BatchTransportView>> {
                   auto const transports = list_batch_transports(*desk, request.viewer);
                   if (!transports) return tl::unexpected(transports.error());
                   http::Items<BatchTransportView> view;
                   for (auto const& one : *transports)
                     view.items.push_back({one.id, one.name, one.departs_at, static_cast<std::int64_t>(one.persons)});
                   return view;
                 }));
  routes.add(http::get("/api/document-transports/{id}")
                 .named("list_document_candidates")
                 .saying("Who of an announced transport waits for a document, has one, or cannot get one yet")
                 .permission("document.issue")
                 .reads_personal_data()
                 .output<http::Items<BatchCandidateView>>()
                 .handler([desk](Request const& request) -> Result<http::Items<BatchCandidateView>> {
                   auto const candidates = list_batch_candidates(*desk, request.viewer, request.path_value("id"));
                   if (!candidates) return tl::unexpected(candidates.error());
                   http::Items<BatchCandidateView> view;
                   for (auto const& one : *candidates) {
                     view.items.push_back({one.due == Due::not_yet ? std::nullopt : told(one.application.value),
                                           told(one.reference), told(one.name), std::string(name_of(one.due)),
                                           told(one.number), one.has_portrait});
                   }
                   return view;
                 }));
}

}  // namespace

void add_batch_routes(http::Routes& routes, DeskPointer const& desk) {
  add_batch_reads(routes, desk);
  routes.add(http::post("/api/document-batches")
                 .named("issue_document_batch")
                 .saying("Issue documents for many accepted applications; what one refuses leaves the others as they are")
                 .permission("document.issue")
                 .refuses({Why::field_invalid})
                 .takes_long()
                 .input<BatchInput>()
                 .output<http::Items<BatchItemView>>()
                 .handler([desk](BatchInput const& input, Request const& request) { return issue(*desk, input, request); }));
  routes.add(http::get("/api/document-sheets")
                 .named("read_document_sheets")
                 .saying("The pages of many documents as one file, in the order of their numbers")
                 .permission("document.read")
                 .query(http::required(http::list_parameter("numbers", "Of the documents; at most 100.")))
                 .query(http::text_parameter("printer", "Moved and with its back, as this printer of one's office needs it.", 36))
                 .refuses({Why::field_invalid, Why::wrong_step, Why::not_found})
                 .reads_personal_data()
                 .file("application/pdf")
                 .handler([desk](Request const& request) { return send_sheets(*desk, request); }));
}

}  // namespace rcms::travel_documents
