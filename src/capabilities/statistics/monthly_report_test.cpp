// The pure part: durations, shares, months without data, and totals that equal a direct count.
#include "capabilities/statistics/monthly_report.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace rcms::statistics {

namespace {

Definitions const& definitions() {
  static Definitions const read = load_definitions(RCMS_SOURCE_DIR "/data");
  return read;
}

MonthInput an_input() {
  MonthInput input;
  input.party = PartyId{"p"};
  input.month = "2031-10";
  input.side = "requested";
  input.first_month = "2031-01";
  input.today = Date(2031, 11, 3);
  return input;
}

Tally reply(char const* outcome, std::optional<bool> in_time, std::int64_t count) {
  Tally tally;
  tally.month = "2031-10";
  tally.kind = "reply_given";
  tally.outcome = outcome;
  tally.in_time = in_time;
  tally.count = count;
  return tally;
}

}  // namespace

TEST_CASE("median and P90 are those of the sorted values, and are not told of too few") {
  struct Row {
    char const* name;
    std::vector<std::int64_t> hours;
    Amount median;
    Amount p90;
  };
  for (auto const& row : {Row{"nothing", {}, {}, {}},
                          Row{"one value", {30}, 30, {}},
                          Row{"two values: the mean", {10, 25}, 17.5, {}},
                          Row{"three values in any order", {9, 1, 5}, 5, {}},
                          Row{"the same value again and again", {4, 4, 4, 8}, 4, {}},
                          Row{"nine values: no P90 yet", {1, 2, 3, 4, 5, 6, 7, 8, 9}, 5, {}},
                          Row{"ten values: the ninth", {10, 20, 30, 40, 50, 60, 70, 80, 90, 100}, 55, 90},
                          Row{"eleven values: the tenth", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 6, 10},
                          Row{"a zero is a value", {0, 0, 0}, 0, {}}}) {
    CAPTURE(row.name);
    std::map<std::int64_t, std::int64_t> counts;
    for (auto const hours : row.hours) ++counts[hours];
    auto const spread = spread_of(counts, 1, 10);
    CHECK(spread.count == static_cast<std::int64_t>(row.hours.size()));
    CHECK(spread.median_hours == row.median);
    CHECK(spread.p90_hours == row.p90);
  }
  CHECK_FALSE(spread_of({{5, 2}}, 3, 10).median_hours);
  CHECK(spread_of({{5, 2}, {6, -1}}, 1, 10).count == 2);
}

TEST_CASE("the P90 is the smallest value that nine in ten do not exceed") {
  CHECK(rc::check([] {
    auto hours = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 500)));
    std::map<std::int64_t, std::int64_t> counts;
    for (auto const one : hours) ++counts[one];
    auto const spread = spread_of(counts, 1, 1);
    std::sort(hours.begin(), hours.end());
    auto const size = hours.size();
    double const median = (hours[(size - 1) / 2] + hours[size / 2]) / 2.0;
    RC_ASSERT(spread.median_hours == Amount(median));
    auto const not_above = [&](int limit) {
      return 10 * std::count_if(hours.begin(), hours.end(), [&](int one) { return one <= limit; });
    };
    auto const p90 = static_cast<int>(spread.p90_hours.value());
    RC_ASSERT(not_above(p90) >= static_cast<std::ptrdiff_t>(9 * size));
    RC_ASSERT(not_above(p90 - 1) < static_cast<std::ptrdiff_t>(9 * size));
  }));
}

TEST_CASE("replies in time are a number and a share of those that had a term") {
  auto input = an_input();
  input.facts = {reply("accepted", true, 6), reply("refused", false, 2), reply("accepted", {}, 5), reply("interview", true, 3)};
  auto const report = make_monthly_report(input, definitions());
  CHECK(report.value("replies") == Amount(13));
  CHECK(report.value("replies_in_time") == Amount(6));
  CHECK(report.value("replies_with_term") == Amount(8));
  CHECK(report.value("in_time_share") == Amount(75));
  CHECK(report.value("interview") == Amount(3));
  CHECK_FALSE(report.is_provisional);
}

TEST_CASE("a transit stands in figures of its own and in none of readmissions") {
  auto input = an_input();
  auto allowed = reply("accepted", true, 3);
  allowed.kind = "transit_reply_given";
  auto refused = reply("refused", true, 2);
  refused.kind = "transit_reply_given";
  auto received = reply("", {}, 5);
  received.kind = "transit_application_received";
  input.facts = {allowed, refused, received, reply("accepted", true, 1)};
  auto const report = make_monthly_report(input, definitions());
  CHECK(report.value("transits_received") == Amount(5));
  CHECK(report.value("transits_allowed") == Amount(3));
  CHECK(report.value("transits_refused") == Amount(2));
  CHECK(report.value("received") == Amount(0));
  CHECK(report.value("replies") == Amount(1));
}

TEST_CASE("what is not known is said, not counted as zero") {
  SUBCASE("no reply had a term: no share") {
    auto input = an_input();
    input.facts = {reply("accepted", {}, 5)};
    auto const report = make_monthly_report(input, definitions());
    CHECK(report.value("replies") == Amount(5));
    CHECK_FALSE(report.value("in_time_share"));
  }
  SUBCASE("a quiet month after the first one is zero") {
    auto const report = make_monthly_report(an_input(), definitions());
    CHECK(report.value("received") == Amount(0));
    CHECK(report.value("open_at_end") == Amount(0));
    for (auto const& duration : report.durations) CHECK_FALSE(duration.spread.median_hours);
  }
  SUBCASE("a month before the first fact has no data, and neither have the months of the trend before it") {
    auto input = an_input();
    input.first_month = "2031-09";
    auto report = make_monthly_report(input, definitions());
    REQUIRE(report.trend.size() == 12);
    CHECK(report.trend.front().key == "2030-11");
    CHECK_FALSE(report.trend[9].values.at(0));
    CHECK(report.trend[10].values.at(0) == Amount(0));
    input.month = "2031-08";
    report = make_monthly_report(input, definitions());
    CHECK_FALSE(report.value("received"));
    CHECK_FALSE(report.value("open_at_end"));
  }
}

TEST_CASE("a month that is not over is provisional") {
  auto input = an_input();
  input.today = Date(2031, 10, 31);
  CHECK(make_monthly_report(input, definitions()).is_provisional);
  input.today = Date(2031, 11, 1);
  CHECK_FALSE(make_monthly_report(input, definitions()).is_provisional);
}

TEST_CASE("months are read strictly") {
  CHECK(parse_month("2031-10").has_value());
  for (auto const* wrong : {"", "2031", "2031-13", "2031-1", "2031-10-01", "10/2031", "1999-12", "3000-01"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_month(wrong).has_value());
  }
  CHECK(month_plus("2031-01", -1) == "2030-12");
  CHECK(month_plus("2031-01", 12) == "2032-01");
}

TEST_CASE("every fact that a rule writes is defined, and every definition is in both languages") {
  for (auto const* kind : {"application_sent", "application_received", "application_acknowledged", "application_complete",
                           "documents_requested", "documents_answered", "reply_given", "reply_received", "reply_term_over",
                           "consent_deemed", "application_withdrawn", "application_ended", "refusal_reason", "document_issued",
                           "document_voided"}) {
    CAPTURE(kind);
    CHECK(std::any_of(definitions().kinds.begin(), definitions().kinds.end(), [&](auto const& one) { return one.id == kind; }));
  }
  for (auto const& figure : definitions().figures) {
    CAPTURE(figure.id);
    CHECK(figure.definition.en != figure.definition.es);
  }
}

}  // namespace rcms::statistics
