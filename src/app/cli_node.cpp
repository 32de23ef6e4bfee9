#include "app/cli_node.hpp"

#include <algorithm>
#include <iostream>

#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "app/demo_world.hpp"
#include "app/wiring.hpp"
#include "capabilities/administration/actions.hpp"
#include "foundation/access/store.hpp"
#include "foundation/base/text.hpp"

namespace rcms::app {

namespace {

/// Asks for what was not given when somebody sits at the terminal. Throws CommandRefused with the option to give.
void ask(std::string& value, char const* option, char const* question) {
  if (!value.empty()) return;
  if (isatty(STDIN_FILENO) != 0) {
    fmt::print(stderr, "{}: ", question);
    std::getline(std::cin, value);
    value = tidy_text(value);
  }
  if (value.empty()) throw CommandRefused(fmt::format("{} is missing: give it with {}", question, option));
}

void check_state_code(std::string const& code) {
  bool good = code.size() == 3;
  for (char const letter : code) good = good && letter >= 'A' && letter <= 'Z';
  if (!good) throw CommandRefused("The code of a State is three capital letters (ISO 3166-1), not '" + code + "'");
}

void check_zone(std::string const& zone) {
  try {
    (void)date_in_zone(system_clock().now(), zone);
  } catch (std::runtime_error const&) {
    throw CommandRefused("There is no time zone '" + zone + "': name one of the IANA list, such as America/Guatemala");
  }
}

/// The command line acts with the rights of an administrator: who may run it may read the keys of the node anyway.
access::Viewer operator_of(access::Party const& party) {
  access::Viewer viewer;
  viewer.user = UserId{"command-line"};
  viewer.name = "command line";
  viewer.party = party.id;
  viewer.party_code = party.code;
  viewer.permissions = {"administration.users", "administration.read"};
  return viewer;
}

void tell_password(administration::WithPassword const& made) {
  fmt::print("login:    {}\npassword: {}\n", made.user.login, made.password);
  fmt::print(stderr, "The password is good for one sign-in, at which a new one is chosen. It is shown only now.\n");
}

OrganisationId organisation_named(Node& node, access::Viewer const& viewer, UserOptions const& options) {
  std::string known;
  std::vector<access::Organisation> fitting;
  for (auto const& one : access::list_organisations(node.database(), viewer)) {
    if (!one.active) continue;
    if (!options.organisation.empty() &&
        (one.names.en == options.organisation || one.names.es == options.organisation || one.id.value == options.organisation))
      return one.id;
    known += fmt::format("\n        \"{}\" ({})", one.names.en, one.kind);
    auto const checked = administration::check_roles(node.norms().roles, options.roles,
                                                     node.context().directory.get_party(viewer.party).sides, one.kind);
    if (checked) fitting.push_back(one);
  }
  if (options.organisation.empty() && fitting.size() == 1) return fitting.front().id;
  auto const wrong = options.organisation.empty()
                         ? std::string("Name the organisation of the user with --organisation")
                         : fmt::format("There is no organisation '{}': make it with rcms organisation add, or name another one",
                                       options.organisation);
  throw CommandRefused(wrong + "; here are:" + known);
}

void check_roles_exist(Node& node, std::vector<std::string> const& roles) {
  std::vector<std::string> known;
  for (auto const& role : node.norms().roles.roles) known.push_back(role.code);
  for (auto const& role : roles) {
    if (std::find(known.begin(), known.end(), role) == known.end())
      throw CommandRefused(fmt::format("--role: there is no role '{}'; there are: {}", role, join(known, ", ")));
  }
}

/// The hosted States to list, all or one, read beside a running node. Throws CommandRefused when there is no such one.
std::vector<access::Party> parties_to_list(db::Database& database, std::string const& code) {
  auto parties = access::list_hosted_parties(database);
  if (code.empty()) return parties;
  std::vector<std::string> known;
  for (auto const& party : parties) {
    if (party.code == code) return {party};
    known.push_back(party.code);
  }
  throw CommandRefused(fmt::format("--state: {} has no data on this node; here are: {}", code, join(known, ", ")));
}

}  // namespace

int init(InitOptions options) {
  ask(options.code, "--state", "Code of the State, three letters");
  options.code = upper_ascii(options.code);
  check_state_code(options.code);
  ask(options.name_en, "--name", "Name of the State in English");
  if (options.name_es.empty()) options.name_es = options.name_en;
  ask(options.zone, "--zone", "Time zone of its authorities (America/Guatemala)");
  check_zone(options.zone);
  ask(options.login, "--admin", "Login of the first administrator");
  if (options.admin_name.empty()) options.admin_name = options.login;
  if (!access::is_login(options.login)) {
    throw CommandRefused("A login is 3 to 80 small letters, digits and . - _ @, beginning with a letter or digit, not '" +
                         options.login + "'");
  }

  auto const node = open_node(options.place, false);
  if (access::find_party_by_code(node->database(), options.code)) {
    throw CommandRefused(fmt::format("{} is set up here already: add people with rcms user add", options.code));
  }
  if (access::find_user_by_login(node->database(), options.login)) {
    throw CommandRefused("Somebody has the login " + options.login + " already: choose another one with --admin");
  }
  auto const now = system_clock().now();
  std::vector<std::string> languages{options.language, options.language == "es" ? "en" : "es"};
  access::Party const party{.id = PartyId::make(now), .code = options.code, .names = {options.name_en, options.name_es},
                            .time_zone = options.zone, .languages = languages, .sides = access::sides_of(options.sides),
                            .signing_key = node->party_key(options.code).open, .hosted = true};
  access::Organisation const organisation{.id = OrganisationId::make(now), .party = party.id, .kind = "node_operator",
                                          .names = {"Node of " + options.name_en, "Nodo de " + options.name_es}};
  db::Command command;
  access::save_party(command, party);
  access::save_organisation(command, organisation);
  if (node->database().write(command).outcome != db::Outcome::written)
    throw CommandRefused("Somebody else sets up the same State: try again");
  node->connect_parties();
  auto const made = administration::create_user(node->administration(), operator_of(party),
                                                {.login = options.login,
                                                 .name = options.admin_name,
                                                 .organisation = organisation.id,
                                                 .roles = {"administrator"},
                                                 .language = options.language});
  if (!made) refuse_command(made.error());
  fmt::print(stderr, "{} is set up in {}.\n", options.code, node->settings().folder.string());
  tell_password(*made);
  fmt::print(
      stderr,
      "Next: rcms serve with the same --folder and --database; offices and people: rcms organisation add, rcms user add.\n");
  return 0;
}

int add_organisation(OrganisationOptions const& options) {
  auto const node = open_node(options.place);
  auto const& kinds = node->administration().organisation_kinds;
  if (!kinds.contains(options.kind)) {
    throw CommandRefused(
        fmt::format("--kind: there is no kind of organisation '{}'; there are: {}", options.kind, fmt::join(kinds, ", ")));
  }
  auto const party = find_hosted(*node, options.state);
  auto const made = administration::create_organisation(
      node->administration(), operator_of(party),
      {.names = {options.name_en, options.name_es.empty() ? options.name_en : options.name_es},
       .kind = options.kind,
       .email = options.email});
  if (!made) refuse_command(made.error());
  fmt::print("{} has the organisation \"{}\"\n", party.code, made->names.en);
  return 0;
}

int list_all_organisations(OrganisationOptions const& options) {
  auto const database = open_to_read(options.place);
  for (auto const& party : parties_to_list(*database, options.state)) {
    for (auto const& one : access::list_organisations(*database, operator_of(party)))
      fmt::print("{}\t{}\t{}\t{}\n", party.code, one.kind, one.names.en, one.active ? "active" : "closed");
  }
  return 0;
}

int add_user(UserOptions const& options) {
  auto const node = open_node(options.place);
  check_roles_exist(*node, options.roles);
  auto const viewer = operator_of(find_hosted(*node, options.state));
  auto const made = administration::create_user(node->administration(), viewer,
                                                {.login = options.login,
                                                 .name = options.name.empty() ? options.login : options.name,
                                                 .organisation = organisation_named(*node, viewer, options),
                                                 .roles = options.roles,
                                                 .email = options.email,
                                                 .language = options.language});
  if (!made) refuse_command(made.error());
  tell_password(*made);
  return 0;
}

int reset_user(UserOptions const& options) {
  auto const node = open_node(options.place);
  auto const user = access::find_user_by_login(node->database(), options.login);
  if (!user) throw CommandRefused("There is no user '" + options.login + "': rcms user list shows who there is");
  auto const made = administration::reset_password(node->administration(),
                                                   operator_of(node->context().directory.get_party(user->party)), user->id);
  if (!made) refuse_command(made.error());
  tell_password(*made);
  return 0;
}

int list_all_users(UserOptions const& options) {
  auto const database = open_to_read(options.place);
  for (auto const& party : parties_to_list(*database, options.state)) {
    for (auto const& user : access::list_users(*database, operator_of(party))) {
      fmt::print("{}\t{}\t{}\t{}\t{}\n", party.code, user.login, user.name, join(user.roles, ","),
                 user.active ? "active" : "closed");
    }
  }
  return 0;
}

int print_openapi() {
  auto const folder = std::filesystem::temp_directory_path() / fmt::format("rcms-openapi-{}", getpid());
  {
    Settings settings = settings_of(Place{folder.string(), {}});
    settings.demo = true;
    Node node(settings, system_clock());
    add_demo_people(node);
    node.add_routes();
    fmt::print("{}\n", boost::json::serialize(http::openapi_of(node.routes(), version_text())));
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace rcms::app
