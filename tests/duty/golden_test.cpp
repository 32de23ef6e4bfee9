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

namespace {

/// Some value of the type; of a group with all its parts, of a list one.
json::value sample_of(forms::Field const& field) {
  using forms::Type;
  if (field.type == Type::whole) return 1;
  if (field.type == Type::flag) return true;
  if (field.type == Type::codes || field.type == Type::texts || field.type == Type::files) return json::array{"x"};
  if (field.type != Type::record && field.type != Type::records) return "x";
  json::object group;
  for (auto const& part : field.parts) group[part.code] = sample_of(part);
  return field.type == Type::record ? json::value(group) : json::value(json::array{group});
}

bool has_path(json::value const* value, std::vector<std::string> const& path, std::size_t at = 0) {
  if (value == nullptr) return false;
  if (value->is_array()) return !value->get_array().empty() && has_path(&value->get_array().front(), path, at);
  if (at == path.size()) return true;
  return value->is_object() && has_path(value->get_object().if_contains(path[at]), path, at + 1);
}

/// What leaves of an application in which everything is filled in, and what a field verifier receives of that.
struct Reached {
  json::value in_2019;
  json::value in_2022;
  json::value with_consent;
  json::value on_slip;
};

Reached reach(case_files::Norms const& norms) {
  json::object whole;
  forms::Conditions conditions{"third_country_national", "child", "release"};
  for (auto const& section : norms.application_form.sections) {
    auto& fields = whole[section.code].emplace_object();
    for (auto const& condition : section.shown_when) conditions.insert(condition);
    for (auto const& field : section.fields) {
      fields[field.code] = sample_of(field);
      for (auto const& condition : field.shown_when) conditions.insert(condition);
    }
  }
  std::erase_if(conditions, [](auto const& one) {
    return one.starts_with("!") || one.find('&') != std::string::npos || one == "health_consent" || one == "vital_interest";
  });
  auto consenting = conditions;
  consenting.insert("health_consent");
  auto const agreed_2019 = agreements::agreed_fields_of(norms.agreements.at("uto-xar-2019"));
  auto const agreed_2022 = agreements::agreed_fields_of(norms.agreements.at("uto-xar-protocol-2022"));
  auto const& form = norms.application_form;
  // A readmission and a transit: each has a section that the other has not.
  auto const pick = [&](auto const& agreed, forms::Conditions holding) {
    auto reached = forms::pick_shared(form, agreed, holding, whole);
    holding.erase("transit");
    for (auto const& [section, fields] : forms::pick_shared(form, agreed, holding, whole)) reached[section] = fields;
    return reached;
  };
  auto const with_consent = pick(agreed_2019, consenting);
  return {pick(agreed_2019, conditions), pick(agreed_2022, conditions), with_consent,
          forms::pick_known(norms.field_slip_form, consenting, with_consent)};
}

/// A line for the field and one for each of its parts.
void describe_field(Reached const& reached, forms::Field const& field, std::vector<std::string> path, std::string const& name,
                    std::string& text) {
  auto const say = [](bool yes) { return yes ? "yes" : "-"; };
  path.push_back(field.code);
  bool const only_with_consent = has_path(&reached.with_consent, path) && !has_path(&reached.in_2019, path);
  text += fmt::format("{:54} 2019 {:4} 2022 {:4} {:2} slip {}\n", name + field.code, say(has_path(&reached.in_2019, path)),
                      say(has_path(&reached.in_2022, path)), only_with_consent ? "c" : "-",
                      say(has_path(&reached.on_slip, path)));
  auto const inside = name + field.code + (field.type == forms::Type::records ? "[]." : ".");
  for (auto const& part : field.parts) describe_field(reached, part, path, inside, text);
}

}  // namespace

TEST_CASE("golden: which fields of the application, and which of their parts, whom reach") {
  auto const norms = case_files::load_norms(source / "data");
  auto const reached = reach(norms);
  std::string text =
      "# field of the application and its parts, where it is asked for: does it reach the requested State under the agreement\n"
      "# of 2019, under the protocol of 2022, under either with consent (c), and a field verifier of that State (slip)\n";
  for (auto const& section : norms.application_form.sections) {
    for (auto const& field : section.fields) describe_field(reached, field, {section.code}, section.code + ".", text);
  }
  check_golden("visibility.txt", text);
}
