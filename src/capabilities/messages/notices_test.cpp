#include <doctest/doctest.h>

#include <algorithm>
#include <condition_variable>
#include <thread>

#include <boost/json.hpp>

#include "capabilities/messages/api.hpp"
#include "capabilities/messages/background.hpp"
#include "capabilities/messages/rules.hpp"
#include "capabilities/messages/store.hpp"
#include "capabilities/messages/world_test.hpp"
#include "foundation/ledger/seal.hpp"
#include "foundation/mail/catcher.hpp"

using namespace rcms;
using namespace rcms::messages;
using case_files::Side;

namespace {

std::vector<Notification> notices_of(db::Database& database, access::User const& user) {
  return list_notifications(database, user.id, 0, 100).rows;
}

std::int64_t count_rows(db::Database& database, char const* text) { return database.read_text(text, {}).at(0).integer(0); }

/// Counts what a background loop tells its browsers.
struct Browsers {
  std::mutex mutex;
  std::condition_variable heard;
  std::map<std::string, int> told;

  std::function<void(std::vector<Told> const&)> listener() {
    return [this](std::vector<Told> const& all) {
      std::lock_guard const lock(mutex);
      for (auto const& one : all) ++told[one.user.value];
      heard.notify_all();
    };
  }
  bool wait_for(access::User const& user, int ms) {
    std::unique_lock lock(mutex);
    return heard.wait_for(lock, std::chrono::milliseconds(ms), [&] { return told.count(user.id.value) > 0; });
  }
};

/// Takes messages away, or does not.
struct PostForTests : mail::Transport {
  Result<std::monostate> send(mail::Message const& message) override {
    ++asked;
    if (refuse_with) return refuse(*refuse_with, "mail", "answer of the test");
    taken.push_back(message);
    return std::monostate{};
  }
  std::optional<Why> refuse_with;
  int asked = 0;
  std::vector<mail::Message> taken;
};

MailSettings settings_to(int port) {
  MailSettings settings;
  settings.base_url = "https://rcms.example";
  settings.from = {"RCMS", "rcms@arcadia.example"};
  settings.smtp.port = port;
  return settings;
}

}  // namespace

TEST_CASE("every notice of the data names ledger words and roles that exist, and has its words in every language") {
  for (auto const& notice : law().notices) {
    CAPTURE(notice.action);
    auto const key = "messages.notice." + notice.action;
    REQUIRE(law().labels.has(key));
    for (auto const& language : law().labels.languages()) {
      auto const text = law().labels.text(
          language, key,
          {{"reference", "XAR-2031-000001"}, {"partner", "Utopia"}, {"day", "2031-03-04"}, {"term", "reply"}});
      CHECK(text.find("XAR-2031-000001") != std::string::npos);
      CHECK(text.find('{') == std::string::npos);
    }
  }
}

TEST_CASE("each entitled user is told exactly once, the actor not, nobody of the other State, nobody who has left") {
  in_a_world([](WorldForTests& world) {
    auto& node = world.node;
    auto const& states = world.states;
    node.happens(Side::requesting, "reply_received", "exchange");
    node.notify_all();
    for (auto const* user : {&states.owner, &states.chief}) {
      CAPTURE(user->login);
      auto const notices = notices_of(world.database, *user);
      REQUIRE(notices.size() == 1);
      CHECK(notices[0].kind == "reply_received");
      CHECK(link_of(notices[0]) == "/cases/" + states.case_id.value);
      CHECK_FALSE(notices[0].read_at.has_value());
    }
    for (auto const* user : {&states.colleague, &states.screener, &states.left, &states.intake, &states.consul,
                             &states.people.uma, &states.people.admin}) {
      CAPTURE(user->login);
      CHECK(notices_of(world.database, *user).empty());
    }
    // Who did it knows.
    node.happens(Side::requesting, "case_suspended", states.chief.id.value);
    node.notify_all();
    CHECK(notices_of(world.database, states.chief).size() == 1);
    CHECK(notices_of(world.database, states.owner).size() == 2);
    CHECK(notices_of(world.database, states.screener).size() == 1);
  });
}

TEST_CASE("where nobody is in charge, those with the role that acts next are told; who takes over is told alone") {
  in_a_world([](WorldForTests& world) {
    auto& node = world.node;
    auto const& states = world.states;
    node.happens(Side::requested, "answer_received", "exchange");
    node.notify_all();
    CHECK(notices_of(world.database, states.intake).size() == 1);
    CHECK(notices_of(world.database, states.second_intake).size() == 1);
    CHECK(notices_of(world.database, states.people.uma).empty());
    CHECK(notices_of(world.database, states.owner).empty());
    auto const assigned =
        case_files::act(node.context, node.as(states.second_intake), Side::requested, states.case_id, std::nullopt,
                        [&](case_files::CaseFile const& before, db::Command&) -> Result<case_files::Decision> {
                          case_files::Decision decision;
                          decision.after = before;
                          decision.after.owner = states.intake.id;
                          decision.action = "application_assigned";
                          return decision;
                        });
    REQUIRE(assigned.has_value());
    node.happens(Side::requested, "correction_received", "exchange");
    node.notify_all();
    CHECK(notices_of(world.database, states.intake).size() == 3);
    CHECK(notices_of(world.database, states.second_intake).size() == 1);
  });
}

TEST_CASE("a renewal is told to those who decide it, its answer to those who issue") {
  in_a_world([](WorldForTests& world) {
    auto& node = world.node;
    auto const& states = world.states;
    auto const decider =
        StatesForTests::add_user(world.database, states.people.utopian_authority, "decider.utopia", {"decider"}, morning);
    node.happens(Side::requested, "renewal_requested", states.consul.id.value);
    node.notify_all();
    REQUIRE(notices_of(world.database, decider).size() == 1);
    CHECK(link_of(notices_of(world.database, decider)[0]) == "/documents?tab=renewals");
    CHECK(notices_of(world.database, states.consul).empty());
    node.happens(Side::requested, "renewal_approved", decider.id.value);
    node.happens(Side::requested, "renewal_refused", decider.id.value);
    node.notify_all();
    CHECK(notices_of(world.database, states.consul).size() == 2);
    CHECK(notices_of(world.database, decider).size() == 1);
    CHECK(notices_of(world.database, states.owner).empty());
  });
}

TEST_CASE("a verifier is told of a task of their office, opens the task, and does not learn which State asks") {
  in_a_world([](WorldForTests& world) {
    auto& node = world.node;
    auto const& states = world.states;
    auto const task = make_uuid(morning);
    node.happens(Side::requested, "task_opened", states.intake.id.value,
                 {{"task", "registry_search"}, {"task_id", task}, {"organisation", states.registrar.organisation.value}});
    node.notify_all();
    auto const notices = notices_of(world.database, states.registrar);
    REQUIRE(notices.size() == 1);
    CHECK(link_of(notices[0]) == "/tasks/" + task);
    CHECK_FALSE(notices[0].arguments.contains("partner"));
    // An assignee alone is told when there is one.
    node.happens(
        Side::requested, "task_opened", states.intake.id.value,
        {{"task", "interview"}, {"organisation", states.consul.organisation.value}, {"assignee", states.consul.id.value}});
    node.notify_all();
    CHECK(notices_of(world.database, states.consul).size() == 2);
    CHECK(notices_of(world.database, states.registrar).size() == 1);
  });
}

TEST_CASE("when the process ends between two entries nothing is lost and nothing told twice") {
  tests::for_each_fresh_database([](tests::DatabaseForTests& place) {
    db::migrate(place.database(), RCMS_SOURCE_DIR "/db/migrations");
    SetClock clock(morning);
    StatesForTests const states(place.database(), morning);
    {
      NodeForTests node(place.database(), states, clock);
      for (int i = 0; i < 150; ++i) node.happens(Side::requesting, "reply_received", "exchange");
      node.seal_all();
      CHECK(notify_next({node.context, law().notices, true}) == 100);  // then the process ends
    }
    place.close();
    NodeForTests again(place.database(), states, clock);
    again.notify_all(true);
    again.notify_all(true);
    CHECK(count_rows(place.database(), "SELECT count(*) FROM notifications") == 300);
    CHECK(count_rows(place.database(), "SELECT count(*) FROM mail_queue") == 300);
    CHECK(count_unread(place.database(), states.owner.id) == 150);
    CHECK(consumed_number(place.database(), notices_consumer) == ledger::last_sealed_number(place.database()));
  });
}

TEST_CASE("two who deal with the same entries at the same time tell each user once") {
  tests::for_each_fresh_database([](tests::DatabaseForTests& place) {
    db::migrate(place.database(), RCMS_SOURCE_DIR "/db/migrations");
    SetClock clock(morning);
    StatesForTests const states(place.database(), morning);
    NodeForTests node(place.database(), states, clock);
    for (int i = 0; i < 250; ++i) node.happens(Side::requesting, "reply_received", "exchange");
    node.seal_all();
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        NoticeContext const notices{node.context, law().notices, true};
        while (notify_next(notices) > 0) {
        }
      });
    }
    for (auto& thread : threads) thread.join();
    CHECK(count_rows(place.database(), "SELECT count(*) FROM notifications") == 500);
    CHECK(count_unread(place.database(), states.chief.id) == 250);
  });
}

TEST_CASE("several nodes on one PostgreSQL: one writes, all tell their browsers within a second") {
  auto const engines = tests::engines_for_tests();
  if (std::find(engines.begin(), engines.end(), db::Engine::postgresql) == engines.end()) return;
  tests::DatabaseForTests place(db::Engine::postgresql);
  db::migrate(place.database(), RCMS_SOURCE_DIR "/db/migrations");
  SystemClock const clock;
  StatesForTests const states(place.database(), clock.now());
  auto const second_opening = db::open(place.address());
  Browsers first_browsers;
  Browsers second_browsers;
  NodeForTests first(place.database(), states, clock);
  NodeForTests second(*second_opening, states, clock);
  Background first_loop(first.context, law().notices, {.mail = {}, .tell = first_browsers.listener(), .on_fault = {}});
  Background second_loop(second.context, law().notices, {.mail = {}, .tell = second_browsers.listener(), .on_fault = {}});
  first.sealer.start();
  first_loop.start();
  second_loop.start();
  // Leadership is settled before the clock of the test runs.
  first.happens(Side::requesting, "reply_received", "exchange");
  REQUIRE(first_browsers.wait_for(states.chief, 10'000));
  REQUIRE(second_browsers.wait_for(states.chief, 10'000));

  auto const begun_ms = monotonic_ms();
  second.happens(Side::requested, "answer_received", "exchange");
  CHECK(first_browsers.wait_for(states.intake, 5'000));
  CHECK(second_browsers.wait_for(states.intake, 5'000));
  auto const took_ms = monotonic_ms() - begun_ms;
  MESSAGE("from the write to the browsers of both nodes: ", took_ms, " ms");
  CHECK(took_ms < 1'000);
  first_loop.stop();
  second_loop.stop();
  first.sealer.stop();
  CHECK(count_rows(place.database(), "SELECT count(*) FROM notifications") == 4);
  CHECK(first_browsers.told[states.intake.id.value] == 1);
  CHECK(second_browsers.told[states.intake.id.value] == 1);
}

TEST_CASE("an e-mail without personal data arrives within a second, in the user's language") {
  tests::for_each_engine(
      [](db::Database& database) {
        SystemClock const clock;
        StatesForTests const states(database, clock.now());
        NodeForTests node(database, states, clock);
        mail::MailCatcher catcher;
        Background loop(node.context, law().notices, {.mail = settings_to(catcher.port()), .tell = {}, .on_fault = {}});
        node.sealer.start();
        loop.start();
        node.happens(Side::requesting, "application_released", states.chief.id.value);  // settles who leads; not mailed
        while (notices_of(database, states.owner).empty()) std::this_thread::yield();
        auto const begun_ms = monotonic_ms();
        node.happens(Side::requesting, "message_received", "exchange");
        REQUIRE(catcher.wait_for(1, 10'000));
        MESSAGE("from the write to the mail server: ", monotonic_ms() - begun_ms, " ms");
        loop.stop();
        node.sealer.stop();
        auto const caught = catcher.list_messages();
        REQUIRE(caught.size() == 1);
        CHECK(caught[0].to == std::vector<std::string>{states.owner.email});
        CHECK(mail::subject_of(caught[0]) == "Something new in case XAR-2031-000001: open RCMS");
        auto const text = mail::text_of(caught[0]);
        CHECK(text.find("https://rcms.example/cases/" + states.case_id.value) != std::string::npos);
        CHECK(text.find(states.owner.name) == std::string::npos);
        CHECK(count_rows(database, "SELECT count(*) FROM mail_queue WHERE state = 'sent'") == 1);
      },
      tests::Migrations::all);
}

TEST_CASE("mails of one user wait together, are put off while the server is away, and end when it refuses for good") {
  in_a_world([](WorldForTests& world) {
    auto& node = world.node;
    auto const& states = world.states;
    for (auto const* action : {"reply_received", "message_received"}) node.happens(Side::requesting, action, "exchange");
    node.notify_all(true);
    PostForTests post;
    post.refuse_with = Why::unavailable;
    auto const settings = settings_to(25);
    auto const first = send_due(node.context, settings, post);
    CHECK(first.put_off == 3);  // two of the owner together, one of the supervisor
    CHECK(post.asked == 2);
    CHECK(send_due(node.context, settings, post).put_off == 0);
    world.clock.set(morning.plus_ms(pause_ms(1)));
    post.refuse_with.reset();
    CHECK(send_due(node.context, settings, post).sent == 3);
    REQUIRE(post.taken.size() == 2);
    CHECK(send_due(node.context, settings, post).sent == 0);
    CHECK(list_failed_mail(world.database, states.people.arcadia.id).empty());

    node.happens(Side::requesting, "message_received", "exchange");
    node.notify_all(true);
    post.refuse_with = Why::field_invalid;
    CHECK(send_due(node.context, settings, post).failed == 1);
    auto const failed = list_failed_mail(world.database, states.people.arcadia.id);
    REQUIRE(failed.size() == 1);
    CHECK(failed[0].problem == "answer of the test");
    CHECK(list_failed_mail(world.database, states.people.utopia.id).empty());
  });
}

TEST_CASE("a server that stays away is given up after twelve tries, with ever longer pauses") {
  in_a_world([](WorldForTests& world) {
    auto& node = world.node;
    node.happens(Side::requesting, "message_received", "exchange");
    node.notify_all(true);
    PostForTests post;
    post.refuse_with = Why::unavailable;
    for (int round = 0; round < 20; ++round) {
      send_due(node.context, settings_to(25), post);
      world.clock.set(world.clock.now().plus_ms(6 * 3'600'000));
    }
    CHECK(post.asked == most_tries);
    CHECK(list_failed_mail(world.database, world.states.people.arcadia.id).size() == 1);
  });
  CHECK(pause_ms(1) == 60'000);
  CHECK(pause_ms(2) == 120'000);
  CHECK(pause_ms(30) == 6 * 3'600'000);
}

TEST_CASE("a mail that was claimed by a process that ended goes out again with the same id") {
  in_a_world([](WorldForTests& world) {
    auto& node = world.node;
    node.happens(Side::requesting, "message_received", "exchange");
    node.notify_all(true);
    auto const due = list_due_mail(world.database, world.clock.now());
    REQUIRE(due.size() == 1);
    db::Command claim;
    claim_mail(claim, due[0], world.clock.now().plus_ms(600'000));
    REQUIRE(world.database.write(claim).outcome == db::Outcome::written);
    CHECK(world.database.write(claim).outcome == db::Outcome::superseded);
    PostForTests post;
    CHECK(send_due(node.context, settings_to(25), post).sent == 0);
    world.clock.set(world.clock.now().plus_ms(600'000));
    CHECK(send_due(node.context, settings_to(25), post).sent == 1);
    CHECK(post.taken.at(0).id == due[0].id);
  });
}

TEST_CASE("no mail is queued without a mail server, for those who want none, and for what is long past") {
  in_a_world([](WorldForTests& world) {
    auto& node = world.node;
    auto const& states = world.states;
    node.happens(Side::requesting, "message_received", "exchange");
    node.notify_all(false);
    CHECK(count_rows(world.database, "SELECT count(*) FROM mail_queue") == 0);
    REQUIRE(change_mail_preference(node.context, node.as(states.owner), false).has_value());
    CHECK_FALSE(wants_mail(world.database, states.owner.id));
    node.happens(Side::requesting, "message_received", "exchange");
    node.notify_all(true);
    CHECK(count_rows(world.database, "SELECT count(*) FROM mail_queue") == 0);
    REQUIRE(change_mail_preference(node.context, node.as(states.owner), true).has_value());
    node.happens(Side::requesting, "message_received", "exchange");
    node.seal_all();
    world.clock.set(morning.plus_ms(8LL * 24 * 3'600'000));
    node.notify_all(true);
    CHECK(count_rows(world.database, "SELECT count(*) FROM mail_queue") == 0);
    auto const notices = notices_of(world.database, states.owner);
    REQUIRE(notices.size() == 3);
    CHECK(notices[0].read_at.has_value());
    CHECK(count_unread(world.database, states.owner.id) == 2);
  });
}

TEST_CASE("notifications are read page by page in the viewer's language and marked as read, one's own only") {
  in_a_world([](WorldForTests& world) {
    auto& node = world.node;
    auto const& states = world.states;
    for (int i = 0; i < 5; ++i) node.happens(Side::requesting, "reply_received", "exchange");
    node.notify_all();
    http::Routes routes;
    add_routes(routes, node.context);
    auto const call = [&](std::string const& operation, access::User const& user, std::string const& body = {},
                          std::string const& cursor = {}) {
      http::Request request;
      request.body = body;
      request.language = "es";
      request.viewer = node.as(user);
      request.query["limit"] = "2";
      if (!cursor.empty()) request.query["cursor"] = cursor;
      for (auto const& route : routes.all()) {
        if (route.operation != operation) continue;
        auto const answer = route.handler(request);
        REQUIRE(answer.has_value());
        return boost::json::parse(answer->body).as_object();
      }
      FAIL("no operation ", operation);
      return boost::json::object();
    };
    std::vector<std::string> ids;
    std::string cursor;
    for (std::size_t const size : {2u, 2u, 1u}) {
      auto const page = call("list_notifications", states.owner, {}, cursor);
      CHECK(page.at("unread").as_int64() == 5);
      CHECK(page.at("items").as_array().size() == size);
      for (auto const& item : page.at("items").as_array()) {
        CHECK(item.at("text").as_string() == "XAR-2031-000001: Utopia respondió");
        ids.emplace_back(item.at("id").as_string());
      }
      auto const* next = page.if_contains("next");
      cursor = next != nullptr && next->is_string() ? std::string(next->get_string()) : std::string();
    }
    CHECK(cursor.empty());
    CHECK(ids.size() == 5);
    // Another's ids do nothing.
    call("read_notifications", states.chief, R"({"ids":[")" + ids[0] + R"("]})");
    CHECK(count_unread(world.database, states.owner.id) == 5);
    CHECK(call("read_notifications", states.owner, R"({"ids":[")" + ids[0] + R"("]})").at("unread").as_int64() == 4);
    CHECK(call("read_notifications", states.owner, R"({"all":true})").at("unread").as_int64() == 0);
    CHECK(count_unread(world.database, states.chief.id) == 5);
  });
}

TEST_CASE("a notice file that names what does not exist is refused with the place") {
  auto broken = law().norms.process;
  broken.actions.clear();
  CHECK_THROWS_AS(load_notices(data_for_tests, broken, law().norms.roles), std::runtime_error);
  CHECK_THROWS_AS(load_notices(data_for_tests, law().norms.process, permissions::Roles{}), std::runtime_error);
}

TEST_CASE("a monitor's notice leads to the ledger of that file, which a monitor may read, not to the file") {
  Notification notice;
  notice.page = Page::ledger;
  notice.case_id = CaseId{"01940000-0000-7000-8000-00000000000a"};
  notice.arguments = {{"reference", "XAR-2031-000012"}};
  CHECK(link_of(notice) == "/ledger?case=XAR-2031-000012");
}
