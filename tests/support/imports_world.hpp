// The world of the tests of bulk imports.
#pragma once

#include "capabilities/casework/imports_actions.hpp"
#include "support/files_world.hpp"

namespace rcms::casework {

using tests::agreement_for_tests;
using tests::data_for_tests;
using tests::labels_for_tests;

struct World : tests::FilesWorld {
  World(db::Database& database, std::filesystem::path const& folder, tests::PeopleForTests const& people)
      : FilesWorld(database, folder, people), imports(context, data_for_tests) {}
  Imports imports;
};

}  // namespace rcms::casework
