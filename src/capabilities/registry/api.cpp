#include "capabilities/registry/api.hpp"

#include "capabilities/registry/actions.hpp"
#include "capabilities/registry/view.hpp"

namespace rcms::registry {

namespace {

/// Refuses: field_invalid for a birth date that is neither a year, a month nor a day.
Result<CitizenQuery> query_of(http::Request const& request) {
  CitizenQuery query;
  query.given = request.text("given").value_or("");
  query.surnames = request.text("surname").value_or("");
  query.document = request.text("document").value_or("");
  query.place = request.text("place").value_or("");
  query.sex = request.text("sex").value_or("");
  auto const birth = request.text("birth").value_or("");
  if (!birth.empty()) {
    query.birth = PartialDate::parse(birth);
    if (!query.birth) return refuse(Why::field_invalid, "birth", "A date is written yyyy, yyyy-mm or yyyy-mm-dd.");
  }
  return query;
}

}  // namespace

void add_routes(http::Routes& routes, db::Database& database) {
  routes.add(http::get("/api/registry/citizens")
                 .named("search_citizens")
                 .saying("Find a person in the population registry of your State, best candidates first.")
                 .permission("registry.search")
                 .query(http::text_parameter("given", "Given names, in any spelling of case and accents."))
                 .query(http::text_parameter("surname", "One or two surnames, in the order given."))
                 .query(http::text_parameter("birth", "Date of birth: yyyy, yyyy-mm or yyyy-mm-dd.", 10))
                 .query(http::choice_parameter("sex", "Sex as registered.", {"F", "M", "X"}))
                 .query(http::text_parameter("document", "Number of an identity document.", 40))
                 .query(http::text_parameter("place", "Code or name of the place of registration."))
                 .refuses({Why::field_missing, Why::field_invalid, Why::field_too_long})
                 .reads_personal_data()
                 .output<CitizenSearchView>()
                 .handler([&database](http::Request const& request) -> Result<CitizenSearchView> {
                   auto const query = query_of(request);
                   if (!query) return tl::unexpected<Refused>(query.error());
                   auto const found = search_citizens(database, request.viewer, *query);
                   if (!found) return tl::unexpected<Refused>(found.error());
                   return view_of(*found);
                 }));
}

}  // namespace rcms::registry
