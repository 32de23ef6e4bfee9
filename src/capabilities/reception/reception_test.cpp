// Reception on both databases: arrivals by need, check-in of a whole family, nobody twice, nobody with another's document.
#include <algorithm>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/case_files/store.hpp"
#include "capabilities/reception/present.hpp"
#include "capabilities/transfers/announcement_store.hpp"
#include "support/files_world.hpp"

using namespace rcms;
using namespace rcms::reception;

namespace {

constexpr std::int64_t minute_ms = 60'000;

ArrivalRules const& arrival_rules() {
  static auto const rules = load_arrival_rules(tests::data_for_tests);
  return rules;
}

struct ReceptionWorld {
  explicit ReceptionWorld(db::Database& on)
      : database(on), people(tests::add_people(on, tests::start_for_tests)), files(on, folder.path(), people) {
    isabel = files.uma();
    isabel.permissions = {"reception.board", "reception.open", "reception.check_in", "reception.read", "reception.edit",
                          "reception.centres"};
    centre = add_centre("Centre of the Harbour", 3);
    files.clock.set(Instant{files.clock.now().ms + 3'600'000});
    flight.id = transfers::TransportId::make(files.clock.now());
    flight.party = people.utopia.id;
    flight.partner = people.arcadia.id;
    flight.name = "Flight 11";
    flight.kind = "charter";
    auto const arrives = files.clock.now();
    flight.legs = {{{"Airport of Arcadia", "", "XAR", "UTC"}, {"Airport of Utopia", "", "UTO", "UTC"},
                    arrives.plus_ms(-120 * minute_ms), arrives, "", ""}};
    flight.reception = "Centre of the Harbour";
    flight.fingerprint = "0123456789ABCDEF";
    flight.changed_at = files.clock.now();
  }

  Centre add_centre(char const* name, int beds) {
    Centre one;
    one.organisation = people.utopian_authority.id;
    one.name = name;
    one.time_zone = "UTC";
    for (int weekday = 1; weekday <= 7; ++weekday) one.hours.push_back({weekday, 0, 24 * 60});
    one.beds = beds;
    auto const kept = keep_centre(files.context, isabel, one);
    REQUIRE(kept);
    return *kept;
  }

  CaseId add_person(char const* surname, char const* given, char const* birth, char const* family, char const* document,
                    char const* help = "", char const* language = "es") {
    case_files::CaseFile file;
    file.party = people.utopia.id;
    file.partner = people.arcadia.id;
    file.side = case_files::Side::requested;
    file.id = CaseId::make(files.clock.now());
    file.agreement = tests::agreement_for_tests;
    file.reference = "UTO-" + std::to_string(flight.persons.size() + 1);
    file.state = "document_issued";
    file.stage = "document";
    file.created_at = file.changed_at = files.clock.now();
    file.content = {{"C_special", boost::json::object{{"assistance_needed", help}}}};
    db::Command command;
    case_files::insert_case_file(command, file);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    transfers::ListedTraveller one;
    one.case_id = file.id;
    one.number = static_cast<int>(flight.persons.size()) + 1;
    one.family = family;
    one.surname = surname;
    one.given_names = given;
    one.sex = "F";
    one.birth_date = birth;
    one.nationality = "UTO";
    one.document_number = document;
    one.language = language;
    flight.persons.push_back(one);
    return file.id;
  }
  void announce() {
    db::Command command;
    transfers::save_announced(command, flight);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    ++flight.revision;
  }

  Result<std::vector<Record>> receive(std::vector<CaseId> const& cases, char const* desk, char const* scan = "",
                                      bool beds = false) {
    return check_in(files.context, isabel, arrival_rules(), centre.id, {flight.id, cases, {}}, {desk, scan, beds});
  }

  db::Database& database;
  tests::TemporaryFolder folder;
  tests::PeopleForTests people;
  tests::FilesWorld files;
  access::Viewer isabel;
  Centre centre;
  transfers::AnnouncedTransport flight;
};

template <class T>
std::string refusal(Result<T> const& answer) {
  if (answer) return "";
  return std::string(name_of(answer.error().why)) + " " + answer.error().field + ": " + answer.error().detail;
}

}  // namespace

TEST_CASE("the board counts what arrivals need by the hour, from lists and files, and knows no name") {
  tests::for_each_engine([](db::Database& database) {
    ReceptionWorld world(database);
    world.add_person("Vega", "Marta", "1990-05-17", "A", "D1001", "Needs a wheelchair at the door");
    world.add_person("Vega", "Luz", "2024-01-02", "A", "D1002");
    world.add_person("Sol", "Ana", "2019-01-02", "", "D1003", "", "fr");
    world.add_person("Paz", "Eva", "1981-01-02", "", "D1004", "Wants to be met by her aunt");
    world.announce();
    auto const day = date_in_zone(world.files.clock.now(), "UTC");
    auto const board = present_board(world.files.context, world.isabel, arrival_rules(), day, 2);
    REQUIRE(board.hours.size() == 1);
    auto const& hour = board.hours[0];
    CHECK(hour.persons == 4);
    CHECK(hour.families == 1);
    CHECK(hour.children == 2);
    CHECK(hour.children_alone == 1);
    CHECK(hour.wheelchairs == 1);
    CHECK(hour.interpreters == 1);
    CHECK(hour.other_help == 1);
    bool const is_night = hour.hour >= 16 || hour.hour < 5;
    CHECK(hour.beds == (is_night ? 4 : 1));
    CHECK(hour.buses == (is_night ? 0 : 1));
    auto const text = http::to_json(board);
    for (auto const* name : {"Vega", "Marta", "Sol", "D1001", "aunt"}) CHECK(text.find(name) == std::string::npos);
    REQUIRE(board.transports.size() == 1);
    CHECK(board.transports[0].may_check_in);
    CHECK(present_board(world.files.context, world.isabel, arrival_rules(), day.plus_days(3), 7).hours.empty());
  }, tests::Migrations::all);
}

TEST_CASE("a family is received in one act, nobody twice, and the second desk is told where and when") {
  tests::for_each_engine([](db::Database& database) {
    ReceptionWorld world(database);
    auto const marta = world.add_person("Vega", "Marta", "1990-05-17", "A", "D1001");
    auto const luz = world.add_person("Vega", "Luz", "2024-01-02", "A", "D1002");
    auto const late = world.add_person("Vega", "Sara", "2022-01-02", "A", "D1004");
    auto const ana = world.add_person("Sol", "Ana", "1988-02-03", "", "D1003");
    world.announce();
    auto const family = world.receive({marta, luz}, "2", "D1001");
    CHECK(refusal(family) == "");
    REQUIRE(family);
    REQUIRE(family->size() == 2);
    CHECK((*family)[0].family == (*family)[1].family);
    CHECK((*family)[0].identity == "document");
    CHECK((*family)[1].identity == "list");
    CHECK(list_received(database, world.people.utopia.id, world.flight.id).size() == 2);

    world.files.clock.set(world.files.clock.now().plus_ms(2 * minute_ms));
    auto const again = refusal(world.receive({ana, luz}, "3"));
    CHECK(again.starts_with("already_exists cases: Luz Vega was checked in at desk 2 of Centre of the Harbour at "));
    CHECK(list_received(database, world.people.utopia.id, world.flight.id).size() == 2);  // Ana is not half received
    auto const sister = world.receive({late}, "4");
    REQUIRE(sister);
    CHECK((*sister)[0].family == (*family)[0].family);

    // Another centre, and the key of the case holds there too.
    auto const other = world.add_centre("Centre of the Hill", 0);
    auto const elsewhere = check_in(world.files.context, world.isabel, arrival_rules(), other.id, {world.flight.id, {marta}, {}},
                                    {"1", "", false});
    CHECK(refusal(elsewhere).starts_with("already_exists cases: Marta Vega was checked in at desk 2"));
    auto const list = present_expected(world.files.context, world.isabel, arrival_rules(), world.flight);
    CHECK(std::count_if(list.persons.begin(), list.persons.end(), [](auto const& one) { return one.received.has_value(); }) == 3);
  }, tests::Migrations::all);
}

TEST_CASE("somebody else's document is told, with whose it is") {
  tests::for_each_engine([](db::Database& database) {
    ReceptionWorld world(database);
    auto const anna = world.add_person("Eriksson", "Anna Maria", "1974-08-12", "", "L898902C3");
    auto const ana = world.add_person("Sol", "Ana", "1988-02-03", "", "D3456");
    auto const paper = world.add_person("Vega", "Marta", "1990-05-17", "", "");
    world.announce();
    // Doc 9303-4, the specimen of the State of Utopia.
    char const* zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    CHECK(refusal(world.receive({ana}, "1", zone)) ==
          "does_not_verify scan: document L898902C3 is announced for Anna Maria Eriksson, who is not among those chosen");
    CHECK(refusal(world.receive({paper}, "1", "X999999")) == "");
    CHECK(refusal(world.receive({ana, anna}, "1", "Y888888")) ==
          "does_not_verify scan: document Y888888 belongs to nobody of those chosen");
    CHECK(refusal(world.receive({ana}, "1", "Y888888")) ==
          "does_not_verify scan: document Y888888 is not the one of Ana Sol, who is announced with D3456");
    CHECK(refusal(world.receive({ana}, "1", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C37UTO")) ==
          "does_not_verify scan: the zone was read with a mistake: scan it again, or type the number");
    CHECK(refusal(world.receive({anna}, "1", zone)) == "");
    // A document of the list cannot come in beside it, nor twice on one day without it.
    auto const walk_in = [&](Person const& person) {
      return refusal(check_in(world.files.context, world.isabel, arrival_rules(), world.centre.id, {{}, {}, {person}},
                              {"2", "", false}));
    };
    CHECK(walk_in({"Sol", "Ana", "F", "1988", "UTO", "es", "d3456"}) ==
          "already_exists persons.document_number: document D3456 stands on the list of Flight 11: check in from that list");
    CHECK(walk_in({"Rey", "Olga", "F", "1988", "UTO", "es", "N77"}) == "");
    CHECK(
        walk_in({"Rey", "Olga", "F", "1988", "UTO", "es", "N-77"}).starts_with("already_exists cases: Olga Rey was checked in"));
    CHECK(walk_in({"Rey", "Olga", "F", "2150", "UTO", "es", ""}) == "field_invalid persons.birth_date: ");
    CHECK(walk_in({"Rey", "Olga", "", "", "", "", ""}) == "field_invalid persons.sex: ");
  }, tests::Migrations::all);
}

TEST_CASE("a name written in the letters of a zone is the same person; another name or birth is not") {
  Person const angel{"Núñez-Ödegaard", "Ángel", "M", "1990-05", "UTO", "es", ""};
  struct Row {
    ScannedDocument scanned;
    bool fits;
  };
  Row const rows[] = {{{"A1234", "NUNEZ OEDEGAARD", "ANGEL", "1990-05-17", "UTO", "M"}, true},
                      {{"A1234", "NUNXXEZ", "ANGEL", "1990", "UTO", "M"}, true},
                      {{"A1234", "", "", "", "", ""}, true},
                      {{"A1234", "NUNEZ", "ANA", "1990-05-17", "UTO", "F"}, false},
                      {{"A1234", "MUNOZ", "ANGEL", "1990-05-17", "UTO", "M"}, false},
                      {{"A1234", "NUNEZ", "ANGEL", "1990-06-17", "UTO", "M"}, false}};
  for (auto const& row : rows) CHECK(check_document(row.scanned, angel).has_value() == row.fits);
}

TEST_CASE("beds are counted, centres close and send people on, lists open and close by the hour") {
  tests::for_each_engine([](db::Database& database) {
    ReceptionWorld world(database);
    std::vector<CaseId> cases;
    for (auto const* document : {"D1001", "D1002", "D1003", "D1004"})
      cases.push_back(world.add_person("Sol", "Ana", "1990", "", document));
    world.announce();
    auto const now = world.files.clock.now();
    auto const other = world.add_centre("Centre of the Hill", 9);
    CHECK(refusal(world.receive(cases, "1", "", true)) ==
          "limit_reached beds: 3 beds are free: check in without a bed and send them to another centre");
    auto const two = world.receive({cases[0], cases[1]}, "1", "", true);
    REQUIRE(two);
    CHECK(refusal(world.receive({cases[2], cases[3]}, "2", "", true)).starts_with("limit_reached beds: 1 beds are free"));
    REQUIRE(leave(world.files.context, world.isabel, (*two)[0].id, "Bus to San Aurelio", {}));
    CHECK(refusal(leave(world.files.context, world.isabel, (*two)[0].id, "", {})).starts_with("wrong_step state"));
    CHECK(refusal(world.receive({cases[2], cases[3]}, "2", "", true)) == "");

    auto const close = [&](char const* state, CentreId const& to, char const* reason) {
      return refusal(set_state(world.files.context, world.isabel, world.centre.id, state, to, reason, {}));
    };
    CHECK(close("closed", {}, "") == "reason_missing reason: ");
    CHECK(close("diverted", world.centre.id, "Flood") == "field_invalid diverted_to: choose another centre that is open");
    CHECK(close("diverted", other.id, "Flood") == "");
    auto const walk_in = [&] {
      return refusal(check_in(world.files.context, world.isabel, arrival_rules(), world.centre.id,
                              {{}, {}, {{"Rey", "Olga", "F", "1988", "", "", ""}}}, {"2", "", false}));
    };
    CHECK(walk_in() == "wrong_step centre: the centre sends people to Centre of the Hill: check them in there");
    auto const board = present_board(world.files.context, world.isabel, arrival_rules(), date_in_zone(now, "UTC"), 1);
    REQUIRE(board.transports.size() == 1);
    REQUIRE(board.transports[0].sent_to);
    CHECK(board.transports[0].sent_to->name == "Centre of the Hill");
    CHECK(close("closed", {}, "Flood") == "");
    CHECK(walk_in() == "wrong_step centre: the centre is closed: open it first");
    CHECK(close("open", {}, "") == "");
    auto stranger = world.isabel;
    stranger.organisation = OrganisationId::make(now);
    stranger.permissions.erase("reception.centres");
    CHECK(refusal(set_state(world.files.context, stranger, world.centre.id, "closed", {}, "Flood", {}))
              .starts_with("not_permitted"));
    CHECK(refusal(get_centre(world.files.context, stranger, world.centre.id)).starts_with("not_found"));

    CHECK(walk_in() == "");
    auto const at = [&](std::int64_t hours) {
      world.files.clock.set(now.plus_ms(hours * 60 * minute_ms));
      return refusal(world.receive({cases[3]}, "1"));
    };
    CHECK(at(-7).starts_with("too_early transport"));
    CHECK(at(80).starts_with("too_late transport"));
    world.flight.state = "cancelled";
    world.announce();
    CHECK(at(1).starts_with("wrong_step transport: the transport was called off"));
  }, tests::Migrations::all);
}

TEST_CASE("the record is completed by its form, every defect is told, and a stale change is refused") {
  tests::for_each_engine([](db::Database& database) {
    ReceptionWorld world(database);
    auto const done = check_in(world.files.context, world.isabel, arrival_rules(), world.centre.id,
                               {{}, {}, {{"Rey", "Olga", "F", "1988", "UTO", "es", "N77"}}}, {"2", "", false});
    REQUIRE(done);
    auto const id = done->front().id;
    auto const write = [&](char const* text, std::optional<std::int64_t> revision = {}) {
      auto const written = write_details(world.files.context, world.isabel, id, boost::json::parse(text).as_object(), revision);
      std::string told;
      if (!written) {
        for (auto const& one : written.error()) told += std::string(name_of(one.why)) + " " + one.field + ";";
      }
      return told;
    };
    CHECK(write(R"({"R_arrival": {"return_type": "exile", "reason_for_migration": "economic"}, "R_person": {"iris": "blue"}})") ==
          "field_invalid R_arrival.return_type;field_unknown R_person.iris;");
    CHECK(write(R"({"R_arrival": {"return_type": "forced"}, "R_person": {"skills": [" Mason "], "education": ""}})", 1) == "");
    CHECK(write(R"({})", 1) == "stale_revision ;");
    auto const kept = *find_record(database, world.people.utopia.id, id);
    CHECK(boost::json::serialize(kept.details) ==
          R"({"R_arrival":{"return_type":"forced"},"R_person":{"skills":["Mason"]}})");
    auto const view = present_record(world.files.context, world.isabel, kept);
    CHECK(view.document_number == "N77");
    CHECK(view.may_edit);
    CHECK_FALSE(view.person.is_announced);
  }, tests::Migrations::all);
}
