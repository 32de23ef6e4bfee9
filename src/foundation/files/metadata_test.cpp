#include <doctest/doctest.h>

#include "foundation/files/metadata.hpp"
#include "foundation/files/samples_for_tests.hpp"

using namespace rcms;
using namespace rcms::files;
using samples::bytes_of;
using samples::raw;

namespace {

bool holds(Bytes const& bytes, std::string_view text) { return as_text(bytes).find(text) != std::string_view::npos; }

}  // namespace

TEST_CASE("a JPEG loses where and with what it was taken, and keeps its picture") {
  auto jpeg = samples::with_segment(samples::jpeg(), 0xFE, "asylum office, room 4");
  jpeg = samples::with_segment(jpeg, 0xE1, samples::exif(6));
  jpeg = samples::with_segment(jpeg, 0xED, "Photoshop 3.0 IPTC author");
  for (char c : std::string_view("hidden behind the end")) jpeg.push_back(static_cast<std::uint8_t>(c));
  auto const stripped = strip_metadata(FileType::jpeg, jpeg);
  REQUIRE(stripped);
  for (auto secret : {"asylum", "camera", "IPTC", "hidden"}) {
    CAPTURE(secret);
    CHECK(holds(jpeg, secret));
    CHECK_FALSE(holds(*stripped, secret));
  }
  CHECK(jpeg_orientation(*stripped) == 6);
  auto const before = decode_picture(FileType::jpeg, jpeg, 1'000'000);
  auto const after = decode_picture(FileType::jpeg, *stripped, 1'000'000);
  REQUIRE(before);
  REQUIRE(after);
  CHECK(before->pixels == after->pixels);
  CHECK(strip_metadata(FileType::jpeg, *stripped) == *stripped);
  CHECK_FALSE(strip_metadata(FileType::jpeg, raw("\xFF\xD8\xFF\xE1\x99")));
}

TEST_CASE("a PNG keeps only what draws it") {
  auto png = samples::with_chunk(samples::png(), "tEXt", std::string("Author\0officer", 14));
  png = samples::with_chunk(png, "eXIf", "gps position");
  png = samples::with_chunk(png, "prVt", "private chunk");
  for (char c : std::string_view("hidden behind the end")) png.push_back(static_cast<std::uint8_t>(c));
  auto const stripped = strip_metadata(FileType::png, png);
  REQUIRE(stripped);
  for (auto secret : {"officer", "gps", "private", "hidden"}) CHECK_FALSE(holds(*stripped, secret));
  CHECK(*stripped == strip_png(samples::png()));
  CHECK(decode_picture(FileType::png, *stripped, 1'000'000)->pixels == decode_picture(FileType::png, png, 1'000'000)->pixels);
}

TEST_CASE("a TIFF loses its descriptions in place") {
  // One directory with width, description (behind it) and software (inside the entry).
  auto tiff = raw("II*\0\x08\0\0\0"
                  "\x03\0"
                  "\0\x01\x03\0\x01\0\0\0\x10\0\0\0"
                  "\x0E\x01\x02\0\x08\0\0\0\x32\0\0\0"
                  "\x31\x01\x02\0\x04\0\0\0Scn\0"
                  "\0\0\0\0"
                  "officer\0");
  auto const stripped = strip_metadata(FileType::tiff, tiff);
  REQUIRE(stripped);
  CHECK(stripped->size() == tiff.size());
  CHECK_FALSE(holds(*stripped, "officer"));
  CHECK_FALSE(holds(*stripped, "Scn"));
  CHECK((*stripped)[8] == 1);
  CHECK(std::equal(tiff.begin() + 10, tiff.begin() + 22, stripped->begin() + 10));
  CHECK(strip_metadata(FileType::tiff, *stripped) == *stripped);
  CHECK_FALSE(strip_metadata(FileType::tiff, raw("II*\0\xFF\xFF\0\0\0\0\0\0\0\0\0\0")));
  CHECK_FALSE(strip_metadata(FileType::tiff, raw("II*\0\x08\0\0\0\0\0\x08\0\0\0\0\0")));  // a directory that follows itself
}

TEST_CASE("a TIFF whose entries all point to the whole file is refused quickly") {
  Bytes tiff = raw("II*\0\x08\0\0\0\x60\xEA");
  for (int i = 0; i < 60'000; ++i) {
    auto const entry = raw("\x0E\x01\x02\0\xFF\xFF\xFF\0\0\0\x10\0");
    tiff.insert(tiff.end(), entry.begin(), entry.end());
  }
  tiff.resize(5'000'000);
  CHECK_FALSE(strip_metadata(FileType::tiff, tiff));
}

TEST_CASE("a WSQ loses its comments") {
  auto const wsq = raw("\xFF\xA0\xFF\xA8\0\x09station\xFF\xA2\0\x04wh\xFF\xA3\0\x03\x01\x12\xFF\0\x34\xFF\xA1tail");
  auto const stripped = strip_metadata(FileType::wsq, wsq);
  REQUIRE(stripped);
  CHECK(*stripped == raw("\xFF\xA0\xFF\xA2\0\x04wh\xFF\xA3\0\x03\x01\x12\xFF\0\x34\xFF\xA1"));
}

TEST_CASE("a PDF loses properties, attachments, scripts, old revisions and metadata of its pictures") {
  auto const inner = std::string(as_text(samples::with_segment(samples::jpeg(16, 16), 0xFE, "scanner of room 4")));
  auto const document = samples::pdf(
      {"<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Names << "
       "/EmbeddedFiles << /Names [(secret.doc) 7 0 R] >> >> >>",
       "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
       "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /PieceInfo << /Maker (office suite) >> /Resources "
       "<< /XObject << /I 9 0 R >> >> "
       "/Annots [10 0 R << /Type /Annot /Subtype /FileAttachment /Rect [0 0 1 1] /FS 7 0 R >>] >>",
       samples::stream("", "q 100 0 0 100 0 0 cm /I Do Q"),
       samples::stream("/Type /Metadata /Subtype /XML", "<x:xmpmeta>creator tool</x:xmpmeta>"),
       "<< /Author (officer) /Producer (asylum office printer) >>", "<< /Type /Filespec /F (secret.doc) /EF << /F 8 0 R >> >>",
       samples::stream("/Type /EmbeddedFile", "embedded secret"),
       samples::stream(
           "/Type /XObject /Subtype /Image /Width 16 /Height 16 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
           inner),
       "<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] /T (annotator) /A << /S /Launch /F (cmd.exe) >> >>"},
      "/Info 6 0 R");
  REQUIRE(check_pdf(document) == 1u);
  auto const stripped = strip_metadata(FileType::pdf, document);
  REQUIRE(stripped);
  REQUIRE(check_pdf(*stripped) == 1u);
  for (auto secret : {"officer", "asylum", "secret", "JavaScript", "xmpmeta", "office suite", "scanner", "cmd.exe", "annotator",
                      "/Metadata", "/EmbeddedFile", "/Filespec", "/FileAttachment", "/Launch"}) {
    CAPTURE(secret);
    CHECK(holds(document, secret));
    CHECK_FALSE(holds(*stripped, secret));
  }
  CHECK(holds(*stripped, "/DCTDecode"));
}

TEST_CASE("text loses its mark, templates stay, and what names its office by design does not leave") {
  CHECK(*strip_metadata(FileType::plain_text, bytes_of("\xEF\xBB\xBFhola")) == bytes_of("hola"));
  CHECK(*strip_metadata(FileType::iso_fingerprint, bytes_of("FMR")) == bytes_of("FMR"));
  CHECK(strip_metadata(FileType::nist, bytes_of("1.001:")).error().why == Why::must_not_leave);
}

TEST_CASE("a picture is shown upright, small and without metadata") {
  auto const turned = samples::with_segment(samples::jpeg(64, 48), 0xE1, samples::exif(6));
  auto const picture = decode_picture(FileType::jpeg, turned, 1'000'000);
  REQUIRE(picture);
  CHECK(picture->width == 48);
  CHECK(picture->height == 64);
  // Orientation 6: the top row of the file is the right side of the picture.
  auto const* right = &picture->pixels[(static_cast<std::size_t>(32) * 48 + 46) * 3];
  CHECK(right[1] > 200);

  for (auto type : {FileType::jpeg, FileType::png}) {
    auto const preview = make_preview(type, type == FileType::jpeg ? samples::jpeg(400, 300) : samples::png(400, 300), 100);
    REQUIRE(preview);
    auto const small = decode_picture(FileType::jpeg, *preview, 1'000'000);
    REQUIRE(small);
    CHECK(small->width == 100);
    CHECK(small->height == 75);
    CHECK(small->pixels[(static_cast<std::size_t>(40) * 100 + 10) * 3] > 200);
    CHECK(small->pixels[(static_cast<std::size_t>(40) * 100 + 90) * 3 + 2] > 200);
  }
  CHECK_FALSE(make_preview(FileType::pdf, samples::plain_pdf(), 100));
}

TEST_CASE("a PDF that needs a password says so") {
  // Made with an empty owner and the user password "x" (RC4, 40 bit): only the dictionary matters here.
  auto const locked = samples::pdf(
      {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R >>",
       "<< /Filter /Standard /V 1 /R 2 /P -4 /O <0101010101010101010101010101010101010101010101010101010101010101> "
       "/U <0202020202020202020202020202020202020202020202020202020202020202> >>"},
      "/Encrypt 4 0 R /ID [<00> <00>]");
  CHECK(check_pdf(locked).error().field == "file.encrypted");
}
