// Pages as they come out: sound files, embedded fonts, text layer, exact pitch, same bytes, barcodes read back.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "foundation/pages/barcode.hpp"
#include "foundation/pages/chart.hpp"
#include "foundation/pages/document_picture.hpp"
#include "foundation/pages/pdf_file.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "foundation/pages/report.hpp"

namespace rcms {
namespace {

void fonts_once() {
  static bool const done = [] {
    use_fonts(RCMS_FONTS_DIR);
    return true;
  }();
  REQUIRE(done);
}

DocumentInformation information(std::string language = "en") {
  return {"Monthly report", "Utopia", "Test", std::move(language), Instant{1'790'000'000'000}};
}

/// What a command prints about the file; the tools are poppler's and qpdf's own programs.
std::string said_by(std::string const& command, Bytes const& pdf) {
  auto folder = std::filesystem::temp_directory_path() / ("rcms-pages-" + to_hex(random_bytes(6)));
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "file.pdf", std::ios::binary)
      .write(reinterpret_cast<char const*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
  auto line = command + " " + (folder / "file.pdf").string() + " > " + (folder / "out").string() + " 2>&1";
  int status = std::system(line.c_str());
  std::ifstream out(folder / "out");
  std::string text((std::istreambuf_iterator<char>(out)), std::istreambuf_iterator<char>());
  std::filesystem::remove_all(folder);
  return "status " + std::to_string(status) + "\n" + text;
}

Report sample(ReportOptions options) {
  Report report(std::move(options));
  report.heading("Returns in October 2031", 1).paragraph("Two States, one file. Ñandú, Łódź, Đặng.");
  report.fields({{"Requesting State", "Arcadia"}, {"Requested State", "Utopia"}, {"Period", "2031-10"}});
  report.notice("Figures of invented people.", Notice::important);
  Table table{{{"Month", 2}, {"Requests", 1, Align::end}}, {}, {"Total", "1,770"}};
  for (int i = 0; i < 60; ++i) table.rows.push_back({"Row " + std::to_string(i), std::to_string(i)});
  report.heading("Table").table(table);
  report.bar_chart({"Requests by month", {"Aug", "Sep", "Oct"}, {{"sent", {12, 30, 18}}, {"answered", {10, 22, 17}}}});
  report.line_chart({"Days to answer", {"Aug", "Sep", "Oct"}, {{"median", {12, 9.5, 8}}}, "days"});
  return report;
}

TEST_CASE("a report is a sound PDF with embedded fonts, its text can be searched, and pages are numbered") {
  ReportOptions options;
  options.information = information();
  options.header = "RCMS monthly report";
  options.running_label = "DEMONSTRATION";
  auto pdf = sample(options).finish();
  CHECK(check_pdf(pdf).empty());
  CHECK(said_by("qpdf --check", pdf).find("No syntax or stream encoding errors found") != std::string::npos);
  auto fonts = said_by("pdffonts", pdf);
  CHECK(fonts.find("NotoSans") != std::string::npos);
  CHECK(fonts.find(" no  ") == std::string::npos);
  auto pages = count_pdf_pages(pdf).value();
  CHECK(pages >= 3);
  auto first = read_pdf_text(pdf, 0).value();
  for (auto const* expected : {"Returns in October 2031", "Ñandú, Łódź, Đặng.", "DEMONSTRATION", "Arcadia"}) {
    CAPTURE(expected);
    CHECK(first.find(expected) != std::string::npos);
  }
  first.erase(std::remove(first.begin(), first.end(), ' '), first.end());
  CHECK(first.find("1/" + std::to_string(pages)) != std::string::npos);
  auto second = read_pdf_text(pdf, 1).value();
  CHECK(second.find("Month") != std::string::npos);  // the titles of the table repeat
}

TEST_CASE("the same content and instant give the same bytes, another instant does not") {
  ReportOptions options;
  options.information = information();
  auto first = sample(options).finish();
  CHECK(first == sample(options).finish());
  options.information.created_at.ms += 1000;
  CHECK(first != sample(options).finish());
}

TEST_CASE("Arabic and Bengali are shaped and kept in the text layer, a page may run from right to left") {
  ReportOptions options;
  options.information = information("ar");
  options.direction = Direction::right_to_left;
  Report report(options);
  report.heading("تقرير شهري", 1).paragraph("محمد بن زكريا").paragraph("রহমান আমিনা");
  report.table({{{"الشهر", 2}, {"العدد", 1, Align::end}}, {{"أكتوبر", "12"}}});
  auto pdf = report.finish();
  CHECK(check_pdf(pdf).empty());
  auto fonts = said_by("pdffonts", pdf);
  CHECK(fonts.find("Arabic") != std::string::npos);
  CHECK(fonts.find("Bengali") != std::string::npos);
  auto text = said_by("pdftotext -raw", pdf) + read_pdf_text(pdf, 0).value();
  CHECK(text.find("রহমান") != std::string::npos);
  // The heading begins at the right: the left half of its band is white.
  auto picture = render_pdf_page(pdf, 0, 72).value();
  int ink_left = 0;
  int ink_right = 0;
  for (int y = 40; y < 90; ++y) {
    for (int x = 0; x < picture.width; ++x) (x < picture.width / 2 ? ink_left : ink_right) += picture.at(x, y) < 128 ? 1 : 0;
  }
  CHECK(ink_left == 0);
  CHECK(ink_right > 50);
}

/// Words of a table that are one line in the text layer.
bool has_line(Bytes const& pdf, int page, std::string const& words) {
  return read_pdf_text(pdf, page).value().find(words) != std::string::npos;
}

Table rows_of(std::string const& name, int count) {
  Table table{{{"Row", 2}, {"Number", 1, Align::end}}, {}};
  for (int i = 0; i < count; ++i) table.rows.push_back({name + std::to_string(i), std::to_string(i)});
  return table;
}

TEST_CASE("a column that is whole is not broken while there is room, and words of the others are not broken within") {
  fonts_once();
  ReportOptions options;
  options.information = information();
  auto const set = [&](bool is_whole) {
    Report report(options);
    report.table({{{"Documentation", 1}, {"Issued", 1, Align::start, is_whole}, {"Number", 1}, {"Remark", 5}},
                  {{"Passport", "26 September 2029", "P0106737", "Seen by two officers of the authority at the border"}}});
    return report.finish();
  };
  CHECK(has_line(set(true), 0, "26 September 2029"));
  CHECK_FALSE(has_line(set(false), 0, "26 September 2029"));
  CHECK(has_line(set(true), 0, "Documentation"));
}

TEST_CASE("a small table and its heading stay on one page, a large one is broken between rows and no heading is left behind") {
  fonts_once();
  ReportOptions options;
  options.information = information();
  for (int lines = 0; lines < 40; lines += 3) {
    CAPTURE(lines);
    Report report(options);
    for (int i = 0; i < lines; ++i) report.paragraph("A paragraph of one line.");
    report.heading("Small section").table(rows_of("small", 8)).heading("Large section").table(rows_of("large", 70));
    auto const pdf = report.finish();
    int const pages = count_pdf_pages(pdf).value();
    int begins = -1;
    for (int page = 0; page < pages; ++page) {
      bool const small = has_line(pdf, page, "Small section");
      CHECK(small == has_line(pdf, page, "small0"));
      CHECK(small == has_line(pdf, page, "small7"));
      if (!has_line(pdf, page, "Large section")) continue;
      begins = page;
      CHECK(has_line(pdf, page, "large2"));
    }
    CHECK(begins >= 0);
    CHECK(has_line(pdf, pages - 1, "large68"));  // the last row is not alone
    CHECK(has_line(pdf, pages - 1, "large69"));
  }
}

TEST_CASE("tables stand beside each other, and a row or a value that is longer than a page goes on upon the next one") {
  fonts_once();
  ReportOptions options;
  options.information = information();
  Report report(options);
  report.beside({rows_of("left", 5), rows_of("right", 3)});
  auto const beside = report.finish();
  auto const text = read_pdf_text(beside, 0).value();
  CHECK(text.find("right0") < text.find("left1"));  // the same line
  std::string words;
  for (int i = 0; i < 2'000; ++i) words += "word" + std::to_string(i) + " ";
  for (bool const in_table : {true, false}) {
    CAPTURE(in_table);
    Report long_one(options);
    if (in_table) long_one.table({{{"Kind", 1}, {"Text", 2}}, {{"statement", words}}});
    else long_one.fields({{"Statement", words}, {"Beside it", "short"}}, 2);
    auto const pdf = long_one.finish();
    std::string all;
    int const pages = count_pdf_pages(pdf).value();
    CHECK(pages > 2);
    for (int page = 0; page < pages; ++page) all += read_pdf_text(pdf, page).value() + "\n";
    for (int i = 0; i < 2'000; ++i) REQUIRE(all.find("word" + std::to_string(i)) != std::string::npos);
  }
  // One word that no line holds is cut between its characters, and nothing of it is lost.
  Report endless(options);
  std::string one_word;
  for (int i = 0; i < 9'000; ++i) one_word += "ñ";
  endless.fields({{"Word", one_word}}, 2);
  auto const cut = endless.finish();
  std::size_t found = 0;
  for (int page = 0; page < count_pdf_pages(cut).value(); ++page) {
    auto const part = read_pdf_text(cut, page).value();
    for (auto at = part.find("ñ"); at != std::string::npos; at = part.find("ñ", at + 1)) ++found;
  }
  CHECK(found == 9'000);
}

TEST_CASE("eight threads set text at once, and each page comes out as if it were alone") {
  fonts_once();
  auto const draw = [](std::size_t number) {
    Canvas canvas(a4, information());
    TextStyle style;
    style.family = number % 2 == 0 ? text_family : serif_family;
    style.weight = number % 3 == 0 ? Weight::bold : Weight::normal;
    for (int page = 0; page < 3; ++page) {
      for (int line = 0; line < 12; ++line) {
        style.size_pt = 6 + (static_cast<int>(number) * 5 + page * 7 + line) % 23;
        canvas.text(15, 15 + 18.0 * line, "Łódź, Đặng 12 رحمان রহমান " + std::to_string(number), style);
      }
      style.slant = page == 0 ? Slant::italic : Slant::upright;
      canvas.next_page();
    }
    style.family = mrz_family;
    canvas.fixed_pitch_text(10, 50, "PUUTORAHMAN<<AMINA<<<<<<<<<<<<<<<<<<", style, 2.54);
    return canvas.finish();
  };
  constexpr std::size_t kinds = 8;
  std::vector<Bytes> alone;
  for (std::size_t number = 0; number < kinds; ++number) alone.push_back(draw(number));
  std::vector<std::vector<Bytes>> drawn(kinds);
  // Threads end and new ones begin: what a thread leaves behind when it ends is given up beside the others too.
  for (int round = 0; round < 3; ++round) {
    std::vector<std::thread> threads;
    for (std::size_t number = 0; number < kinds; ++number) {
      threads.emplace_back([&, number] {
        for (int again = 0; again < 3; ++again) drawn[number].push_back(draw(number));
      });
    }
    for (auto& thread : threads) thread.join();
  }
  for (std::size_t number = 0; number < kinds; ++number) {
    for (auto const& page : drawn[number]) CHECK(page == alone[number]);
  }
}

TEST_CASE("the font of the zone has its exact pitch of 2.54 millimetres and is embedded as TrueType") {
  fonts_once();
  REQUIRE(has_font(mrz_family));
  CHECK(!has_font("No Such Family"));
  Canvas canvas(a4, information());
  TextStyle style;
  style.family = mrz_family;
  style.size_pt = mrz_size_pt;
  std::string line = "PUUTORAHMAN<<AMINA<<<<<<<<<<<<<<<<<<";
  CHECK(canvas.measure(line, style).width_mm == doctest::Approx(36 * 2.54).epsilon(0.0005));
  canvas.fixed_pitch_text(10, 50, line, style, 2.54);
  auto pdf = canvas.finish();
  CHECK(read_pdf_text(pdf, 0).value().find(line) != std::string::npos);
  CHECK(said_by("pdffonts", pdf).find("RCMS-OCR-B") != std::string::npos);
}

TEST_CASE("pictures are taken as PNG and JPEG and refused otherwise") {
  Picture grey{40, 30, std::vector<std::uint8_t>(1200, 90)};
  auto png = encode_png(grey);
  CHECK(decode_picture(png)->grey == grey.grey);
  Canvas canvas(a4, information());
  CHECK(canvas.image(10, 10, 50, 50, png).has_value());
  CHECK(canvas.image(10, 10, 50, 50, as_bytes("GIF89a")).error().why == Why::unsupported_type);
  auto cut = Bytes(png.begin(), png.begin() + 40);
  CHECK(decode_picture(cut).error().why == Why::malformed);
  CHECK(decode_picture(Bytes{0xFF, 0xD8, 0xFF, 0x00}).error().why == Why::malformed);
  CHECK(check_pdf(canvas.finish()).empty());
}

TEST_CASE("any bytes come back from both kinds of barcode") {
  bool held = rc::check([] {
    auto symbol = *rc::gen::element(Symbol::data_matrix, Symbol::qr);
    auto bytes = *rc::gen::container<Bytes>(*rc::gen::inRange<std::size_t>(1, 300), rc::gen::arbitrary<std::uint8_t>());
    auto modules = make_barcode(symbol, bytes);
    RC_ASSERT(modules.has_value());
    auto found = find_barcode(draw_modules(*modules, 4));
    RC_ASSERT(found.has_value());
    RC_ASSERT(found->bytes == bytes);
    RC_ASSERT(found->symbol == symbol);
  });
  CHECK(held);
  CHECK(make_barcode(Symbol::qr, Bytes(3000, 7)).error().why == Why::too_large);
  CHECK(make_barcode(Symbol::data_matrix, Bytes()).error().why == Why::field_missing);
}

TEST_CASE("a small Data Matrix on a full page is found, and a page without any says what to do") {
  Bytes payload(134);
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<std::uint8_t>(i * 37);
  Canvas canvas(a4, information());
  TextStyle style;
  style.width_mm = 170;
  for (int i = 0; i < 12; ++i)
    canvas.text(20, 20 + 9 * i, "Many lines of text around the symbol make the search harder than on a white page.", style);
  canvas.modules(150, 200, make_barcode(Symbol::data_matrix, payload).value(), 0.6);
  auto pdf = canvas.finish();
  CHECK(read_document_picture(pdf)->bytes == payload);
  CHECK(read_document_picture(encode_png(render_pdf_page(pdf, 0, 150).value()))->bytes == payload);
  Canvas empty(a4, information());
  empty.text(20, 20, "nothing", style);
  CHECK(read_document_picture(empty.finish()).error().why == Why::not_found);
  CHECK(read_document_picture(as_bytes("%PDF-1.4 broken")).error().why == Why::malformed);
  CHECK(read_document_picture(as_bytes("hello")).error().why == Why::unsupported_type);
}

TEST_CASE("scales of charts have round steps") {
  CHECK(round_step(30, 5) == 10);
  CHECK(round_step(9, 5) == 2);
  CHECK(round_step(0, 5) == 1);
  CHECK(round_step(1234, 5) == 500);
}

TEST_CASE("files are attached to a PDF and it stays sound") {
  Canvas canvas(a4, information());
  canvas.text(20, 20, "With attachment", {});
  auto pdf = attach_to_pdf(canvas.finish(), {{"data.json", "application/json", Bytes{'{', '}'}}}, Instant{1'790'000'000'000});
  REQUIRE(pdf.has_value());
  CHECK(check_pdf(*pdf).empty());
  CHECK(said_by("pdfdetach -list", *pdf).find("data.json") != std::string::npos);
  CHECK(attach_to_pdf(Bytes{1, 2}, {}, Instant{}).error().why == Why::malformed);
}

}  // namespace
}  // namespace rcms
