// The ledger as those read it who watch over the authorities: every line of their State once, in words, nothing of files.
#include <set>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "duty/sample_world.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::duty;
namespace json = boost::json;

namespace {

constexpr db::Sql count_lines{"duty.ledger_lines",
                              "SELECT count(*) FROM ledger_entries e JOIN parties p ON p.id = e.party WHERE p.code = $1"};

/// All lines that this person sees, page by page.
std::vector<json::object> read_all(SampleWorld& world, std::string const& login, std::string const& filter = {}) {
  std::vector<json::object> lines;
  std::string cursor;
  for (int page = 0; page < 500; ++page) {
    auto const answer = world.node().ask(login, {.target = "/api/ledger?limit=7" + filter + cursor});
    REQUIRE_MESSAGE(answer.status == 200, answer.body);
    auto const body = answer.json();
    for (auto const& item : body.at("items").as_array()) lines.push_back(item.as_object());
    auto const* next = body.as_object().if_contains("next");
    if (next == nullptr || !next->is_string() || next->get_string().empty()) return lines;
    cursor = "&cursor=" + std::string(next->get_string());
  }
  FAIL("the pages have no end");
  return lines;
}

std::string text_of(json::object const& line, char const* member) {
  auto const* value = line.if_contains(member);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

TEST_CASE("the pages of the ledger hold every line of the State once, the newest first, and none of the other State") {
  for (auto const* engine : {"sqlite", "postgresql"}) {
    CAPTURE(engine);
    SampleWorld world(engine);
    for (auto const* party : {"XAR", "UTO"}) {
      CAPTURE(party);
      auto const lines = read_all(world, everything_at(party));
      auto const there = world.node().node().database().read(count_lines, {std::string(party)}).at(0).integer(0);
      CHECK(static_cast<std::int64_t>(lines.size()) == there);
      std::set<std::string> hashes;
      for (std::size_t i = 0; i < lines.size(); ++i) {
        hashes.insert(text_of(lines[i], "hash"));
        if (i > 0) CHECK(text_of(lines[i], "at") <= text_of(lines[i - 1], "at"));
        auto const reference = text_of(lines[i], "reference");
        CHECK((reference.empty() || reference.starts_with(party)));
        CAPTURE(text_of(lines[i], "action"));
        CHECK(text_of(lines[i], "text").find('[') == std::string::npos);
        CHECK_FALSE(text_of(lines[i], "text").empty());
      }
      CHECK(hashes.size() == lines.size());
      auto const told = json::serialize(json::value_from(lines));
      CHECK(told.find(secret_of_arcadia) == std::string::npos);
      CHECK(told.find(secret_of_utopia) == std::string::npos);
    }
  }
}

TEST_CASE("the ledger of one file is its chain; a reference that the State does not have has none") {
  auto& world = sample_world();
  auto const all = read_all(world, "omnia");
  std::string reference;
  for (auto const& line : all) {
    if (text_of(line, "action") == "application_released") reference = text_of(line, "reference");
  }
  REQUIRE_FALSE(reference.empty());
  auto const chain = read_all(world, "omnia", "&case=" + reference);
  REQUIRE(chain.size() > 1);
  for (auto const& line : chain) CHECK(text_of(line, "reference") == reference);
  CHECK(text_of(chain.back(), "action") == "case_created");
  CHECK(read_all(world, "totus", "&case=" + reference).empty());
  CHECK(world.node().ask("omnia", {.target = "/api/ledger?cursor=1.2"}).field() == "cursor");
}

TEST_CASE("the newest seal is told with the count of what it seals") {
  auto& world = sample_world();
  auto const seal = world.node().ask("omnia", {.target = "/api/ledger/seal"}).json();
  CHECK(seal.at("seal").to_number<std::int64_t>() > 0);
  CHECK(seal.at("entries").to_number<std::int64_t>() > 0);
  CHECK(seal.at("hash").as_string().size() == 64);
}
