// Reports from the database: equal to a direct count over any history, by index, on both engines.
#include "capabilities/statistics/report_store.hpp"

#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "capabilities/statistics/report.hpp"
#include "support/database_for_tests.hpp"
#include "support/facts_for_tests.hpp"

namespace rcms::statistics {

namespace {

constexpr db::Sql delete_facts{"test.delete_facts", "DELETE FROM facts"};
constexpr db::Sql delete_balances{"test.delete_balances", "DELETE FROM fact_balances"};
constexpr db::Sql count_balances{"test.count_balances", "SELECT count(*) FROM fact_balances WHERE party = $1 AND partner = ''"};

Instant const now = *Instant::parse("2031-11-03T09:30:00Z");
Date const today(2031, 11, 3);

void forget_everything(db::Database& database) {
  db::Command command;
  command.add(delete_facts, {});
  command.add(delete_balances, {});
  REQUIRE(database.write(command).outcome == db::Outcome::written);
}

/// A fact and how often it counts: -1 takes one back.
struct Written {
  Fact fact;
  int count = 1;
};

rc::Gen<Written> any_fact(tests::PeopleForTests const& people) {
  using rc::gen::element;
  auto const text = [](std::vector<std::string> all) { return rc::gen::elementOf(std::move(all)); };
  auto const partner = text({people.arcadia.id.value, "another"});
  return rc::gen::map(
      rc::gen::tuple(text({"application_received", "application_ended", "reply_given", "application_acknowledged",
                           "documents_answered", "document_issued", "application_withdrawn", "refusal_reason"}),
                     rc::gen::inRange(0, 70), partner, text({"uto-xar-2019", "uto-xar-protocol-2022"}),
                     text({"accepted", "refused", "deemed", "interview"}), text({"F", "M", "X", ""}),
                     text({"0-5", "18-29", "60+", "unknown"}), rc::gen::inRange(0, 3), rc::gen::inRange(-20, 400),
                     rc::gen::inRange(0, 12)),
      [&people](auto const& parts) {
        auto const& [kind, day, other, agreement, outcome, sex, age, in_time, hours, count] = parts;
        Written written;
        written.fact = {.party = people.utopia.id, .kind = kind, .on = Date(2031, 10, 31).plus_days(-day), .side = "requested",
                        .partner = other, .agreement = agreement, .outcome = outcome, .sex = sex, .age_group = age, .in_time = {},
                        .hours = {}};
        if (in_time < 2) written.fact.in_time = in_time == 1;
        if (hours >= 0) written.fact.hours = hours;
        written.count = count == 0 ? -1 : 1;
        return written;
      });
}

/// The figures once more, by walking over everything that was ever written.
class DirectCount {
 public:
  DirectCount(std::vector<Written> const& all, std::string partner) : all_(all), partner_(std::move(partner)) {}

  double of(std::string_view kind, std::set<std::string> const& outcomes = {}, std::optional<bool> in_time = {}) const {
    double count = 0;
    for (auto const& [fact, times] : all_) {
      if (!is_ours(fact) || month_of(fact.on) != "2031-10" || fact.kind != kind) continue;
      if (!outcomes.empty() && !outcomes.contains(fact.outcome)) continue;
      if (in_time && fact.in_time != in_time) continue;
      count += times;
    }
    return count;
  }
  double open() const {
    double count = 0;
    for (auto const& [fact, times] : all_) {
      if (!is_ours(fact) || month_of(fact.on) > "2031-10") continue;
      if (fact.kind == "application_received") count += times;
      if (fact.kind == "application_ended") count -= times;
    }
    return count;
  }
  std::int64_t entries() const {
    std::int64_t count = 0;
    for (auto const& [fact, times] : all_) count += is_ours(fact) && month_of(fact.on) <= "2031-10" ? 1 : 0;
    return count;
  }
  double with_sex(std::string const& sex) const {
    double count = 0;
    for (auto const& [fact, times] : all_) {
      if (is_ours(fact) && month_of(fact.on) == "2031-10" && fact.kind == "application_received" && fact.sex == sex)
        count += times;
    }
    return count;
  }

 private:
  bool is_ours(Fact const& fact) const { return partner_.empty() || fact.partner == partner_; }
  std::vector<Written> const& all_;
  std::string partner_;
};

void check_against(MonthlyReport const& report, DirectCount const& direct) {
  RC_ASSERT(report.value("received") == Amount(direct.of("application_received")));
  RC_ASSERT(report.value("open_at_end") == Amount(direct.open()));
  RC_ASSERT(report.value("acknowledged") == Amount(direct.of("application_acknowledged")));
  RC_ASSERT(report.value("replies") == Amount(direct.of("reply_given", {"accepted", "refused"})));
  RC_ASSERT(report.value("interview") == Amount(direct.of("reply_given", {"interview"})));
  RC_ASSERT(report.value("consent_deemed") == Amount(direct.of("application_ended", {"deemed"})));
  RC_ASSERT(report.value("documents_issued") == Amount(direct.of("document_issued")));
  double const in_time = direct.of("reply_given", {"accepted", "refused"}, true);
  double const late = direct.of("reply_given", {"accepted", "refused"}, false);
  RC_ASSERT(report.value("replies_in_time") == Amount(in_time));
  RC_ASSERT(report.value("in_time_share") == (in_time + late > 0 ? Amount(in_time * 100 / (in_time + late)) : Amount()));
  RC_ASSERT(report.revision == direct.entries());
  RC_ASSERT(report.trend.back().values.at(0) == report.value("received"));
  for (auto const& table : report.breakdowns) {
    double sum = 0;
    for (auto const& row : table.rows) {
      sum += row.values.at(0).value();
      if (table.by == "sex") RC_ASSERT(row.values.at(0) == Amount(direct.with_sex(row.key)));
    }
    RC_ASSERT(Amount(sum) == report.value("received"));
  }
}

}  // namespace

TEST_CASE("every total equals a direct count, whatever happened, whichever months were closed in between") {
  tests::for_each_engine([](db::Database& database) {
    WorldForTests world(database, now);
    CHECK(rc::check([&] {
      forget_everything(database);
      auto const history = *rc::gen::container<std::vector<Written>>(any_fact(world.people));
      auto const closed_after = *rc::gen::inRange<std::size_t>(0, history.size() + 1);
      db::Command before;
      db::Command after;
      for (std::size_t i = 0; i < history.size(); ++i)
        add_fact(i < closed_after ? before : after, history[i].fact, history[i].count);
      RC_ASSERT(before.empty() || database.write(before).outcome == db::Outcome::written);
      close_months(database, world.people.utopia.id, today);
      RC_ASSERT(after.empty() || database.write(after).outcome == db::Outcome::written);
      auto const& arcadia = world.people.arcadia;
      for (auto const* partner : {"", "XAR"}) {
        auto const report = load_monthly_report(world.context, world.people.utopia.id, {"2031-10", partner, {}});
        RC_ASSERT(report.has_value());
        if (!report->value("received")) {
          RC_ASSERT(history.empty());
          continue;
        }
        check_against(*report, DirectCount(history, *partner == 0 ? std::string() : arcadia.id.value));
      }
    }));
  }, tests::Migrations::all);
}

TEST_CASE("closed months are counted once, and a correction of an old month opens it again") {
  tests::for_each_engine([](db::Database& database) {
    WorldForTests world(database, now);
    auto const& utopia = world.people.utopia.id;
    auto const history = invent_history(world.people, Date(2031, 11, 2), 5, 3);
    write_facts(database, history);
    auto const before = load_monthly_report(world.context, utopia, {"2031-10", {}, {}});
    auto const closed = [&] { return database.find(count_balances, {utopia.value})->integer(0); };
    CHECK(close_months(database, utopia, Date(2031, 11, 1)) == 3);  // October may still get facts of its last evening
    CHECK(close_months(database, utopia, today) == 1);
    CHECK(close_months(database, utopia, today) == 0);
    CHECK(closed() == 4);
    auto const after = load_monthly_report(world.context, utopia, {"2031-10", {}, {}});
    CHECK(after->value("open_at_end") == before->value("open_at_end"));
    CHECK(after->revision == before->revision);

    auto received = history.front();
    REQUIRE(received.kind == "application_received");
    db::Command command;
    add_fact(command, received, -1);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    CHECK(closed() == 0);
    auto const corrected = load_monthly_report(world.context, utopia, {"2031-10", {}, {}});
    CHECK(corrected->value("open_at_end") == Amount(*before->value("open_at_end") - 1));
    CHECK(corrected->revision == before->revision + 1);
  }, tests::Migrations::all);
}

TEST_CASE("a report reads facts by the index of party and month") {
  tests::for_each_engine([](db::Database& database) {
    WorldForTests world(database, now);
    write_facts(database, invent_history(world.people, Date(2031, 11, 2), 12, 5));
    bool const is_sqlite = database.engine() == db::Engine::sqlite;
    for (auto const* sql : report_statements()) {
      CAPTURE(sql->name);
      db::Values values;
      for (int number = 1; sql->text.find(fmt::format("${}", number)) != std::string_view::npos; ++number)
        values.emplace_back(std::string("2031-10"));
      std::string plan;
      for (auto const& row :
           database.read_text(fmt::format("{}{}", is_sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ", sql->text), values)) {
        plan += row.text(is_sqlite ? 3 : 0) + "\n";
      }
      CAPTURE(plan);
      // PostgreSQL rightly reads a table this small as a whole; that it accepts the statement is what is seen here.
      CHECK(plan.find(is_sqlite ? "USING INDEX facts_by_month (party=? AND month" : "facts") != std::string::npos);
    }
  }, tests::Migrations::all);
}

}  // namespace rcms::statistics
