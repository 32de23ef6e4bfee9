// Routes of the printers of an office, and the page by which one is aligned.
#include "capabilities/travel_documents/api.hpp"
#include "capabilities/travel_documents/document_form.hpp"
#include "capabilities/travel_documents/printing.hpp"
#include "capabilities/travel_documents/view_printers.hpp"

namespace rcms::travel_documents {

using http::Reply;
using http::Request;
using http::Response;
using DeskPointer = std::shared_ptr<Desk>;

namespace {

DocumentPrinterView present_printer(Desk const& desk, Request const& request, Printer const& printer) {
  return {printer.id.value,
          printer.name,
          printer.front.right,
          printer.front.down,
          printer.back.right,
          printer.back.down,
          std::string(name_of(printer.duplex)),
          desk.context.directory.user_name(request.viewer.party, printer.changed_by),
          printer.changed_at,
          printer.revision};
}

Result<Reply<DocumentPrinterView>> save(Desk& desk, DocumentPrinterInput const& input, Request const& request, PrinterId id) {
  Printer printer;
  printer.id = std::move(id);
  printer.name = input.name.value;
  printer.front = {input.front_right, input.front_down};
  printer.back = {input.back_right, input.back_down};
  auto const duplex = find_duplex(input.duplex.value);
  if (!duplex)
    return refuse(Why::field_invalid, "duplex", "a printer prints single, or turns at the long_edge or the short_edge");
  printer.duplex = *duplex;
  auto const saved = save_printer(desk, request.viewer, std::move(printer), request.if_match);
  if (!saved) return tl::unexpected(saved.error());
  return Reply<DocumentPrinterView>(present_printer(desk, request, *saved), 0, saved->revision);
}

Result<Response> send_alignment(Desk const& desk, Request const& request) {
  auto const id = request.id<PrinterId>("id");
  if (!id) return tl::unexpected(id.error());
  auto const printer = get_printer(desk, request.viewer, *id);
  if (!printer) return tl::unexpected(printer.error());
  auto const form = form_of(desk, request.viewer.party);
  if (!form) return tl::unexpected(form.error());
  auto const pdf = render_alignment_page(desk, form->layout, *printer, request.language);
  if (!pdf) return tl::unexpected(pdf.error());
  Response response;
  response.content_type = "application/pdf";
  response.body.assign(as_text(*pdf));
  return response;
}

void add_printer_writes(http::Routes& routes, DeskPointer const& desk) {
  routes.add(http::post("/api/document-printers")
                 .named("create_document_printer")
                 .saying("Add a printer to one's office, with its shift and the edge at which it turns a sheet")
                 .permission("document.issue")
                 .refuses({Why::field_invalid, Why::already_exists})
                 .status(201)
                 .input<DocumentPrinterInput>()
                 .output<DocumentPrinterView>()
                 .handler([desk](DocumentPrinterInput const& input, Request const& request) {
                   return save(*desk, input, request, {});
                 }));
  routes.add(http::put("/api/document-printers/{id}")
                 .named("change_document_printer")
                 .saying("Change a printer of one's office: its name, its shift, its sides")
                 .permission("document.issue")
                 .refuses({Why::field_invalid, Why::already_exists, Why::stale_revision})
                 .input<DocumentPrinterInput>()
                 .output<DocumentPrinterView>()
                 .handler([desk](DocumentPrinterInput const& input,
                                 Request const& request) -> Result<Reply<DocumentPrinterView>> {
                   auto const id = request.id<PrinterId>("id");
                   if (!id) return tl::unexpected(id.error());
                   if (auto const known = get_printer(*desk, request.viewer, *id); !known) return tl::unexpected(known.error());
                   return save(*desk, input, request, *id);
                 }));
  routes.add(http::delete_("/api/document-printers/{id}")
                 .named("remove_document_printer")
                 .saying("Remove a printer of one's office")
                 .permission("document.issue")
                 .refuses({Why::stale_revision})
                 .handler([desk](Request const& request) -> Result<http::NoContent> {
                   auto const id = request.id<PrinterId>("id");
                   if (!id) return tl::unexpected(id.error());
                   auto const erased = erase_printer(*desk, request.viewer, *id, request.if_match);
                   if (!erased) return tl::unexpected(erased.error());
                   return http::NoContent{};
                 }));
}

}  // namespace

void add_printer_routes(http::Routes& routes, DeskPointer const& desk) {
  routes.add(http::get("/api/document-printers")
                 .named("list_document_printers")
                 .saying("The printers of one's office and by how much each prints beside its place")
                 .permission("document.issue")
                 .output<http::Items<DocumentPrinterView>>()
                 .handler([desk](Request const& request) -> Result<http::Items<DocumentPrinterView>> {
                   http::Items<DocumentPrinterView> view;
                   for (auto const& printer : list_printers(*desk, request.viewer))
                     view.items.push_back(present_printer(*desk, request, printer));
                   return view;
                 }));
  add_printer_writes(routes, desk);
  routes.add(
      http::get("/api/document-printers/{id}/alignment")
          .named("read_alignment_page")
          .saying("The page by which a printer is aligned to the blanks: crosses, outlines of the layout, a line of 100 mm")
          .permission("document.issue")
          .refuses({Why::not_found, Why::wrong_step})
          .file("application/pdf")
          .handler([desk](Request const& request) { return send_alignment(*desk, request); }));
}

}  // namespace rcms::travel_documents
