#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <fstream>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "capabilities/casework/import_errors.hpp"
#include "capabilities/casework/import_rules.hpp"
#include "capabilities/casework/import_sample.hpp"
#include "foundation/base/text.hpp"

using namespace rcms;
using namespace rcms::casework;
namespace json = boost::json;

namespace {

std::filesystem::path const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";
Date const today(2031, 3, 3);

struct World {
  forms::Codes codes = forms::load_codes(data);
  Labels labels = Labels::load(data / "languages");
  forms::Form form = forms::load_form(data, "application", codes);
  ImportWords words = load_import_words(data, form, codes, labels);
};

World const& world() {
  static World const loaded;
  return loaded;
}

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / fmt::format("rcms-import-{}", ::getpid());
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

sheets::Cell text_cell(std::string text) {
  sheets::Cell cell;
  cell.kind = text.empty() ? sheets::CellKind::empty : sheets::CellKind::text;
  cell.text = std::move(text);
  return cell;
}

std::vector<std::string> titles_of(sheets::Row const& row) {
  std::vector<std::string> titles;
  for (auto const& cell : row.cells) titles.push_back(cell.text);
  return titles;
}

struct Imported {
  ImportReport report;
  std::vector<ImportRow> rows;
  std::vector<sheets::Row> cells;
  std::vector<std::string> headings;
  ImportProfile profile;
};

/// Reads a file as the capability will: headings, guess, check.
Imported import(std::string_view content, ImportCheck::Lookup lookup = {}) {
  Imported out;
  auto const table = sheets::read_table(content);
  REQUIRE(table.report.is_complete());
  out.headings = titles_of(table.rows.at(0));
  out.profile.mapping = guess_mapping(out.headings, world().words, world().form);
  ImportCheck check(world().form, world().codes, world().words, out.profile, "UTO", today, std::move(lookup));
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    out.rows.push_back(check.check_row(table.rows[i]));
    out.cells.push_back(table.rows[i]);
  }
  out.report = check.report();
  return out;
}

std::string content_of(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("columns are recognised by their headings in English and Spanish") {
  struct Example {
    char const* heading;
    char const* path;
  };
  for (Example const& example : std::vector<Example>{{"Surname", "A_person.surname"},
                                                     {"APELLIDOS", "A_person.surname"},
                                                     {"Apellido(s)", "A_person.surname"},
                                                     {"last_name", "A_person.surname"},
                                                     {"Nombres", "A_person.given_names"},
                                                     {"First Name", "A_person.given_names"},
                                                     {"DOB", "A_person.dob"},
                                                     {"Fecha de nacimiento", "A_person.dob"},
                                                     {"FECHA DE NAC.", "A_person.dob"},
                                                     {"Date of birth (dd/mm/yyyy)", "A_person.dob"},
                                                     {"Sexo", "A_person.sex"},
                                                     {"Género", "A_person.sex"},
                                                     {"Nacionalidad", "A_person.nationality"},
                                                     {"Country", "A_person.nationality"},
                                                     {"Lugar de nacimiento", "A_person.pob"},
                                                     {"Nombre de la madre", "A_person.mother_name"},
                                                     {"Father's name", "A_person.father_name"},
                                                     {"Nombre completo", "full_name"},
                                                     {"Municipio", "A_person.last_address_requested.level2"},
                                                     {"Passport No.", "D_evidence.nationality_evidence[0].number"},
                                                     {"N.º de expediente", "header.reference"},
                                                     {"Child 2 surname", "B_family.children[1].surname"},
                                                     {"Hijo 1 fecha de nacimiento", "B_family.children[0].dob"},
                                                     {"Surname as in the passport copy", "A_person.surname"},
                                                     {"A_person.dob", "A_person.dob"},
                                                     {"Estado civil", "A_person.civil_status"},
                                                     {"Problem", ""},
                                                     {"Problema", ""},
                                                     {"Nr.", ""},
                                                     {"", ""},
                                                     {"Shoe size", ""},
                                                     {"Photograph", ""}}) {
    CAPTURE(example.heading);
    CHECK(guess_mapping({example.heading}, world().words, world().form).at(0) == example.path);
  }
}

TEST_CASE("two columns never get the same field, and exact headings go first") {
  auto const mapping =
      guess_mapping({"Name of the surname office", "Surname", "Apellidos", "Nombres"}, world().words, world().form);
  CHECK(mapping[1] == "A_person.surname");
  CHECK(mapping[2].empty());
  CHECK(mapping[3] == "A_person.given_names");
  CHECK(std::count(mapping.begin(), mapping.end(), "A_person.surname") == 1);
}

TEST_CASE("a mapping that cannot be is refused with its column") {
  auto why = [](Mapping const& mapping) {
    auto const findings = check_mapping(mapping, world().form);
    return findings.empty() ? std::string() : fmt::format("{} {}", findings[0].field, name_of(findings[0].why));
  };
  CHECK(why({"A_person.surname", "", "A_person.dob"}).empty());
  CHECK(why({"full_name"}).empty());
  CHECK(why({"A_person.surname", "A_person.surname"}) == "mapping[1] already_exists");
  CHECK(why({"A_person.surname", "A_person.shoe"}) == "mapping[1] field_unknown");
  CHECK(why({"A_person.surname", "B_family.children"}) == "mapping[1] field_unknown");
  CHECK(why({"A_person.surname", "B_family.children[999999].dob"}) == "mapping[1] field_unknown");
  CHECK(why({"A_person.surname", "A_person.photo"}) == "mapping[1] not_permitted");
  CHECK(why({"A_person.surname", "header.requesting_authority"}) == "mapping[1] not_permitted");
  CHECK(why({"A_person.dob"}) == "mapping field_missing");
}

TEST_CASE("dates are read in the styles of offices") {
  struct Example {
    char const* text;
    char const* day_first;
    char const* month_first;
  };
  for (Example const& example : std::vector<Example>{{"1990-02-01", "1990-02-01", "1990-02-01"},
                                                     {"01/02/1990", "1990-02-01", "1990-01-02"},
                                                     {"1.2.1990", "1990-02-01", "1990-01-02"},
                                                     {"01-02-1990", "1990-02-01", "1990-01-02"},
                                                     {"19900201", "1990-02-01", "1990-02-01"},
                                                     {"1990/02/01", "1990-02-01", "1990-02-01"},
                                                     {"1990", "1990", "1990"},
                                                     {"1990-02", "1990-02", "1990-02"},
                                                     {"02/1990", "1990-02", "1990-02"},
                                                     {"1 Feb 1990", "1990-02-01", "1990-02-01"},
                                                     {"1 de febrero de 1990", "1990-02-01", "1990-02-01"},
                                                     {"February 1st, 1990", "1990-02-01", "1990-02-01"},
                                                     {"feb 1990", "1990-02", "1990-02"},
                                                     {"01-ENE-1990", "1990-01-01", "1990-01-01"},
                                                     {"1990-02-01 00:00:00", "1990-02-01", "1990-02-01"},
                                                     {"29/02/2000", "2000-02-29", "other_order"},
                                                     {"30/02/1990", "impossible_date", "impossible_date"},
                                                     {"02/13/1990", "other_order", "1990-02-13"},
                                                     {"31/04/1990", "impossible_date", "impossible_date"},
                                                     {"1990-02-30", "impossible_date", "impossible_date"},
                                                     {"00/00/1990", "impossible_date", "impossible_date"},
                                                     {"01/02/90", "two_digit_year", "two_digit_year"},
                                                     {"1 feb 90", "two_digit_year", "two_digit_year"},
                                                     {"32905", "date_is_number", "date_is_number"},
                                                     {"unknown", "not_a_date", "not_a_date"},
                                                     {"0990", "impossible_date", "impossible_date"},
                                                     {"12:30", "not_a_date", "not_a_date"},
                                                     {"1/2/3/4", "not_a_date", "not_a_date"},
                                                     {"99999999", "impossible_date", "impossible_date"},
                                                     {"-5", "not_a_date", "not_a_date"}}) {
    CAPTURE(example.text);
    auto read = [&](DayOrder order) {
      auto const parsed = parse_date_cell(text_cell(example.text), order, world().words);
      return parsed ? *parsed : std::string(name_of(parsed.error()));
    };
    CHECK(read(DayOrder::day_first) == example.day_first);
    CHECK(read(DayOrder::month_first) == example.month_first);
  }
  sheets::Cell day;
  day.kind = sheets::CellKind::day;
  day.day = Date(1990, 2, 1);
  CHECK(*parse_date_cell(day, DayOrder::month_first, world().words) == "1990-02-01");
  sheets::Cell serial;
  serial.kind = sheets::CellKind::number;
  serial.text = "32905";
  CHECK(parse_date_cell(serial, DayOrder::day_first, world().words).error() == ImportProblem::date_is_number);
}

TEST_CASE("any text as a date gives a date that exists or a reason") {
  CHECK(rc::check([] {
    auto const text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789/-. efbde:T")));
    auto const parsed =
        parse_date_cell(text_cell(text), *rc::gen::element(DayOrder::day_first, DayOrder::month_first), world().words);
    if (parsed) RC_ASSERT(PartialDate::parse(*parsed).has_value());
  }));
}

TEST_CASE("words become codes") {
  struct Example {
    char const* list;
    char const* word;
    char const* code;
  };
  for (Example const& example : std::vector<Example>{{"sex", "f", "F"},
                                                     {"sex", "Mujer", "F"},
                                                     {"sex", "VARÓN", "M"},
                                                     {"sex", "male", "M"},
                                                     {"sex", "Femenino", "F"},
                                                     {"sex", "?", ""},
                                                     {"country", "uto", "UTO"},
                                                     {"country", "Utopía", "UTO"},
                                                     {"country", "Utopian", "UTO"},
                                                     {"country", "Guatemala", "GTM"},
                                                     {"country", "guatemalteca", "GTM"},
                                                     {"country", "Belgium", "BEL"},
                                                     {"country", "Bélgica", "BEL"},
                                                     {"country", "Atlantis", ""},
                                                     {"evidence_type", "Pasaporte", "passport"},
                                                     {"evidence_type", "DPI", "identity_card"},
                                                     {"civil_status", "Soltera", "single"},
                                                     {"no_such_list", "x", ""}}) {
    CAPTURE(example.word);
    auto const parsed = parse_code(example.word, example.list, world().codes, world().words);
    CHECK(parsed.value_or("") == example.code);
  }
}

TEST_CASE("a row becomes content of the form") {
  auto const imported = import(
      "Apellidos;Nombres;Fecha de nacimiento;Sexo;Nacionalidad;Municipio;Tipo de documento;No. documento;Hijo 1 nombres;Hijo 1 "
      "fecha de nacimiento;Alias;Decisión de retorno;Fecha de decisión\n"
      " Muñoz  García ;Ana María;01/02/1990;mujer;Utopía;San Aurelio;DPI;1234-5;Luz;2019;La Negra|Anita;RD-1;2030-12-01\n");
  REQUIRE(imported.rows.size() == 1);
  CHECK(imported.rows[0].findings.empty());
  CHECK(json::value(imported.rows[0].content).at("A_person").at("surname").as_string() == "Muñoz García");
  auto const expected = json::parse(
      R"({"A_person":{"surname":"Muñoz García","given_names":"Ana María","dob":"1990-02-01","sex":"F","nationality":"UTO",
      "last_address_requested":{"level2":"San Aurelio"},"other_names":["La Negra","Anita"]},
      "D_evidence":{"nationality_evidence":[{"type":"identity_card","number":"1234-5"}]},
      "B_family":{"children":[{"given_names":"Luz","dob":"2019"}]},
      "internal":{"return_decision_ref":{"number":"RD-1","decided_on":"2030-12-01"}}})");
  CHECK(json::value(imported.rows[0].content) == expected);
  CHECK(imported.rows[0].lacking == std::vector<std::string>{"B_family.children[0].surname"});
}

TEST_CASE("bad cells are named by line and column, with value and remedy, and never loaded") {
  struct Example {
    char const* name;
    std::string cells;  ///< surname, given names, birth, sex, nationality
    int column;
    ImportProblem problem;
  };
  std::string const name_500(500, 'n');
  std::vector<Example> const examples = {
      {"impossible day", "Muñoz,Ana,30/02/1990,F,UTO", 2, ImportProblem::impossible_date},
      {"the other order", "Muñoz,Ana,02/13/1990,F,UTO", 2, ImportProblem::other_order},
      {"born tomorrow", "Muñoz,Ana,04/03/2031,F,UTO", 2, ImportProblem::date_not_plausible},
      {"unknown sex", "Muñoz,Ana,1990,unclear,UTO", 3, ImportProblem::unknown_code},
      {"unknown State", "Muñoz,Ana,1990,F,Atlantis", 4, ImportProblem::unknown_code},
      {"name of 500 letters", name_500 + ",Ana,1990,F,UTO", 0, ImportProblem::too_long},
      {"control character", "Mu\x01oz,Ana,1990,F,UTO", 0, ImportProblem::control_characters},
      {"direction override", "Mu\xE2\x80\xAEoz,Ana,1990,F,UTO", 0, ImportProblem::control_characters},
      {"another script", "Иванова,Ana,1990,F,UTO", 0, ImportProblem::not_latin},
      {"no name", ",,1990,F,UTO", 0, ImportProblem::name_missing},
      {"a line of totals", "8,,,,", 0, ImportProblem::name_missing},
  };
  for (auto const& example : examples) {
    CAPTURE(example.name);
    auto const imported =
        import("Surname,Given names,Date of birth,Sex,Nationality\nLuna,Luz,1985,F,UTO\n" + example.cells + "\n");
    REQUIRE(imported.rows.size() == 2);
    CHECK(imported.rows[0].is_ready());
    REQUIRE(imported.rows[1].findings.size() == 1);
    auto const& finding = imported.rows[1].findings[0];
    CHECK(finding.line == 3);
    CHECK(finding.column == example.column);
    CHECK(finding.problem == example.problem);
    CHECK(length_of(finding.value) <= 80);
    CHECK(imported.report.ready == 1);
    CHECK(imported.report.findings.size() == 1);
    for (auto language : {"en", "es"})
      CHECK(render_problem(finding, world().form, world().labels, language).find('[') == std::string::npos);
  }
}

TEST_CASE("a name in one cell is divided at its comma, and constants fill what a file does not hold") {
  auto const table = sheets::read_table("Nombre completo;DOB\nMuñoz García, Ana;1990\nLuna Luz;1985\n");
  ImportProfile profile;
  profile.mapping = guess_mapping(titles_of(table.rows[0]), world().words, world().form);
  profile.constants = {{"A_person.nationality", "Utopia"}, {"A_person.sex", "mujer"}};
  ImportCheck const check(world().form, world().codes, world().words, profile, "UTO", today);
  auto const first = check.read_row(table.rows[1]);
  CHECK(first.is_ready());
  CHECK(forms::text_in(first.content, "A_person.surname") == "Muñoz García");
  CHECK(forms::text_in(first.content, "A_person.given_names") == "Ana");
  CHECK(forms::text_in(first.content, "A_person.nationality") == "UTO");
  auto const second = check.read_row(table.rows[2]);
  REQUIRE(second.findings.size() == 1);
  CHECK(second.findings[0].problem == ImportProblem::name_not_divided);
}

TEST_CASE("people who are there already are told, in the file and among the cases") {
  std::string const head = "Surname,Given names,Date of birth,Sex,Nationality,Document number\n";
  auto const imported = import(
      head +
          "Muñoz García,Ana,01/02/1990,F,UTO,P-123 456\nMUNOZ "
          "GARCIA,ANA,1990-02-01,F,UTO,\nLuna,Luz,1985,F,UTO,P123456\nLuna,Luz,1985,F,UTO,\nOther,One,1970-01-01,M,UTO,1\n",
      [](PersonKey const& key) {
        std::vector<std::pair<KnownCase, Likeness>> found;
        if (key.name_and_birth == "ONE OTHER|1970-01-01") found.push_back({{"id", "XAR-7"}, Likeness::same_name_and_birth});
        return found;
      });
  REQUIRE(imported.report.duplicates.size() == 3);
  CHECK(imported.report.duplicates[0].line == 3);
  CHECK(imported.report.duplicates[0].earlier_line == 2);
  CHECK(imported.report.duplicates[0].likeness == Likeness::same_name_and_birth);
  CHECK(imported.report.duplicates[1].line == 4);
  CHECK(imported.report.duplicates[1].earlier_line == 2);
  CHECK(imported.report.duplicates[1].likeness == Likeness::same_document);
  CHECK(imported.report.duplicates[2].line == 6);
  CHECK(imported.report.duplicates[2].known.reference == "XAR-7");
  CHECK(imported.report.ready == 5);
}

TEST_CASE("the file of problems names them, and corrected it loads") {
  Folder folder;
  auto const imported =
      import("Surname,Given names,Date of birth,Sex,Nationality\n=Luna,Luz,1985,F,UTO\nMuñoz,Ana,30/02/1990,unclear,UTO\n");
  REQUIRE(imported.report.ready == 1);
  for (auto format : {sheets::Format::csv, sheets::Format::xlsx}) {
    for (std::string const language : {"en", "es"}) {
      auto const path = folder.path / fmt::format("problems.{}", sheets::name_of(format));
      std::size_t at = 0;
      auto next = [&]() -> std::optional<ProblemRow> {
        while (at < imported.rows.size() && imported.rows[at].is_ready()) ++at;
        if (at == imported.rows.size()) return std::nullopt;
        ProblemRow problem{imported.cells[at], imported.rows[at].findings};
        ++at;
        return problem;
      };
      REQUIRE(write_problem_file(path, format, imported.headings, next, world().form, world().labels, language));
      auto again = sheets::read_table(content_of(path));
      REQUIRE(again.rows.size() == 2);
      CHECK(again.rows[0].cells.back().text == (language == "en" ? "Problem" : "Problema"));
      CHECK(again.rows[1].cells.back().text.find("30/02/1990") != std::string::npos);
      CHECK(again.rows[1].cells.back().text.find("unclear") != std::string::npos);
      ImportProfile profile;
      profile.mapping = guess_mapping(titles_of(again.rows[0]), world().words, world().form);
      CHECK(profile.mapping.back().empty());
      again.rows[1].cells[2] = text_cell("28/02/1990");
      again.rows[1].cells[3] = text_cell("F");
      CHECK(ImportCheck(world().form, world().codes, world().words, profile, "UTO", today).read_row(again.rows[1]).is_ready());
    }
  }
}

TEST_CASE("the sample of forty applications imports without a question, the one with defects shows them") {
  Folder folder;
  auto const people = invent_people(data, 7, 40);
  CHECK(people.size() == 40);
  REQUIRE(write_sample_applications(folder.path / "forty.xlsx", people, today));
  auto const good = import(content_of(folder.path / "forty.xlsx"));
  CHECK(good.report.rows == 40);
  CHECK(good.report.ready == 40);
  CHECK(good.report.duplicates.empty());
  CHECK(good.report.lacking.empty());
  CHECK(std::count(good.profile.mapping.begin(), good.profile.mapping.end(), "") == 0);
  CHECK(invent_people(data, 7, 1)[0].surname == people[0].surname);
  REQUIRE(write_sample_applications(folder.path / "defects.xlsx", people, today, SampleDefects::some));
  auto const bad = import(content_of(folder.path / "defects.xlsx"));
  CHECK(bad.report.ready == 36);
  CHECK(bad.report.duplicates.size() == 1);
}

TEST_CASE("formulas in an imported workbook give their saved value, broken cells are refused") {
  sheets::Row row;
  row.line = 2;
  row.cells = {text_cell("Muñoz"), text_cell("Ana"), text_cell("#N/A")};
  row.cells[0].formula = true;
  row.cells[2].kind = sheets::CellKind::error;
  ImportProfile profile;
  profile.mapping = {"A_person.surname", "A_person.given_names", "A_person.dob"};
  auto const read = ImportCheck(world().form, world().codes, world().words, profile, "UTO", today).read_row(row);
  REQUIRE(read.findings.size() == 1);
  CHECK(read.findings[0].problem == ImportProblem::cell_error);
  CHECK(read.findings[0].column == 2);
}

TEST_CASE("any row gives content that has no defects or is not ready") {
  CHECK(rc::check([] {
    auto const text = rc::gen::container<std::string>(rc::gen::elementOf(std::string("aZ0;,|/-\x01 =\xC3\xB1")));
    sheets::Row row;
    row.line = 1;
    ImportProfile profile;
    profile.mapping = {"A_person.surname",         "A_person.dob",           "A_person.sex",        "A_person.other_names",
                       "B_family.children[1].dob", "header.procedure_flags", "F_other.observations"};
    for (std::size_t i = 0; i < profile.mapping.size(); ++i) {
      auto value = *text;
      row.cells.push_back(text_cell(is_utf8(value) ? value : "x"));
    }
    ImportCheck const check(world().form, world().codes, world().words, profile, "UTO", today);
    auto const read = check.read_row(row);
    auto const conditions = forms::derive_conditions(read.content, "UTO", today);
    auto const defects = forms::check_content(world().form, world().codes, read.content, conditions, forms::Demand::draft, today);
    if (read.is_ready()) RC_ASSERT(defects.empty());
  }));
}
