#include "capabilities/travel_documents/api.hpp"

#include "capabilities/case_files/acting.hpp"
#include "capabilities/travel_documents/actions.hpp"
#include "capabilities/travel_documents/printing.hpp"
#include "capabilities/travel_documents/signed_copy.hpp"
#include "capabilities/travel_documents/store.hpp"
#include "capabilities/travel_documents/view.hpp"

namespace rcms::travel_documents {

using http::Reply;
using http::Request;
using http::Response;
using DeskPointer = std::shared_ptr<Desk>;

namespace {

Result<Reply<TravelDocumentView>> answer_with(Desk const& desk, Request const& request, Result<TravelDocument> const& document) {
  if (!document) return tl::unexpected(document.error());
  return Reply<TravelDocumentView>(present_document(desk, request.viewer, *document), 0, document->revision);
}

Result<TravelDocument> load_document(Desk const& desk, Request const& request) {
  auto document = find_document(desk.context.database, request.viewer.party, request.path_value("number"));
  if (!document) return refuse(Why::not_found);
  return std::move(*document);
}

Response file_response(std::string media_type, Bytes const& content) {
  Response response;
  response.content_type = std::move(media_type);
  response.body.assign(as_text(content));
  return response;
}

Result<http::Page<TravelDocumentView>> list_register(Desk const& desk, Request const& request) {
  DocumentFilter filter;
  filter.state = request.text("state").value_or("");
  filter.words = request.text("q").value_or("");
  auto const today = case_files::today_of(desk.context, request.viewer.party);
  auto const page = list_documents(desk.context.database, request.viewer.party, filter, today,
                                   request.text("cursor").value_or(""), static_cast<int>(request.integer("limit").value_or(25)));
  if (!page) return tl::unexpected(page.error());
  http::Page<TravelDocumentView> view;
  for (auto const& document : page->rows) view.items.push_back(present_document(desk, request.viewer, document));
  if (!page->next.empty()) view.next = page->next;
  return view;
}

Result<http::Page<WaitingView>> list_waiting(Desk const& desk, Request const& request) {
  case_files::ListFilter filter;
  filter.states = {std::string(case_files::state_to_document)};
  filter.foreign = case_files::Foreign::without;
  filter.own_code = desk.context.directory.get_party(request.viewer.party).code;
  filter.words = request.text("q").value_or("");
  auto const page = case_files::list_case_files(desk.context.database, request.viewer.party, case_files::Side::requested, filter,
                                                case_files::Sort::oldest, request.text("cursor").value_or(""),
                                                static_cast<int>(request.integer("limit").value_or(25)));
  if (!page) return tl::unexpected(page.error());
  http::Page<WaitingView> view;
  for (auto const& row : page->rows) view.items.push_back(present_waiting(desk, request.viewer, row));
  if (!page->next.empty()) view.next = page->next;
  return view;
}

/// The box of the query; none without `photo_width`.
std::optional<FaceBox> asked_face(Request const& request) {
  auto const width = request.integer("photo_width");
  if (!width) return std::nullopt;
  return face_box_of_input(request.integer("photo_left").value_or(0), request.integer("photo_top").value_or(0), *width);
}

Result<PhotoNoteView> read_note(Desk& desk, Request const& request) {
  auto const id = request.id<CaseId>("application");
  if (!id) return tl::unexpected(id.error());
  auto const note = note_on_portrait(desk, request.viewer, *id, asked_face(request));
  if (!note) return tl::unexpected(note.error());
  return present_note(*note);
}

Result<Response> send_preview(Desk& desk, Request const& request) {
  auto const id = request.id<CaseId>("application");
  if (!id) return tl::unexpected(id.error());
  IssueInput input;
  if (auto const days = request.integer("valid_days")) input.valid_days = static_cast<int>(*days);
  input.destination = request.text("destination").value_or("");
  input.place_of_issue = request.text("place_of_issue").value_or("");
  input.transit = request.list("transit");
  input.observations = request.text("observations").value_or("");
  input.face = asked_face(request);
  auto const pdf = preview_document(desk, request.viewer, *id, input);
  if (!pdf) return tl::unexpected(pdf.error());
  return file_response("application/pdf", *pdf);
}

void add_issue_routes(http::Routes& routes, DeskPointer const& desk) {
  routes.add(http::post("/api/applications/{id}/travel-documents")
                 .named("issue_travel_document")
                 .saying("Issue a travel document for an accepted application")
                 .permission("document.issue")
                 .refuses({Why::stale_revision, Why::wrong_step, Why::field_missing, Why::field_invalid, Why::field_too_long,
                           Why::already_exists, Why::limit_reached, Why::unsupported_type, Why::agreement_does_not_apply})
                 .status(201)
                 .input<IssueDocumentInput>()
                 .output<TravelDocumentView>()
                 .handler([desk](IssueDocumentInput const& input, Request const& request) -> Result<Reply<TravelDocumentView>> {
                   auto const id = request.id<CaseId>("id");
                   if (!id) return tl::unexpected(id.error());
                   return answer_with(*desk, request,
                                      issue_document(*desk, request.viewer, *id, input_of(input), request.if_match));
                 }));
  routes.add(http::get("/api/travel-documents/waiting")
                 .named("list_waiting_for_documents")
                 .saying("Accepted applications that wait for their travel document")
                 .permission("document.issue")
                 .paged()
                 .query(http::text_parameter("q", "Words of a name or a reference; the last may be incomplete.", 200))
                 .reads_personal_data()
                 .output<http::Page<WaitingView>>()
                 .handler([desk](Request const& request) { return list_waiting(*desk, request); }));
  routes.add(http::get("/api/travel-documents/waiting/{application}/portrait")
                 .named("read_waiting_portrait")
                 .saying("The photograph of a person who waits for a travel document")
                 .permission("document.issue")
                 .reads_personal_data()
                 .file("image/jpeg")
                 .handler([desk](Request const& request) -> Result<Response> {
                   auto const id = request.id<CaseId>("application");
                   if (!id) return tl::unexpected(id.error());
                   auto const portrait = read_portrait(*desk, request.viewer, *id);
                   if (!portrait) return tl::unexpected(portrait.error());
                   return file_response(portrait->media_type, portrait->content);
                 }));
  routes.add(
      http::get("/api/travel-documents/waiting/{application}/photo-note")
          .named("read_photo_note")
          .saying("Size and background of what would be printed of the photograph; without a box one is proposed")
          .permission("document.issue")
          .query(http::integer_parameter("photo_left", "Left edge of the face box, pixels.", 0, 100'000))
          .query(http::integer_parameter("photo_top", "Upper edge of the face box, pixels.", 0, 100'000))
          .query(http::integer_parameter("photo_width", "Width of the face box, pixels; its shape is 35 × 45.", 1, 100'000))
          .refuses({Why::field_invalid, Why::unsupported_type, Why::too_large})
          .reads_personal_data()
          .output<PhotoNoteView>()
          .handler([desk](Request const& request) { return read_note(*desk, request); }));
  routes.add(
      http::get("/api/travel-documents/preview/{application}")
          .named("preview_travel_document")
          .saying("The sheet as it would be printed, marked as a preview")
          .permission("document.issue")
          .query(http::integer_parameter("valid_days", "How many days it lasts.", 1, 366))
          .query(http::text_parameter("destination", "Where the journey ends.", 120))
          .query(http::text_parameter("place_of_issue", "Where it is issued.", 60))
          .query(http::list_parameter("transit", "Points of transit, at most six."))
          .query(http::text_parameter("observations", "What is printed as observations.", 400))
          .query(http::integer_parameter("photo_left", "Left edge of the face box, pixels.", 0, 100'000))
          .query(http::integer_parameter("photo_top", "Upper edge of the face box, pixels.", 0, 100'000))
          .query(http::integer_parameter("photo_width", "Width of the face box, pixels; its shape is 35 × 45.", 1, 100'000))
          .refuses({Why::wrong_step, Why::field_missing, Why::field_invalid, Why::field_too_long, Why::limit_reached})
          .reads_personal_data()
          .file("application/pdf")
          .handler([desk](Request const& request) { return send_preview(*desk, request); }));
}

Result<Bytes> pdf_for(Desk& desk, Request const& request, TravelDocument const& document) {
  auto const named = request.text("printer");
  if (!named) return read_document_pdf(desk, document);
  auto const printer = get_printer(desk, request.viewer, PrinterId{*named});
  if (!printer) return refuse(Why::field_invalid, "printer", "your office has no such printer; choose one of its list");
  return render_print_copy(desk, document, *printer);
}

Result<Response> send_document(Desk& desk, Request const& request) {
  auto const document = load_document(desk, request);
  if (!document) return tl::unexpected(document.error());
  auto const pdf = pdf_for(desk, request, *document);
  if (!pdf) return tl::unexpected(pdf.error());
  auto response = file_response("application/pdf", *pdf);
  if (request.flag("download")) response.download_name = document->number + ".pdf";
  return response;
}

void add_register_routes(http::Routes& routes, DeskPointer const& desk) {
  routes.add(http::get("/api/travel-documents")
                 .named("list_travel_documents")
                 .saying("The register of travel documents, newest first")
                 .permission("document.read")
                 .paged()
                 .query(http::choice_parameter("state", "Only documents in this state.",
                                               {"issued", "handed_over", "used", "returned", "expired", "void", "lost"}))
                 .query(http::text_parameter("q", "Words of a name, a number or a reference; the last may be incomplete.", 200))
                 .reads_personal_data()
                 .output<http::Page<TravelDocumentView>>()
                 .handler([desk](Request const& request) { return list_register(*desk, request); }));
  routes.add(http::get("/api/travel-documents/{number}")
                 .named("read_travel_document")
                 .saying("One travel document")
                 .permission("document.read")
                 .reads_personal_data()
                 .output<TravelDocumentView>()
                 .handler([desk](Request const& request) { return answer_with(*desk, request, load_document(*desk, request)); }));
  routes.add(http::get("/api/travel-documents/{number}/pdf")
                 .named("read_travel_document_pdf")
                 .saying("The travel document as it is printed")
                 .permission("document.read")
                 .query(http::flag_parameter("download", "Save it instead of showing it."))
                 .query(http::text_parameter("printer", "Moved and with its back, as this printer of one's office needs it.", 36))
                 .refuses({Why::field_invalid, Why::wrong_step})
                 .reads_personal_data()
                 .file("application/pdf")
                 .handler([desk](Request const& request) { return send_document(*desk, request); }));
  routes.add(http::get("/api/travel-documents/{number}/signed-copy")
                 .named("read_signed_copy")
                 .saying("The travel document as an archive file that your State signs, for another authority")
                 .permission("document.read")
                 .reads_personal_data()
                 .file("application/pdf")
                 .handler([desk](Request const& request) -> Result<Response> {
                   auto const document = load_document(*desk, request);
                   if (!document) return tl::unexpected(document.error());
                   auto const pdf = render_signed_copy(*desk, *document);
                   if (!pdf) return tl::unexpected(pdf.error());
                   auto response = file_response("application/pdf", *pdf);
                   response.download_name = document->number + ".signed.pdf";
                   return response;
                 }));
  routes.add(http::get("/api/travel-documents/{number}/portrait")
                 .named("read_travel_document_portrait")
                 .saying("The photograph of the holder of a travel document")
                 .permission("document.read")
                 .reads_personal_data()
                 .file("image/jpeg")
                 .handler([desk](Request const& request) -> Result<Response> {
                   auto const document = load_document(*desk, request);
                   if (!document) return tl::unexpected(document.error());
                   auto const portrait = read_holder_portrait(*desk, *document);
                   if (!portrait) return tl::unexpected(portrait.error());
                   return file_response(portrait->media_type, portrait->content);
                 }));
  routes.add(http::post("/api/travel-documents/{number}/void")
                 .named("void_travel_document")
                 .saying("Make a travel document void; it is revoked at once")
                 .permission("document.void")
                 .refuses({Why::stale_revision, Why::wrong_step, Why::reason_missing})
                 .input<VoidDocumentInput>()
                 .output<TravelDocumentView>()
                 .handler([desk](VoidDocumentInput const& input, Request const& request) -> Result<Reply<TravelDocumentView>> {
                   return answer_with(
                       *desk, request,
                       void_document(*desk, request.viewer, request.path_value("number"), input.reason.value, request.if_match));
                 }));
}

http::Items<BlankSeriesView> present_all_stock(Desk const& desk, Request const& request) {
  http::Items<BlankSeriesView> view;
  for (auto const& line : list_stock(desk.context.database, request.viewer.party)) {
    view.items.push_back(present_stock(desk, request.viewer, line));
  }
  return view;
}

void add_stock_routes(http::Routes& routes, DeskPointer const& desk) {
  routes.add(http::get("/api/blanks")
                 .named("list_blanks")
                 .saying("The stock of blanks by range; it always balances")
                 .permission("document.stock")
                 .output<http::Items<BlankSeriesView>>()
                 .handler([desk](Request const& request) -> Result<http::Items<BlankSeriesView>> {
                   return present_all_stock(*desk, request);
                 }));
  routes.add(
      http::post("/api/blanks")
          .named("receive_blanks")
          .saying("Take a range of blanks into the stock of one's office")
          .permission("document.stock")
          .refuses({Why::field_invalid, Why::already_exists, Why::limit_reached})
          .status(201)
          .input<ReceiveBlanksInput>()
          .output<http::Items<BlankSeriesView>>()
          .handler([desk](ReceiveBlanksInput const& input, Request const& request) -> Result<http::Items<BlankSeriesView>> {
            auto const range = receive_blanks(*desk, request.viewer, input.series.value, input.from.value, input.to.value,
                                              input.box ? input.box->value : std::string());
            if (!range) return tl::unexpected(range.error());
            return present_all_stock(*desk, request);
          }));
  routes.add(http::post("/api/blanks/{number}/spoilt")
                 .named("spoil_blank")
                 .saying("Note that a blank was spoilt before use")
                 .permission("document.stock")
                 .refuses({Why::wrong_step, Why::reason_missing})
                 .input<VoidDocumentInput>()
                 .output<http::Items<BlankSeriesView>>()
                 .handler([desk](VoidDocumentInput const& input, Request const& request) -> Result<http::Items<BlankSeriesView>> {
                   auto const spoilt = spoil_blank(*desk, request.viewer, request.path_value("number"), input.reason.value);
                   if (!spoilt) return tl::unexpected(spoilt.error());
                   return present_all_stock(*desk, request);
                 }));
}

}  // namespace

void add_routes(http::Routes& routes, DeskPointer desk) {
  add_issue_routes(routes, desk);
  add_register_routes(routes, desk);
  add_stock_routes(routes, desk);
  add_life_routes(routes, desk);
  add_stock_ledger_routes(routes, desk);
  add_key_routes(routes, desk);
  add_form_routes(routes, desk);
  add_printer_routes(routes, desk);
  add_batch_routes(routes, desk);
  add_public_routes(routes, std::move(desk));
}

}  // namespace rcms::travel_documents
