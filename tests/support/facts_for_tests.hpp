// An invented world and history of facts, for tests of reports.
#pragma once

#include <random>
#include <vector>

#include "capabilities/statistics/context.hpp"
#include "capabilities/statistics/fact_store.hpp"
#include "capabilities/statistics/monthly_report.hpp"
#include "support/people_for_tests.hpp"

namespace rcms::statistics {

/// "…/data" of the source tree, read once.
inline std::filesystem::path const data_for_tests = RCMS_SOURCE_DIR "/data";

struct WorldForTests {
  db::Database& database;
  SetClock clock;
  tests::PeopleForTests people;
  Labels labels;
  agreements::Agreements agreements;
  Context context;

  WorldForTests(db::Database& database_for_tests, Instant now)
      : database(database_for_tests), clock(now), people(tests::add_people(database_for_tests, now)),
        labels(Labels::load(data_for_tests / "languages")),
        agreements(agreements::load_agreements(data_for_tests, agreements::load_calendars(data_for_tests))),
        context{database, clock, labels, agreements, load_definitions(data_for_tests), false} {}

  access::Viewer viewer(std::set<std::string, std::less<>> permissions = {"report.read", "report.schedule"}) const {
    auto viewer = tests::viewer_of(people.uma);
    viewer.permissions = std::move(permissions);
    viewer.party_code = people.utopia.code;
    return viewer;
  }
};

inline void write_facts(db::Database& database, std::vector<Fact> const& facts) {
  db::Command command;
  for (auto const& fact : facts) add_fact(command, fact);
  if (database.write(command).outcome != db::Outcome::written) throw db::Fault("the facts were not written");
}

/// Applications received by Utopia from Arcadia and what became of them, `months` months up to `last`.
inline std::vector<Fact> invent_history(tests::PeopleForTests const& people, Date last, int months, unsigned seed) {
  std::mt19937 random(seed);
  auto const below = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
  std::vector<Fact> facts;
  for (int back = months - 1; back >= 0; --back) {
    auto const start = first_day(month_plus(month_of(last), -back));
    for (int number = 18 + below(24); number > 0; --number) {
      static constexpr char const* ages[] = {"0-5",   "12-17", "18-29", "18-29", "18-29",
                                             "30-44", "30-44", "45-59", "60+",   "unknown"};
      Fact fact{.party = people.utopia.id,
                .kind = "application_received",
                .on = start.plus_days(below(28)),
                .side = "requested",
                .partner = people.arcadia.id.value,
                .agreement = below(4) == 0 ? "uto-xar-protocol-2022" : "uto-xar-2019",
                .outcome = {},
                .sex = below(5) == 0 ? "F" : "M",
                .age_group = ages[below(10)],
                .in_time = {},
                .hours = {}};
      auto const add = [&](char const* kind, int hours, char const* outcome = "", std::optional<bool> in_time = {}) {
        Fact later = fact;
        later.kind = kind;
        later.on = fact.on.plus_days(hours / 24);
        later.outcome = outcome;
        later.in_time = in_time;
        later.hours = hours;
        if (later.on <= last) facts.push_back(std::move(later));
      };
      facts.push_back(fact);
      add("application_acknowledged", 2 + below(60));
      if (below(3) == 0) add("documents_requested", 100), add("documents_answered", 150 + below(300));
      add("application_complete", 60 + below(200));
      int const reply = 200 + below(700);
      int const kind = below(10);
      if (kind == 0) { add("application_withdrawn", reply), add("application_ended", reply, "withdrawn"); continue; }
      if (kind == 1) continue;
      bool const accepted = kind < 8;
      add("reply_given", reply, accepted ? "accepted" : "refused", reply <= 720);
      add("application_ended", reply, accepted ? "accepted" : "refused");
      if (!accepted) add("refusal_reason", reply, below(2) == 0 ? "not_a_national" : "identity_not_established");
      if (accepted) {
        add("document_issued", reply + 30 + below(150));
        if (!facts.empty() && facts.back().kind == "document_issued") facts.back().hours = *facts.back().hours - reply;
      }
    }
  }
  return facts;
}

}  // namespace rcms::statistics
