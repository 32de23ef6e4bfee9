#include "capabilities/case_files/api_norms.hpp"

#include <boost/json.hpp>

#include "capabilities/case_files/view.hpp"
#include "foundation/access/store.hpp"
#include "norms/forms/presentation.hpp"

namespace rcms::case_files {

struct FormView {
  http::Json form;  ///< as norms/forms describes it: sections, fields, codes with labels
};
RCMS_VIEW(FormView, form)

struct OfficerView {
  std::string id;
  std::string name;
  std::string organisation;
  std::vector<std::string> roles;
};
RCMS_VIEW(OfficerView, id, name, organisation, roles)

struct OfficeView {
  std::string id;
  std::string name;
  std::string kind;
};
RCMS_VIEW(OfficeView, id, name, kind)

void add_norms_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/forms/{code}")
                 .named("read_form")
                 .saying("The definition of a form, with labels in the viewer's language")
                 .signed_in()
                 .output<FormView>()
                 .handler([&context](http::Request const& request) -> Result<FormView> {
                   auto const found = context.norms.forms.find(request.path_value("code"));
                   if (found == context.norms.forms.end()) return refuse(Why::not_found);
                   return FormView{forms::describe_form(found->second, context.norms.codes, context.labels, request.language)};
                 }));
  routes.add(http::get("/api/officers")
                 .named("list_officers")
                 .saying("Officers of the viewer's State to whom work can be given")
                 .signed_in()
                 .output<http::Items<OfficerView>>()
                 .handler([&context](http::Request const& request) -> Result<http::Items<OfficerView>> {
                   http::Items<OfficerView> view;
                   for (auto const& user : access::list_users(context.database, request.viewer)) {
                     if (!user.active) continue;
                     view.items.push_back(
                         {user.id.value, user.name,
                          context.directory.organisation_name(request.viewer.party, user.organisation, request.language),
                          user.roles});
                   }
                   return view;
                 }));
  routes.add(http::get("/api/offices")
                 .named("list_offices")
                 .saying("Bodies of the viewer's State to which a task can be given")
                 .signed_in()
                 .output<http::Items<OfficeView>>()
                 .handler([&context](http::Request const& request) -> Result<http::Items<OfficeView>> {
                   http::Items<OfficeView> view;
                   for (auto const& office : access::list_organisations(context.database, request.viewer)) {
                     if (office.active) view.items.push_back({office.id.value, office.names.in(request.language), office.kind});
                   }
                   return view;
                 }));
}

}  // namespace rcms::case_files
