#include "capabilities/registry/api.hpp"

#include "capabilities/registry/view.hpp"

namespace rcms::registry {

using http::Answer;
using http::Reply;
using http::Request;

struct RegistrySourceInput {
  http::Text<20> kind;
  std::optional<http::Text<300>> address;
  std::optional<http::Text<130>> view;
  std::optional<int> refresh_hours;
  std::optional<int> old_after_days;
  std::optional<bool> accept_smaller;
};
RCMS_INPUT(RegistrySourceInput, kind, address, view, refresh_hours, old_after_days, accept_smaller)

namespace {

NewSource source_of(RegistrySourceInput const& input) {
  NewSource source;
  source.kind = input.kind.value;
  if (input.address) source.address = input.address->value;
  if (input.view) source.view = input.view->value;
  source.refresh_hours = input.refresh_hours.value_or(source.refresh_hours);
  source.old_after_days = input.old_after_days.value_or(source.old_after_days);
  source.accept_smaller = input.accept_smaller.value_or(false);
  return source;
}

Reply<RegistrySourceView> present(Registries& registries, Sentences const& sentences, Request const& request,
                                  State const& state) {
  auto const say = [&](std::string const& english) { return sentences.say(request.viewer.language, english); };
  return Reply<RegistrySourceView>(source_view_of(registries, request.viewer.party, state, say), 0, state.source.revision);
}

void add_source_routes(http::Routes& routes, Registries& registries, Sentences const& sentences) {
  routes.add(http::get("/api/registry")
                 .named("read_registry")
                 .saying("How the connection to the registry of your State is doing, and how old its data is")
                 .permission(std::string(search_permission))
                 .output<RegistryView>()
                 .handler([&registries](Request const& request) -> Result<RegistryView> {
                   return view_of(registries.state(request.viewer.party));
                 }));
  routes.add(http::get("/api/registry/source")
                 .named("read_registry_source")
                 .saying("Where the registry of your State comes from, what was wrong in its newest table, line by line")
                 .permission(std::string(connect_permission))
                 .output<RegistrySourceView>()
                 .handler([&registries, &sentences](Request const& request) -> Answer<Reply<RegistrySourceView>> {
                   return present(registries, sentences, request, registries.state(request.viewer.party));
                 }));
  routes.add(http::put("/api/registry/source")
                 .named("set_registry_source")
                 .saying("Set where the registry of your State comes from")
                 .permission(std::string(connect_permission))
                 .refuses({Why::field_missing, Why::field_invalid, Why::stale_revision})
                 .input<RegistrySourceInput>()
                 .output<RegistrySourceView>()
                 .handler([&registries, &sentences](RegistrySourceInput const& input,
                                                    Request const& request) -> Answer<Reply<RegistrySourceView>> {
                   auto const state = set_source(registries, request.viewer, source_of(input), request.if_match);
                   if (!state) return http::refuse_all(state.error());
                   return present(registries, sentences, request, *state);
                 }));
  routes.add(http::get("/api/registry/places")
                 .named("list_registry_places")
                 .saying("The places of the registry of your State, and where they lie on its map")
                 .permission(std::string(search_permission))
                 .output<http::Items<KnownPlaceView>>()
                 .handler([&registries](Request const& request) -> Result<http::Items<KnownPlaceView>> {
                   http::Items<KnownPlaceView> view;
                   for (auto const& one : registries.places(request.viewer.party)->all())
                     view.items.push_back({one.code, one.name, one.region, one.x, one.y});
                   return view;
                 }));
}

}  // namespace

Question question_of(http::Request const& request) {
  auto const text = [&](char const* name) { return request.text(name).value_or(""); };
  return {text("given"),        text("surname"),        text("birth"),        text("sex"),            text("place"),
          text("father_given"), text("father_surname"), text("mother_given"), text("mother_surname"), text("document")};
}

std::vector<http::QueryParameter> question_parameters() {
  return {
      http::text_parameter("given", "Given names, in any spelling and script."),
      http::text_parameter("surname", "One or two surnames, in the order given."),
      http::text_parameter("birth", "Date of birth: yyyy, yyyy-mm or yyyy-mm-dd.", 10),
      http::choice_parameter("sex", "Sex as registered.", {"F", "M", "X"}),
      http::text_parameter("place", "Code or name of the place of registration."),
      http::text_parameter("father_given", "Given names of the father."),
      http::text_parameter("father_surname", "Surnames of the father."),
      http::text_parameter("mother_given", "Given names of the mother."),
      http::text_parameter("mother_surname", "Surnames of the mother."),
      http::text_parameter("document", "Number of an identity document.", 40)};
}

void add_routes(http::Routes& routes, Registries& registries, Sentences const& sentences) {
  auto search = http::get("/api/registry/citizens")
                 .named("search_citizens")
                 .saying("Find a person in the population registry of your State, best candidates first, each with reasons")
                 .permission(std::string(search_permission))
                 .refuses({Why::field_missing, Why::field_invalid, Why::field_too_long, Why::unavailable})
                 .reads_personal_data()
                 .output<CitizenSearchView>()
                 .handler([&registries](Request const& request) -> Result<CitizenSearchView> {
                   auto const question = question_of(request);
                   auto const found = search_citizens(registries, request.viewer, question);
                   if (!found) return tl::unexpected<Refused>(found.error());
                   return view_of(question, *found, *registries.places(request.viewer.party));
                 });
  search.query = question_parameters();
  routes.add(std::move(search));
  add_source_routes(routes, registries, sentences);
  add_weights_routes(routes, registries);
}

}  // namespace rcms::registry
