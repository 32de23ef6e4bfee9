// Reading the law: the list of agreements with its counts, one agreement in any of its versions, what each version changed.
#include "capabilities/agreements/api.hpp"
#include "capabilities/agreements/present_law.hpp"

namespace rcms::agreement_desk {

namespace {

using http::Request;

AgreementFilter filter_of(Request const& request) {
  AgreementFilter filter;
  filter.all = request.text("of") == "all";
  filter.words = request.text("q").value_or("");
  filter.state = request.text("state").value_or("");
  filter.other = request.text("other").value_or("");
  filter.confidence = request.text("confidence").value_or("");
  return filter;
}

void add_list_route(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/agreements")
                 .named("list_agreements")
                 .saying("Agreements that bind the viewer's State, or all of the node; with counts of how sure their rules are.")
                 .signed_in()
                 .query(http::choice_parameter("of", "Whose; those of the own State when not given.", {"own", "all"}))
                 .query(http::text_parameter("q", "Words in code, title or name of a party.", 100))
                 .query(http::text_parameter("state", "Code of a party, as UTO.", 3))
                 .query(http::text_parameter("other", "Code of another party; with `state`: what is in force between both.", 3))
                 .query(http::choice_parameter("confidence", "Every rule certain, some unverified, or expected rules missing.",
                                               {"certain", "unverified", "missing"}))
                 .output<AgreementListView>()
                 .handler([&context](Request const& request) -> Result<AgreementListView> {
                   return present_list(context, request.viewer, request.language, filter_of(request));
                 }));
}

}  // namespace

void add_law_routes(http::Routes& routes, Context const& context) {
  add_list_route(routes, context);
  routes.add(http::get("/api/agreements/{code}")
                 .named("read_agreement")
                 .saying("One agreement: rules with article and confidence, evidence, what may leave, where days are counted.")
                 .signed_in()
                 .query(http::integer_parameter("version", "Its number; the newest when not given.", 1, 100'000))
                 .output<AgreementView>()
                 .handler([&context](Request const& request) -> Result<AgreementView> {
                   return present_agreement(context, request.viewer, request.language, request.path_value("code"),
                                            static_cast<int>(request.integer("version").value_or(0)));
                 }));
  routes.add(http::get("/api/agreements/{code}/versions")
                 .named("list_agreement_versions")
                 .saying("Every version of an agreement that this node has accepted, the newest first, with what it changed.")
                 .signed_in()
                 .output<http::Items<VersionOfAgreementView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<VersionOfAgreementView>> {
                   auto views = present_versions(context, request.viewer, request.language, request.path_value("code"));
                   if (!views) return tl::unexpected(views.error());
                   http::Items<VersionOfAgreementView> view;
                   view.items = std::move(*views);
                   return view;
                 }));
}

}  // namespace rcms::agreement_desk
