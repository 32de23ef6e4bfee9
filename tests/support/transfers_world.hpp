// Two States with crossing points, transports and people who have a document, for the tests of transfers.
#pragma once

#include <string>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/safeguards/board.hpp"
#include "capabilities/transfers/announcing.hpp"
#include "support/files_world.hpp"

namespace rcms::tests {

using case_files::CaseFile;
using case_files::Side;
using transfers::CrossingPoint;
using transfers::Transport;

inline constexpr std::int64_t hour_ms = 3'600'000;
inline Date const travel_day(2031, 3, 10);  // a Monday

/// The law of the tests without safeguards: they are proven elsewhere; here is what a transport adds.
inline case_files::Norms const& open_norms() {
  static auto const norms = [] {
    auto made = tests::norms_for_tests();
    made.gates.clear();
    return made;
  }();
  return norms;
}

inline Instant at_hour(Date day, int hour) { return start_of_day(day, "UTC").plus_ms(hour * hour_ms); }

struct TransfersWorld {
  TransfersWorld(db::Database& database, case_files::Norms const& norms)
      : people(tests::add_people(database, tests::start_for_tests)),
        files(database, folder.path(), people),
        context{database,       files.clock, tests::labels_for_tests(), norms, files.context.directory, files.context.exchange,
                files.context.attachments, {}} {
    ana = files.ana();
    ana.permissions.insert({"case.transfer", "transport.read", "safeguard.medical", "case.confirm"});
    port = add_point("Airport of Arcadia", "XAR");
    landing = add_point("Airport of Utopia", "UTO");
  }

  CrossingPoint add_point(char const* name, char const* state) {
    CrossingPoint point;
    point.name = name;
    point.kind = "airport";
    point.state = state;
    point.time_zone = "UTC";
    for (int weekday = 1; weekday <= 5; ++weekday) point.hours.push_back({weekday, 6 * 60, 22 * 60});
    auto const kept = keep_crossing_point(context, ana, point);
    REQUIRE(kept);
    return *kept;
  }

  Transport flight(int seats, Date day = travel_day) {
    Transport one;
    one.partner = people.utopia.id;
    one.name = "Flight of " + day.text();
    one.kind = "charter";
    one.legs = {{port.id, landing.id, at_hour(day, 10), at_hour(day, 16), "Arcadia Air", "AA 12"}};
    one.seats = seats;
    return one;
  }

  Transport add_flight(int seats, Date day = travel_day) {
    auto const made = keep_transport(context, ana, flight(seats, day));
    REQUIRE(made);
    return *made;
  }

  CaseId add_case(char const* birth = "1990-05-17", char const* document_until = "2031-09-01") {
    CaseFile file;
    file.party = people.arcadia.id;
    file.partner = people.utopia.id;
    file.id = CaseId::make(files.clock.now());
    file.agreement = tests::agreement_for_tests;
    file.reference = "XAR-2031-" + std::to_string(++count);
    file.state = "document_issued";
    file.stage = "document";
    file.submitted_on = "2031-02-01";
    file.person.birth = birth;
    file.created_at = file.changed_at = files.clock.now();
    case_files::happened(file, "document_issue", files.clock.now(), "D" + std::to_string(count));
    file.clock.back().expires_on = document_until;
    file.content = {{"A_person", boost::json::object{{"surname", "Vega"}, {"birth_date", birth}}}};
    db::Command command;
    case_files::insert_case_file(command, file);
    REQUIRE(context.database.write(command).outcome == db::Outcome::written);
    return file.id;
  }

  void make_family(std::vector<CaseId> const& cases) {
    for (auto const& id : cases) {
      db::Command command;
      safeguarding::insert_member(command, people.arcadia.id, id, "01890000-0000-7000-8000-0000000000f1", ana.user,
                                  files.clock.now());
      REQUIRE(context.database.write(command).outcome == db::Outcome::written);
    }
  }

  std::string state_of(CaseId const& id) {
    return case_files::find_case_file(context.database, people.arcadia.id, Side::requesting, id)->state;
  }

  tests::TemporaryFolder folder;
  tests::PeopleForTests people;
  tests::FilesWorld files;
  case_files::Context context;
  access::Viewer ana;
  CrossingPoint port;
  CrossingPoint landing;
  int count = 0;
};

/// "why field" of what refused; empty when nothing did.
template <class Answer>
std::string refused(Answer const& answer) {
  return answer ? "" : std::string(rcms::name_of(answer.error().why)) + " " + answer.error().field + ": " + answer.error().detail;
}

}  // namespace rcms::tests
