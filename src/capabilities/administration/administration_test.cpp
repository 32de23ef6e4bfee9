// The acts and routes of administration on both engines.

#include <doctest/doctest.h>

#include <boost/json/parse.hpp>

#include "capabilities/administration/actions.hpp"
#include "capabilities/administration/api.hpp"
#include "capabilities/administration/own_session.hpp"
#include "capabilities/administration/store.hpp"
#include "foundation/access/totp.hpp"
#include "foundation/ledger/entry.hpp"
#include "foundation/ledger/subject.hpp"
#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

namespace rcms::administration {
namespace {

namespace json = boost::json;
using http::Method;
using tests::password_for_tests;

Instant const noon{1'924'948'800'000};

access::RolePermissions role_permissions(permissions::Roles const& roles) {
  access::RolePermissions all;
  for (auto const& role : roles.roles) all[role.code] = {role.permissions.begin(), role.permissions.end()};
  return all;
}

struct World {
  explicit World(db::Database& in)
      : database(in),
        people(tests::add_people(in, noon)),
        sessions(in, clock, role_permissions(roles), access::SecretBox(Bytes(32, 5)),
                 {.hash_cost = access::HashCost::least(), .demo = true}),
        admin(as(people.admin)),
        ana(as(people.ana)) {
    // The organisation of the tests is of a kind that the real roles know.
    for (auto organisation : {people.arcadian_authority, people.utopian_authority}) {
      organisation.kind = "central_authority";
      db::Command command;
      access::save_organisation(command, organisation);
      REQUIRE(database.write(command).outcome == db::Outcome::written);
    }
    add_routes(routes, context);
  }

  access::Viewer as(access::User const& user) const {
    auto viewer = tests::viewer_of(user);
    viewer.party_code = "XAR";
    viewer.permissions = permissions::permissions_of(roles, user.roles);
    return viewer;
  }
  NewUser new_user(std::string login = "bela.ruiz") const {
    return {
        .login = std::move(login), .name = "Bela Ruiz", .organisation = people.arcadian_authority.id, .roles = {"case_officer"}};
  }
  /// Calls the handler of an operation, past the doors of the server.
  http::Answer<http::Response> call(std::string const& operation, std::string const& body, access::Viewer const& viewer,
                                    std::string const& id = {}, std::string const& token = {}) {
    http::Request request{
        .body = body, .language = "en", .remote_address = "192.0.2.7", .session_token = token, .viewer = viewer};
    request.path_values["id"] = id;
    for (auto const& route : routes.all()) {
      if (route.operation == operation) return route.handler(request);
    }
    FAIL("no operation ", operation);
    return {};
  }
  std::vector<std::string> actions_of(std::string const& subject) {
    std::vector<std::string> actions;
    for (auto const& told : ledger::list_entries(database, subject)) actions.push_back(told.record.action);
    return actions;
  }
  Result<access::SignedIn> sign_in(std::string const& login, std::string const& password) {
    return sessions.sign_in({login, password, {}, "192.0.2.7"});
  }

  permissions::Roles const roles = permissions::load_roles(RCMS_SOURCE_DIR "/data");
  db::Database& database;
  SetClock clock{noon};
  tests::PeopleForTests people;
  access::Sessions sessions;
  access::Viewer admin;
  access::Viewer ana;
  Context context{database, sessions, clock, roles, {"central_authority", "police"}};
  http::Routes routes;
};

void in_world(std::function<void(World&)> const& test) {
  tests::for_each_engine(
      [&](db::Database& database) {
        World world(database);
        test(world);
      },
      tests::Migrations::all);
}

TEST_CASE("a new person signs in once with the password shown, and works after changing it") {
  in_world([](World& world) {
    auto const made = create_user(world.context, world.admin, world.new_user());
    REQUIRE(made.has_value());
    auto const first = world.sign_in("bela.ruiz", made->password);
    REQUIRE(first.has_value());
    CHECK(first->must_change_password);
    CHECK(first->viewer.permissions.empty());
    auto const& bela = first->viewer;
    CHECK(change_password(world.context, bela, "wrong", "a quiet boat at dawn").error().field == "password");
    CHECK(change_password(world.context, bela, made->password, "short").error().field == "new_password");
    CHECK(change_password(world.context, bela, made->password, made->password).error().field == "new_password");
    CHECK(change_password(world.context, bela, made->password, "a quiet boat at dawn").has_value());
    CHECK(world.sessions.find(first->token)->may("case.read"));
    CHECK(world.sign_in("bela.ruiz", "a quiet boat at dawn").has_value());
    CHECK_FALSE(world.sign_in("bela.ruiz", made->password).has_value());
    CHECK(world.actions_of(ledger::user_subject(made->user.id)) ==
          std::vector<std::string>{"user.create", "user.change_password"});
  });
}

TEST_CASE("who does not administer changes nobody, and nobody changes people of another State") {
  in_world([](World& world) {
    CHECK(create_user(world.context, world.ana, world.new_user()).error().why == Why::not_permitted);
    CHECK(change_user(world.context, world.ana, world.people.ana.id, {.name = "X"}, {}).error().why == Why::not_permitted);
    CHECK(reset_password(world.context, world.ana, world.people.admin.id).error().why == Why::not_permitted);
    CHECK(create_organisation(world.context, world.ana, {{"A", "A"}, "police", ""}).error().why == Why::not_permitted);
    CHECK(change_user(world.context, world.admin, world.people.uma.id, {.name = "X"}, {}).error().why == Why::not_found);
    CHECK(reset_password(world.context, world.admin, world.people.uma.id).error().why == Why::not_found);
    CHECK(remove_second_factor(world.context, world.admin, world.people.uma.id).error().why == Why::not_found);
    CHECK(change_organisation(world.context, world.admin, world.people.utopian_authority.id, {.name = "X"}, {}).error().why ==
          Why::not_found);
    auto elsewhere = world.new_user();
    elsewhere.organisation = world.people.utopian_authority.id;
    CHECK(create_user(world.context, world.admin, elsewhere).error().field == "organisation");
    CHECK(reset_password(world.context, world.admin, world.people.admin.id).error().why == Why::same_person);
  });
}

TEST_CASE("a login belongs to one person on the whole node") {
  in_world([](World& world) {
    auto const taken = create_user(world.context, world.admin, world.new_user("uma.sol"));
    REQUIRE_FALSE(taken.has_value());
    CHECK(taken.error().why == Why::already_exists);
    CHECK(taken.error().field == "login");
  });
}

TEST_CASE("a change holds from the next request, names its revision, and stands in the ledger") {
  in_world([](World& world) {
    auto const token = world.sign_in("ana.mora", password_for_tests)->token;
    auto const changed =
        change_user(world.context, world.admin, world.people.ana.id, {.roles = std::vector<std::string>{"analyst"}}, 1);
    REQUIRE(changed.has_value());
    CHECK(changed->revision == 2);
    CHECK(world.sessions.find(token)->may("report.read"));
    CHECK_FALSE(world.sessions.find(token)->may("case.edit"));
    CHECK(change_user(world.context, world.admin, world.people.ana.id, {.name = "X"}, 1).error().why == Why::stale_revision);
    CHECK(change_user(world.context, world.admin, world.people.ana.id, {.active = false}, 2).has_value());
    CHECK_FALSE(world.sessions.find(token).has_value());
    CHECK_FALSE(world.sign_in("ana.mora", password_for_tests).has_value());
    auto const entries = ledger::list_entries(world.database, ledger::user_subject(world.people.ana.id));
    REQUIRE(entries.size() == 2);
    CHECK(entries[1].record.actor == world.people.admin.id.value);
    CHECK(entries[1].record.revision == 3);
    CHECK(json::parse(*entries[1].content).at("active") == false);
  });
}

TEST_CASE("a password reset ends the sessions and the old password") {
  in_world([](World& world) {
    auto const token = world.sign_in("ana.mora", password_for_tests)->token;
    auto const reset = reset_password(world.context, world.admin, world.people.ana.id);
    REQUIRE(reset.has_value());
    CHECK_FALSE(world.sessions.find(token).has_value());
    CHECK_FALSE(world.sign_in("ana.mora", password_for_tests).has_value());
    CHECK(world.sign_in("ana.mora", reset->password)->must_change_password);
    for (auto const& told : ledger::list_entries(world.database, ledger::user_subject(world.people.ana.id))) {
      CHECK(told.content->find(reset->password) == std::string::npos);
    }
  });
}

TEST_CASE("sign-ins that fail are counted by hour, person and network, without what was typed, until their time is over") {
  in_world([](World& world) {
    auto const attempt = [&](std::string const& login, std::string const& address) {
      return start_session(world.context, {login, "not the password", {}, address}).error().why;
    };
    CHECK(attempt(world.people.ana.login, "192.0.2.7") == Why::does_not_verify);
    CHECK(attempt(world.people.ana.login, "192.0.2.9") == Why::does_not_verify);
    CHECK(attempt("my secret password", "192.0.2.7") == Why::does_not_verify);
    auto const seen = world.call("list_failed_sign_ins", "", world.admin);
    REQUIRE(seen.has_value());
    CHECK(seen->body.find("my secret password") == std::string::npos);
    auto const failed = list_failed_sign_ins(world.database, world.admin);
    REQUIRE(failed.size() == 2);
    auto const& of_ana = failed[0].user.empty() ? failed[1] : failed[0];
    CHECK(of_ana.login == world.people.ana.login);
    CHECK(of_ana.failures == 2);
    CHECK(of_ana.network == access::coarse_address("192.0.2.7"));
    auto stranger = world.admin;
    stranger.party = PartyId::make(noon);
    CHECK(list_failed_sign_ins(world.database, stranger).size() == 1);  // the one that names nobody
    forget_failed_sign_ins(world.database, noon.plus_ms(3'600'000));
    CHECK(list_failed_sign_ins(world.database, world.admin).empty());
  });
}

TEST_CASE("who loses access loses it with the change, in one command") {
  in_world([](World& world) {
    auto const made = create_user(world.context, world.admin, world.new_user());
    auto const session = world.sign_in("bela.ruiz", made->password);
    REQUIRE(session);
    REQUIRE(world.sessions.find(session->token));
    UserChange leaves;
    leaves.active = false;
    REQUIRE(change_user(world.context, world.admin, made->user.id, leaves, std::nullopt));
    CHECK_FALSE(world.sessions.find(session->token));
    auto const open = world.database.read_text("SELECT count(*) FROM sessions WHERE user_id = $1 AND revoked_at IS NULL",
                                               {made->user.id.value});
    CHECK(open.at(0).integer(0) == 0);
  });
}

TEST_CASE("an authenticator is begun with the password, confirmed with a code, removed by an administrator") {
  in_world([](World& world) {
    CHECK(begin_second_factor(world.context, world.ana, "wrong").error().why == Why::does_not_verify);
    CHECK(confirm_second_factor(world.context, world.ana, "000000").error().why == Why::wrong_step);
    auto const begun = begin_second_factor(world.context, world.ana, password_for_tests);
    REQUIRE(begun.has_value());
    CHECK(begun->uri.find("secret=" + begun->secret) != std::string::npos);
    CHECK(confirm_second_factor(world.context, world.ana, "0").error().why == Why::does_not_verify);
    auto const secret = access::find_credentials(world.database, world.sessions.box(), world.people.ana.id)->totp_secret;
    auto const code = access::hotp_code(secret, static_cast<std::uint64_t>(noon.ms / 1000 / access::totp_step_seconds), 6);
    CHECK(confirm_second_factor(world.context, world.ana, code).has_value());
    auto const refused = world.call("create_session", R"({"login":"ana.mora","password":"the tide comes in at noon"})", {});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().name == "code_required");
    CHECK(refused.error().status == 401);
    CHECK(begin_second_factor(world.context, world.ana, password_for_tests).error().why == Why::already_exists);
    CHECK(remove_second_factor(world.context, world.admin, world.people.ana.id).has_value());
    CHECK(world.sign_in("ana.mora", password_for_tests).has_value());
  });
}

TEST_CASE("the session routes sign in with a cookie, tell who is there, change the language and sign out") {
  in_world([](World& world) {
    auto const wrong = world.call("create_session", R"({"login":"ana.mora","password":"wrong"})", {});
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error().name == "sign_in_failed");
    auto const response = world.call("create_session", R"({"login":"ana.mora","password":"the tide comes in at noon"})", {});
    REQUIRE(response.has_value());
    CHECK(response->status == 201);
    REQUIRE(response->headers.size() == 1);
    auto const& cookie = response->headers[0].second;
    CHECK(cookie.find("HttpOnly; SameSite=Strict; Max-Age=43200") != std::string::npos);
    CHECK(response->body.find("password_hash") == std::string::npos);
    auto const begin = cookie.find('=') + 1;
    auto const token = cookie.substr(begin, cookie.find(';') - begin);
    CHECK(response->body.find(token) == std::string::npos);
    auto const viewer = *world.sessions.find(token);

    auto const view = json::parse(world.call("get_session", "", viewer, {}, token)->body);
    CHECK(view.at("user").at("login") == "ana.mora");
    CHECK(view.at("party").at("name") == "Arcadia");
    CHECK(view.at("party").at("sides") == "requesting");
    CHECK(view.at("organisation").at("kind") == "central_authority");
    CHECK(view.at("language") == "en");
    CHECK(view.at("expires_at").as_string() == noon.plus_ms(12 * 3'600'000).text());

    CHECK(json::parse(world.call("update_session", R"({"language":"es"})", viewer, {}, token)->body).at("language") == "es");
    CHECK(world.sessions.find(token)->language == "es");
    CHECK(world.call("update_session", R"({"language":"xx"})", viewer, {}, token).error().refused.field == "language");

    CHECK(json::parse(world.call("list_sessions", "", viewer)->body).at("items").as_array().size() == 1);
    auto const ended = world.call("delete_session", "", viewer, {}, token);
    REQUIRE(ended.has_value());
    CHECK(ended->headers[0].second.find("Max-Age=0") != std::string::npos);
    CHECK_FALSE(world.sessions.find(token).has_value());
    CHECK(world.actions_of(ledger::user_subject(viewer.user)) ==
          std::vector<std::string>{"session.start", "user.change_language", "session.end"});
  });
}

TEST_CASE("lists show one's own State, and logins only to those who administer") {
  in_world([](World& world) {
    auto const all = json::parse(world.call("list_users", "", world.admin)->body).at("items").as_array();
    CHECK(all.size() == 2);
    CHECK(all[1].at("login") == "ana.mora");
    CHECK(all[1].at("organisation") == "Arcadia authority");
    auto const some = json::parse(world.call("list_users", "", world.ana)->body).at("items").as_array();
    CHECK(some.size() == 2);
    CHECK(some[1].at("login") == "");
    CHECK(some[1].at("email") == "");
    CHECK(some[1].at("name") == "Name of ana.mora");
    auto const organisations = json::parse(world.call("list_organisations", "", world.admin)->body).at("items").as_array();
    REQUIRE(organisations.size() == 1);
    CHECK(organisations[0].at("users") == 2);
    CHECK(organisations[0].at("party") == "XAR");
    CHECK(json::parse(world.call("list_roles", "", world.admin)->body).at("items").as_array().size() == world.roles.roles.size());
  });
}

TEST_CASE("organisations and people are made and changed over the routes") {
  in_world([](World& world) {
    auto const made =
        world.call("create_organisation", R"({"name":"Coast police","name_es":"Policía costera","kind":"police"})", world.admin);
    REQUIRE(made.has_value());
    CHECK(made->status == 201);
    auto const organisation = json::parse(made->body);
    auto const id = std::string(organisation.at("id").as_string());
    auto const changed = world.call("update_organisation", R"({"name":"Harbour police"})", world.admin, id);
    REQUIRE(changed.has_value());
    CHECK(changed->revision == 2);
    CHECK(json::parse(changed->body).at("name_es") == "Policía costera");
    CHECK(world.call("update_organisation", R"({"name":"X"})", world.admin, "not an id").error().refused.why == Why::not_found);

    auto const office = world.people.arcadian_authority.id.value;
    auto const user = world.call(
        "create_user", R"({"name":"Bela Ruiz","login":"Bela.Ruiz","roles":["case_officer"],"organisation":")" + office + R"("})",
        world.admin);
    REQUIRE(user.has_value());
    auto const view = json::parse(user->body);
    CHECK(view.at("login") == "bela.ruiz");
    auto const user_id = std::string(view.at("id").as_string());
    auto const moved = world.call("update_user", R"({"roles":["case_officer","release_officer"]})", world.admin, user_id);
    CHECK(moved.error().refused.why == Why::same_person);
    CHECK(world.call("update_user", R"({"roles":["release_officer"],"active":true})", world.admin, user_id).has_value());
    CHECK(json::parse(world.call("reset_password", "", world.admin, user_id)->body).at("password").as_string().size() == 23);
  });
}

TEST_CASE("a token for a machine has no more than its person has") {
  in_world([](World& world) {
    CHECK(create_api_token(world.context, world.ana, "import", {"administration.users"}, 30).error().field == "scopes");
    CHECK(create_api_token(world.context, world.ana, "import", {}, 30).error().field == "scopes");
    CHECK(create_api_token(world.context, world.ana, "import", {"case.read"}, 400).error().field == "days");
    auto const made = create_api_token(world.context, world.ana, "import", {"case.read"}, 30);
    REQUIRE(made.has_value());
    CHECK(world.sessions.find(made->token)->permissions.size() == 1);
    CHECK(revoke_api_token(world.context, world.admin, made->id).error().why == Why::not_found);
    CHECK(revoke_api_token(world.context, world.ana, made->id).has_value());
    CHECK_FALSE(world.sessions.find(made->token).has_value());
  });
}

TEST_CASE("access that cannot be recorded as ended goes on, and ends with its record") {
  static constexpr db::Sql hide{"test.ledger.hide", "ALTER TABLE ledger_entries RENAME COLUMN commitment TO hidden"};
  static constexpr db::Sql show{"test.ledger.show", "ALTER TABLE ledger_entries RENAME COLUMN hidden TO commitment"};
  in_world([](World& world) {
    auto const alter = [&](db::Sql const& sql) {
      db::Command command;
      command.add(sql, {});
      REQUIRE(world.database.write(command).outcome == db::Outcome::written);
    };
    auto const one = *world.sessions.start_demo(world.people.ana.id, "192.0.2.7");
    auto const two = *world.sessions.start_demo(world.people.ana.id, "192.0.2.7");
    auto const machine = *create_api_token(world.context, world.ana, "import", {"case.read"}, 30);
    alter(hide);
    CHECK_THROWS_AS((void)end_session(world.context, world.ana, one.token), db::Fault);
    CHECK_THROWS_AS((void)revoke_session(world.context, world.ana, two.viewer.session), db::Fault);
    CHECK_THROWS_AS((void)revoke_api_token(world.context, world.ana, machine.id), db::Fault);
    alter(show);
    world.sessions.forget(world.people.ana.id);
    for (auto const& token : {one.token, two.token, machine.token}) CHECK(world.sessions.find(token).has_value());
    CHECK(end_session(world.context, world.ana, one.token).has_value());
    CHECK(revoke_session(world.context, world.ana, two.viewer.session).has_value());
    CHECK(revoke_session(world.context, world.ana, two.viewer.session).error().why == Why::not_found);
    CHECK(revoke_api_token(world.context, world.ana, machine.id).has_value());
    for (auto const& token : {one.token, two.token, machine.token}) CHECK_FALSE(world.sessions.find(token).has_value());
    auto const told = world.actions_of(ledger::user_subject(world.people.ana.id));
    for (char const* action : {"session.end", "session.revoke", "api_token.revoke"}) {
      CHECK(std::count(told.begin(), told.end(), action) == 1);
    }
  });
}

TEST_CASE("a visitor of the demo is who they choose") {
  in_world([](World& world) {
    http::Routes demo;
    add_demo_routes(demo, world.context, [&](std::string_view) {
      return std::vector<DemoPersonView>{{.id = world.people.uma.id, .name = "Uma Sol", .role = "decider", .party_code = "UTO"}};
    });
    auto const people = demo.all()[0].handler({});
    CHECK(json::parse(people->body).at("items").as_array().size() == 1);
    http::Request request{.body = R"({"user":")" + world.people.uma.id.value + R"("})", .remote_address = "127.0.0.1"};
    auto const entered = demo.all()[1].handler(request);
    REQUIRE(entered.has_value());
    CHECK(json::parse(entered->body).at("party").at("code") == "UTO");
    CHECK(json::parse(entered->body).at("demo") == true);
  });
}

}  // namespace
}  // namespace rcms::administration
