#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "foundation/access/password.hpp"
#include "foundation/base/clock.hpp"

namespace rcms::access {
namespace {

TEST_CASE("which passwords are accepted") {
  struct Row {
    char const* name;
    std::string password;
    bool accepted;
  };
  for (auto const& row : {
           Row{"a sentence", "the tide comes in at noon", true},
           Row{"twelve characters", "k7Hq-zz81mPw", true},
           Row{"another script, twelve characters", "пароль моряка 7", true},
           Row{"eleven characters", "k7Hq-zz81mP", false},
           Row{"eleven characters in more bytes", "ñandúñandúñ", false},
           Row{"empty", "", false},
           Row{"common with digits", "Password-2031!", false},
           Row{"common with digits before", "2031 administrator", true},
           Row{"common in Spanish", "Contrasena123456", false},
           Row{"one character repeated", "aaaaaaaaaaaaaa", false},
           Row{"digits only", "123456789012", false},
           Row{"holds the login", "Marisol.Vega is here", false},
           Row{"201 characters", std::string(201, 'x') + "y", false},
           Row{"not text", "\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff", false},
       }) {
    CAPTURE(row.name);
    CHECK(check_password(row.password, "marisol.vega").has_value() == row.accepted);
  }
}

TEST_CASE("a password verifies against its own hash only") {
  PasswordHasher hasher(HashCost::least());
  auto const hash = hasher.hash("the tide comes in at noon");
  REQUIRE(hash.has_value());
  CHECK(hash->starts_with("$argon2id$"));
  CHECK(*hasher.verify(*hash, "the tide comes in at noon"));
  CHECK_FALSE(*hasher.verify(*hash, "the tide comes in at noon "));
  CHECK_FALSE(*hasher.verify(*hash, ""));
  CHECK_FALSE(*hasher.verify("", "nobody has this password"));
  CHECK_FALSE(*hasher.verify("not a hash", "not a hash"));
  CHECK(*hasher.hash("the tide comes in at noon") != *hash);
}

TEST_CASE("more than the slots and the queue can take is refused") {
  PasswordHasher hasher(HashCost{3, 32u << 20}, 1, 1);
  std::atomic<int> refused{0};
  std::atomic<int> hashed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      auto const hash = hasher.hash("the tide comes in at noon");
      if (hash) {
        ++hashed;
      } else if (hash.error().why == Why::too_many_requests) {
        ++refused;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(hashed + refused == 6);
  CHECK(hashed >= 1);
  CHECK(refused >= 1);
}

TEST_CASE("an unknown user takes as long as a wrong password") {
  PasswordHasher hasher;  // the real cost
  auto const hash = *hasher.hash("the tide comes in at noon");
  auto const time_of = [&](std::string const& compared) {
    auto const start = monotonic_ms();
    for (int i = 0; i < 3; ++i) CHECK_FALSE(*hasher.verify(compared, "wrong"));
    return static_cast<double>(monotonic_ms() - start) + 1;
  };
  auto const ratio = time_of("") / time_of(hash);
  CHECK(ratio > 0.4);
  CHECK(ratio < 2.5);
}

TEST_CASE("one-time passwords are accepted as passwords and differ") {
  auto const password = make_one_time_password();
  CHECK(password.size() == 23);
  CHECK(check_password(password, "ana").has_value());
  CHECK(make_one_time_password() != password);
}

}  // namespace
}  // namespace rcms::access
