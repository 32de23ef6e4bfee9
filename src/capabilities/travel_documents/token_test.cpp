// Sealing keys in a token: made there, used through PKCS#11, found again, and what is said when the token is not the right one.
// The token is SoftHSM's.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include <fmt/format.h>

#include "capabilities/travel_documents/seal_keys.hpp"
#include "capabilities/travel_documents/trust_bundle.hpp"
#include "support/database_for_tests.hpp"

namespace rcms::travel_documents {
namespace {

namespace fs = std::filesystem;

constexpr auto module_file = "/usr/lib/softhsm/libsofthsm2.so";

void write(fs::path const& file, std::string const& text) { std::ofstream(file) << text; }

/// One folder of tokens for the whole process: the module reads where it is only once.
struct SoftTokens {
  tests::TemporaryFolder folder;

  SoftTokens() {
    REQUIRE_MESSAGE(fs::exists(module_file), "softhsm2 is not installed: run ./setup --tests");
    fs::create_directories(folder.path() / "tokens");
    write(folder.path() / "softhsm2.conf",
          "directories.tokendir = " + (folder.path() / "tokens").string() + "\nlog.level = ERROR\n");
    write(folder.path() / "pin", "271828\n");
    write(folder.path() / "wrong", "000000\n");
    ::setenv("SOFTHSM2_CONF", (folder.path() / "softhsm2.conf").c_str(), 1);
  }

  void make(std::string const& label) const {
    auto const command =
        fmt::format("softhsm2-util --init-token --free --label {} --so-pin 31415926 --pin 271828 > /dev/null", label);
    REQUIRE(std::system(command.c_str()) == 0);
  }
  std::string address(std::string const& label, std::string const& pin = "pin") const {
    return fmt::format("pkcs11:token={}?module-path={}&pin-source=file:{}", label, module_file, (folder.path() / pin).string());
  }
};

SoftTokens const& tokens() {
  static SoftTokens const all;
  static bool const are_made = [] {
    all.make("ministry");
    all.make("other");
    return true;
  }();
  CHECK(are_made);
  return all;
}

TEST_CASE("a State's keys are made in its token and sign from there, also after a new start") {
  tests::TemporaryFolder folder;
  Date const day(2031, 2, 12);
  SealKeys keys(folder.path());
  REQUIRE(keys.set("UTO", {tokens().address("ministry"), 2}).has_value());
  CHECK(keys.settings("UTO").persons == 2);
  auto const made = keys.signer("UTO", day);
  auto const message = as_bytes("what is sealed");
  CHECK(made.certificate.key.verifies(message, made.key.sign(message).value()));

  SealKeys again(folder.path());
  auto const seals = again.all({"UTO"});
  REQUIRE(seals.size() == 1);
  auto const signer = again.signer("UTO", day.plus_days(30));
  CHECK(signer.certificate.der == made.certificate.der);
  CHECK(signer.certificate.key.verifies(message, signer.key.sign(message).value()));
  CHECK(signer.certificate.is_issued_by(seals[0].authority));
  CHECK(seals[0].authority.is_issued_by(seals[0].authority));
  CHECK(read_trust_bundle(render_trust_bundle(seals, {}, day)).has_value());
  for (auto const& entry : fs::directory_iterator(folder.path() / "uto")) {
    std::ifstream in(entry.path());
    std::string const text(std::istreambuf_iterator<char>(in), {});
    CHECK(text.find("PRIVATE") == std::string::npos);
  }
  auto const next = again.signer("UTO", day.plus_months(12));
  CHECK(next.certificate.serial != made.certificate.serial);
}

TEST_CASE("a revocation list is signed in the token too") {
  auto const token = Token::at(tokens().address("ministry")).value();
  auto const key = token->make_key("list", seal::Curve::p384);
  Date const day(2031, 2, 12);
  auto const authority =
      seal::Certificate::read(seal::make_authority_certificate(key, {"UT", "CSCA", 1, day, day.plus_months(60)}).value()).value();
  auto const list = seal::make_revocation_list(key, authority.der, {1, day, day.plus_days(30), {"A01"}});
  REQUIRE(list.has_value());
  auto const read = seal::RevocationList::read(*list).value();
  CHECK(read.is_issued_by(authority));
  CHECK(read.serials == std::vector<std::string>{"A01"});
  CHECK_THROWS_WITH(token->make_key("list", seal::Curve::p384), doctest::Contains("already"));
}

TEST_CASE("what a token cannot do is said, and never half done") {
  auto const is_refused = [](std::string const& address) {
    auto const token = Token::at(address);
    return !token && token.error().field == "token" && token.error().why == Why::field_invalid;
  };
  CHECK(is_refused(""));
  CHECK(is_refused("pkcs11:"));
  CHECK(is_refused("pkcs11:token=ministry"));
  CHECK(is_refused("pkcs11:token=ministry?module-path=/usr/lib/x.so"));
  CHECK(is_refused("pkcs11:?module-path=/usr/lib/x.so&pin-source=file:/dev/null"));

  Date const day(2031, 2, 12);
  struct Row {
    char const* name;
    std::string address;
    char const* told;
  };
  for (auto const& row :
       {Row{"no such module", "pkcs11:token=a?module-path=/nowhere.so&pin-source=file:/dev/null", "cannot be loaded"},
        Row{"no such token", tokens().address("nobody"), "is not there"},
        Row{"a wrong PIN", tokens().address("ministry", "wrong"), "signing in"},
        Row{"no PIN", tokens().address("ministry", "absent"), "PIN"}}) {
    CAPTURE(row.name);
    tests::TemporaryFolder folder;
    SealKeys keys(folder.path());
    REQUIRE(keys.set("UTO", {row.address, 1}).has_value());
    CHECK_THROWS_WITH((void)keys.signer("UTO", day), doctest::Contains(row.told));
    CHECK_FALSE(fs::exists(folder.path() / "uto" / "authority.pem"));
  }
}

TEST_CASE("another token than the one of the certificates signs nothing; verifying needs none") {
  tests::TemporaryFolder folder;
  Date const day(2031, 2, 12);
  SealKeys keys(folder.path());
  REQUIRE(keys.set("XAR", {tokens().address("ministry"), 1}).has_value());
  auto const signer = keys.signer("XAR", day);
  REQUIRE(keys.set("XAR", {tokens().address("other"), 1}).has_value());
  auto const seals = keys.all({"XAR"});
  CHECK(seals.at(0).signers.at(0).certificate.der == signer.certificate.der);
  CHECK_THROWS_WITH((void)keys.signer("XAR", day).key.sign(as_bytes("x")), doctest::Contains("no key"));
  (void)Token::at(tokens().address("other")).value()->make_key("rcms-xar-signer-01", seal::Curve::p256);
  auto const refused = keys.signer("XAR", day).key.sign(as_bytes("x"));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().why == Why::does_not_verify);
}

TEST_CASE("settings that are not ours stop the keys instead of opening them") {
  tests::TemporaryFolder folder;
  SealKeys keys(folder.path());
  CHECK(keys.settings("UTO").persons == 1);
  CHECK(keys.set("UTO", {{}, 3}).error().field == "persons");
  fs::create_directories(folder.path() / "uto");
  for (auto const* text : {"", "{}", "[]", R"({"token":"","persons":0})", R"({"persons":"2"})"}) {
    CAPTURE(text);
    write(folder.path() / "uto" / "settings.json", text);
    CHECK_THROWS((void)keys.settings("UTO"));
  }
}

}  // namespace
}  // namespace rcms::travel_documents
