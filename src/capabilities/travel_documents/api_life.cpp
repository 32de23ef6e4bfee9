// Routes of what happens after the issue, for officers: life of a document, renewals, history of a number.
#include "capabilities/travel_documents/api.hpp"
#include "capabilities/travel_documents/life.hpp"
#include "capabilities/travel_documents/life_view.hpp"
#include "capabilities/travel_documents/view.hpp"

namespace rcms::travel_documents {

using http::Reply;
using http::Request;
using DeskPointer = std::shared_ptr<Desk>;

namespace {

constexpr int renewals_listed = 100;


Result<Reply<TravelDocumentView>> shown(Desk const& desk, Request const& request, Result<TravelDocument> const& document) {
  if (!document) return tl::unexpected(document.error());
  return Reply<TravelDocumentView>(present_document(desk, request.viewer, *document), 0, document->revision);
}

Result<Reply<RenewalView>> shown(Desk const& desk, Request const& request, Result<Renewal> const& renewal) {
  if (!renewal) return tl::unexpected(renewal.error());
  return Reply<RenewalView>(present_renewal(desk, request.viewer, *renewal), 0, renewal->revision);
}

struct LifeRoute {
  LifeAct act;
  char const* path;
  char const* operation;
  char const* sentence;
  char const* permission;
};

void add_act(http::Routes& routes, DeskPointer const& desk, LifeRoute const& one) {
  routes.add(http::post(one.path)
                 .named(one.operation)
                 .saying(one.sentence)
                 .permission(one.permission)
                 .refuses({Why::stale_revision, Why::wrong_step, Why::reason_missing})
                 .input<DocumentActInput>()
                 .output<TravelDocumentView>()
                 .handler([desk, act = one.act](DocumentActInput const& input,
                                                Request const& request) -> Result<Reply<TravelDocumentView>> {
                   return shown(*desk, request,
                                act_on_document(*desk, request.viewer, request.path_value("number"), act, text_of(input.reason),
                                                request.if_match));
                 }));
}

void add_renewal_routes(http::Routes& routes, DeskPointer const& desk) {
  routes.add(http::get("/api/document-renewals")
                 .named("list_document_renewals")
                 .saying("Requests to renew a travel document on the same acceptance, newest first")
                 .permission("document.read")
                 .reads_personal_data()
                 .output<http::Items<RenewalView>>()
                 .handler([desk](Request const& request) -> Result<http::Items<RenewalView>> {
                   http::Items<RenewalView> view;
                   for (auto const& one : list_renewals(desk->context.database, request.viewer.party, renewals_listed))
                     view.items.push_back(present_renewal(*desk, request.viewer, one));
                   return view;
                 }));
  routes.add(http::post("/api/travel-documents/{number}/renewals")
                 .named("request_document_renewal")
                 .saying("Ask for a new document on the same acceptance, where the agreement allows it")
                 .permission("document.issue")
                 .refuses({Why::wrong_step, Why::agreement_does_not_apply, Why::already_exists, Why::reason_missing})
                 .status(201)
                 .input<DocumentActInput>()
                 .output<RenewalView>()
                 .handler([desk](DocumentActInput const& input, Request const& request) -> Result<Reply<RenewalView>> {
                   return shown(*desk, request,
                                request_renewal(*desk, request.viewer, request.path_value("number"), text_of(input.reason)));
                 }));
  routes.add(http::post("/api/document-renewals/{id}/decision")
                 .named("decide_document_renewal")
                 .saying("Approve or refuse a renewal that another person asked for")
                 .permission("document.approve")
                 .refuses({Why::stale_revision, Why::wrong_step, Why::same_person, Why::reason_missing})
                 .input<DecisionInput>()
                 .output<RenewalView>()
                 .handler([desk](DecisionInput const& input, Request const& request) -> Result<Reply<RenewalView>> {
                   return shown(*desk, request,
                                answer_renewal(*desk, request.viewer, request.path_value("id"), input.agrees,
                                               text_of(input.reason), request.if_match));
                 }));
  routes.add(http::post("/api/document-renewals/{id}/document")
                 .named("issue_renewed_document")
                 .saying("Issue the document of an approved renewal; the earlier one is revoked in the same write")
                 .permission("document.issue")
                 .refuses({Why::wrong_step, Why::field_missing, Why::field_invalid, Why::field_too_long, Why::already_exists,
                           Why::limit_reached, Why::unsupported_type, Why::agreement_does_not_apply})
                 .status(201)
                 .input<IssueDocumentInput>()
                 .output<TravelDocumentView>()
                 .handler([desk](IssueDocumentInput const& input, Request const& request) -> Result<Reply<TravelDocumentView>> {
                   return shown(*desk, request,
                                issue_renewal(*desk, request.viewer, request.path_value("id"), input_of(input)));
                 }));
}

}  // namespace

void add_life_routes(http::Routes& routes, DeskPointer const& desk) {
  add_act(routes, desk,
          {LifeAct::hand_over, "/api/travel-documents/{number}/hand-over", "hand_over_travel_document",
           "Note that the holder or the escort received the document", "document.issue"});
  add_act(routes, desk,
          {LifeAct::use, "/api/travel-documents/{number}/use", "use_travel_document",
           "Note that the holder entered with the document: its single journey is made", "document.use"});
  add_act(routes, desk,
          {LifeAct::take_back, "/api/travel-documents/{number}/return", "return_travel_document",
           "Note that the sheet of a document came back to an authority", "document.return"});
  add_act(routes, desk,
          {LifeAct::report_loss, "/api/travel-documents/{number}/loss", "report_travel_document_lost",
           "Declare a document lost; it is revoked at once", "document.void"});
  add_renewal_routes(routes, desk);
  routes.add(http::get("/api/blanks/{number}/history")
                 .named("read_number_history")
                 .saying("All that happened to one number, from the receipt of its sheet on")
                 .permission("document.read")
                 .reads_personal_data()
                 .output<NumberHistoryView>()
                 .handler([desk](Request const& request) -> Result<NumberHistoryView> {
                   return present_history(*desk, request.viewer, request.path_value("number"));
                 }));
}

}  // namespace rcms::travel_documents
