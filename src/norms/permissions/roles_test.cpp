#include "norms/permissions/roles.hpp"

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
  CHECK(roles.roles.size() == 16);
  CHECK(roles.permissions.size() == 37);
  for (auto const& permission : roles.permissions) {
    CAPTURE(permission.code);
    bool held = false;
    for (auto const& role : roles.roles) held = held || role.permissions.count(permission.code) != 0;
    CHECK(held);
  }
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
