// The signed copy as other programs meet it: pdfsig and openssl say that the signature is valid, a changed byte is found out.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "capabilities/travel_documents/signed_copy.hpp"
#include "foundation/db/migrations.hpp"
#include "foundation/pages/document_picture.hpp"
#include "foundation/pages/pdf_archive.hpp"
#include "foundation/pages/pdf_file.hpp"
#include "foundation/pages/pdf_reading.hpp"
#include "support/documents_world.hpp"

namespace rcms::travel_documents {
namespace {

/// A folder in which other programs look at files.
struct Bench {
  tests::TemporaryFolder folder;

  void keep(char const* name, std::span<std::uint8_t const> bytes) const {
    std::ofstream(folder.path() / name, std::ios::binary)
        .write(reinterpret_cast<char const*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
  std::string said_by(std::string const& command) const {
    (void)std::system(("cd " + folder.path().string() + " && " + command + " > said 2>&1").c_str());
    std::ifstream file(folder.path() / "said");
    return std::string((std::istreambuf_iterator<char>(file)), {});
  }
};

/// The numbers of /ByteRange.
std::vector<std::size_t> byte_range(std::string_view pdf) {
  auto const at = pdf.find("/ByteRange [");
  REQUIRE(at != std::string_view::npos);
  std::istringstream numbers(std::string(pdf.substr(at + 12, 60)));
  std::vector<std::size_t> range(4);
  for (auto& number : range) numbers >> number;
  return range;
}

TEST_CASE(
    "the copy for another authority is an archive file whose signature other programs find valid, and nothing in it changes") {
  tests::DatabaseForTests database(db::Engine::sqlite);
  db::migrate(database.database(), RCMS_SOURCE_DIR "/db/migrations");
  World world(database.database());
  world.receive();
  auto const document = world.issue(world.application());
  auto const copy = render_signed_copy(world.desk, document).value();
  if (auto const* target = std::getenv("RCMS_KEEP_PRINTS")) {
    std::ofstream(std::string(target) + "/signed.pdf", std::ios::binary)
        .write(reinterpret_cast<char const*>(copy.data()), static_cast<std::streamsize>(copy.size()));
  }
  CHECK(check_pdf(copy).empty());
  for (auto const& defect : check_archive(copy)) FAIL_CHECK(defect);
  CHECK(!check_archive(read_document_pdf(world.desk, document).value()).empty());
  CHECK(read_pdf_text(copy, 0)->find(document.first_line) != std::string::npos);
  CHECK(read_document_picture(copy)->bytes == document.seal);

  Bench bench;
  bench.keep("copy.pdf", copy);
  CHECK(bench.said_by("qpdf --check copy.pdf").find("No syntax or stream encoding errors found") != std::string::npos);
  auto const said = bench.said_by("pdfsig -nocert copy.pdf");
  CAPTURE(said);
  CHECK(said.find("Signature is Valid.") != std::string::npos);
  CHECK(said.find("ETSI.CAdES.detached") != std::string::npos);
  CHECK(said.find("Total document signed") != std::string::npos);
  CHECK(said.find("Signer Certificate Common Name: D1") != std::string::npos);
  CHECK(said.find("SHA-256") != std::string::npos);

  auto const range = byte_range(as_text(copy));
  REQUIRE(range[2] + range[3] == copy.size());
  Bytes covered(copy.begin(), copy.begin() + static_cast<std::ptrdiff_t>(range[1]));
  covered.insert(covered.end(), copy.begin() + static_cast<std::ptrdiff_t>(range[2]), copy.end());
  bench.keep("content", covered);
  auto const hex = as_text(copy).substr(range[1] + 1, range[2] - range[1] - 2);
  // openssl takes no chain in which the authority writes its curve out, as Doc 9303-12 wants: it looks at the signature alone.
  // That the authority issued the signer, and that the signature names this signer, is looked at here.
  auto const signature = from_hex(hex).value();
  bench.keep("signature", signature);
  auto const signer = world.desk.keys.all({"UTO"}).at(0).copy_signers.at(0).certificate;
  auto const named = sha256(signer.der);
  CHECK(std::search(signature.begin(), signature.end(), named.begin(), named.end()) != signature.end());
  std::string const verify =
      "openssl cms -verify -binary -inform DER -in signature -content content -noverify -out /dev/null";
  auto const verified = bench.said_by(verify);
  CAPTURE(verified);
  CHECK(verified.find("CMS Verification successful") != std::string::npos);

  for (std::size_t const at : {std::size_t{20}, range[1] / 2, copy.size() - 30}) {
    CAPTURE(at);
    auto changed = copy;
    changed[at] ^= 0x01;
    auto other = covered;
    other[at < range[1] ? at : at - (range[2] - range[1])] ^= 0x01;
    bench.keep("content", other);
    CHECK(bench.said_by(verify).find("CMS Verification successful") == std::string::npos);
    bench.keep("copy.pdf", changed);
    CHECK(bench.said_by("pdfsig -nocert copy.pdf").find("Signature is Valid.") == std::string::npos);
  }
}

TEST_CASE("the key of copies is not the key of seals") {
  tests::TemporaryFolder folder;
  SealKeys keys(folder.path());
  auto const copies = keys.copy_signer("UTO", today);
  auto const seals = keys.signer("UTO", today);
  CHECK(copies.certificate.serial == "101");
  CHECK(seals.certificate.serial == "11");
  CHECK(!copies.certificate.is_bar_code_signer);
  CHECK(copies.key.public_key() != seals.key.public_key());
  auto const all = keys.all({"UTO"}).at(0);
  CHECK(all.signers.size() == 1);
  CHECK(all.copy_signers.size() == 1);
  CHECK(copies.certificate.is_issued_by(all.authority));
  SealKeys again(folder.path());
  CHECK(again.copy_signer("UTO", today).certificate.der == copies.certificate.der);
  CHECK(again.copy_signer("UTO", today.plus_months(13)).certificate.serial == "102");
  CHECK(again.signer("UTO", today.plus_months(1)).certificate.der == seals.certificate.der);
}

TEST_CASE("what is no drawn page is not signed, and a signature without room is refused") {
  auto const nothing = [](std::span<std::uint8_t const>) -> Result<Bytes> { return Bytes(9000, 1); };
  CHECK(sign_archive_copy({1, 2, 3}, {"A", "B", "C", noon}, nothing).error().why == Why::malformed);
  Canvas canvas(a4, {"Title", "Author", "Subject", "en", noon});
  canvas.rectangle(10, 10, 10, 10, Colour{});
  auto const page = canvas.finish();
  CHECK(sign_archive_copy(page, {"A", "B", "C", noon}, nothing).error().why == Why::too_large);
  auto const refused = [](std::span<std::uint8_t const>) -> Result<Bytes> { return refuse(Why::does_not_verify, "key"); };
  CHECK(sign_archive_copy(page, {"A", "B", "C", noon}, refused).error().why == Why::does_not_verify);
}

}  // namespace
}  // namespace rcms::travel_documents
