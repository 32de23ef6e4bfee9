#include <doctest/doctest.h>

#include <string>

#include "foundation/access/totp.hpp"

namespace rcms::access {
namespace {

Bytes const rfc_secret = [] {
  std::string_view const text = "12345678901234567890";
  return Bytes(text.begin(), text.end());
}();

std::string code_at(std::int64_t seconds) {
  return hotp_code(rfc_secret, static_cast<std::uint64_t>(seconds / totp_step_seconds), 6);
}

TEST_CASE("codes are those of RFC 6238 appendix B") {
  struct Row {
    std::int64_t seconds;
    char const* code;
  };
  for (auto const& row : {Row{59, "94287082"}, Row{1111111109, "07081804"}, Row{1111111111, "14050471"},
                          Row{1234567890, "89005924"}, Row{2000000000, "69279037"}, Row{20000000000, "65353130"}}) {
    CAPTURE(row.seconds);
    CHECK(hotp_code(rfc_secret, static_cast<std::uint64_t>(row.seconds / totp_step_seconds), 8) == row.code);
  }
}

TEST_CASE("a code is good one step early or late and only once") {
  Instant const now{1'111'111'111'000};
  auto const step = now.ms / 1000 / totp_step_seconds;
  struct Row {
    char const* name;
    std::string code;
    std::int64_t last_step;
    bool good;
  };
  for (auto const& row : {
           Row{"this step", code_at(1111111111), 0, true},
           Row{"the step before", code_at(1111111111 - 30), 0, true},
           Row{"the step after", code_at(1111111111 + 30), 0, true},
           Row{"two steps before", code_at(1111111111 - 60), 0, false},
           Row{"two steps after", code_at(1111111111 + 60), 0, false},
           Row{"this step again", code_at(1111111111), step, false},
           Row{"an older step after this one", code_at(1111111111 - 30), step, false},
           Row{"too short", code_at(1111111111).substr(1), 0, false},
           Row{"empty", "", 0, false},
       }) {
    CAPTURE(row.name);
    CHECK(check_totp(rfc_secret, row.code, now, row.last_step).has_value() == row.good);
  }
}

TEST_CASE("base32 is that of RFC 4648 without padding") {
  struct Row {
    char const* text;
    char const* base32;
  };
  for (auto const& row : {Row{"", ""}, Row{"f", "MY"}, Row{"fo", "MZXQ"}, Row{"foo", "MZXW6"}, Row{"foob", "MZXW6YQ"},
                          Row{"fooba", "MZXW6YTB"}, Row{"foobar", "MZXW6YTBOI"}}) {
    std::string_view const text = row.text;
    CHECK(to_base32(Bytes(text.begin(), text.end())) == row.base32);
  }
}

TEST_CASE("the address for the authenticator holds issuer, login and secret") {
  CHECK(otpauth_uri(rfc_secret, "RCMS UTO", "ana@uto") ==
        "otpauth://totp/RCMS%20UTO:ana%40uto?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=RCMS%20UTO"
        "&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace rcms::access
