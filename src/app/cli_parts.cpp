#include "app/cli_parts.hpp"

#include <fmt/format.h>

#include "foundation/access/store.hpp"
#include "foundation/pages/canvas.hpp"

namespace rcms::app {

Settings settings_of(Place const& place) {
  Settings settings;
  settings.folder = std::filesystem::absolute(place.folder).lexically_normal();
  settings.database = place.database.empty() ? "sqlite:" + (settings.folder / "rcms.db").string() : place.database;
  settings.data = find_share("data");
  settings.migrations = find_share("db/migrations");
  return settings;
}

Clock const& system_clock() {
  static SystemClock const clock;
  return clock;
}

void check_node_exists(Place const& place) {
  auto const settings = settings_of(place);
  constexpr std::string_view sqlite = "sqlite:";
  if (!settings.database.starts_with(sqlite) || std::filesystem::exists(settings.database.substr(sqlite.size()))) return;
  throw CommandRefused(
      fmt::format("There is no node at {}: name its place with --folder and --database, or make one with rcms init",
                  settings.database.substr(sqlite.size())));
}

std::unique_ptr<Node> open_node(Place const& place, bool must_exist) {
  auto const settings = settings_of(place);
  if (must_exist) check_node_exists(place);
  auto node = std::make_unique<Node>(settings, system_clock());
  if (must_exist && node->context().directory.parties().empty()) {
    throw CommandRefused(fmt::format("No State has been set up in {}: run rcms init with the same --folder and --database",
                                     settings.folder.string()));
  }
  return node;
}

std::unique_ptr<db::Database> open_to_read(Place const& place) {
  check_node_exists(place);
  return db::open_for_reading(settings_of(place).database);
}

std::string told(Refused const& refused) {
  auto words = refused.detail;
  if (words.empty())
    words = Labels::load(find_share("data") / "languages").text("en", "refused." + std::string(name_of(refused.why)));
  while (words.ends_with('.')) words.pop_back();
  return fmt::format("{}{}{} ({})", refused.field, refused.field.empty() ? "" : ": ", words, name_of(refused.why));
}

void refuse_command(Refused const& refused) { throw CommandRefused(told(refused)); }

access::Party find_hosted(Node& node, std::string const& code) {
  auto const hosted = access::list_hosted_parties(node.database());
  std::string known;
  for (auto const& party : hosted) {
    if (party.code == code || (code.empty() && hosted.size() == 1)) return party;
    known += (known.empty() ? "" : ", ") + party.code;
  }
  throw CommandRefused(code.empty() ? "This node keeps the data of several States: name one with --state (" + known + ")"
                                    : "The State " + code + " has no data on this node; here are: " + known);
}

access::Viewer viewer_of_login(Node& node, std::string const& login) {
  auto const user = access::find_user_by_login(node.database(), login);
  if (!user || !user->active) throw CommandRefused("There is no active user '" + login + "': rcms user list shows who there is");
  access::Viewer viewer;
  viewer.user = user->id;
  viewer.name = user->name;
  viewer.party = user->party;
  viewer.party_code = node.context().directory.get_party(user->party).code;
  viewer.organisation = user->organisation;
  viewer.roles = user->roles;
  viewer.permissions = access::permissions_of(user->roles, node.sessions().role_permissions());
  viewer.language = user->language;
  return viewer;
}

void use_program_fonts() { use_fonts(find_share("fonts")); }

}  // namespace rcms::app
