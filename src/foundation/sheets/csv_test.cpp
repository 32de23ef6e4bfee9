#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "foundation/sheets/csv_writer.hpp"
#include "foundation/sheets/encoding.hpp"
#include "foundation/sheets/sheet.hpp"

using namespace rcms::sheets;

namespace {

using Lines = std::vector<std::vector<std::string>>;

Lines texts_of(Table const& table) {
  Lines lines;
  for (auto const& row : table.rows) {
    lines.emplace_back();
    for (auto const& cell : row.cells) lines.back().push_back(cell.text);
  }
  return lines;
}

std::string utf16(std::string_view ascii, bool little, bool mark) {
  std::string out = mark ? (little ? "\xFF\xFE" : "\xFE\xFF") : "";
  for (char c : ascii) {
    if (!little) out += '\0';
    out += c;
    if (little) out += '\0';
  }
  return out;
}

std::string write(Lines const& lines, CsvOptions options = {}) {
  std::string out;
  CsvWriter writer([&](std::string_view text) { out += text; }, options);
  for (auto const& line : lines) writer.row(line);
  return out;
}

}  // namespace

TEST_CASE("a CSV is read whatever its delimiter, encoding and line ends, and says what they were") {
  struct Example {
    char const* name;
    std::string content;
    char delimiter;
    Encoding encoding;
  };
  std::vector<Example> const examples = {
      {"comma", "name,born\nAna,1990\nLuz,1985\n", ',', Encoding::utf8},
      {"semicolon with decimal commas", "name;born\nAna;1,5\nLuz;1,7\n", ';', Encoding::utf8},
      {"tab and CRLF", "name\tborn\r\nAna, M.\t1990\r\nLuz, M.\t1985\r\n", '\t', Encoding::utf8},
      {"pipe and CR", "name|born\rAna|1990\rLuz|1985\r", '|', Encoding::utf8},
      {"byte order mark", "\xEF\xBB\xBFname,born\nAna,1990", ',', Encoding::utf8_with_mark},
      {"UTF-16 little endian with mark", utf16("name;born\r\nAna;1990", true, true), ';', Encoding::utf16_little},
      {"UTF-16 big endian with mark", utf16("name,born\nAna,1990", false, true), ',', Encoding::utf16_big},
      {"UTF-16 little endian without mark", utf16("name,born\nAna,1990", true, false), ',', Encoding::utf16_little},
      {"Windows-1252", "name,born\nMu\xF1oz,1990\n", ',', Encoding::windows_1252},
      {"line that names the separator", "sep=;\r\nname;born\r\nAna, M;1990\r\n", ';', Encoding::utf8},
      {"quoted delimiter in most lines", "name;born\n\"A,b,c\";1990\n\"D,e,f\";1985\n", ';', Encoding::utf8},
  };
  for (auto const& example : examples) {
    CAPTURE(example.name);
    auto const table = read_table(example.content);
    REQUIRE(table.report.is_complete());
    CHECK(table.report.format == Format::csv);
    CHECK(table.report.delimiter == example.delimiter);
    CHECK(table.report.encoding == example.encoding);
    CHECK(table.report.defects.empty());
    REQUIRE(table.rows.size() >= 2);
    CHECK(table.rows[0].cells.size() == 2);
    CHECK(table.rows[0].cells[0].text == "name");
    CHECK(table.rows[1].cells.size() == 2);
  }
  CHECK(read_table("name,born\nMu\xF1oz \x80,1990\n").rows[1].cells[0].text == "Muñoz €");
}

TEST_CASE("quotation marks enclose delimiters, line ends and doubled quotation marks") {
  auto const table = read_table("a,b,c\n\"x,1\",\"two\r\nlines\",\"he said \"\"no\"\"\"\n,\"\",7\" x\n");
  CHECK(table.report.defects.empty());
  CHECK(texts_of(table) == Lines{{"a", "b", "c"}, {"x,1", "two\nlines", "he said \"no\""}, {"", "", "7\" x"}});
  CHECK(table.rows[1].line == 2);
  CHECK(table.rows[2].line == 4);  // the record before took two lines
  CHECK(table.rows[2].cells[0].kind == CellKind::empty);
}

TEST_CASE("a bad line is reported with its number and the good ones are kept") {
  struct Example {
    char const* name;
    std::string bad;
    Problem problem;
    std::uint32_t column;
  };
  std::vector<Example> const examples = {
      {"stray opening quotation mark", "\"Ana,1990\n", Problem::unclosed_quote, 1},
      {"text after a closing quotation mark", "Ana,\"19\"90\n", Problem::text_after_quote, 2},
      {"bytes that are not UTF-8", "A\xFF\xC3na,1990,é,é,é,é,é,é,é,é,é,é\n", Problem::bad_encoding, 0},
      {"a zero byte", std::string("Ana\0,1990\n", 10) + std::string(), Problem::bad_encoding, 0},
      {"a cell above the limit", "Ana," + std::string(40'000, 'x') + "\n", Problem::cell_too_long, 2},
      {"a quoted cell above the limit", "\"" + std::string(40'000, 'x') + "\",1990\n", Problem::cell_too_long, 1},
      {"too many columns", std::string(300, ',') + "x\n", Problem::too_many_columns, 0},
      {"a line of 11 MB", std::string(11 << 20, 'x') + "\n", Problem::line_too_long, 0},
  };
  for (auto const& example : examples) {
    CAPTURE(example.name);
    // The zero byte stands behind the sample in which it would mean a binary file.
    std::string const before = "name,born\n" + std::string(5'000, 'n') + ",1980\n";
    auto const table = read_table(before + example.bad + "Luz,1985\n");
    REQUIRE(table.report.is_complete());
    REQUIRE(table.report.defects.size() == 1);
    CHECK(table.report.defects[0].problem == example.problem);
    CHECK(table.report.defects[0].line == 3);
    CHECK(table.report.defects[0].column == example.column);
    CHECK(table.report.bad_rows == 1);
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[2].line == 4);
    CHECK(table.rows[2].cells[0].text == "Luz");
    CHECK(sentence_of(table.report.defects[0]).find("Line 3") == 0);
  }
}

TEST_CASE("what is not a table is refused with its kind") {
  struct Example {
    char const* name;
    std::string content;
    Problem problem;
  };
  std::vector<Example> const examples = {
      {"nothing", "", Problem::empty_file},
      {"only line ends", "\r\n\r\n", Problem::empty_file},
      {"only empty cells", ",,\n,,\n", Problem::empty_file},
      {"a PDF", "%PDF-1.7\n", Problem::not_a_table},
      {"a program", "MZ\x90", Problem::not_a_table},
      {"HTML named .csv", "<html><body>", Problem::not_a_table},
      {"binary data", std::string("\x01\x02\x00\x03", 4) + "abcabcabc", Problem::not_a_table},
      {"old Excel", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", Problem::old_excel},
      {"protected workbook", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + utf16("EncryptedPackage", true, false), Problem::encrypted},
  };
  for (auto const& example : examples) {
    CAPTURE(example.name);
    auto const report = read_table(example.content).report;
    REQUIRE(report.stopped);
    CHECK(report.stopped->problem == example.problem);
    CHECK_FALSE(sentence_of(*report.stopped).empty());
  }
}

TEST_CASE("limits on rows, file and defects hold") {
  std::string many = "a,b\n";
  for (int i = 0; i < 20; ++i) many += "1,2\n";
  ReadOptions options;
  options.limits.rows = 10;
  auto const table = read_table(many, options);
  REQUIRE(table.report.stopped);
  CHECK(table.report.stopped->problem == Problem::too_many_rows);
  CHECK(table.report.stopped->line == 11);
  CHECK(table.rows.size() == 10);

  ReadOptions small;
  small.limits.file_bytes = 10;
  CHECK(read_table(many, small).report.stopped->problem == Problem::file_too_large);

  ReadOptions few;
  few.limits.defects = 2;
  few.limits.columns = 1;
  auto const report = read_table(many, few).report;
  CHECK(report.bad_rows == 21);
  REQUIRE(report.defects.size() == 3);
  CHECK(report.defects.back().problem == Problem::more_problems);
}

TEST_CASE("the wrong delimiter is noticed when it leaves one column") {
  ReadOptions options;
  options.delimiter = '|';
  auto const report = read_table("a,b\n1,2\n3,4\n", options).report;
  REQUIRE(report.defects.size() == 1);
  CHECK(report.defects[0].problem == Problem::one_column_only);
}

TEST_CASE("cells that a spreadsheet program would take as formulas are written as text") {
  struct Example {
    char const* cell;
    char const* written;
  };
  for (Example const& example : std::vector<Example>{{"=1+1", "'=1+1"},
                                                     {"+503 555", "'+503 555"},
                                                     {"@cmd", "'@cmd"},
                                                     {"-2+3", "'-2+3"},
                                                     {"-12.5", "-12.5"},
                                                     {"'=x", "''=x"},
                                                     {"O'Hara", "O'Hara"},
                                                     {"'tis", "'tis"},
                                                     {"", ""}}) {
    CAPTURE(example.cell);
    CHECK(with_formula_guard(example.cell) == example.written);
    CHECK(without_formula_guard(example.written) == example.cell);
  }
  CHECK(write({{"=1"}}, {',', false, FormulaGuard::off}) == "=1\r\n");
}

TEST_CASE("what is written as CSV is read as it was") {
  CHECK(rc::check("write then read is identity", [] {
    auto const text = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,;|\"\n\t '=-+@1.")));
    auto const width = *rc::gen::inRange<std::size_t>(2, 5);
    auto const lines = *rc::gen::container<Lines>(rc::gen::container<std::vector<std::string>>(width, text));
    auto const delimiter = *rc::gen::element(',', ';', '\t', '|');
    CsvOptions const options{delimiter, *rc::gen::arbitrary<bool>(), FormulaGuard::on};
    Lines expected;
    for (auto const& line : lines) {
      for (auto const& cell : line) {
        if (!cell.empty()) {
          expected.push_back(line);
          break;
        }
      }
    }
    ReadOptions reading;
    reading.delimiter = delimiter;
    auto const table = read_table(write(lines, options), reading);
    RC_ASSERT(table.report.defects.empty());
    RC_ASSERT(texts_of(table) == expected);
  }));
}

TEST_CASE("bytes that are no UTF-8 in a text that says it is are marked, and nothing else is changed") {
  CHECK(to_utf8("\xEF\xBB\xBF" "a\xC3(b\xF1", Encoding::utf8_with_mark) == "a\xFF(b\xFF");
  CHECK(to_utf8("\xC3\xB1\xE0\x80\x80z", Encoding::utf8) == "\xC3\xB1\xFF\xFF\xFFz");
}

TEST_CASE("text in any encoding becomes well-formed UTF-8 or marked bytes") {
  CHECK(rc::check([](std::string const& bytes) {
    auto const text = to_utf8(bytes, detect_encoding(bytes));
    for (std::size_t i = 0; i < text.size();) {
      auto const length = utf8_length(std::string_view(text).substr(i));
      RC_ASSERT(length != 0 || text[i] == '\xFF');
      i += length == 0 ? 1 : length;
    }
  }));
}
