// Nothing of an applicant's fingerprints stays when there is an answer: no byte in the folder of the node or in the database, as
// raw bytes, as digits or as base64; and while they are kept they lie nowhere unsealed.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <doctest/doctest.h>

#include "app/node.hpp"
#include "foundation/base/hash.hpp"
#include "stories/http_world.hpp"
#include "stories/prints.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::stories;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;
constexpr db::Sql list_storages{"test.storages", "SELECT storage FROM prints WHERE storage <> ''"};
constexpr db::Sql list_deletions{
    "test.deletions", "SELECT action FROM ledger_entries WHERE action IN ('prints_deleted', 'prints_removed') ORDER BY at"};
constexpr db::Sql list_columns{
    "test.columns",
    "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema()"
    " AND data_type IN ('bytea', 'text', 'jsonb')"};

/// A piece from the middle of the template: of minutiae, so that no other file has it.
Bytes piece() {
  auto const whole = prints_file("whole");
  auto const middle = whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2);
  return {middle, middle + 18};
}

/// In every form in which it could lie somewhere. Base64 in its three positions.
std::vector<std::string> forms_of(Bytes const& bytes) {
  std::vector<std::string> forms{std::string(bytes.begin(), bytes.end()), to_hex(bytes)};
  for (std::size_t skip = 0; skip < 3; ++skip) {
    auto text = to_base64url(std::span(bytes).subspan(skip));
    text.resize(text.size() / 4 * 4 - 4);
    forms.push_back(std::move(text));
  }
  return forms;
}

std::vector<std::filesystem::path> files_below(std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  return files;
}

bool stands_in_files(std::filesystem::path const& folder, std::vector<std::string> const& forms) {
  for (auto const& path : files_below(folder)) {
    std::ifstream in(path, std::ios::binary);
    std::string const content{std::istreambuf_iterator<char>(in), {}};
    for (auto const& form : forms)
      if (content.find(form) != std::string::npos) return true;
  }
  return false;
}

bool stands_in_postgresql(db::Database& database, Bytes const& bytes, std::vector<std::string> const& forms) {
  std::size_t columns = 0;
  for (auto const& row : database.read(list_columns, {})) {
    ++columns;
    auto const table = row.text(0), column = row.text(1);
    bool const is_bytes = row.text(2) == "bytea";
    auto const text = is_bytes ? "SELECT 1 FROM " + table + " WHERE position($1 in " + column + ") > 0 LIMIT 1"
                               : "SELECT 1 FROM " + table + " WHERE strpos(CAST(" + column + " AS text), $1) > 0 LIMIT 1";
    if (is_bytes) {
      if (database.find({"test.bytes", text.c_str()}, {bytes})) return true;
      continue;
    }
    for (std::size_t at = 1; at < forms.size(); ++at)
      if (database.find({"test.text", text.c_str()}, {forms[at]})) return true;
  }
  REQUIRE(columns > 100);
  return false;
}

bool is_stored(std::filesystem::path const& attachments, std::string const& storage) {
  return std::filesystem::exists(attachments / storage.substr(0, 2) / storage);
}

}  // namespace

TEST_CASE("nothing of the fingerprints stays when there is an answer, in the folder or in the database") {
  auto const story = read_story(source / "tests/stories/fingerprints_are_compared.story");
  for (auto const engine : tests::engines_for_tests()) {
    auto const world = make_http_world(engine == db::Engine::sqlite ? "SQLite" : "PostgreSQL",
                                       read_people(source / "tests/stories/people.txt"), story.agreement, {});
    auto& node = world->node().node();
    auto const& folder = node.settings().folder;
    constexpr std::string_view sqlite = "sqlite:";
    auto const& address = node.settings().database;
    auto const forms = forms_of(piece());
    std::set<std::string> kept;
    auto const stands = [&] {
      bool const in_folder = stands_in_files(folder, forms);
      return in_folder || (engine == db::Engine::sqlite
                               ? stands_in_files(std::filesystem::path(address.substr(sqlite.size())).parent_path(), forms)
                               : stands_in_postgresql(node.database(), piece(), forms));
    };
    // The search finds what is there.
    std::ofstream(folder / "probe", std::ios::binary) << "....." + to_base64url(prints_file("whole"));
    CHECK(stands());
    std::filesystem::remove(folder / "probe");
    for (auto const& line : story.lines) {
      REQUIRE(compare(line, world->act(line)) == "");
      for (auto const& row : node.database().read(list_storages, {})) {
        kept.insert(row.text(0));
        if (line.act == "release") CHECK(is_stored(folder / "attachments", row.text(0)));
      }
      if (line.act == "release") CHECK_FALSE(stands());
    }
    world->node().settle();
    CHECK(kept.size() >= 2);  // of either State
    for (auto const& storage : kept) CHECK_FALSE(is_stored(folder / "attachments", storage));
    CHECK(node.database().read(list_storages, {}).size() == 0);
    CHECK_FALSE(stands());
    std::vector<std::string> deletions;
    for (auto const& row : node.database().read(list_deletions, {})) deletions.push_back(row.text(0));
    CHECK(deletions == std::vector<std::string>{"prints_removed", "prints_deleted", "prints_deleted"});
  }
}
