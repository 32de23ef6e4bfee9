// Routes of the form of documents: which layout and barcode a State prints, and a sample of each.
#include "capabilities/travel_documents/api.hpp"
#include "capabilities/travel_documents/document_form.hpp"
#include "capabilities/travel_documents/view.hpp"

namespace rcms::travel_documents {

using http::Reply;
using http::Request;
using http::Response;
using DeskPointer = std::shared_ptr<Desk>;

namespace {

std::string in_words(std::map<std::string, std::string> const& words, std::string const& language) {
  auto const found = words.find(language);
  return found == words.end() ? words.at("en") : found->second;
}

Reply<DocumentFormView> present_form(Desk const& desk, Request const& request, ChosenForm const& chosen) {
  DocumentFormView view;
  view.layout = chosen.layout;
  view.symbol = name_of(chosen.symbol);
  if (chosen.at) view.chosen_by = desk.context.directory.user_name(request.viewer.party, chosen.by);
  view.chosen_at = chosen.at;
  view.revision = chosen.revision;
  for (auto const& layout : desk.layouts.all()) {
    view.layouts.push_back({layout.id, in_words(layout.title, request.language), layout.document_code,
                            layout.size.width_mm, layout.size.height_mm, in_words(layout.source, request.language)});
  }
  return Reply<DocumentFormView>(std::move(view), 0, chosen.revision);
}

Result<Response> send_sample(Desk const& desk, Request const& request) {
  auto const* layout = desk.layouts.find(request.path_value("layout"));
  if (layout == nullptr) return refuse(Why::not_found);
  auto const symbol = request.text("symbol").value_or("data_matrix") == "qr" ? Symbol::qr : Symbol::data_matrix;
  auto const pdf = render_sample(desk, request.viewer.party, {*layout, symbol});
  if (!pdf) return tl::unexpected(pdf.error());
  Response response;
  response.content_type = "application/pdf";
  response.body.assign(as_text(*pdf));
  return response;
}

}  // namespace

void add_form_routes(http::Routes& routes, DeskPointer const& desk) {
  routes.add(http::get("/api/document-form")
                 .named("read_document_form")
                 .saying("The layout and barcode with which your State prints travel documents, and the layouts to choose from")
                 .permission("document.layout")
                 .output<DocumentFormView>()
                 .handler([desk](Request const& request) -> Result<Reply<DocumentFormView>> {
                   return present_form(*desk, request, chosen_form(*desk, request.viewer.party));
                 }));
  routes.add(http::put("/api/document-form")
                 .named("choose_document_form")
                 .saying("Choose the layout and barcode of the travel documents of your State, from the next document on")
                 .permission("document.layout")
                 .refuses({Why::field_invalid, Why::stale_revision})
                 .input<DocumentFormInput>()
                 .output<DocumentFormView>()
                 .handler([desk](DocumentFormInput const& input, Request const& request) -> Result<Reply<DocumentFormView>> {
                   auto const chosen =
                       choose_form(*desk, request.viewer, input.layout.value, input.symbol.value, request.if_match);
                   if (!chosen) return tl::unexpected(chosen.error());
                   return present_form(*desk, request, *chosen);
                 }));
  routes.add(
      http::get("/api/document-layouts/{layout}/sample")
          .named("read_document_layout_sample")
          .saying("A document of an invented person in a layout, marked as a specimen")
          .permission("document.layout")
          .query(http::choice_parameter("symbol", "The barcode; a Data Matrix when it is not said.", {"data_matrix", "qr"}))
          .refuses({Why::not_found})
          .file("application/pdf")
          .handler([desk](Request const& request) -> Result<Response> { return send_sample(*desk, request); }));
}

}  // namespace rcms::travel_documents
