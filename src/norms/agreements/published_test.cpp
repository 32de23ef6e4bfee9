#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "norms/agreements/published_evidence_test.hpp"
#include "norms/agreements/published_values_test.hpp"
#include "norms/agreements/summary.hpp"
#include "norms/agreements/world_test.hpp"

using namespace rcms;
using namespace rcms::agreements;
using namespace rcms::agreements::tests;

namespace {

bool begins(std::string const& text, std::string const& beginning) { return text.compare(0, beginning.size(), beginning) == 0; }

std::string shipped_as(std::string const& mark) { return mark == "P" || mark == "S" ? mark : "unverified"; }

void check_practice(Agreement const& agreement, PublishedRule const& row) {
  auto const* practice = find_practice(agreement, std::string(row.key).substr(9));
  REQUIRE(practice != nullptr);
  CHECK(begins(practice->value, row.value));
  CHECK(practice->unit == row.unit);
  CHECK(practice->confidence == shipped_as(row.mark));
}

void check_rule(Agreement const& agreement, PublishedRule const& row) {
  auto const* rule = find_rule(agreement, row.key, Date(2026, 1, 1));
  REQUIRE(rule != nullptr);
  std::string const value = row.value;
  bool const is_number = !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
  if (is_number) {
    REQUIRE(rule->value.has_value());
    CHECK(std::to_string(*rule->value) == value);
    CHECK(name_of(rule->unit) == row.unit);
  } else {
    CHECK(begins(rule->text, value));
    CHECK(rule->text.empty() == value.empty());
    if (value.empty()) CHECK_FALSE(rule->value.has_value());
  }
  CHECK(rule->confidence == shipped_as(row.mark));
  bool const hinted = std::string(row.mark) == "L" || std::string(row.mark) == "M";
  CHECK(rule->hint == (hinted ? row.mark : ""));
}

}  // namespace

TEST_CASE("41 instruments, 327 rules: each is there with value, unit and confidence, and nothing else") {
  std::set<std::string> instruments;
  std::size_t held = 0;
  for (auto const& [code, agreement] : world().agreements) {
    if (agreement.fictional) continue;
    instruments.insert(code);
    held += agreement.rules.size() + agreement.practices.size();
  }
  CHECK(instruments.size() == 41);
  CHECK(std::size(published_rules) == 327);
  CHECK(held == 327);
  for (auto const& row : published_rules) {
    CAPTURE(row.agreement);
    CAPTURE(row.key);
    auto const* agreement = find_agreement(world().agreements, row.agreement);
    REQUIRE(agreement != nullptr);
    if (begins(row.key, "practice_")) check_practice(*agreement, row);
    else check_rule(*agreement, row);
  }
}

TEST_CASE("66 lines of evidence: each is there with its effect, and nothing else") {
  CHECK(std::size(published_evidence) == 66);
  std::set<std::string> lines;
  for (auto const& [code, agreement] : world().agreements) {
    for (auto const& line : agreement.evidence) {
      if (!agreement.fictional) lines.insert(code + line.category + line.document);
    }
  }
  CHECK(lines.size() == 66);
  for (auto const& row : published_evidence) {
    CAPTURE(row.agreement);
    CAPTURE(row.document);
    auto const* agreement = find_agreement(world().agreements, row.agreement);
    REQUIRE(agreement != nullptr);
    auto const found = std::find_if(agreement->evidence.begin(), agreement->evidence.end(), [&](auto const& line) {
      return line.category == row.category && begins(line.document, row.document);
    });
    REQUIRE(found != agreement->evidence.end());
    CHECK((found->listed_effect.empty() ? found->effect : found->listed_effect) == row.effect);
    CHECK(found->confidence == "P");
    CHECK_FALSE(found->source.empty());
  }
}

TEST_CASE("every file says its source, and what is not verified starts no date in silence") {
  for (auto const& each : world().agreements) {
    auto const& code = each.first;
    auto const& agreement = each.second;
    if (agreement.fictional) continue;
    CAPTURE(code);
    CHECK_FALSE(agreement.source.empty());
    CHECK(agreement.signed_on.has_value());
    for (auto const& rule : agreement.rules) {
      CAPTURE(rule.key);
      CHECK_FALSE((rule.article.empty() && rule.reference.empty()));
      if (!rule.start.empty()) CHECK_FALSE(rule.start_confidence.empty());
    }
  }
}

TEST_CASE("every file passes its own check: form, contradictions, examples") {
  for (auto const& entry : std::filesystem::directory_iterator(data / "agreements")) {
    auto const wrong = check_file(entry.path(), data, world().calendars);
    for (auto const& each : wrong) FAIL_CHECK(each);
  }
}
