// The list of those aboard: its order, its files read back by the same engines, and every difference of a list that comes back.
#include <doctest/doctest.h>

#include "capabilities/transfers/manifest_check.hpp"
#include "capabilities/transfers/manifest_file.hpp"
#include "support/files_world.hpp"

using namespace rcms;
using namespace rcms::transfers;

namespace {

ListedTraveller person(char const* surname, char const* given_names, char const* sex, char const* birth, bool is_child,
                       char const* document, char const* reference) {
  ListedTraveller one;
  one.surname = surname;
  one.given_names = given_names;
  one.sex = sex;
  one.birth_date = birth;
  one.is_child = is_child;
  one.nationality = "UTO";
  one.document_number = document;
  one.document_issuer = "UTO";
  one.document_until = "2031-09-01";
  one.reference = reference;
  one.language = "es";
  return one;
}

/// Before any order: two of a family, a child alone, somebody alone whose partner is not aboard.
Manifest flight_list() {
  Manifest manifest;
  manifest.transport.id = TransportId{"01890000-0000-7000-8000-000000000001"};
  CrossingPoint from;
  from.id = CrossingPointId{"01890000-0000-7000-8000-00000000000a"};
  from.time_zone = "UTC";
  from.code = "XAA";
  CrossingPoint to;
  to.id = CrossingPointId{"01890000-0000-7000-8000-00000000000b"};
  to.time_zone = "UTC";
  to.code = "UTP";
  manifest.points = {from, to};
  manifest.transport.legs = {{from.id, to.id, *Instant::parse("2031-03-10T10:00:00Z"), *Instant::parse("2031-03-10T16:00:00Z"),
                              "Arcadia Air", "AX 105"}};
  manifest.made_at = *Instant::parse("2031-03-09T08:30:00Z");
  manifest.persons = {person("Vega", "Tomás", "M", "1988-01-02", false, "E4", "XAR-4"),
                      person("Ibarra", "Luz", "F", "2025-02-03", true, "E2", "XAR-2"),
                      person("Núñez", "Ana María", "F", "1990-05-17", false, "E1", "XAR-1"),
                      person("Acosta", "Leo", "M", "2020-06", true, "E3", "XAR-3")};
  set_in_order(manifest.persons, {"f2", "f1", "f1", ""});
  return manifest;
}

std::vector<std::string> lines_of(Manifest const& manifest) {
  std::vector<std::string> lines;
  for (auto const& one : manifest.persons)
    lines.push_back(std::to_string(one.number) + one.family + " " + one.surname + (one.needs_escort ? " escort" : ""));
  return lines;
}

std::vector<ManifestCopy> const& copies() {
  static auto const all = load_manifest_copies(tests::data_for_tests);
  return all;
}

/// "line column problem person [ours] [theirs]" of each finding.
std::vector<std::string> told(ListCheck const& check) {
  std::vector<std::string> lines;
  for (auto const& one : check.findings) {
    auto line = std::to_string(one.line) + " " + name_of(one.problem);
    for (auto const* part : {&one.column, &one.person, &one.ours, &one.theirs}) line += part->empty() ? "" : " | " + *part;
    lines.push_back(line);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("families stand together, adults before children, and a child without an adult of the family needs an escort") {
  auto manifest = flight_list();
  CHECK(lines_of(manifest) == Lines{"1 Acosta escort", "2A Núñez", "3A Ibarra", "4 Vega"});
  auto const number = manifest.fingerprint();
  CHECK(number.size() == 16);
  manifest.made_at = manifest.made_at.plus_ms(60'000);
  CHECK(manifest.fingerprint() == number);
  manifest.persons[0].document_number = "E9";
  CHECK(manifest.fingerprint() != number);
}

TEST_CASE("no copy has a column beyond its whitelist: who carries reads no file, who escorts no document") {
  auto const has = [](char const* copy, std::string const& column) {
    auto const& columns = find_copy(copies(), copy)->columns;
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  };
  for (auto const* column : {"reference", "needs", "language", "family"}) CHECK_FALSE(has("carrier", column));
  for (auto const* column : {"document_number", "nationality"}) {
    CHECK_FALSE(has("escort", column));
    CHECK_FALSE(has("medical", column));
  }
  CHECK_FALSE(has("requested_state", "needs"));
  access::Viewer doctor;
  doctor.permissions = {"transport.read", "safeguard.medical"};
  std::string theirs;
  for (auto const& copy : copies()) theirs += copy.is_for(doctor) ? copy.code + " " : "";
  CHECK(theirs == "medical ");
}

TEST_CASE("a list as CSV, XLSX and PAXLST is read back as the list in force") {
  tests::for_each_engine([](db::Database& database) {
    tests::TemporaryFolder folder;
    auto const people = tests::add_people(database, tests::start_for_tests);
    tests::FilesWorld files(database, folder.path(), people);
    auto const letters = mrz::Transliteration::load(tests::data_for_tests);
    auto manifest = flight_list();
    manifest.transport.party = people.arcadia.id;
    manifest.transport.partner = people.utopia.id;
    for (auto const* language : {"en", "es"}) {
      auto viewer = files.ana(language);
      for (auto const& copy : copies()) {
        for (auto const* format : {"csv", "xlsx"}) {
          CAPTURE(copy.code);
          auto const file = make_manifest_file(files.context, viewer, manifest, copy, letters, format);
          REQUIRE(file);
          auto const check = check_table(file->content, manifest, copies(), files.context.labels);
          CHECK(told(check) == Lines{});
          CHECK(check.rows == 4);
          CHECK(find_copy(copies(), check.copy)->columns == copy.columns);  // two copies may have the same
          CHECK(check.format == format);
        }
      }
    }
    auto const& carrier = *find_copy(copies(), "carrier");
    auto const ours = passenger_list_of(files.context, manifest, letters);
    REQUIRE(ours);
    CHECK(ours->number == "AX105");
    CHECK(ours->persons[1].surname == "NUNEZ");
    CHECK(ours->persons[1].given_names == "ANA MARIA");
    CHECK(ours->persons[1].reference.empty());
    auto const message = make_manifest_file(files.context, files.ana(), manifest, carrier, letters, "paxlst");
    REQUIRE(message);
    CHECK(is_message(message->content));
    CHECK(told(check_message(message->content, *ours)) == Lines{});
    auto changed = message->content;
    changed.replace(changed.find("NUNEZ"), 5, "NUNES");
    changed.replace(changed.find("+E3'"), 4, "+E7'");
    CHECK(told(check_message(changed, *ours)) ==
          Lines{"1 not_on_list | document_number | ACOSTA, LEO | E7", "2 differs | surname | NUNEZ, ANA MARIA | NUNEZ | NUNES",
                "0 missing | ACOSTA, LEO"});
    CHECK(told(check_message(changed.substr(0, changed.find("CNT")), *ours)) ==
          Lines{"0 not_read | UNT | refused.field_missing"});

    auto const refused = [&](char const* copy, char const* format) {
      auto const file = make_manifest_file(files.context, files.ana(), manifest, *find_copy(copies(), copy), letters, format);
      return file ? std::string() : std::string(name_of(file.error().why)) + " " + file.error().field;
    };
    CHECK(refused("escort", "paxlst") == "field_invalid copy");
    CHECK(refused("escort", "doc") == "field_invalid format");
    manifest.points[1].code.clear();
    CHECK(refused("carrier", "paxlst") == "field_missing legs");
    CHECK(refused("carrier", "pdf") == "");
  }, tests::Migrations::all);
}

TEST_CASE("a list whose columns changed is told by line and reason, and what can be read is still compared") {
  auto const manifest = flight_list();
  auto const check = [&](std::string const& text) {
    return told(check_table(text, manifest, copies(), tests::labels_for_tests()));
  };
  std::string const heading = "No.,Family,Surname,Given names,Sex,Born,Reference,Language,Needs\r\n";
  std::string const rows =
      "1,,Acosta,Leo,M,2020-06,XAR-3,Spanish,\"child, escort for children\"\r\n"
      "2,A,Núñez,Ana María,F,1990-05-17,XAR-1,Spanish,\r\n"
      "3,A,Ibarra,Luz,F,2025-02-03,XAR-2,Spanish,child\r\n4,,Vega,Tomás,M,1988-01-02,XAR-4,Spanish,\r\n";
  CHECK(check(heading + rows) == Lines{});
  // Two columns changed places, one has another name: each is told, the rows are read by their titles.
  std::string const moved = "No.,Family,Given names,Surname,Sex,Birthday,Reference,Language,Needs\r\n"
                            "1,,Leo,Acosta,M,2020-06,XAR-3,Spanish,\"child, escort for children\"\r\n";
  CHECK(check(moved) == Lines{"1 column_moved | Surname | 3 | 4", "1 column_moved | Given names | 4 | 3",
                              "1 column_missing | Born | Birthday", "1 column_unknown | Birthday",
                              "0 missing | Núñez, Ana María", "0 missing | Ibarra, Luz", "0 missing | Vega, Tomás"});
  auto changed = rows;
  changed.replace(changed.find("Ibarra"), 6, "Ibarro");
  changed.replace(changed.find("XAR-4"), 5, "XAR-8");
  CHECK(check(heading + changed + "9,,Acosta,Leo,M,2020-06,XAR-3,Spanish,\r\n") ==
        Lines{"4 differs | Surname | Ibarra, Luz | Ibarra | Ibarro", "5 not_on_list | Reference | Vega | XAR-8",
              "6 twice | Acosta, Leo", "0 missing | Vega, Tomás"});
  CHECK(check("Who,What\r\na,b\r\n") == Lines{"1 column_unknown | Who"});
  CHECK(check("") == Lines{"0 not_read | sheets.empty_file"});
}
