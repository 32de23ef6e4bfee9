// samples/forty_applications.xlsx is what the program makes, and it imports as the demo's guide says.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "app/sample_applications.hpp"
#include "capabilities/casework/imports_actions.hpp"
#include "foundation/sheets/sheet.hpp"
#include "support/files_world.hpp"

using namespace rcms;

namespace {

std::filesystem::path const kept = std::filesystem::path(RCMS_SOURCE_DIR) / "samples/forty_applications.xlsx";

std::string content_of(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("the sample of forty applications names people of the demo's registry, and its file is the one that is made") {
  if (std::getenv("RCMS_WRITE_SAMPLES") != nullptr) {
    std::filesystem::create_directories(kept.parent_path());
    REQUIRE(app::write_forty_applications(kept, tests::data_for_tests));
  }
  tests::TemporaryFolder folder;
  REQUIRE(app::write_forty_applications(folder.file("made.xlsx"), tests::data_for_tests));
  auto const made = sheets::read_table(content_of(folder.file("made.xlsx")));
  auto const there = sheets::read_table(content_of(kept));
  CHECK(made.rows.size() == 41);
  REQUIRE(there.rows.size() == made.rows.size());
  for (std::size_t i = 0; i < made.rows.size(); ++i) {
    CAPTURE(i);
    CHECK_MESSAGE(made.rows[i].cells == there.rows[i].cells, "write it again with RCMS_WRITE_SAMPLES=1");
  }
}

TEST_CASE("the sample of forty applications imports without a question but for its three marked rows") {
  tests::DatabaseForTests fresh(db::Engine::sqlite);
  db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
  tests::TemporaryFolder folder;
  tests::FilesWorld world(fresh.database(), folder.path(), tests::add_people(fresh.database(), tests::start_for_tests));
  casework::Imports const imports(world.context, tests::data_for_tests);
  auto const ana = world.ana();
  auto const import = imports.upload(ana, "forty_applications.xlsx", content_of(kept));
  REQUIRE(import);
  REQUIRE(imports.map(ana, import->id, {tests::agreement_for_tests, import->profile, {}}));
  auto const report = imports.check(ana, import->id);
  REQUIRE(report);
  CHECK(report->rows == 40);
  CHECK(report->ready == 38);
  CHECK(report->findings.size() == 2);
  CHECK(report->duplicates.size() == 1);
  CHECK(imports.load(ana, import->id, 600'000)->loaded == 38);
}
