#include <doctest/doctest.h>

#include <string>

#include "foundation/access/delays.hpp"
#include "foundation/access/secret_box.hpp"

namespace rcms::access {
namespace {

Instant const start{1'000'000'000};
DelayRule const rule{.free_failures = 3, .first_ms = 1'000, .longest_ms = 10'000, .forget_ms = 60'000};

TEST_CASE("the wait begins after the free failures, doubles, and ends at the longest") {
  Delays delays(rule);
  for (std::int64_t const expected : {0, 0, 0, 1'000, 2'000, 4'000, 8'000, 10'000, 10'000}) {
    delays.failed("key", start);
    CHECK(delays.wait_ms("key", start) == expected);
  }
  CHECK(delays.wait_ms("key", start.plus_ms(9'000)) == 1'000);
  CHECK(delays.wait_ms("key", start.plus_ms(10'000)) == 0);
  CHECK(delays.wait_ms("another key", start) == 0);
}

TEST_CASE("a success or an hour without failure forgets") {
  Delays delays(rule);
  for (int i = 0; i < 6; ++i) delays.failed("key", start);
  CHECK(delays.wait_ms("key", start) > 0);
  delays.succeeded("key");
  CHECK(delays.wait_ms("key", start) == 0);

  for (int i = 0; i < 6; ++i) delays.failed("key", start);
  delays.failed("key", start.plus_ms(rule.forget_ms));
  CHECK(delays.wait_ms("key", start.plus_ms(rule.forget_ms)) == 0);
}

TEST_CASE("a flood of invented keys does not wash out one that waits") {
  Delays delays(rule, 100);
  for (int i = 0; i < 6; ++i) delays.failed("guesser", start);
  for (int i = 0; i < 1000; ++i) delays.failed("invented " + std::to_string(i), start);
  CHECK(delays.wait_ms("guesser", start) == 4'000);
}

TEST_CASE("a secret opens only unchanged, with its key and for its owner") {
  SecretBox const box(Bytes(32, 1));
  Bytes const secret{1, 2, 3};
  auto const closed = box.close(secret, "ana");
  CHECK(box.open(closed, "ana") == secret);
  CHECK_FALSE(box.open(closed, "bela").has_value());
  CHECK_FALSE(SecretBox(Bytes(32, 2)).open(closed, "ana").has_value());
  for (std::size_t i = 0; i < closed.size(); ++i) {
    auto changed = closed;
    changed[i] ^= 1;
    CHECK_FALSE(box.open(changed, "ana").has_value());
  }
  CHECK_FALSE(box.open({}, "ana").has_value());
  CHECK(box.close(secret, "ana") != closed);
  CHECK_THROWS_AS(SecretBox(Bytes(31)), std::runtime_error);
}

}  // namespace
}  // namespace rcms::access
