// Who calls too often waits, and only as long as the answer says.
#include <doctest/doctest.h>

#include "foundation/http/rate_limit.hpp"

using namespace rcms::http;

namespace {

RateClass rate_of(std::string name) {
  RateClass rate;
  rate.name = std::move(name);
  rate.per_minute = 30;  // one in two seconds
  rate.burst = 3;
  return rate;
}

}  // namespace

TEST_CASE("after the burst one waits as long as it is told, and then goes on at the rate") {
  RateLimit limit;
  auto const rate = rate_of("sign_in");
  for (int i = 0; i < 3; ++i) CHECK(limit.take(rate, "192.0.2.7", 1'000) == 0);
  CHECK(limit.take(rate, "192.0.2.7", 1'000) == 2);
  CHECK(limit.take(rate, "192.0.2.7", 2'000) == 1);
  CHECK(limit.take(rate, "192.0.2.7", 3'000) == 0);
  CHECK(limit.take(rate, "192.0.2.7", 3'000) == 2);
  // Rest fills it up to the burst and not above.
  for (int i = 0; i < 3; ++i) CHECK(limit.take(rate, "192.0.2.7", 3'600'000) == 0);
  CHECK(limit.take(rate, "192.0.2.7", 3'600'000) > 0);
}

TEST_CASE("classes and addresses are counted apart, the addresses of one IPv6 network together") {
  RateLimit limit;
  auto const rate = rate_of("sign_in");
  auto const exhaust = [&](std::string const& address) {
    for (int i = 0; i < 3; ++i) CHECK(limit.take(rate, address, 0) == 0);
  };
  exhaust("192.0.2.7");
  CHECK(limit.take(rate, "192.0.2.7", 0) > 0);
  CHECK(limit.take(rate, "192.0.2.8", 0) == 0);
  CHECK(limit.take(rate_of("verify"), "192.0.2.7", 0) == 0);
  exhaust("2001:db8:1:2::1");
  CHECK(limit.take(rate, "2001:db8:1:2:ffff::9", 0) > 0);
  CHECK(limit.take(rate, "2001:db8:1:3::1", 0) == 0);
}
