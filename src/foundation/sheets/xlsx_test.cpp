#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <unistd.h>

#include "foundation/sheets/archive.hpp"
#include "foundation/sheets/sheet.hpp"
#include "foundation/sheets/xlsx_cells.hpp"
#include "foundation/sheets/xlsx_writer.hpp"

using namespace rcms;
using namespace rcms::sheets;

namespace {

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / fmt::format("rcms-sheets-{}", ::getpid());
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

std::string content_of(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

using Parts = std::vector<std::pair<std::string, std::string>>;

std::string zip_of(Folder const& folder, Parts const& parts) {
  std::vector<ZipEntry> entries;
  for (auto const& [name, content] : parts) entries.push_back({name, content});
  auto const path = folder.path / "made.zip";
  REQUIRE(write_zip(path, entries, Instant{1'900'000'000'000}));
  return content_of(path);
}

/// The parts of the smallest workbook around the data of one sheet.
Parts workbook(std::string const& rows, std::string const& workbook_properties = "", std::string const& more_sheets = "") {
  std::string const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  auto const relation = [&](std::string const& id, std::string const& type, std::string const& target) {
    return fmt::format("<Relationship Id='{}' Type='{}{}' Target='{}'/>", id, office, type, target);
  };
  return {
      {"_rels/.rels", "<Relationships>" + relation("rId1", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
      {"xl/workbook.xml", "<workbook xmlns:r='x'>" + workbook_properties +
                              "<sheets><sheet name='People' sheetId='1' r:id='rId1'/>" + more_sheets + "</sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", "<Relationships>" + relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                                         relation("rId2", "worksheet", "/xl/worksheets/sheet2.xml") +
                                         relation("rId3", "styles", "styles.xml") +
                                         relation("rId4", "sharedStrings", "sharedStrings.xml") + "</Relationships>"},
      {"xl/styles.xml",
       "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy;@'/></numFmts><cellStyleXfs><xf numFmtId='14'/>"
       "</cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf "
       "numFmtId='20'/></cellXfs></styleSheet>"},
      {"xl/sharedStrings.xml",
       "<sst><si><t>Muñoz</t></si><si><r><t>Ana "
       "</t></r><r><t>María</t></r><rPh><t>zzz</t></rPh></si><si><t>a_x000A_b</t></si></sst>"},
      {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"},
      {"xl/worksheets/sheet2.xml",
       "<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>second</t></is></c></row></sheetData></worksheet>"}};
}

}  // namespace

TEST_CASE("cells of a workbook keep their types") {
  Folder folder;
  struct Example {
    char const* name;
    std::string cell;
    CellKind kind;
    std::string text;
  };
  std::vector<Example> const examples = {
      {"shared text", "<c r='A1' t='s'><v>0</v></c>", CellKind::text, "Muñoz"},
      {"rich text without its pronunciation", "<c r='A1' t='s'><v>1</v></c>", CellKind::text, "Ana María"},
      {"escaped line feed", "<c r='A1' t='s'><v>2</v></c>", CellKind::text, "a\nb"},
      {"text in the cell", "<c r='A1' t='inlineStr'><is><t>Luz</t></is></c>", CellKind::text, "Luz"},
      {"shared text that does not exist", "<c r='A1' t='s'><v>9</v></c>", CellKind::error, "#REF!"},
      {"whole number", "<c r='A1'><v>12345678901</v></c>", CellKind::number, "12345678901"},
      {"number", "<c r='A1'><v>2.5</v></c>", CellKind::number, "2.5"},
      {"date by built-in format", "<c r='A1' s='1'><v>32905</v></c>", CellKind::day, "1990-02-01"},
      {"date by own format with time", "<c r='A1' s='2'><v>32905.5</v></c>", CellKind::day, "1990-02-01 12:00:00"},
      {"time", "<c r='A1' s='3'><v>0.25</v></c>", CellKind::time, "06:00:00"},
      {"the day that never was", "<c r='A1' s='1'><v>60</v></c>", CellKind::number, "60"},
      {"ISO date", "<c r='A1' t='d'><v>1990-02-01T00:00:00</v></c>", CellKind::day, "1990-02-01"},
      {"truth", "<c r='A1' t='b'><v>1</v></c>", CellKind::truth, "TRUE"},
      {"error", "<c r='A1' t='e'><v>#N/A</v></c>", CellKind::error, "#N/A"},
      {"number that is none", "<c r='A1'><v>abc</v></c>", CellKind::error, "abc"},
      {"without reference", "<c><v>3</v></c>", CellKind::number, "3"},
  };
  for (auto const& example : examples) {
    CAPTURE(example.name);
    auto const table = read_table(zip_of(folder, workbook("<row r='4'>" + example.cell + "</row>")));
    REQUIRE(table.report.is_complete());
    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows[0].line == 4);
    CHECK(table.rows[0].cells[0].kind == example.kind);
    CHECK(table.rows[0].cells[0].text == example.text);
  }
}

TEST_CASE("both date systems give the same day from their own serial number") {
  CHECK(cell_of_serial(1, NumberMeaning::date, DateSystem::from_1900).text == "1900-01-01");
  CHECK(cell_of_serial(59, NumberMeaning::date, DateSystem::from_1900).text == "1900-02-28");
  CHECK(cell_of_serial(61, NumberMeaning::date, DateSystem::from_1900).text == "1900-03-01");
  CHECK(cell_of_serial(32905, NumberMeaning::date, DateSystem::from_1900).text == "1990-02-01");
  CHECK(cell_of_serial(32905 - 1462, NumberMeaning::date, DateSystem::from_1904).text == "1990-02-01");
  CHECK(cell_of_serial(2'958'465, NumberMeaning::date, DateSystem::from_1900).text == "9999-12-31");
  CHECK(cell_of_serial(2'958'466, NumberMeaning::date, DateSystem::from_1900).kind == CellKind::number);
  CHECK(cell_of_serial(-1, NumberMeaning::date, DateSystem::from_1900).kind == CellKind::number);
  Folder folder;
  auto const table = read_table(zip_of(folder, workbook("<row><c s='1'><v>31443</v></c></row>", "<workbookPr date1904='1'/>")));
  CHECK(table.rows.at(0).cells.at(0).text == "1990-02-01");
}

TEST_CASE("format codes tell dates from numbers") {
  for (auto code : {"dd/mm/yyyy", "[$-409]d\\-mmm\\-yy;@", "mmm yyyy", "yyyy", "d \"de\" mmmm", "m/d/yy h:mm", "MMM"}) {
    CAPTURE(code);
    CHECK(meaning_of_code(code) == NumberMeaning::date);
  }
  for (auto code : {"h:mm", "[h]:mm:ss", "mm:ss", "hh:mm:ss AM/PM"}) {
    CAPTURE(code);
    CHECK(meaning_of_code(code) == NumberMeaning::time);
  }
  for (auto code : {"General", "0.00", "#,##0;[Red]-#,##0", "\"dd\"0", "@", "0\\d", "[Red]0", "_d0"}) {
    CAPTURE(code);
    CHECK(meaning_of_code(code) == NumberMeaning::number);
  }
}

TEST_CASE("columns are letters") {
  CHECK(column_of("A1") == 0u);
  CHECK(column_of("BC12") == 54u);
  CHECK_FALSE(column_of("12"));
  CHECK_FALSE(column_of("ABCD1"));
  for (std::uint32_t column : {0u, 25u, 26u, 701u, 702u, 16'383u}) CHECK(column_of(column_letters(column)) == column);
}

TEST_CASE("formulas give their saved value and a warning for each cell") {
  Folder folder;
  auto const table = read_table(
      zip_of(folder, workbook("<row r='2'><c r='A2' t='str'><f>\"a\"&amp;1</f><v>a1</v></c><c r='C2'><f>1+1</f></c></row>")));
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].cells[0].text == "a1");
  CHECK(table.rows[0].cells[0].formula);
  CHECK(table.rows[0].cells[2].kind == CellKind::empty);
  CHECK(table.report.defects == std::vector<Defect>{{Problem::formula, 2, 1, "a1"}, {Problem::formula_without_value, 2, 3, ""}});
  CHECK(table.report.bad_rows == 0);
}

TEST_CASE("the first visible sheet is read, or the one that is named") {
  Folder folder;
  auto const content =
      zip_of(folder, workbook("<row><c><v>1</v></c></row>", "", "<sheet name='Second' sheetId='2' r:id='rId2'/>"));
  auto const first = read_table(content);
  CHECK(first.report.sheet == "People");
  CHECK(first.report.sheets == std::vector<std::string>{"People", "Second"});
  ReadOptions options;
  options.sheet = "Second";
  CHECK(read_table(content, options).rows.at(0).cells.at(0).text == "second");
  options.sheet = "Third";
  CHECK(read_table(content, options).report.stopped->problem == Problem::sheet_not_found);
}

TEST_CASE("workbooks that are damaged, hostile or of another kind are refused") {
  Folder folder;
  auto with = [&](std::string const& part, std::string const& content) {
    auto parts = workbook("<row><c><v>1</v></c></row>");
    for (auto& [name, old] : parts) {
      if (name == part) old = content;
    }
    return zip_of(folder, parts);
  };
  auto const bomb = "<worksheet><sheetData>" + std::string(30 << 20, ' ') + "</sheetData></worksheet>";
  auto const entity =
      "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><worksheet><sheetData><row><c "
      "t='inlineStr'><is><t>&b;</t></is></c></row></sheetData></worksheet>";
  auto const good = zip_of(folder, workbook("<row><c><v>1</v></c></row>"));
  std::string nested = "<worksheet>";
  for (int i = 0; i < 100; ++i) nested += "<a>";
  Parts crowd;
  for (int i = 0; i < 2'100; ++i) crowd.push_back({fmt::format("part{}", i), "x"});
  struct Example {
    char const* name;
    std::string content;
    Problem problem;
  };
  std::vector<Example> const examples = {
      {"bomb", with("xl/worksheets/sheet1.xml", bomb), Problem::suspicious_archive},
      {"thousands of entries", zip_of(folder, crowd), Problem::suspicious_archive},
      {"entities", with("xl/worksheets/sheet1.xml", entity), Problem::damaged},
      {"XML that is not closed", with("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>"), Problem::damaged},
      {"nesting", with("xl/worksheets/sheet1.xml", nested), Problem::damaged},
      {"another ZIP", zip_of(folder, {{"readme.txt", "hello"}}), Problem::not_a_table},
      {"a text document", with("xl/workbook.xml", "<document/>"), Problem::not_a_table},
      {"OpenDocument", zip_of(folder, {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}}),
       Problem::open_document},
      {"the second half is missing", good.substr(0, good.size() / 2), Problem::damaged},
      {"no rows", zip_of(folder, workbook("")), Problem::empty_file},
  };
  for (auto const& example : examples) {
    CAPTURE(example.name);
    auto const report = read_table(example.content).report;
    REQUIRE(report.stopped);
    CAPTURE(sentence_of(*report.stopped));
    CHECK(report.stopped->problem == example.problem);
  }
}

TEST_CASE("rows of a workbook that exceed limits are reported and the others are kept") {
  Folder folder;
  auto const rows =
      "<row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r='ZZ2'><v>1</v></c></row><row r='3'><c r='B3' "
      "t='inlineStr'><is><t>" +
      std::string(40'000, 'x') + "</t></is></c></row><row r='4'><c r='A4'><v>4</v></c></row>";
  auto const table = read_table(zip_of(folder, workbook(rows)));
  CHECK(table.report.defects ==
        std::vector<Defect>{{Problem::too_many_columns, 2, 0, "300"}, {Problem::cell_too_long, 3, 2, "32768"}});
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[1].line == 4);
}

TEST_CASE("a workbook that is written is read with the same types") {
  Folder folder;
  auto const path = folder.path / "out.xlsx";
  XlsxWriter writer(path);
  writer.add_sheet({"Errors: [all]", {{"Surname", 30}, {"Born", 12}, {"Count", 8}}, true});
  writer.row({{std::string("=1+1")}, {Date(1990, 2, 1)}, {std::int64_t{7}}});
  writer.row({{std::string("Muñoz"), Emphasis::wrong, "Give the name as in the passport."}, {Date(1890, 2, 1)}, {2.5}});
  writer.row({{true}, {Instant{1'900'000'000'000}}, {}});
  writer.add_sheet({"Errors: [all]", {{"Other"}}, false});
  writer.row({{std::string("x")}});
  REQUIRE(writer.finish());
  auto const content = content_of(path);
  auto const table = read_table(content);
  CHECK(table.report.defects.empty());
  CHECK(table.report.sheets == std::vector<std::string>{"Errors all", "Errors all 2"});
  REQUIRE(table.rows.size() == 4);
  CHECK(table.rows[0].cells[0].text == "Surname");
  CHECK(table.rows[1].cells[0] == Cell{CellKind::text, "=1+1"});
  CHECK(table.rows[1].cells[1].day == Date(1990, 2, 1));
  CHECK(table.rows[1].cells[2].number == 7);
  CHECK(table.rows[2].cells[0].text == "Muñoz");
  CHECK(table.rows[2].cells[1].text == "1890-02-01");
  CHECK(table.rows[3].cells[0].kind == CellKind::truth);
  CHECK(table.rows[3].cells[1].text == "2030-03-17 17:46:40");
  auto archive = Archive::open(content, Limits{});
  REQUIRE(archive);
  std::string comments;
  archive->read("xl/comments1.xml", [&](std::string_view chunk) {
    comments += chunk;
    return true;
  });
  CHECK(comments.find("Give the name as in the passport.") != std::string::npos);
}

TEST_CASE("a writer that is abandoned leaves no file") {
  Folder folder;
  auto const path = folder.path / "gone.xlsx";
  {
    XlsxWriter writer(path);
    writer.add_sheet({"A", {{"x"}}, true});
  }
  CHECK_FALSE(std::filesystem::exists(path));
  XlsxWriter nowhere(folder.path / "absent" / "x.xlsx");
  nowhere.add_sheet({"A", {{"x"}}, true});
  CHECK_FALSE(nowhere.finish());
}

TEST_CASE("a package holds bytes, files and streams under safe and unique names") {
  Folder folder;
  std::ofstream(folder.path / "plain.txt") << "from disk";
  auto stream = []() -> PullBytes {
    auto left = std::make_shared<int>(200'000);
    return [left](std::span<std::uint8_t> buffer) {
      auto const count = std::min<std::size_t>(buffer.size(), static_cast<std::size_t>(*left));
      std::fill_n(buffer.begin(), count, 's');
      *left -= static_cast<int>(count);
      return count;
    };
  };
  std::vector<ZipEntry> entries;
  entries.push_back({"form.pdf", std::string("bytes")});
  entries.push_back({"FORM.pdf", std::string("same name")});
  entries.push_back({"../../etc/passwd", folder.path / "plain.txt"});
  entries.push_back({"stream.bin", std::function<PullBytes()>(stream)});
  REQUIRE(write_zip(folder.path / "package.zip", entries, Instant{1'900'000'000'000}));
  auto const content = content_of(folder.path / "package.zip");
  auto archive = Archive::open(content, Limits{});
  REQUIRE(archive);
  CHECK(archive->names() == std::vector<std::string>{"form.pdf", "FORM (2).pdf", "etc/passwd", "stream.bin"});
  std::size_t count = 0;
  CHECK_FALSE(archive->read("stream.bin", [&](std::string_view chunk) {
    count += chunk.size();
    return true;
  }));
  CHECK(count == 200'000);

  auto const broken = std::function<PullBytes()>(
      []() -> PullBytes { return [](std::span<std::uint8_t>) -> std::size_t { throw std::runtime_error("gone"); }; });
  CHECK_FALSE(write_zip(folder.path / "broken.zip", {{"x", broken}}, Instant{}));
  CHECK_FALSE(std::filesystem::exists(folder.path / "broken.zip"));
}

TEST_CASE("names in a package stay inside it and unpack on every system") {
  struct Example {
    char const* name;
    char const* safe;
  };
  for (Example const& example : std::vector<Example>{{"a/b.pdf", "a/b.pdf"},
                                                     {"..\\..\\x", "x"},
                                                     {"/etc/passwd", "etc/passwd"},
                                                     {"C:\\x.txt", "C_/x.txt"},
                                                     {"", "file"},
                                                     {"...", "file"},
                                                     {"con.txt", "_con.txt"},
                                                     {"a\x01"
                                                      "b",
                                                      "a_b"},
                                                     {"Muñoz.pdf", "Muñoz.pdf"},
                                                     {"name. ", "name"},
                                                     {"bad\xFF", "bad_"}}) {
    CAPTURE(example.name);
    CHECK(safe_zip_name(example.name) == example.safe);
  }
}
