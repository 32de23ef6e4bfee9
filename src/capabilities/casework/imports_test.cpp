// Bulk imports on both databases: upload, mapping, dry run, load, and everything bad that can be brought.
#include <doctest/doctest.h>

#include <fstream>

#include <fmt/format.h>

#include "capabilities/case_files/list.hpp"
#include "capabilities/casework/import_sample.hpp"
#include "capabilities/casework/imports_present.hpp"
#include "foundation/sheets/archive.hpp"
#include "foundation/sheets/csv_writer.hpp"
#include "support/imports_world.hpp"

using namespace rcms;
using namespace rcms::casework;

namespace {

std::string content_of(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A table of `rows` people without a defect.
std::string good_table(int rows) {
  std::string table = "Surname,Given names,Date of birth,Sex,Nationality,Document type,Document number\n";
  for (int i = 0; i < rows; ++i) {
    table += fmt::format("Rivera Solano{},Marta,{}-05-17,F,Utopia,Passport,P77{:05}\n",
                         std::string(1, static_cast<char>('a' + i % 26)), 1960 + i % 40, i);
  }
  return table;
}

/// Runs `test(world)` on a fresh node of each engine.
void for_each_world(std::function<void(World&, tests::PeopleForTests const&)> const& test) {
  tests::for_each_engine(
      [&](db::Database& database) {
        tests::TemporaryFolder folder;
        auto const people = tests::add_people(database, Instant{1'930'000'000'000});
        World world(database, folder.path(), people);
        test(world, people);
      },
      tests::Migrations::all);
}

/// Uploads and maps as the officer does who takes every guess.
Result<Import> bring(World& world, access::Viewer const& viewer, std::string const& content,
                     std::string const& name = "table.csv") {
  auto const import = world.imports.upload(viewer, name, content);
  if (!import) return import;
  auto mapped = world.imports.map(viewer, import->id, {agreement_for_tests, import->profile, {}});
  if (!mapped) return tl::unexpected(mapped.error().front());
  return std::move(*mapped);
}

std::size_t count_cases(World& world, access::Viewer const& viewer) {
  std::size_t count = 0;
  case_files::each_case_file(world.context.database, viewer.party, case_files::Side::requesting, {},
                             [&](auto const&) { return ++count, true; });
  return count;
}

constexpr std::int64_t long_enough = 600'000;

}  // namespace

TEST_CASE("a table becomes drafts: upload, mapping, dry run, load") {
  for_each_world([](World& world, auto const&) {
    auto const ana = world.ana();
    auto const import = bring(world, ana, good_table(60));
    REQUIRE(import);
    CHECK(import->state == ImportState::mapped);
    CHECK(import->row_count == 60);
    CHECK(import->profile.mapping.at("Document number") == "D_evidence.nationality_evidence[0].number");
    auto const report = world.imports.check(ana, import->id);
    REQUIRE(report);
    CHECK(report->ready == 60);
    CHECK(count_cases(world, ana) == 0);

    auto const loaded = world.imports.load(ana, import->id, long_enough);
    REQUIRE(loaded);
    CHECK(loaded->state == ImportState::loaded);
    CHECK(loaded->loaded == 60);
    CHECK(loaded->refused == 0);
    CHECK(count_cases(world, ana) == 60);

    // The same again does nothing more.
    auto const again = world.imports.load(ana, import->id, long_enough);
    REQUIRE(again);
    CHECK(again->loaded == 60);
    CHECK(count_cases(world, ana) == 60);
    auto const page = case_files::list_case_files(world.context.database, ana.party, case_files::Side::requesting, {},
                                                  case_files::Sort::name, "", 100);
    CHECK(page->rows.at(0).state == "draft");
    CHECK(page->rows.at(0).person.name.find("Marta") != std::string::npos);
  });
}

TEST_CASE("good rows are loaded, bad ones are told by row and column and come back as a table") {
  for_each_world([](World& world, auto const&) {
    auto const ana = world.ana("es");
    std::string const table =
        "Apellidos,Nombres,Fecha de nacimiento,Sexo,Nacionalidad\n"
        "Rivera,Marta,30/02/1990,F,Utopia\n"                                  // no such day
        "Rivera,Marta,17/05/1990,F,Utopia\n"                                  // good
        "\"Sol\x07\x01\",Luis,17/05/1991,M,Utopia\n"                           // control characters
        + std::string(500, 'A') + ",Luis,17/05/1992,M,Utopia\n"               // 500 letters
        + ",,17/05/1993,M,Utopia\n"                                           // no name
        + "Solano,,,,\n";                                                     // incomplete: a draft all the same
    auto const import = bring(world, ana, table);
    REQUIRE(import);
    auto const report = world.imports.check(ana, import->id);
    REQUIRE(report);
    CHECK(report->rows == 6);
    CHECK(report->ready == 2);
    auto const view = present_report(world.context, ana, *import, *report);
    struct Expected {
      std::int64_t row;
      char const* column;
      char const* code;
    };
    for (auto const& expected :
         {Expected{2, "Fecha de nacimiento", "impossible_date"}, Expected{4, "Apellidos", "control_characters"},
          Expected{5, "Apellidos", "too_long"}, Expected{6, "Apellidos", "name_missing"}}) {
      CAPTURE(expected.code);
      auto const found =
          std::find_if(view.errors.begin(), view.errors.end(), [&](auto const& error) { return error.row == expected.row; });
      REQUIRE(found != view.errors.end());
      CHECK(found->column == expected.column);
      CHECK(found->code == expected.code);
      CHECK_FALSE(found->why.empty());
      CHECK(found->why.front() != '[');
      CHECK(found->remedy.front() != '[');
    }
    CHECK(view.errors.front().remedy == "Compruébela y escríbala como 1990-02-28.");
    CHECK_FALSE(view.lacking.empty());

    auto const loaded = world.imports.load(ana, import->id, long_enough);
    REQUIRE(loaded);
    CHECK(loaded->loaded == 2);
    CHECK(loaded->refused == 4);
    CHECK(count_cases(world, ana) == 2);

    // The table of problems holds the four rows, and corrected it is loaded without a question.
    tests::TemporaryFolder folder;
    REQUIRE(world.imports.write_problems(ana, import->id, sheets::Format::csv, folder.file("problems.csv")));
    auto problems = sheets::read_table(content_of(folder.file("problems.csv")));
    REQUIRE(problems.rows.size() == 5);
    CHECK(problems.rows[0].cells.back().text == "Problema");
    std::string corrected;
    sheets::CsvWriter writer([&](std::string_view text) { corrected += text; });
    for (auto& row : problems.rows) {
      std::vector<std::string> cells;
      for (auto const& cell : row.cells) cells.push_back(cell.text);
      if (!corrected.empty()) cells[0] = "Corregida", cells[1] = "Rosa", cells[2] = "28/02/1990";
      writer.row(cells);
    }
    auto const second = bring(world, ana, corrected);
    REQUIRE(second);
    CHECK(world.imports.load(ana, second->id, long_enough)->loaded == 4);
    CHECK(count_cases(world, ana) == 6);
  });
}

TEST_CASE("a list as an office keeps it: titles above, its own headings, H and M, a line of totals") {
  for_each_world([](World& world, auto const&) {
    auto const ana = world.ana("es");
    std::string const table =
        "LISTADO DE PERSONAS – Centro Norte,,,,,,,\n"
        "Actualizado,20/11/2026,,,,,,\n"
        "Nº exp.,Apellidos,Nombre,F. nac.,Sexo,Nacionalidad,Fecha resolución,Nº resolución\n"
        "M-1,Rivera,Marta,17/05/1990,M,Utopia,14/09/2026,RD-1\n"
        "M-2,Solano,Luis,18/05/1990,H,Utopia,14/09/2026,RD-2\n"
        "TOTAL,2,,,,,,\n";
    auto const import = bring(world, ana, table);
    REQUIRE(import);
    CHECK(import->headings.front() == "Nº exp.");
    CHECK(import->row_count == 3);
    CHECK(import->profile.mapping.at("Nº exp.") == "header.reference");
    CHECK(import->profile.mapping.at("Fecha resolución") == "internal.return_decision_ref.decided_on");
    CHECK(import->profile.mapping.at("Nº resolución") == "internal.return_decision_ref.number");
    auto const report = world.imports.check(ana, import->id);
    REQUIRE(report);
    CHECK(report->ready == 2);
    REQUIRE(report->findings.size() == 1);
    CHECK(report->findings[0].line == 6);
    auto const loaded = world.imports.load(ana, import->id, long_enough);
    REQUIRE(loaded);
    CHECK(loaded->loaded == 2);
    auto const page = case_files::list_case_files(world.context.database, ana.party, case_files::Side::requesting, {},
                                                  case_files::Sort::name, "", 100);
    REQUIRE(page->rows.size() == 2);
    std::vector<std::string> sexes;
    for (auto const& row : page->rows) {
      auto const file = case_files::find_case_file(world.context.database, ana.party, CaseId{row.id});
      sexes.emplace_back(file->content.at("A_person").at("sex").as_string());
    }
    CHECK(sexes == std::vector<std::string>{"F", "M"});
  });
}

TEST_CASE("who is there already is told, in the table and among the cases, and is not refused") {
  for_each_world([](World& world, auto const&) {
    auto const ana = world.ana();
    auto const first = bring(world, ana, good_table(3));
    REQUIRE(world.imports.load(ana, first->id, long_enough));
    std::string table = good_table(4);
    table += "rivera solanod,MARTA,1963-05-17,F,Utopia,,\n";
    auto const import = bring(world, ana, table);
    REQUIRE(import);
    auto const report = world.imports.check(ana, import->id);
    REQUIRE(report);
    CHECK(report->ready == 5);
    auto const view = present_report(world.context, ana, *import, *report);
    REQUIRE(view.duplicates.size() == 4);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(view.duplicates[i].row == static_cast<std::int64_t>(i) + 2);
      CHECK(view.duplicates[i].of.starts_with("XAR-2031-"));
      CHECK(view.duplicates[i].case_id);
    }
    CHECK(view.duplicates[3].row == 6);
    CHECK(view.duplicates[3].of == "row 5");
    CHECK(view.duplicates[3].why == "the same name and date of birth");
  });
}

TEST_CASE("a mapping is kept for the organisation and recognised at the next table") {
  for_each_world([](World& world, auto const&) {
    auto const ana = world.ana();
    std::string const table = "A,B,C\nRivera,Marta,05/17/1990\nSolano,Luis,01/02/1991\n";
    auto const import = world.imports.upload(ana, "../../odd name.csv", table);
    REQUIRE(import);
    CHECK(import->name == "odd name.csv");
    CHECK(import->profile.mapping.empty());
    NamedProfile profile;
    profile.mapping = {{"A", "A_person.surname"}, {"B", "A_person.given_names"}, {"C", "A_person.dob"}};
    profile.day_order = DayOrder::month_first;
    profile.constants = {{"A_person.nationality", "UTO"}};
    REQUIRE(world.imports.map(ana, import->id, {agreement_for_tests, profile, "Camp North"}));
    CHECK(world.imports.check(ana, import->id)->ready == 2);

    auto const next = world.imports.upload(ana, "march.csv", "B,A,C,D\nMarta,Rivera,05/17/1990,x\n");
    REQUIRE(next);
    REQUIRE(world.imports.profiles(ana).size() == 1);
    CHECK(next->profile_guess == world.imports.profiles(ana)[0].id);
    CHECK(next->profile.day_order == DayOrder::month_first);
    CHECK(next->profile.constants.at("A_person.nationality") == "UTO");

    auto refused = [&](NamedProfile const& wrong, std::string const& agreement) {
      auto const answer = world.imports.map(ana, import->id, {agreement, wrong, {}});
      return answer ? std::string("accepted")
                    : fmt::format("{} {}", answer.error().front().field, name_of(answer.error().front().why));
    };
    CHECK(refused({{{"Z", "A_person.surname"}}, {}, {}}, agreement_for_tests) == "mapping.Z field_unknown");
    CHECK(refused({{{"A", "A_person.surname"}, {"B", "A_person.surname"}}, {}, {}}, agreement_for_tests) ==
          "mapping[1] already_exists");
    CHECK(refused(profile, "no-such-agreement") == "agreement field_invalid");
  });
}

TEST_CASE("an import belongs to the State and the role that brought it") {
  for_each_world([](World& world, tests::PeopleForTests const& people) {
    auto const ana = world.ana();
    auto const import = bring(world, ana, good_table(2));
    REQUIRE(import);
    CHECK_FALSE(world.imports.find(world.uma(), import->id));
    CHECK(world.imports.check(world.uma(), import->id).error().why == Why::not_found);
    CHECK(world.imports.load(world.uma(), import->id, 1).error().why == Why::not_permitted);
    CHECK(world.imports.upload(world.viewer(people.admin, "XAR"), "x.csv", good_table(1)).error().why == Why::not_permitted);
    CHECK(count_cases(world, ana) == 0);
  });
}

TEST_CASE("files that are no sound table are refused with what to do, and nothing is kept") {
  struct Bad {
    std::string name;
    std::string content;
    Why why;
    char const* words;
  };
  tests::TemporaryFolder folder;
  auto const bomb = std::filesystem::path(folder.file("bomb.xlsx"));
  REQUIRE(sheets::write_zip(
      bomb, {{"[Content_Types].xml", std::string("<Types/>")}, {"xl/workbook.xml", std::string(6 << 20, ' ')}}, Instant{}));
  std::vector<Bad> const all = {
      {"empty", "", Why::malformed, "holds no rows"},
      {"only a heading", "Surname,Given names\n", Why::field_missing, "no rows below"},
      {"a PDF named csv", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n", Why::unsupported_type, "not a table"},
      {"a program",
       std::string("\x7F"
                   "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0",
                   16),
       Why::unsupported_type, "not a table"},
      {"an old workbook", std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(600, '\0'), Why::unsupported_type,
       "old Excel"},
      {"a bomb", content_of(bomb), Why::too_large, "unpacks"},
      {"a line of 11 MB", "Surname,Given names\n" + std::string(11 << 20, 'x') + "\n", Why::too_large, "too long"},
  };
  for_each_world([&](World& world, auto const&) {
    auto const ana = world.ana();
    for (auto const& bad : all) {
      CAPTURE(bad.name);
      auto const import = world.imports.upload(ana, "table.csv", bad.content);
      if (import) {
        // A broken line costs its row, not the file; it is told with its line.
        CHECK(bad.name == "a line of 11 MB");
        CHECK(import->bad_rows == 1);
        CHECK(defect_words(world.context.labels, "en", import->detected.defects.front()).find(bad.words) != std::string::npos);
        continue;
      }
      CHECK(import.error().why == bad.why);
      CHECK(import.error().detail.find(bad.words) != std::string::npos);
      CHECK(import.error().field == "file");
    }
    CHECK(world.imports.upload(world.ana("es"), "x", "").error().detail == "El archivo no contiene filas.");
  });
}

TEST_CASE("tables with odd delimiters, encodings and quotes are read, and what is lost is told") {
  struct Odd {
    std::string name;
    std::string content;
    std::uint64_t rows;
    std::uint64_t bad;
    std::size_t ready;
  };
  std::vector<Odd> const all = {
      {"semicolons and Windows-1252",
       "Apellidos;Nombres;Fecha de nacimiento\nN\xFA\xF1"
       "ez;Ram\xF3n;17/05/1990\n",
       1, 0, 1},
      {"tabs", "Surname\tGiven names\nRivera\tMarta\n", 1, 0, 1},
      {"UTF-16",
       std::string("\xFF\xFE"
                   "S\0u\0r\0n\0a\0m\0e\0,\0G\0i\0v\0e\0n\0 \0n\0a\0m\0e\0s\0\n\0R\0i\0v\0e\0r\0a\0,\0M\0a\0r\0t\0a\0\n\0",
                   66),
       1, 0, 1},
      {"a quote that is never closed", "Surname,Given names\nRivera,Marta\n\"Solano,Luis\nPaz,Rosa\n", 2, 1, 2},
      {"text behind a quote", "Surname,Given names\n\"Rivera\"x,Marta\nSolano,Luis\n", 1, 1, 1},
  };
  for_each_world([&](World& world, auto const&) {
    auto const ana = world.ana();
    for (auto const& odd : all) {
      CAPTURE(odd.name);
      auto const import = bring(world, ana, odd.content);
      REQUIRE(import);
      CHECK(import->row_count == odd.rows);
      CHECK(import->bad_rows == odd.bad);
      auto const report = world.imports.check(ana, import->id);
      CHECK(report->ready == odd.ready);
      auto const view = present_report(world.context, ana, *import, *report);
      CHECK(view.rows == static_cast<std::int64_t>(odd.rows + odd.bad));
      CHECK(view.errors.size() == odd.bad);
    }
  });
}

TEST_CASE("a workbook with formulas gives their saved values, and says so") {
  auto const part = [](std::string text) {
    return std::variant<std::string, std::filesystem::path, std::function<sheets::PullBytes()>>(std::move(text));
  };
  tests::TemporaryFolder folder;
  std::filesystem::path const path = folder.file("formulas.xlsx");
  auto const text = [](char const* at, char const* value) {
    return fmt::format(R"(<c r="{}" t="inlineStr"><is><t>{}</t></is></c>)", at, value);
  };
  REQUIRE(sheets::write_zip(
      path,
      {{"[Content_Types].xml",
        part(
            R"(<Types><Override PartName="/xl/workbook.xml")"
            R"( ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>)")},
       {"_rels/.rels",
        part(
            R"(<Relationships><Relationship Id="rId1")"
            R"( Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument")"
            R"( Target="xl/workbook.xml"/></Relationships>)")},
       {"xl/workbook.xml",
        part(R"(<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>)")},
       {"xl/_rels/workbook.xml.rels",
        part(
            R"(<Relationships><Relationship Id="rId1")"
            R"( Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet")"
            R"( Target="worksheets/sheet1.xml"/></Relationships>)")},
       {"xl/worksheets/sheet1.xml",
        part("<worksheet><sheetData><row r=\"1\">" + text("A1", "Surname") + text("B1", "Given names") + "</row><row r=\"2\">" +
             R"(<c r="A2" t="str"><f>HYPERLINK("http://x.example","y")</f><v>Rivera</v></c>)" + text("B2", "Marta") +
             "</row></sheetData></worksheet>")}},
      Instant{}));
  for_each_world([&](World& world, auto const&) {
    auto const ana = world.ana();
    auto const import = bring(world, ana, content_of(path), "formulas.xlsx");
    INFO((import ? std::string() : import.error().detail));
    REQUIRE(import);
    auto const view = present_import(world.context, ana, *import, {});
    REQUIRE(view.defects.size() == 1);
    CHECK(view.defects[0].problem == "formula");
    CHECK(view.defects[0].row == 2);
    CHECK(world.imports.check(ana, import->id)->ready == 1);
  });
}

TEST_CASE("the table itself is kept encrypted: no name of it lies in the store or the database") {
  tests::for_each_engine(
      [&](db::Database& database) {
        tests::TemporaryFolder folder;
        auto const people = tests::add_people(database, Instant{1'930'000'000'000});
        World world(database, folder.path(), people);
        REQUIRE(bring(world, world.ana(), "Surname,Given names\nZyxwvut,Marta\n"));
        std::size_t files = 0;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
          if (!entry.is_regular_file()) continue;
          ++files;
          CHECK(content_of(entry.path()).find("Zyxwvut") == std::string::npos);
        }
        CHECK(files >= 2);
      },
      tests::Migrations::all);
}

TEST_CASE("an uploaded table is erased when its time is over; the import and its cases stay") {
  for_each_world([](World& world, auto const&) {
    auto const ana = world.ana();
    auto const import = bring(world, ana, good_table(3));
    REQUIRE(import);
    REQUIRE(world.imports.load(ana, import->id, long_enough));
    auto const later = world.context.clock.now().plus_ms(1);
    CHECK(erase_old_tables(world.context, later.plus_ms(-1'000'000)) == 0);
    CHECK(erase_old_tables(world.context, later) == 1);
    CHECK(erase_old_tables(world.context, later) == 0);
    CHECK(world.imports.find(ana, import->id)->loaded == 3);
    CHECK(count_cases(world, ana) == 3);
    auto const checked = world.imports.check(ana, import->id);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().why == Why::wrong_step);
  });
}

TEST_CASE("an executable that is called PDF is not attached") {
  for_each_world([](World& world, auto const&) {
    auto const ana = world.ana();
    auto const draft =
        create_case(world.context, ana, {agreement_for_tests, {{"A_person", {{"surname", "Rivera"}, {"given_names", "Marta"}}}}});
    REQUIRE(draft);
    std::string const program = std::string("MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0", 16) + std::string(2'000, '\0');
    auto const refused = attach(world.context, ana, draft->id, "passport.pdf", "passport", as_bytes(program));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().why == Why::unsupported_type);
    CHECK(world.context.attachments.list(case_files::subject_of(*draft)).empty());
  });
}

TEST_CASE("a thousand rows are loaded in a few seconds") {
  for_each_world([](World& world, auto const&) {
    auto const ana = world.ana();
    auto const import = bring(world, ana, good_table(1'000));
    REQUIRE(import);
    auto const began = monotonic_ms();
    CHECK(world.imports.load(ana, import->id, long_enough)->loaded == 1'000);
    auto const took = monotonic_ms() - began;
    MESSAGE("1,000 rows loaded in " << took << " ms on " << tests::name_of(world.context.database.engine()));
    CHECK(took < 60'000);
  });
}
