// The matrix of roles and permissions as a lawyer reads it. RCMS_REWRITE_GOLDEN=1 writes it anew; the diff is reviewed.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "norms/permissions/roles.hpp"

namespace rcms::administration {
namespace {

constexpr char const* golden_file = RCMS_SOURCE_DIR "/tests/golden/permissions.txt";

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

/// One line a permission, one column a role; roles are numbered, for twenty names do not fit side by side.
std::string render(permissions::Roles const& roles) {
  std::size_t width = 0;
  for (auto const& permission : roles.permissions) width = std::max(width, permission.code.size());
  std::ostringstream text;
  text << "Roles\n";
  for (std::size_t i = 0; i < roles.roles.size(); ++i) text << padded(std::to_string(i + 1), 4) << roles.roles[i].code << "\n";
  text << "\n" << padded("Permission", width + 2);
  for (std::size_t i = 0; i < roles.roles.size(); ++i) text << padded(std::to_string(i + 1), 4);
  text << "\n";
  for (auto const& permission : roles.permissions) {
    text << padded(permission.code, width + 2);
    for (auto const& role : roles.roles) text << (role.permissions.contains(permission.code) ? "yes " : ".   ");
    text << "\n";
  }
  text << "\nNever together\n";
  for (auto const& role : roles.roles) {
    for (auto const& other : role.never_with) text << role.code << " + " << other << "\n";
  }
  return text.str();
}

TEST_CASE("roles may do what the golden matrix says") {
  auto const actual = render(permissions::load_roles(RCMS_SOURCE_DIR "/data"));
  if (std::getenv("RCMS_REWRITE_GOLDEN") != nullptr) std::ofstream(golden_file) << actual;
  std::ifstream file(golden_file);
  REQUIRE_MESSAGE(file, "tests/golden/permissions.txt is missing: run with RCMS_REWRITE_GOLDEN=1");
  std::stringstream golden;
  golden << file.rdbuf();
  CHECK_MESSAGE(golden.str() == actual, "permissions changed: run with RCMS_REWRITE_GOLDEN=1 and review the difference");
}

}  // namespace
}  // namespace rcms::administration
