// A package as a court receives it, on a running node: every hash, signature and receipt, every page number of its index; and
// that no change goes unseen.
#include <doctest/doctest.h>

#include <fstream>
#include <functional>
#include <regex>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/package_check.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "foundation/sheets/archive.hpp"
#include "stories/http_world.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::stories;
namespace json = boost::json;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;
using Entries = std::map<std::string, std::string>;

Entries unpack(std::string const& zip) {
  Entries entries;
  auto archive = sheets::Archive::open(zip, {});
  REQUIRE(archive);
  for (auto const& name : archive->names())
    CHECK_FALSE(archive->read(name, [&](std::string_view piece) { return entries[name] += piece, true; }));
  return entries;
}

std::string pack(Entries const& entries, std::filesystem::path const& path) {
  std::vector<sheets::ZipEntry> list;
  for (auto const& [name, bytes] : entries) list.push_back({name, bytes});
  REQUIRE(sheets::write_zip(path, std::move(list), Instant{}));
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The points that do not hold.
std::string wrong_in(std::string const& zip) {
  auto const checks = case_files::check_package(zip);
  if (!checks) return "refused";
  std::string wrong;
  for (auto const& check : *checks) {
    for (auto const& point : check.points) {
      if (!point.holds) wrong += point.what + ": " + point.why + "\n";
    }
  }
  return wrong;
}

void swap_text(std::string& text, std::string const& from, std::string const& to) {
  auto const at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, from);
  text.replace(at, from.size(), to);
}

/// Each line of the index with a page: the section stands on that page, and on no page before it after the index.
void check_pages(std::string const& pdf, std::string const& index_title) {
  auto const count = count_pdf_pages(as_bytes(pdf)).value();
  CHECK(count >= 2);
  std::vector<std::string> pages;
  for (int page = 0; page < count; ++page) pages.push_back(read_pdf_text(as_bytes(pdf), page).value());
  for (int page = 0; page < count; ++page) {
    std::regex const label(fmt::format("\\b{}[^0-9A-Za-z]{{0,8}}/[^0-9A-Za-z]{{0,8}}{}\\b", page + 1, count));
    CHECK(std::regex_search(pages[static_cast<std::size_t>(page)], label));
  }
  auto const begin = pages[0].find(index_title);
  REQUIRE(begin != std::string::npos);
  static std::regex const line(R"(\n *([^\n]*?\S) +(\d+) *(?=\n))");
  int told = 0;
  auto const text = pages[0].substr(begin);
  for (std::sregex_iterator each(text.begin(), text.end(), line), end; each != end; ++each) {
    auto const page = std::stoi((*each)[2]);
    auto const name = (*each)[1].str();
    if (page < 1 || page > count || name.find('/') != std::string::npos) continue;
    CAPTURE(name);
    CHECK(pages[static_cast<std::size_t>(page - 1)].find(name) != std::string::npos);
    for (int before = 1; before < page - 1; ++before)
      CHECK(pages[static_cast<std::size_t>(before)].find("\n" + name + "\n") == std::string::npos);
    ++told;
  }
  CHECK(told >= 6);
}

}  // namespace

TEST_CASE("a court verifies a package alone, and sees every change") {
  for (auto const& engine : story_engines()) {
    CAPTURE(engine);
    auto const world = make_http_world(engine, read_people(source / "tests/stories/people.txt"), "uto-xar-2019");
    for (auto const& line : read_story(source / "tests/stories/documents_are_asked_for.story").lines) {
      auto const problem = compare(line, world->act(line));
      REQUIRE_MESSAGE(problem.empty(), problem);
    }
    tests::TemporaryFolder folder;
    auto const path = folder.file("package.zip");
    for (std::string const target : {"/api/cases/", "/api/applications/"}) {
      CAPTURE(target);
      auto const answer = world->node().get(target == "/api/cases/" ? "ana" : "ines", target + world->id_of(1) + "/package");
      REQUIRE(answer.status == 200);
      auto const checks = case_files::check_package(answer.body);
      REQUIRE(checks);
      REQUIRE(checks->size() == 1);
      INFO(wrong_in(answer.body));
      CHECK(checks->front().holds());
      CHECK(checks->front().points.size() > 6);
      CHECK(checks->front().fingerprint.size() == 16);
      CHECK(checks->front().keys.size() == 2);
      auto const entries = unpack(answer.body);
      check_pages(entries.at("application.pdf"), "In this document, with the page");

      auto const machine = json::parse(entries.at("application.json"));
      auto const envelope = std::string(machine.at("envelopes").at(0).at("path").as_string());
      struct Change { char const* name; std::function<void(Entries&)> make; char const* seen; };
      Change const changes[] = {
          {"another page", [](Entries& all) { all.at("application.pdf") += " "; }, "application.pdf"},
          {"another form", [](Entries& all) { swap_text(all.at("application.json"), "\"surname\":\"", "\"surname\":\"X"); },
           "application.json"},
          {"a file is missing", [&](Entries& all) { all.erase(envelope); }, "is missing"},
          {"a file was added", [](Entries& all) { all["note.txt"] = "x"; }, "note.txt: is not told of"},
          {"another envelope", [&](Entries& all) { swap_text(all.at(envelope), "uto-xar-2019", "uto-xar-2091"); }, "envelopes/"},
          {"no signature", [&](Entries& all) {
             auto held = json::parse(all.at(envelope)).as_object();
             held["signature"] = std::string(86, 'A');
             all.at(envelope) = json::serialize(held);
           }, "is not signed by"},
          {"another receipt", [&](Entries& all) { swap_text(all.at(envelope), "2031-", "2032-"); }, "envelopes/"},
          {"another fingerprint",
           [&](Entries& all) { swap_text(all.at("application.json"), checks->front().fingerprint, std::string(16, '0')); },
           "fingerprint: is not that of the last envelopes"},
          {"no contents", [](Entries& all) { all.erase("CONTENTS.txt"); }, "CONTENTS.txt tells another hash"},
      };
      for (auto const& change : changes) {
        CAPTURE(change.name);
        auto changed = entries;
        change.make(changed);
        auto const wrong = wrong_in(pack(changed, path));
        CAPTURE(wrong);
        CHECK(wrong.find(change.seen) != std::string::npos);
        std::filesystem::remove(path);
      }
      for (std::size_t length : {std::size_t{0}, std::size_t{100}, answer.body.size() / 2})
        CHECK_FALSE(case_files::check_package(answer.body.substr(0, length)));
      CHECK(wrong_in(pack({{"readme.txt", "x"}}, path)) == "refused");
      std::filesystem::remove(path);
      CHECK_FALSE(wrong_in(pack({{"application.json", "{]"}}, path)).empty());
      std::filesystem::remove(path);
    }
  }
}
