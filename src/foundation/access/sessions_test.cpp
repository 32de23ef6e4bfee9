#include <doctest/doctest.h>

#include "foundation/access/sessions.hpp"
#include "foundation/access/totp.hpp"
#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

namespace rcms::access {
namespace {

using tests::Migrations;
using tests::password_for_tests;

Instant const noon{1'924'948'800'000};
constexpr std::int64_t minute_ms = 60'000;

/// A database with people, a clock that can be set, and sessions.
struct World {
  explicit World(db::Database& in, bool demo = false)
      : database(in), people(tests::add_people(in, noon)), sessions(make(demo)) {}

  Sessions make(bool demo = false) const;
  Result<SignedIn> sign_in(std::string const& password = password_for_tests, std::string const& code = {},
                           std::string const& address = "192.0.2.7", std::string const& login = "ana.mora") {
    return sessions.sign_in({login, password, code, address});
  }
  void pass(std::int64_t ms) { clock.set(clock.now().plus_ms(ms)); }
  void save(User user) {
    db::Command command;
    save_user(command, user);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    sessions.forget(user.id);
  }

  db::Database& database;
  SetClock clock{noon};
  tests::PeopleForTests people;
  Sessions sessions;
};

Sessions World::make(bool demo) const {
  return Sessions(database, clock, tests::permissions_for_tests, SecretBox(Bytes(32, 5)),
                  {.hash_cost = HashCost::least(), .demo = demo});
}

void in_world(std::function<void(World&)> const& test, bool demo = false) {
  tests::for_each_engine(
      [&](db::Database& database) {
        World world(database, demo);
        test(world);
      },
      Migrations::all);
}

TEST_CASE("a right password gives a session whose viewer has the permissions of the roles") {
  in_world([](World& world) {
    auto const signed_in = world.sign_in();
    REQUIRE(signed_in.has_value());
    CHECK_FALSE(signed_in->must_change_password);
    auto const viewer = world.sessions.find(signed_in->token);
    REQUIRE(viewer.has_value());
    CHECK(viewer->user == world.people.ana.id);
    CHECK(viewer->party_code == "XAR");
    CHECK(viewer->may("case.read"));
    CHECK_FALSE(viewer->may("administration.users"));
    CHECK(viewer->session == signed_in->viewer.session);
    CHECK(viewer->permissions == signed_in->viewer.permissions);
    CHECK_FALSE(world.sessions.find("another token").has_value());
    CHECK_FALSE(world.sessions.find("").has_value());
    CHECK_FALSE(world.sessions.find(std::string(5000, 'x')).has_value());
  });
}

TEST_CASE("every wrong way in gets the same answer") {
  in_world([](World& world) {
    struct Row {
      char const* name;
      char const* login;
      char const* password;
    };
    for (auto const& row :
         {Row{"wrong password", "ana.mora", "not the password"}, Row{"unknown login", "nobody.here", "not the password"},
          Row{"not a login", "' OR 1=1 --", "not the password"}, Row{"empty", "", ""}}) {
      CAPTURE(row.name);
      auto const refused = world.sign_in(row.password, {}, "192.0.2.9", row.login);
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().why == Why::does_not_verify);
      CHECK(refused.error().field == "password");
    }
    auto inactive = world.people.ana;
    inactive.active = false;
    world.save(inactive);
    CHECK(world.sign_in().error().why == Why::does_not_verify);
  });
}

TEST_CASE("the login is taken in any case") {
  in_world([](World& world) { CHECK(world.sign_in(password_for_tests, {}, "192.0.2.7", " Ana.MORA ").has_value()); });
}

TEST_CASE("a session ends after an hour without a request and after twelve hours anyway") {
  in_world([](World& world) {
    auto const token = world.sign_in()->token;
    world.pass(59 * minute_ms);
    CHECK(world.sessions.find(token).has_value());
    world.pass(59 * minute_ms);
    CHECK(world.sessions.find(token).has_value());
    world.pass(60 * minute_ms);
    CHECK_FALSE(world.sessions.find(token).has_value());

    auto const busy = world.sign_in()->token;
    for (int i = 0; i < 23; ++i) {
      world.pass(30 * minute_ms);
      CHECK(world.sessions.find(busy).has_value());
    }
    world.pass(30 * minute_ms);
    CHECK_FALSE(world.sessions.find(busy).has_value());
  });
}

TEST_CASE("when a session was last used is kept for other processes") {
  in_world([](World& world) {
    auto const token = world.sign_in()->token;
    for (int i = 0; i < 4; ++i) {
      world.pass(40 * minute_ms);
      CHECK(world.sessions.find(token).has_value());
    }
    auto other = world.make();
    CHECK(other.find(token).has_value());
  });
}

TEST_CASE("a session that was ended is gone at once") {
  in_world([](World& world) {
    auto const one = *world.sign_in();
    auto const two = *world.sign_in();
    auto const three = *world.sign_in();
    for (auto const& each : {one, two, three}) CHECK(world.sessions.find(each.token).has_value());
    CHECK(world.sessions.list(world.people.ana.id).size() == 3);
    CHECK(world.sessions.list(world.people.uma.id).empty());

    db::Command end_one;
    world.sessions.add_sign_out(end_one, one.token);
    REQUIRE(world.database.write(end_one).outcome == db::Outcome::written);
    world.sessions.forget_token(one.token);
    CHECK_FALSE(world.sessions.find(one.token).has_value());
    auto const revoked_by = [&](UserId const& user) {
      db::Command command;
      world.sessions.add_revoke(command, user, two.viewer.session);
      auto const outcome = world.database.write(command).outcome;
      world.sessions.forget_one(two.viewer.session);
      return outcome;
    };
    CHECK(revoked_by(world.people.uma.id) == db::Outcome::superseded);
    CHECK(world.sessions.find(two.token).has_value());
    CHECK(revoked_by(world.people.ana.id) == db::Outcome::written);
    CHECK_FALSE(world.sessions.find(two.token).has_value());

    auto const four = *world.sign_in();
    world.sessions.revoke_all(world.people.ana.id, four.viewer.session);
    CHECK_FALSE(world.sessions.find(three.token).has_value());
    CHECK(world.sessions.find(four.token).has_value());
    world.sessions.revoke_all(world.people.ana.id);
    CHECK_FALSE(world.sessions.find(four.token).has_value());
  });
}

TEST_CASE("changed roles and inactivity hold from the next request") {
  in_world([](World& world) {
    auto const token = world.sign_in()->token;
    auto user = world.people.ana;
    user.roles = {"administrator"};
    world.save(user);
    CHECK(world.sessions.find(token)->may("administration.users"));
    CHECK_FALSE(world.sessions.find(token)->may("case.read"));
    user.revision = 2;
    user.active = false;
    world.save(user);
    CHECK_FALSE(world.sessions.find(token).has_value());
  });
}

TEST_CASE("only the digest of a token is in the database") {
  static db::Sql const select_hashes{"test_select_hashes", "SELECT token_hash FROM sessions"};
  in_world([](World& world) {
    auto const token = world.sign_in()->token;
    auto const rows = world.database.read(select_hashes);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].bytes(0) == sha256(token));
  });
}

TEST_CASE("after a one-time password there are no permissions until it is changed") {
  in_world([](World& world) {
    auto const set = [&](PasswordUse use) {
      db::Command command;
      save_password(command, world.people.ana.id, *world.sessions.hasher().hash("only for this one time"), use, noon);
      REQUIRE(world.database.write(command).outcome == db::Outcome::written);
      world.sessions.forget(world.people.ana.id);
    };
    set(PasswordUse::once);
    auto const signed_in = world.sign_in("only for this one time");
    REQUIRE(signed_in.has_value());
    CHECK(signed_in->must_change_password);
    CHECK(signed_in->viewer.permissions.empty());
    CHECK(world.sessions.find(signed_in->token)->permissions.empty());
    set(PasswordUse::lasting);
    CHECK(world.sessions.find(signed_in->token)->may("case.read"));
  });
}

TEST_CASE("a confirmed authenticator is asked for, and a code is good once") {
  in_world([](World& world) {
    auto const secret = make_totp_secret();
    auto const code = [&](std::int64_t shift = 0) {
      return hotp_code(secret, static_cast<std::uint64_t>(world.clock.now().ms / 1000 / totp_step_seconds + shift), 6);
    };
    db::Command enrol;
    save_totp_secret(enrol, world.sessions.box(), world.people.ana.id, secret);
    REQUIRE(world.database.write(enrol).outcome == db::Outcome::written);
    CHECK(world.sign_in().has_value());  // not confirmed yet

    db::Command confirm;
    use_totp_step(confirm, world.people.ana.id, *check_totp(secret, code(), world.clock.now(), 0));
    REQUIRE(world.database.write(confirm).outcome == db::Outcome::written);

    auto const missing = world.sign_in();
    CHECK(missing.error().why == Why::field_missing);
    CHECK(missing.error().field == "code");
    CHECK(world.sign_in(password_for_tests, code()).error().why == Why::does_not_verify);  // used to confirm
    CHECK(world.sign_in(password_for_tests, code(1)).has_value());
    CHECK(world.sign_in(password_for_tests, code(1)).error().why == Why::does_not_verify);
    CHECK(world.sign_in("wrong", code(1)).error().why == Why::does_not_verify);
    world.pass(2 * 30'000);
    CHECK(world.sign_in(password_for_tests, code()).has_value());

    db::Command remove;
    remove_totp(remove, world.people.ana.id);
    REQUIRE(world.database.write(remove).outcome == db::Outcome::written);
    CHECK(world.sign_in().has_value());
  });
}

TEST_CASE("who guesses waits longer and longer, and the right password waits with them") {
  in_world([](World& world) {
    for (int i = 0; i < 6; ++i) CHECK(world.sign_in("wrong").error().why == Why::does_not_verify);
    CHECK(world.sign_in("wrong").error().why == Why::too_many_requests);
    CHECK(world.sign_in().error().why == Why::too_many_requests);
    world.pass(1'000);
    CHECK(world.sign_in().has_value());
    CHECK(world.sign_in().has_value());
  });
}

TEST_CASE("a stranger who guesses cannot lock a person out") {
  in_world([](World& world) {
    REQUIRE(world.sign_in(password_for_tests, {}, "198.51.100.20").has_value());  // her office is known from now on
    for (int i = 0; i < 60; ++i) world.sign_in("wrong", {}, "203.0.113." + std::to_string(i));
    CHECK(world.sign_in(password_for_tests, {}, "203.0.113.200").error().why == Why::too_many_requests);
    CHECK(world.sign_in(password_for_tests, {}, "198.51.100.99").has_value());
    CHECK(world.sign_in(password_for_tests, {}, "203.0.113.200", "uma.sol").has_value());
  });
}

TEST_CASE("one address that tries many logins waits") {
  in_world([](World& world) {
    for (int i = 0; i < 101; ++i) world.sign_in("wrong", {}, "203.0.113.5", "login" + std::to_string(i));
    CHECK(world.sign_in("wrong", {}, "203.0.113.5", "uma.sol").error().why == Why::too_many_requests);
    CHECK(world.sign_in(password_for_tests, {}, "203.0.113.6", "uma.sol").has_value());
  });
}

TEST_CASE("people can be chosen without a password in a demo and nowhere else") {
  in_world(
      [](World& world) {
        auto const signed_in = world.sessions.start_demo(world.people.uma.id, "127.0.0.1");
        REQUIRE(signed_in.has_value());
        CHECK(world.sessions.find(signed_in->token)->may("application.reply"));
        CHECK(world.sessions.start_demo(UserId::make(noon), "127.0.0.1").error().why == Why::not_found);
        CHECK(world.make(false).start_demo(world.people.uma.id, "127.0.0.1").error().why == Why::not_found);
      },
      true);
}

TEST_CASE("a machine's token has its scopes and never more than its user") {
  in_world([](World& world) {
    auto const made = world.sessions.prepare_api_token(
        {world.people.ana.id, "import from the register", {"case.read", "application.reply"}, noon.plus_ms(90 * minute_ms)});
    REQUIRE(world.database.write(made.command).outcome == db::Outcome::written);
    auto const viewer = world.sessions.find(made.token);
    REQUIRE(viewer.has_value());
    CHECK(viewer->permissions == std::set<std::string, std::less<>>{"case.read"});
    world.pass(89 * minute_ms);  // no idle limit
    CHECK(world.sessions.find(made.token).has_value());
    world.pass(1 * minute_ms);
    CHECK_FALSE(world.sessions.find(made.token).has_value());

    auto const other =
        world.sessions.prepare_api_token({world.people.ana.id, "other", {"case.read"}, noon.plus_ms(900 * minute_ms)});
    REQUIRE(world.database.write(other.command).outcome == db::Outcome::written);
    CHECK(world.sessions.list_api_tokens(world.people.ana.id).size() == 2);
    CHECK(world.sessions.find(other.token).has_value());
    auto const revoked_by = [&](UserId const& user) {
      db::Command command;
      world.sessions.add_revoke_api_token(command, user, other.id);
      auto const outcome = world.database.write(command).outcome;
      world.sessions.forget_one(other.id);
      return outcome;
    };
    CHECK(revoked_by(world.people.uma.id) == db::Outcome::superseded);
    CHECK(world.sessions.find(other.token).has_value());
    CHECK(revoked_by(world.people.ana.id) == db::Outcome::written);
    CHECK_FALSE(world.sessions.find(other.token).has_value());
  });
}

TEST_CASE("addresses are kept coarsely") {
  struct Row {
    char const* address;
    char const* coarse;
  };
  for (auto const& row : {Row{"192.0.2.77", "192.0.2.0/24"}, Row{"2001:db8:12:34::1", "2001:db8:12::/48"}, Row{"::1", "::/48"},
                          Row{"2001:db8::1", "2001:db8::/48"}, Row{"", ""}, Row{"local", "local"}}) {
    CHECK(coarse_address(row.address) == row.coarse);
  }
}

TEST_CASE("a session found again costs no query") {
  in_world([](World& world) {
    auto const token = world.sign_in()->token;
    CHECK(world.sessions.find(token).has_value());
    // Taken from under the cache, which may not notice for two seconds.
    static db::Sql const delete_sessions{"test_delete_sessions", "DELETE FROM sessions"};
    db::Command command;
    command.add(delete_sessions, {});
    REQUIRE(world.database.write(command).outcome == db::Outcome::written);
    auto const start = monotonic_ms();
    for (int i = 0; i < 10'000; ++i) REQUIRE(world.sessions.find(token).has_value());
    auto const took = monotonic_ms() - start;
    MESSAGE("10,000 sessions found in " << took << " ms");
    CHECK(took < SessionCache::stale_ms);
  });
}

}  // namespace
}  // namespace rcms::access
