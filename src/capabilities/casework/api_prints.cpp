#include "capabilities/casework/api_prints.hpp"

#include <fstream>
#include <iterator>

#include "capabilities/case_files/prints_view.hpp"
#include "capabilities/case_files/store.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::casework {

using case_files::Prints;
using http::Answer;
using http::Reply;
using http::Request;

/// What is told of the prints of a case; the template itself is never read back.
struct CasePrintsView {
  std::string state;  ///< none, kept, deleted
  bool permitted = false;             ///< the agreement has a clause for prints
  std::optional<std::string> refused;  ///< why not, in the words of the reader
  std::int64_t fingers = 0;
  std::string basis;  ///< consent, law
  std::string reference;
  std::optional<std::string> given_on;
  std::optional<Instant> added_at;
  std::optional<std::string> delete_on;
  std::optional<Instant> deleted_at;
  std::optional<std::string> deleted_why;  ///< answered, retention, removed
};
RCMS_VIEW(CasePrintsView, state, permitted, refused, fingers, basis, reference, given_on, added_at, delete_on, deleted_at,
          deleted_why)

namespace {

CasePrintsView view_of(case_files::Context const& context, Sentences const& sentences, access::Viewer const& viewer,
                       case_files::CaseFile const& file, std::optional<Prints> const& prints) {
  CasePrintsView view;
  auto const* agreement =
      context.norms.find_agreement(file.agreement, file.submitted_on, context.directory.get_party(file.party).code);
  auto const clause = case_files::check_print_clause(agreement);
  view.permitted = clause.has_value();
  if (!clause) view.refused = sentences.say(viewer.language, clause.error().detail);
  case_files::tell_prints(view, prints);
  return view;
}

Result<CasePrintsView> read_case_prints(case_files::Context const& context, Sentences const& sentences,
                                        access::Viewer const& viewer, CaseId const& id) {
  auto const file = case_files::find_case_file(context.database, viewer.party, case_files::Side::requesting, id);
  if (!file) return refuse(Why::not_found);
  return view_of(context, sentences, viewer, *file, case_files::find_last_prints(context.database, viewer.party, id));
}

Answer<Reply<CasePrintsView>> answer_with(case_files::Context const& context, Sentences const& sentences,
                                          access::Viewer const& viewer, CaseId const& id, Result<Prints> const& prints) {
  if (!prints) return tl::unexpected(http::Problem(prints.error()));
  auto const view = read_case_prints(context, sentences, viewer, id);
  if (!view) return tl::unexpected(http::Problem(view.error()));
  return Reply<CasePrintsView>(*view);
}

case_files::PrintBasis basis_of(Request const& request) {
  return {request.text("basis").value_or(""), request.text("reference").value_or(""), request.text("given_on").value_or("")};
}

}  // namespace

void add_print_routes(http::Routes& routes, case_files::Context const& context, Sentences const& sentences) {
  routes.add(http::get("/api/cases/{id}/prints")
                 .named("read_case_prints")
                 .saying("Whether prints of the person are kept, on which basis, and when they were deleted; never the prints")
                 .permission(std::string(case_files::add_prints_permission))
                 .reads_personal_data()
                 .output<CasePrintsView>()
                 .handler([&context, &sentences](Request const& request) -> Result<CasePrintsView> {
                   auto const id = request.id<CaseId>("id");
                   if (!id) return tl::unexpected(id.error());
                   return read_case_prints(context, sentences, request.viewer, *id);
                 }));
  routes.add(http::post("/api/cases/{id}/prints")
                 .named("add_case_prints")
                 .saying("Add the fingerprints of the person, as a template of ISO 19794-2 or ANSI 378; the body is the file")
                 .permission(std::string(case_files::add_prints_permission))
                 .query(http::required(http::choice_parameter("basis", "Why they may be used.", {"consent", "law"})))
                 .query(http::text_parameter("reference", "Where the consent is recorded, or the clause of the law.", 300))
                 .query(http::date_parameter("given_on", "Day of the consent."))
                 .refuses({Why::wrong_step, Why::must_not_leave, Why::field_missing, Why::field_invalid, Why::too_large,
                           Why::malformed, Why::already_exists})
                 .status(201)
                 .upload(case_files::most_print_bytes + 1)
                 .output<CasePrintsView>()
                 .handler([&context, &sentences](Request const& request) -> Answer<Reply<CasePrintsView>> {
                   auto const id = request.id<CaseId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   std::ifstream in(request.upload_file, std::ios::binary);
                   std::string const content{std::istreambuf_iterator<char>(in), {}};
                   return answer_with(context, sentences, request.viewer, *id,
                                      case_files::add_prints(context, request.viewer, *id, basis_of(request), as_bytes(content)));
                 }));
  routes.add(http::delete_("/api/cases/{id}/prints")
                 .named("remove_case_prints")
                 .saying("Delete the fingerprints of the person before the application has left")
                 .permission(std::string(case_files::add_prints_permission))
                 .refuses({Why::wrong_step})
                 .output<CasePrintsView>()
                 .handler([&context, &sentences](Request const& request) -> Answer<Reply<CasePrintsView>> {
                   auto const id = request.id<CaseId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   return answer_with(context, sentences, request.viewer, *id,
                                      case_files::remove_prints(context, request.viewer, *id));
                 }));
}

}  // namespace rcms::casework
