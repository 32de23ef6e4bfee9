#include "capabilities/agreements/api.hpp"

#include "capabilities/agreements/present.hpp"
#include "norms/agreements/dates.hpp"
#include "norms/agreements/summary.hpp"

namespace rcms::agreement_desk {

namespace {

using http::Reply;
using http::Request;

/// The newest version, as the viewer's State has confirmed it. Refuses: not_found.
Result<agreements::Agreement const*> find(Context const& context, Request const& request, char const* name) {
  auto const* agreement = context.files.norms.find_agreement(request.path_value(name), {}, request.viewer.party_code);
  if (agreement == nullptr) return refuse(Why::not_found);
  return agreement;
}

void add_reading_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/agreements/{code}/summary")
                 .named("read_agreement_summary")
                 .saying("The summary of an agreement that a jurist reads and signs, as plain text.")
                 .signed_in()
                 .output<SummaryView>()
                 .handler([&context](Request const& request) -> Result<SummaryView> {
                   auto const agreement = find(context, request, "code");
                   if (!agreement) return tl::unexpected(agreement.error());
                   return SummaryView{(*agreement)->code, request.language,
                                      agreements::render_summary(context.files.labels, request.language, **agreement,
                                                                 context.files.norms.calendars)};
                 }));
  routes.add(http::get("/api/agreements/{code}/differences/{other}")
                 .named("compare_agreements")
                 .saying("Two agreements rule by rule, as they are valid today.")
                 .signed_in()
                 .output<DifferenceView>()
                 .handler([&context](Request const& request) -> Result<DifferenceView> {
                   auto const left = find(context, request, "code");
                   auto const right = find(context, request, "other");
                   if (!left) return tl::unexpected(left.error());
                   if (!right) return tl::unexpected(right.error());
                   return present_difference(context.files.labels, request.language, **left, **right,
                                             case_files::today_of(context.files, request.viewer.party));
                 }));
  routes.add(http::post("/api/agreement-dates")
                 .named("compute_agreement_dates")
                 .saying("What the dates would be: one case with its events, and every deadline that follows. Nothing is kept.")
                 .signed_in()
                 .input<DatesInput>()
                 .output<DatesView>()
                 .handler([&context](DatesInput const& input, Request const& request) -> Result<DatesView> {
                   agreements::Agreements held;
                   for (auto const* each : context.files.norms.law->list(request.viewer.party_code))
                     held.emplace(each->code, *each);
                   agreements::DatesLaw const law{held, context.files.norms.calendars, context.files.labels, context.sentences};
                   return DatesView{agreements::answer_case(law, input.asked, request.language)};
                 }));
}

void add_confirmation_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/agreements/{code}/confirmations")
                 .named("list_agreement_confirmations")
                 .saying("What your State has read and confirmed of this agreement, oldest first.")
                 .signed_in()
                 .output<http::Items<ConfirmationView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<ConfirmationView>> {
                   auto const agreement = find(context, request, "code");
                   if (!agreement) return tl::unexpected(agreement.error());
                   http::Items<ConfirmationView> view;
                   for (auto const& each : list_confirmations(context.files.database, request.viewer.party, (*agreement)->code))
                     view.items.push_back(present_confirmation(context, request.viewer, each));
                   return view;
                 }));
  routes.add(http::post("/api/agreements/{code}/confirmations")
                 .named("propose_agreement_confirmation")
                 .saying("Say where you read a rule whose source is not certain. A second administrator must countersign.")
                 .permission(std::string(confirm_permission))
                 .refuses({Why::not_found, Why::field_invalid, Why::field_missing, Why::wrong_step, Why::already_exists,
                           Why::agreement_does_not_apply})
                 .status(201)
                 .input<ConfirmationInput>()
                 .output<ConfirmationView>()
                 .handler([&context](ConfirmationInput const& input, Request const& request) -> Result<Reply<ConfirmationView>> {
                   auto const made = propose(context, request.viewer, request.path_value("code"),
                                             {input.rule.value, input.source.value, input.place ? input.place->value : ""});
                   if (!made) return tl::unexpected(made.error());
                   return Reply<ConfirmationView>(present_confirmation(context, request.viewer, *made), 201, made->revision);
                 }));
  routes.add(http::post("/api/agreement-confirmations/{id}/countersignature")
                 .named("countersign_agreement_confirmation")
                 .saying("You have read the same: from now on dates rest on it. Not by the person who proposed it.")
                 .permission(std::string(confirm_permission))
                 .refuses({Why::not_found, Why::wrong_step, Why::same_person})
                 .output<ConfirmationView>()
                 .handler([&context](Request const& request) -> Result<Reply<ConfirmationView>> {
                   auto const after = countersign(context, request.viewer, request.path_value("id"));
                   if (!after) return tl::unexpected(after.error());
                   return Reply<ConfirmationView>(present_confirmation(context, request.viewer, *after), 0, after->revision);
                 }));
  routes.add(http::post("/api/agreement-confirmations/{id}/revocation")
                 .named("revoke_agreement_confirmation")
                 .saying("Take a confirmation back, with the reason: dates that rest on it are unverified again.")
                 .permission(std::string(confirm_permission))
                 .refuses({Why::not_found, Why::wrong_step, Why::reason_missing})
                 .input<RevocationInput>()
                 .output<ConfirmationView>()
                 .handler([&context](RevocationInput const& input, Request const& request) -> Result<Reply<ConfirmationView>> {
                   auto const after = revoke(context, request.viewer, request.path_value("id"), input.reason.value);
                   if (!after) return tl::unexpected(after.error());
                   return Reply<ConfirmationView>(present_confirmation(context, request.viewer, *after), 0, after->revision);
                 }));
}

void add_version_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/agreement-versions")
                 .named("read_law_state")
                 .saying("Which version of each agreement is in force, what waits, and which files were refused and why.")
                 .permission("administration.read")
                 .output<LawStateView>()
                 .handler([&context](Request const& request) -> Result<LawStateView> {
                   return present_state(context, request.viewer, context.desk.state());
                 }));
  routes.add(http::post("/api/agreement-readings")
                 .named("read_agreement_files")
                 .saying("Read the files of the agreements again. What does not hold is refused; what was in force stays so.")
                 .permission(std::string(confirm_permission))
                 .output<LawStateView>()
                 .handler([&context](Request const& request) -> Result<LawStateView> {
                   auto const state = read_again(context, request.viewer);
                   if (!state) return tl::unexpected(state.error());
                   return present_state(context, request.viewer, *state);
                 }));
  routes.add(http::get("/api/agreement-versions/{code}/effect")
                 .named("read_version_effect")
                 .takes_long()
                 .saying("What the version that waits would do to the open cases of your State: old and new date of each.")
                 .permission(std::string(confirm_permission))
                 .query(http::text_parameter("from", "For cases submitted on this day or later; without it for all.", 10))
                 .refuses({Why::not_found, Why::field_invalid})
                 .output<EffectView>()
                 .handler([&context](Request const& request) -> Result<EffectView> {
                   auto const effect =
                       preview_effect(context, request.viewer, request.path_value("code"), request.text("from").value_or(""));
                   if (!effect) return tl::unexpected(effect.error());
                   return present_effect(context.files.labels, request.language, *effect);
                 }));
  routes.add(http::post("/api/agreement-versions/{code}/entry-into-force")
                 .named("put_version_in_force")
                 .saying("Put the version that waits in force, once its effect was seen. Cases submitted before keep theirs.")
                 .permission(std::string(confirm_permission))
                 .refuses({Why::not_found, Why::field_invalid, Why::stale_revision, Why::agreement_does_not_apply})
                 .input<EntryIntoForceInput>()
                 .output<VersionView>()
                 .handler([&context](EntryIntoForceInput const& input, Request const& request) -> Result<VersionView> {
                   auto const made = put_in_force(context, request.viewer, request.path_value("code"),
                                                  input.from ? input.from->value : "", input.effect.value);
                   if (!made) return tl::unexpected(made.error());
                   return present_version(context, request.viewer, *made);
                 }));
}

}  // namespace

void add_routes(http::Routes& routes, Context const& context) {
  add_law_routes(routes, context);
  add_reading_routes(routes, context);
  add_confirmation_routes(routes, context);
  add_narrowing_routes(routes, context);
  add_version_routes(routes, context);
}

}  // namespace rcms::agreement_desk
