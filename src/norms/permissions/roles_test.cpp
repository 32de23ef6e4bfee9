#include "norms/permissions/roles.hpp"

#include <fstream>
#include <iterator>

#include <unistd.h>

#include <doctest/doctest.h>

#include "foundation/base/labels.hpp"

using namespace rcms;
using namespace rcms::permissions;

namespace {

std::filesystem::path const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";

bool may(Roles const& roles, std::string const& role, std::string const& permission) {
  return permissions_of(roles, {role}).count(permission) != 0;
}

}  // namespace

TEST_CASE("nobody holds what their role must never do") {
  auto const roles = load_roles(data);
  struct Row { char const* role; char const* permission; };
  // Source: the table of people in the product description, column "must never see or do".
  Row const never[] = {
      {"case_officer", "case.release"}, {"case_officer", "case.screen"}, {"release_officer", "case.edit"},
      {"safeguards_officer", "case.edit"}, {"safeguards_officer", "case.release"}, {"operations_officer", "case.read"},
      {"verifier", "application.read"}, {"field_verifier", "application.read"}, {"field_verifier", "registry.search"},
      {"consular_officer", "application.read"}, {"reception_officer", "application.read"}, {"analyst", "case.read"},
      {"analyst", "application.read"}, {"administrator", "case.read"}, {"administrator", "application.read"},
      {"administrator", "registry.search"}, {"border_officer", "application.read"}, {"monitor", "case.edit"},
      {"doctor", "case.read"}, {"child_protection_officer", "case.read"}, {"return_counsellor", "case.read"},
      {"court_clerk", "case.read"}, {"guardian", "case.read"}, {"detention_officer", "case.read"},
      {"safeguards_officer", "safeguard.child"}, {"case_officer", "case.screen"}, {"case_officer", "safeguard.child"},
  };
  for (auto const& row : never) {
    CAPTURE(row.role);
    CAPTURE(row.permission);
    REQUIRE(find_role(roles, row.role) != nullptr);
    CHECK_FALSE(may(roles, row.role, row.permission));
  }
}

TEST_CASE("every permission is held by some role and every role is on a side") {
  auto const roles = load_roles(data);
  CHECK(roles.roles.size() == 24);
  CHECK(roles.permissions.size() == 77);
  for (auto const& permission : roles.permissions) {
    CAPTURE(permission.code);
    bool held = false;
    for (auto const& role : roles.roles) held = held || role.permissions.count(permission.code) != 0;
    CHECK(held);
  }
}

TEST_CASE("a role with a permission of the other side, or with one that nobody knows, is not loaded") {
  namespace fs = std::filesystem;
  auto const folder = fs::temp_directory_path() / ("rcms-roles-" + std::to_string(::getpid()));
  fs::create_directories(folder / "permissions");
  fs::copy(data / "schema", folder / "schema", fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  std::ifstream in(data / "permissions/roles.toml");
  std::string const good{std::istreambuf_iterator<char>(in), {}};
  std::string const own = "permissions = [\"task.read\", \"task.complete\"]\nnever_with = [\"intake_officer\"";
  for (std::string const more : {"", "case.read", "task.fly"}) {
    CAPTURE(more);
    auto text = good;
    auto const at = text.find(own);
    REQUIRE(at != std::string::npos);
    if (!more.empty()) text.insert(at + std::string_view("permissions = [").size(), "\"" + more + "\", ");
    std::ofstream(folder / "permissions/roles.toml") << text;
    if (more.empty()) CHECK_NOTHROW(load_roles(folder));
    else CHECK_THROWS_AS(load_roles(folder), std::runtime_error);
  }
  fs::remove_all(folder);
}

TEST_CASE("roles that exclude each other are found") {
  auto const roles = load_roles(data);
  CHECK(find_conflict(roles, {"case_officer", "analyst"}).first.empty());
  CHECK(find_conflict(roles, {"analyst", "case_officer", "release_officer"}) ==
        std::pair<std::string, std::string>{"case_officer", "release_officer"});
  CHECK(permissions_of(roles, {"nobody"}).empty());
}

TEST_CASE("every role and permission has a label") {
  auto const roles = load_roles(data);
  auto const labels = Labels::load(data / "languages");
  for (auto const& role : roles.roles) CHECK_MESSAGE(labels.has("roles." + role.code), role.code);
  for (auto const& permission : roles.permissions) CHECK_MESSAGE(labels.has("permissions." + permission.code), permission.code);
}
