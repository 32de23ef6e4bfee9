// The same figures on the screen, on paper, in the workbook and in the CSV; and the paper as it is written.
#include "capabilities/statistics/report_file.hpp"

#include <cstdlib>
#include <fstream>
#include <set>

#include <doctest/doctest.h>

#include "capabilities/statistics/report.hpp"
#include "capabilities/statistics/view.hpp"
#include "foundation/base/text.hpp"
#include "foundation/pages/canvas.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "foundation/sheets/sheet.hpp"
#include "support/database_for_tests.hpp"
#include "support/facts_for_tests.hpp"

namespace rcms::statistics {

namespace {

void fonts_once() {
  static bool const done = [] {
    use_fonts(RCMS_FONTS_DIR);
    return true;
  }();
  REQUIRE(done);
}

struct Sample {
  tests::DatabaseForTests fresh{db::Engine::sqlite};
  std::unique_ptr<WorldForTests> world;

  explicit Sample(Instant now = *Instant::parse("2031-11-03T09:30:00Z")) {
    fonts_once();
    db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
    world = std::make_unique<WorldForTests>(fresh.database(), now);
    write_facts(fresh.database(), invent_history(world->people, Date(2031, 11, 2), 10, 7));
  }
  MonthlyReport report(std::string month = "2031-10") const {
    auto report = load_monthly_report(world->context, world->people.utopia.id, {std::move(month), {}, {}});
    REQUIRE(report.has_value());
    return *report;
  }
  ReportDocument document(std::string_view language, std::string month = "2031-10") const {
    return make_document(world->context, report(std::move(month)), load_states(world->context), language);
  }
  std::string file(ReportDocument const& document, std::string_view format) const {
    auto const made = make_report_file(world->context, document, format);
    REQUIRE(made.has_value());
    CHECK(made->name == "rcms-uto-" + document.month + "." + std::string(format));
    return made->content;
  }
};

std::string text_of_pdf(std::string const& pdf) {
  Bytes const bytes(pdf.begin(), pdf.end());
  std::string text;
  auto const pages = count_pdf_pages(bytes);
  REQUIRE(pages.has_value());
  for (int page = 0; page < *pages; ++page) text += read_pdf_text(bytes, page).value();
  return text;
}

/// Blanks of any kind, one after another, become one blank.
std::string on_one_line(std::string const& text) { return tidy_text(text); }

}  // namespace

TEST_CASE("screen, paper, workbook and CSV give the same figures in both languages") {
  Sample const sample;
  auto const report = sample.report();
  REQUIRE(report.value("received").value() > 10);
  for (std::string const language : {"en", "es"}) {
    CAPTURE(language);
    auto const document = sample.document(language);
    auto const view = view_of(sample.world->context, report, document);
    auto const paper = on_one_line(text_of_pdf(sample.file(document, "pdf")));
    auto const workbook = sample.file(document, "xlsx");
    auto const csv = sheets::read_table(sample.file(document, "csv"));
    REQUIRE(csv.report.is_complete());
    CHECK(csv.report.defects.empty());

    std::map<std::string, std::string> in_csv;  // table, row, figure → value
    for (auto const& row : csv.rows)
      in_csv[row.cells.at(3).text + "|" + row.cells.at(4).text + "|" + row.cells.at(5).text] = row.cells.at(6).text;
    auto const& figures = document.table("figures");
    REQUIRE(view.figures.size() == figures.rows.size());
    for (std::size_t row = 0; row < figures.rows.size(); ++row) {
      auto const& figure = view.figures[row];
      CAPTURE(figure.id);
      REQUIRE(figure.value.has_value());
      CHECK(figure.value == doctest::Approx(report.figures[row].value.value()).epsilon(0.01));
      CHECK(in_csv.at(figures.title + "|" + figure.name + "|" + figures.columns[1].title) == plain_number(*figure.value));
      CHECK(paper.find(figure.name + " " + show(sample.world->labels, language, figures.rows[row][1])) != std::string::npos);
      CHECK(paper.find(on_one_line(figure.name)) != std::string::npos);
    }

    for (auto const& table : document.tables) {
      CAPTURE(table.id);
      sheets::ReadOptions options;
      options.sheet = table.title.substr(0, 31);
      auto const sheet = sheets::read_table(workbook, options);
      REQUIRE(sheet.report.is_complete());
      REQUIRE(sheet.rows.size() == table.rows.size() + 1);
      for (std::size_t row = 0; row < table.rows.size(); ++row) {
        for (std::size_t column = 1; column < table.columns.size(); ++column) {
          auto const& cell = sheet.rows[row + 1].cells.at(column);
          auto const* number = std::get_if<double>(&table.rows[row][column].value);
          if (number == nullptr) {
            CHECK(cell.kind == sheets::CellKind::text);
            continue;
          }
          CHECK(cell.kind == sheets::CellKind::number);
          CHECK(cell.number == doctest::Approx(*number));
          auto const name = std::get<std::string>(table.rows[row][0].value);
          CHECK(in_csv.at(table.title + "|" + name + "|" + table.columns[column].title) == plain_number(*number));
        }
      }
    }
  }
}

TEST_CASE("every line of the CSV says what it means, where it comes from, when and in which revision") {
  Sample const sample;
  auto const document = sample.document("en");
  auto const csv = sheets::read_table(sample.file(document, "csv"));
  REQUIRE(csv.rows.size() > 100);
  int without_value = 0;
  for (std::size_t row = 1; row < csv.rows.size(); ++row) {
    auto const& cells = csv.rows[row].cells;
    REQUIRE(cells.size() == 13);
    bool const has_value = !cells[6].text.empty();
    CHECK(has_value == cells[8].text.empty());
    if (!has_value) {
      ++without_value;
      CHECK(cells[8].text == "insufficient data");
    }
    CHECK(cells[10].text == "RCMS Utopia");
    CHECK(cells[11].text == "2031-11-03T09:30:00.000Z");
    CHECK(cells[12].text == std::to_string(document.revision));
    if (cells[3].text == "Figures of the month") CHECK(cells[9].text.size() > 20);
  }
  CHECK(without_value >= 6);  // the two months before the first one, three figures each
}

TEST_CASE("the workbook ends with the definitions and begins with what it is") {
  Sample const sample;
  auto const document = sample.document("es");
  auto const workbook = sample.file(document, "xlsx");
  auto const about = sheets::read_table(workbook);
  CHECK(about.report.sheets.front() == "Sobre este informe");
  CHECK(about.report.sheets.back() == "Definiciones");
  CHECK(about.rows.at(1).cells.at(0).text == "Informe mensual");
  sheets::ReadOptions options;
  options.sheet = "Definiciones";
  CHECK(sheets::read_table(workbook, options).rows.size() == document.definitions.size() + 1);
}

TEST_CASE("a month without data says so on paper and gives no zeros") {
  Sample const sample;
  auto const document = sample.document("en", "2030-06");
  auto const paper = on_one_line(text_of_pdf(sample.file(document, "pdf")));
  CHECK(paper.find("the State began to use RCMS later") != std::string::npos);
  CHECK(paper.find("Applications received insufficient data") != std::string::npos);
  CHECK(paper.find("Applications received 0") == std::string::npos);
  auto const view = view_of(sample.world->context, sample.report("2030-06"), document);
  for (auto const& figure : view.figures) CHECK_FALSE(figure.value);
}

TEST_CASE("the month that runs is marked as provisional") {
  Sample const sample;
  auto const paper = on_one_line(text_of_pdf(sample.file(sample.document("es", "2031-11"), "pdf")));
  CHECK(paper.find("estas cifras son provisionales") != std::string::npos);
}

TEST_CASE("the paper is as it was: golden text, the same bytes twice") {
  Sample const sample;
  for (std::string const language : {"en", "es"}) {
    auto const document = sample.document(language);
    auto const pdf = sample.file(document, "pdf");
    CHECK(pdf == sample.file(document, "pdf"));
    auto const text = text_of_pdf(pdf);
    auto const golden = std::filesystem::path(RCMS_SOURCE_DIR "/tests/golden/reports/monthly_" + language + ".txt");
    if (std::getenv("RCMS_REWRITE_GOLDEN") != nullptr) {
      std::filesystem::create_directories(golden.parent_path());
      std::ofstream(golden) << text;
    }
    std::ifstream in(golden);
    std::string const expected((std::istreambuf_iterator<char>(in)), {});
    CHECK_MESSAGE(text == expected, "RCMS_REWRITE_GOLDEN=1 rewrites ", golden.string(), " and read the difference");
  }
}

TEST_CASE("the command line writes the same file, and says what is wrong with its words") {
  Sample const sample;
  tests::TemporaryFolder const folder;
  auto const& context = sample.world->context;
  auto const write = [&](char const* party, char const* month, char const* format, char const* language,
                         std::string const& name) {
    return write_monthly_report(context, party, month, format, language, folder.path() / name);
  };
  REQUIRE(write("UTO", "2031-10", "csv", "es", "report.csv"));
  std::ifstream in(folder.path() / "report.csv", std::ios::binary);
  CHECK(std::string((std::istreambuf_iterator<char>(in)), {}) == sample.file(sample.document("es"), "csv"));
  struct Row {
    char const* party;
    char const* month;
    char const* format;
    char const* language;
    char const* file;
    Why why;
    char const* field;
  };
  for (auto const& row : {Row{"ZZZ", "2031-10", "pdf", "en", "x", Why::not_found, "party"},
                          Row{"UTO", "2031-1", "pdf", "en", "x", Why::field_invalid, "month"},
                          Row{"UTO", "2031-12", "pdf", "en", "x", Why::too_early, "month"},
                          Row{"UTO", "2031-10", "docx", "en", "x", Why::field_invalid, "format"},
                          Row{"UTO", "2031-10", "pdf", "fr", "x", Why::field_invalid, "language"},
                          Row{"UTO", "2031-10", "pdf", "en", "no/such/folder/x.pdf", Why::unavailable, "out"}}) {
    auto const refused = write(row.party, row.month, row.format, row.language, row.file);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().why == row.why);
    CHECK(refused.error().field == row.field);
  }
}

}  // namespace rcms::statistics
