#include "foundation/base/ids.hpp"

#include <doctest/doctest.h>

#include "foundation/base/clock.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"

using namespace rcms;

TEST_CASE("ids increase and carry their time") {
  SetClock const clock(*Instant::parse("2031-01-31T08:00:00Z"));
  std::string before;
  for (int i = 0; i < 5000; ++i) {
    auto const id = CaseId::make(clock.now());
    CHECK(is_uuid(id.value));
    CHECK(id.value[14] == '7');
    CHECK(before < id.value);
    before = id.value;
  }
  CHECK_FALSE(CaseId::parse("0190-nonsense").has_value());
  CHECK_FALSE(is_uuid("0190163D-8694-739B-AEA5-966C26F8AD91"));
  CHECK(CaseId::parse("0190163d-8694-739b-aea5-966c26f8ad91").has_value());
}

TEST_CASE("digests are those of the published examples") {
  // Source: FIPS 180-4 example "abc"; RFC 4231 test case 2.
  CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(hmac_sha256(as_bytes("Jefe"), "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("bytes survive their text forms and bad text is refused") {
  auto const bytes = random_bytes(33);
  CHECK(bytes.size() == 33);
  CHECK(from_hex(to_hex(bytes)) == bytes);
  CHECK(from_base64url(to_base64url(bytes)) == bytes);
  CHECK_FALSE(from_hex("abc").has_value());
  CHECK_FALSE(from_hex("zz").has_value());
  CHECK_FALSE(from_base64url("a+b/").has_value());
  CHECK(same_secret(bytes, bytes));
  CHECK_FALSE(same_secret(bytes, random_bytes(33)));
  CHECK_FALSE(same_secret(bytes, random_bytes(32)));
}

TEST_CASE("every reason of refusal has its own name") {
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Why::unavailable); ++i) {
    auto const name = name_of(static_cast<Why>(i));
    for (auto const& other : names) CHECK(other != name);
    names.push_back(name);
  }
}
