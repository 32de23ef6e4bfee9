// What the API is and what leaves, as files that a reviewer reads. RCMS_REWRITE_GOLDEN=1 writes them anew.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "app/node.hpp"
#include "app/wiring.hpp"
#include "norms/forms/sharing.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
namespace json = boost::json;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;

/// JSON with one member on each line, so that a change is a line of the diff.
void render(json::value const& value, std::string const& indent, std::string& out) {
  auto const inner = indent + "  ";
  if (value.is_object() && !value.get_object().empty()) {
    out += "{\n";
    bool first = true;
    for (auto const& member : value.get_object()) {
      out += (first ? "" : ",\n") + inner + json::serialize(json::string(member.key())) + ": ";
      render(member.value(), inner, out);
      first = false;
    }
    out += "\n" + indent + "}";
  } else {
    out += json::serialize(value);
  }
}

void check_golden(std::string const& name, std::string const& now) {
  auto const file = source / "tests/golden" / name;
  if (std::getenv("RCMS_REWRITE_GOLDEN") != nullptr) std::ofstream(file, std::ios::binary) << now;
  std::ifstream in(file, std::ios::binary);
  std::stringstream kept;
  kept << in.rdbuf();
  bool const same = kept.str() == now;
  CHECK_MESSAGE(
      same,
      name << " is not what the program says; look at the difference after RCMS_REWRITE_GOLDEN=1 duty_tests -tc=\"golden*\"");
}

struct Table {
  tests::TemporaryFolder folder;
  SystemClock clock;
  std::unique_ptr<app::Node> node;

  Table() {
    app::Settings settings;
    settings.database = "sqlite:" + folder.file("node.db");
    settings.folder = folder.path() / "node";
    settings.data = source / "data";
    settings.migrations = source / "db/migrations";
    node = std::make_unique<app::Node>(settings, clock);
    node->add_routes();
  }
  http::Routes const& routes() const { return node->routes(); }
};

std::string door_of(http::Route const& route) {
  if (route.door == http::Door::public_) return "anyone";
  return route.door == http::Door::signed_in ? "signed in" : route.permission;
}

}  // namespace

TEST_CASE("golden: every route with who may call it") {
  Table const table;
  std::string text = "# method  path  who may call it  (* personal data is read, and the reading is recorded)\n";
  for (auto const& route : table.routes().all()) {
    text += fmt::format("{:6} {:62} {}{}\n", http::name_of(route.method), route.path, door_of(route),
                        route.reads_personal_data ? " *" : "");
  }
  check_golden("routes.txt", text);
}

TEST_CASE("golden: OpenAPI") {
  Table const table;
  std::string text;
  render(http::openapi_of(table.routes(), app::version_text()), "", text);
  check_golden("openapi.json", text + "\n");
}

TEST_CASE("golden: which fields of the application whom reach") {
  auto const norms = case_files::load_norms(source / "data");
  auto const agreed_2019 = agreements::agreed_fields_of(norms.agreements.at("uto-xar-2019"));
  auto const agreed_2022 = agreements::agreed_fields_of(norms.agreements.at("uto-xar-protocol-2022"));
  std::string text =
      "# field of the application: does it reach the requested State under the agreement of 2019, under the protocol of 2022, "
      "under\n"
      "# either with consent (c), and a field verifier of the requested State (slip)\n";
  auto const say = [](bool yes) { return yes ? "yes" : "-"; };
  for (auto const& section : norms.application_form.sections) {
    for (auto const& field : section.fields) {
      auto const path = section.code + "." + field.code;
      bool const with_consent =
          forms::may_leave(section, field, agreed_2019, {"health_consent"}) && !forms::may_leave(section, field, agreed_2019, {});
      text +=
          fmt::format("{:36} 2019 {:4} 2022 {:4} {:2} slip {}\n", path, say(forms::may_leave(section, field, agreed_2019, {})),
                      say(forms::may_leave(section, field, agreed_2022, {})), with_consent ? "c" : "-",
                      say(forms::find_field(norms.field_slip_form, path) != nullptr));
    }
  }
  check_golden("visibility.txt", text);
}
