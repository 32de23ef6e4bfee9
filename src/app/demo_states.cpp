// The States, organisations and officers of the demo as rows, as those who act, and as those whom a visitor may be.
#include <memory>
#include <mutex>
#include <stdexcept>

#include "app/cli_parts.hpp"
#include "app/demo_world.hpp"
#include "capabilities/administration/api.hpp"
#include "foundation/access/store.hpp"

namespace rcms::app {

namespace {

constexpr std::string_view portrait_path = "/api/demo/portraits/";

DemoOrganisation const& organisation_of(DemoPeople const& people, DemoOfficer const& officer) {
  for (auto const& one : people.organisations) {
    if (one.key == officer.organisation) return one;
  }
  throw std::runtime_error("demo_people.toml: there is no organisation " + officer.organisation);
}

/// Drawn when first asked for: an officer's portrait takes some milliseconds.
class Portraits {
 public:
  std::string const& of(DemoOfficer const& officer) {
    std::lock_guard const lock(mutex_);
    auto& picture = pictures_[officer.login];
    if (picture.empty()) {
      auto const bytes = draw_portrait(officer.look);
      picture.assign(bytes.begin(), bytes.end());
    }
    return picture;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> pictures_;
};

struct KnownPeople {
  DemoPeople people;
  std::map<std::string, UserId> ids;  ///< by login
  Portraits portraits;
};

std::vector<administration::DemoPersonView> views_of(KnownPeople const& known, Labels const& labels, std::string_view language) {
  bool const spanish = language == "es";
  std::vector<administration::DemoPersonView> views;
  for (auto const& officer : known.people.officers) {
    auto const id = known.ids.find(officer.login);
    if (id == known.ids.end()) continue;
    auto const& organisation = organisation_of(known.people, officer);
    std::string role;
    for (auto const& one : officer.roles) role += (role.empty() ? "" : ", ") + labels.text(language, "roles." + one);
    views.push_back({id->second, officer.name, role, organisation.party, spanish ? organisation.name.es : organisation.name.en,
                     officer.language, std::string(portrait_path) + officer.login, spanish ? officer.task.es : officer.task.en});
  }
  return views;
}

}  // namespace

void make_demo_states(Node& node, DemoPeople const& people, Instant now) {
  db::Command command;
  std::map<std::string, PartyId> parties;
  std::map<std::string, OrganisationId> organisations;
  for (auto const& one : people.parties) {
    access::Party party{.id = PartyId::make(now),
                        .code = one.code,
                        .names = {one.name.en, one.name.es},
                        .time_zone = one.time_zone,
                        .languages = one.languages,
                        .sides = access::sides_of(one.sides),
                        .signing_key = node.party_key(one.code).open,
                        .hosted = true};
    parties[one.code] = party.id;
    access::save_party(command, party);
  }
  std::map<std::string, PartyId> party_of_organisation;
  for (auto const& one : people.organisations) {
    access::Organisation const organisation{.id = OrganisationId::make(now), .party = parties.at(one.party), .kind = one.kind,
                                            .names = {one.name.en, one.name.es}, .email = one.key + "@rcms.example"};
    organisations[one.key] = organisation.id;
    party_of_organisation[one.key] = organisation.party;
    access::save_organisation(command, organisation);
  }
  for (auto const& officer : people.officers) {
    access::save_user(command, {.id = UserId::make(now),
                                .party = party_of_organisation.at(officer.organisation),
                                .organisation = organisations.at(officer.organisation),
                                .login = officer.login,
                                .name = officer.name,
                                .email = officer.login + "@rcms.example",
                                .roles = officer.roles,
                                .language = officer.language});
  }
  if (node.database().write(command).outcome != db::Outcome::written) {
    throw std::runtime_error("The database already holds States: start the demo on an empty one (./demo --reset)");
  }
  node.connect_parties();
}

DemoOfficers::DemoOfficers(Node& node, DemoPeople const& people) {
  for (auto const& officer : people.officers) viewers_.emplace(officer.login, viewer_of_login(node, officer.login));
  for (auto const& officer : people.officers) organisations_[officer.organisation] = by_login(officer.login).organisation;
}

access::Viewer const& DemoOfficers::by_login(std::string const& login) const { return viewers_.at(login); }

OrganisationId const& DemoOfficers::organisation(std::string const& key) const { return organisations_.at(key); }

void add_demo_people(Node& node) {
  auto known = std::make_shared<KnownPeople>();
  known->people = read_demo_people(node.settings().data);
  for (auto const& officer : known->people.officers) {
    if (auto const user = access::find_user_by_login(node.database(), officer.login); user && user->active)
      known->ids[officer.login] = user->id;
  }
  node.add_demo_routes = [known, &labels = node.labels()](http::Routes& routes, administration::Context const& context) {
    administration::add_demo_routes(routes, context,
                                    [known, &labels](std::string_view language) { return views_of(*known, labels, language); });
    routes.add(http::get(std::string(portrait_path) + "{login}")
                   .named("demo_portrait")
                   .saying("The drawn portrait of an invented officer of the demo.")
                   .public_()
                   .file("image/jpeg")
                   .handler([known](http::Request const& request) -> Result<http::Response> {
                     for (auto const& officer : known->people.officers) {
                       if (officer.login != request.path_value("login")) continue;
                       http::Response response;
                       response.content_type = "image/jpeg";
                       response.body = known->portraits.of(officer);
                       response.headers = {{"Cache-Control", "public, max-age=86400"}};
                       return response;
                     }
                     return refuse(Why::not_found);
                   }));
  };
}

}  // namespace rcms::app
