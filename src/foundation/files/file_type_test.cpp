#include <doctest/doctest.h>

#include "foundation/files/file_type.hpp"
#include "foundation/files/metadata.hpp"
#include "foundation/files/samples_for_tests.hpp"

using namespace rcms;
using namespace rcms::files;
using samples::bytes_of;
using samples::raw;

TEST_CASE("the type of a file is told by its content, whatever its name") {
  auto fmr = raw("FMR\0 20\0\0\0\0\x18\0\0\0\0\0\0\0\0\0\0\0\0");
  struct Example {
    char const* name;
    Bytes content;
    FileType type;
    char const* saved_as;
  };
  std::vector<Example> const examples = {
      {"passport.exe", samples::plain_pdf(), FileType::pdf, "passport.exe.pdf"},
      {"photo.JPEG", samples::jpeg(), FileType::jpeg, "photo.JPEG"},
      {"photo", samples::png(), FileType::png, "photo.png"},
      {"C:\\scans\\scan.tif", raw("II*\0\x08\0\0\0\0\0\0\0\0\0\0\0"), FileType::tiff, "scan.tif"},
      {"finger.wsq", raw("\xFF\xA0\xFF\xA8\0\x04xy\xFF\xA1"), FileType::wsq, "finger.wsq"},
      {"finger.fmr", fmr, FileType::iso_fingerprint, "finger.fmr"},
      {"prints", bytes_of("1.001:100\x1D" "1.002:0400\x1C"), FileType::nist, "prints.nist"},
      {"minutes.txt", bytes_of("Interview held.\r\nThe person spoke Español.\n"), FileType::plain_text, "minutes.txt"},
  };
  for (auto const& example : examples) {
    CAPTURE(example.name);
    auto const checked = check_file(example.name, example.content);
    REQUIRE(checked);
    CHECK(checked->type == example.type);
    CHECK(checked->name == example.saved_as);
    CHECK(checked->size == example.content.size());
    CHECK(checked->sha256.size() == 64);
  }
}

TEST_CASE("programs, pages, archives and office documents are refused with their reason") {
  std::string tar(600, 'x');
  tar.replace(257, 5, "ustar");
  auto const cut_jpeg = samples::jpeg();
  auto const whole_png = samples::png();
  struct Example {
    char const* name;
    Bytes content;
    char const* field;
  };
  std::vector<Example> const examples = {
      {"empty", {}, "file.empty"},
      {"Windows program named .pdf", raw("MZ\x90\0\x03\0\0\0"), "file.program"},
      {"Linux program",
       raw("\x7F"
           "ELF\x02\x01\x01"),
       "file.program"},
      {"Windows shortcut", raw("L\0\0\0\x01\x14\x02\0\0"), "file.program"},
      {"shell script", bytes_of("#!/bin/sh\nrm -rf /\n"), "file.script"},
      {"ZIP", raw("PK\x03\x04\x14\0\0\0\0\0"), "file.archive"},
      {"tar", bytes_of(tar), "file.archive"},
      {"gzip", raw("\x1F\x8B\x08\0"), "file.archive"},
      {"web page", bytes_of("  <!DOCTYPE html><p>"), "file.html"},
      {"web page without a frame", bytes_of("hello <script>alert(1)</script>"), "file.active_text"},
      {"SVG", bytes_of("<svg xmlns='x'><script/></svg>"), "file.svg"},
      {"XML", bytes_of("<?xml version='1.0'?><x/>"), "file.svg"},
      {"workbook", bytes_of("PK\x03\x04..........................[Content_Types].xml"), "file.office_document"},
      {"workbook with macros", bytes_of("PK\x03\x04..........................[Content_Types].xml xl/vbaProject.bin"),
       "file.office_macros"},
      {"old document with macros", raw("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 ... V\0B\0A\0"), "file.office_macros"},
      {"GIF", raw("GIF89a\x01\0\xFF\xFF"), "file.other_picture"},
      {"HEIC",
       raw("\0\0\0\x18"
           "ftypheic\0\0\0\0"),
       "file.other_picture"},
      {"noise", raw("\x80\x81\x82\x83"), "file.unknown"},
      {"text with control characters",
       raw("a\x01"
           "b"),
       "file.unknown"},
      {"JPEG cut off", Bytes(cut_jpeg.begin(), cut_jpeg.begin() + 100), "file.damaged"},
      {"JPEG signature before a program", raw("\xFF\xD8\xFF\xE0MZ this program\xFF\xD9"), "file.damaged"},
      {"PNG with damaged data", Bytes(whole_png.begin(), whole_png.begin() + 40), "file.damaged"},
      {"PDF without pages", bytes_of("%PDF-1.7\nhello\n%%EOF"), "file.damaged"},
      {"ISO template with a wrong length", raw("FMR\0 20\0\0\0\0\x99\0\0\0\0\0\0\0\0\0\0\0\0"), "file.damaged"},
  };
  for (auto const& example : examples) {
    CAPTURE(example.name);
    auto const checked = check_file("document.pdf", example.content);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().why == Why::unsupported_type);
    CHECK(checked.error().field == example.field);
    CHECK_FALSE(checked.error().detail.empty());
  }
}

TEST_CASE("files and pictures above their limits are refused") {
  FileLimits limits;
  limits.bytes = 100;
  CHECK(check_file("a.txt", Bytes(101, 'x'), limits).error().why == Why::too_large);
  CHECK(check_file("a.txt", Bytes(100, 'x'), limits));
  FileLimits few;
  few.pixels = 1'000;
  CHECK(check_file("a.jpg", samples::jpeg(64, 48), few).error().why == Why::too_large);
  CHECK(check_file("a.png", samples::png(64, 48), few).error().why == Why::too_large);
}

TEST_CASE("names of files are made safe and keep an extension that fits") {
  struct Example {
    char const* name;
    char const* safe;
  };
  for (Example const& example : std::vector<Example>{{"../../etc/passwd", "passwd.pdf"},
                                                     {"", "file.pdf"},
                                                     {".pdf", "pdf.pdf"},
                                                     {"Acta núm. 3.PDF", "Acta núm. 3.PDF"},
                                                     {"a\nb.pdf", "a_b.pdf"},
                                                     {"evil\xE2\x80\xAEgpj.exe", "file.pdf"},
                                                     {"bad\xFF.pdf", "file.pdf"},
                                                     {"a?b*.pdf", "a_b_.pdf"}}) {
    CAPTURE(example.name);
    CHECK(safe_file_name(example.name, FileType::pdf) == example.safe);
  }
  auto const longest = safe_file_name(std::string(500, 'n') + ".pdf", FileType::pdf);
  CHECK(longest.size() <= 150);
  CHECK(longest.substr(longest.size() - 4) == ".pdf");
}

TEST_CASE("every type has a word that finds it again") {
  for (auto type : {FileType::pdf, FileType::jpeg, FileType::png, FileType::tiff, FileType::wsq, FileType::iso_fingerprint,
                    FileType::nist, FileType::plain_text}) {
    CHECK(find_type(name_of(type)) == type);
    CHECK_FALSE(media_type_of(type).empty());
  }
  CHECK_FALSE(find_type("exe"));
}
