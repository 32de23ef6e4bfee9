// A document after its issue and the ledger of blanks, on both databases: every number has its history, and the stock balances.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "capabilities/travel_documents/life.hpp"
#include "capabilities/travel_documents/stock_actions.hpp"
#include "capabilities/travel_documents/stock_store.hpp"
#include "capabilities/travel_documents/verification.hpp"
#include "foundation/base/text.hpp"
#include "support/documents_world.hpp"

namespace rcms::travel_documents {
namespace {

/// Besides Carla at the counter: who approves, who counts a second time, who stands at the border.
struct People {
  access::Viewer carla;
  access::Viewer second;
  access::Viewer approver;
  access::Viewer border;

  explicit People(World const& world) : carla(world.carla) {
    carla.permissions.insert("document.return");
    second = carla;
    second.user = UserId::make(noon);
    approver = second;
    approver.permissions = {"document.approve"};
    border = second;
    border.permissions = {"document.read", "document.use", "document.return"};
  }
};

std::string history_of(World& world, std::string const& number) {
  std::vector<std::string> events;
  for (auto const& event : list_number_events(world.database, world.people.utopia.id, number)) events.push_back(event.event);
  return join(events, " ");
}

VerdictWord verdict_on(World& world, TravelDocument const& document, Date on = today) {
  return verify_read(ReadFile{{document.seal}, std::nullopt, document.mrz()}, {}, trust_of(world.desk, on), on).word;
}

Why why_of(auto const& answer) {
  REQUIRE_FALSE(answer.has_value());
  return answer.error().why;
}

TEST_CASE("a document is handed over, used once and comes back, and its number remembers all of it") {
  for_each_world([](World& world) {
    People const people(world);
    world.receive();
    auto const document = world.issue(world.application());
    auto const act = [&](access::Viewer const& who, LifeAct what, char const* reason = "") {
      return act_on_document(world.desk, who, document.number, what, reason, std::nullopt);
    };
    CHECK(why_of(act(people.carla, LifeAct::use)) == Why::not_permitted);
    CHECK(act(people.carla, LifeAct::hand_over)->state == "handed_over");
    CHECK(why_of(act(people.carla, LifeAct::hand_over)) == Why::wrong_step);
    CHECK(verdict_on(world, document) == VerdictWord::genuine);
    CHECK(act(people.border, LifeAct::use)->state == "used");
    CHECK(why_of(act(people.border, LifeAct::use)) == Why::wrong_step);
    CHECK(verdict_on(world, document) == VerdictWord::used);
    auto const bundle = read_trust_bundle(trust_bundle_of(world.desk, today));
    CHECK(bundle->used_documents.contains("UTO " + document.number));
    CHECK_FALSE(bundle->revoked_documents.contains("UTO " + document.number));
    CHECK(void_document(world.desk, world.carla, document.number, "late", std::nullopt).error().why == Why::wrong_step);
    CHECK(act(people.border, LifeAct::take_back)->state == "returned");
    CHECK(verdict_on(world, document) == VerdictWord::used);
    CHECK(history_of(world, document.number) == "received issued handed_over used returned");
    CHECK(find_blank(world.database, world.people.utopia.id, document.number)->state == BlankState::returned);
    CHECK(find_document(world.database, world.people.utopia.id, document.number)->holder.empty());
    world.check_balance();
  });
}

TEST_CASE("a lost document is revoked at once, the application waits again, and what came back unused is revoked too") {
  for_each_world([](World& world) {
    People const people(world);
    world.receive();
    auto const id = world.application();
    auto const lost = world.issue(id);
    auto const report = [&](char const* reason) {
      return act_on_document(world.desk, people.carla, lost.number, LifeAct::report_loss, reason, std::nullopt);
    };
    CHECK(why_of(report("")) == Why::reason_missing);
    CHECK(report("Stolen at the shelter")->state == "lost");
    CHECK(world.state_of(id) == "accepted");
    CHECK(verdict_on(world, lost) == VerdictWord::revoked);
    CHECK(why_of(act_on_document(world.desk, people.border, lost.number, LifeAct::use, "", std::nullopt)) == Why::wrong_step);
    CHECK(history_of(world, lost.number) == "received issued lost");
    CHECK(find_blank(world.database, world.people.utopia.id, lost.number)->state == BlankState::lost);
    CHECK(find_blank_again(world.desk, people.carla, lost.number, "Found in a drawer").has_value());
    CHECK(find_blank(world.database, world.people.utopia.id, lost.number)->state == BlankState::void_);

    auto const unused = world.issue(id);
    REQUIRE(act_on_document(world.desk, people.carla, unused.number, LifeAct::take_back, "", std::nullopt).has_value());
    CHECK(verdict_on(world, unused) == VerdictWord::revoked);
    world.check_balance();
  });
}

TEST_CASE("a renewal is asked for by one, approved by another, and takes the place of the first in one write") {
  for_each_world([](World& world) {
    People people(world);
    people.carla.permissions.insert("document.approve");
    world.receive();
    auto const id = world.application();
    auto const first = world.issue(id);
    world.clock.set(*Instant::parse("2031-08-20T12:00:00Z"));  // it ran out on the 12th
    Date const then(2031, 8, 20);
    CHECK(why_of(request_renewal(world.desk, people.border, first.number, "ran out")) == Why::not_permitted);
    CHECK(why_of(request_renewal(world.desk, people.carla, first.number, "")) == Why::reason_missing);
    auto const asked = request_renewal(world.desk, people.carla, first.number, "The flight was cancelled");
    REQUIRE_MESSAGE(asked.has_value(), asked.error().detail);
    CHECK(asked->source == "UTO-XAR 2019 art. 5(4)");
    CHECK(asked->due_on == Date(2031, 8, 27));  // five working days
    CHECK(why_of(request_renewal(world.desk, people.carla, first.number, "again")) == Why::already_exists);
    CHECK(why_of(issue_renewal(world.desk, people.carla, asked->id, {})) == Why::wrong_step);
    CHECK(why_of(answer_renewal(world.desk, people.carla, asked->id, true, "", std::nullopt)) == Why::same_person);
    CHECK(why_of(answer_renewal(world.desk, people.approver, asked->id, false, "", std::nullopt)) == Why::reason_missing);
    CHECK(answer_renewal(world.desk, people.approver, asked->id, true, "", std::nullopt)->state == "approved");
    auto const second = issue_renewal(world.desk, people.carla, asked->id, {});
    REQUIRE_MESSAGE(second.has_value(), second.error().detail);
    CHECK(second->replaces == first.number);
    CHECK(world.state_of(id) == "document_issued");
    CHECK(find_document(world.database, world.people.utopia.id, first.number)->state_on(then) == "expired");
    CHECK(find_renewal(world.database, world.people.utopia.id, asked->id)->renewed_as == second->number);
    CHECK(history_of(world, first.number) == "received issued renewal_requested renewal_approved");

    // The second is still valid: renewed, it is revoked, and nobody holds two.
    auto const again = request_renewal(world.desk, people.carla, second->number, "The name was misspelt");
    REQUIRE(answer_renewal(world.desk, people.approver, again->id, true, "", std::nullopt).has_value());
    auto const third = issue_renewal(world.desk, people.carla, again->id, {});
    REQUIRE_MESSAGE(third.has_value(), third.error().detail);
    CHECK(verdict_on(world, *second, then) == VerdictWord::revoked);
    CHECK(verdict_on(world, *third, then) == VerdictWord::genuine);
    CHECK(find_held(world.database, world.people.utopia.id, third->holder)->number == third->number);
    CHECK(why_of(issue_renewal(world.desk, people.carla, again->id, {})) == Why::wrong_step);
    CHECK(why_of(request_renewal(world.desk, people.carla, second->number, "no")) == Why::wrong_step);
    world.check_balance();
  });
}

TEST_CASE("where the agreement has no renewal, none is asked for") {
  tests::DatabaseForTests sqlite(db::Engine::sqlite);
  db::migrate(sqlite.database(), RCMS_SOURCE_DIR "/db/migrations");
  World world(sqlite.database());
  People const people(world);
  world.receive();
  IssueInput days;
  days.valid_days = 20;
  auto const document = world.issue(world.application([](case_files::CaseFile& file) { file.agreement = "unknown"; }), days);
  CHECK(why_of(request_renewal(world.desk, people.carla, document.number, "ran out")) == Why::agreement_does_not_apply);
}

TEST_CASE("a sheet set aside goes to its application alone") {
  for_each_world([](World& world) {
    world.receive();
    auto const id = world.application();
    auto const other = world.application();
    REQUIRE(assign_blank(world.desk, world.carla, "UE0000001", id).has_value());
    IssueInput taken;
    taken.blank = "UE0000001";
    CHECK(issue_document(world.desk, world.carla, other, taken, std::nullopt).error().field == "blank");
    CHECK(world.issue(other).number == "UE0000002");
    CHECK(world.issue(id).number == "UE0000001");
    CHECK(history_of(world, "UE0000001") == "received assigned issued");
    CHECK(why_of(assign_blank(world.desk, world.carla, "UE0000003", id)) == Why::wrong_step);
  });
}

TEST_CASE("a day is closed when the count is right; a difference needs its reason and a second person") {
  for_each_world([](World& world) {
    People const people(world);
    world.receive();
    REQUIRE(move_sheets(world.desk, people.carla, {"UE0000011", "UE0000020", "Safe 2", {}}) == 10);
    CHECK(why_of(move_sheets(world.desk, people.carla, {"UE0000031", "UE0000040", "Safe 2", {}})) == Why::not_found);
    REQUIRE(spoil_blank(world.desk, people.carla, "UE0000020", "Wet").has_value());
    CHECK(history_of(world, "UE0000020") == "received boxed spoilt");
    auto const close = [&](std::vector<BoxCount> const& counted, char const* reason = "") {
      return close_day(world.desk, people.carla, counted, reason);
    };
    CHECK(why_of(close({{"", 10, 0}})) == Why::field_missing);
    CHECK(why_of(close({{"", 10, 0}, {"Safe 3", 9, 1}})) == Why::field_invalid);
    CHECK(why_of(close({{"", 10, 0}, {"Safe 2", 8, 1}})) == Why::reason_missing);
    auto const open = close({{"", 10, 0}, {"Safe 2", 8, 1}}, "One sheet is not in its place");
    REQUIRE_MESSAGE(open.has_value(), open.error().detail);
    CHECK(open->state == "open");
    CHECK(why_of(close({{"", 10, 0}, {"Safe 2", 9, 1}})) == Why::already_exists);
    CHECK(why_of(confirm_closing(world.desk, people.carla, open->id, std::nullopt)) == Why::same_person);
    auto const kinds = [&] {
      std::vector<std::string> all;
      for (auto const& alarm : list_alarms(world.desk, people.carla)) all.push_back(alarm.kind);
      return join(all, " ");
    };
    CHECK(kinds() == "open_difference");
    CHECK(confirm_closing(world.desk, people.second, open->id, std::nullopt)->state == "confirmed");
    CHECK(why_of(confirm_closing(world.desk, people.second, open->id, std::nullopt)) == Why::wrong_step);
    CHECK(kinds().empty());

    world.clock.set(noon.plus_ms(86'400'000));
    REQUIRE(lose_blank(world.desk, people.carla, "UE0000019", "Not found after a search").has_value());
    world.clock.set(noon.plus_ms(2 * 86'400'000));
    CHECK(kinds() == "not_closed");
    CHECK(close({{"", 10, 0}, {"Safe 2", 8, 1}})->state == "balanced");
    auto closings = list_closings(world.database, world.people.utopia.id, {}, 10);
    REQUIRE(closings.size() == 2);
    CHECK(are_closings_whole(closings));
    closings[1].lines[0].counted_unused = 3;
    CHECK_FALSE(are_closings_whole(closings));
    world.check_balance();
  });
}

TEST_CASE("numbers that were never received and sheets left behind raise an alarm") {
  for_each_world([](World& world) {
    world.receive("UE", "0000001", "0000005");
    world.receive("UE", "0000011", "0000015");
    IssueInput input;
    input.blank = "UE0000003";
    world.issue(world.application(), input);
    auto const alarms = list_alarms(world.desk, world.carla);
    REQUIRE(alarms.size() == 2);
    CHECK(alarms[0].kind == "gap");
    CHECK(alarms[0].from == "UE0000006");
    CHECK(alarms[0].to == "UE0000010");
    CHECK(alarms[1].kind == "left_behind");
    CHECK(alarms[1].from == "UE0000001");
    CHECK(alarms[1].sheets == 2);
  });
}

TEST_CASE("sheets are destroyed before two persons, and a refusal sets them free") {
  for_each_world([](World& world) {
    People const people(world);
    world.receive();
    for (auto const* number : {"UE0000001", "UE0000002"})
      REQUIRE(spoil_blank(world.desk, people.carla, number, "Torn").has_value());
    CHECK(why_of(propose_destruction(world.desk, people.carla, {"UE0000003"}, "Shredder")) == Why::field_invalid);
    CHECK(why_of(propose_destruction(world.desk, people.carla, {}, "Shredder")) == Why::field_missing);
    auto const first = propose_destruction(world.desk, people.carla, {"UE0000002", "UE0000001"}, "Shredder");
    REQUIRE(first.has_value());
    CHECK(why_of(propose_destruction(world.desk, people.carla, {"UE0000001"}, "Fire")) == Why::field_invalid);
    auto const answer = [&](access::Viewer const& who, std::string const& id, bool confirms, char const* reason) {
      return answer_destruction(world.desk, who, id, confirms, reason, std::nullopt);
    };
    CHECK(why_of(answer(people.carla, first->id, true, "")) == Why::same_person);
    CHECK(why_of(answer(people.second, first->id, false, "")) == Why::reason_missing);
    CHECK(answer(people.second, first->id, false, "One sheet was not there")->state == "refused");
    auto const again = propose_destruction(world.desk, people.carla, {"UE0000001"}, "Shredder");
    REQUIRE(again.has_value());
    CHECK(answer(people.second, again->id, true, "")->state == "confirmed");
    CHECK(why_of(answer(people.second, again->id, true, "")) == Why::wrong_step);
    CHECK(history_of(world, "UE0000001") ==
          "received spoilt destruction_proposed destruction_refused destruction_proposed destroyed");
    auto const boxes = list_boxes(world.database, world.people.utopia.id);
    REQUIRE(boxes.size() == 1);
    CHECK(boxes[0].spoilt == 2);
    CHECK(boxes[0].destroyed == 1);
    CHECK(boxes[0].dead() == 1);
    world.check_balance();
  });
}

/// A command whose last statement fails: as when the process dies before the commit.
constexpr db::Sql impossible{"life_test.impossible", "UPDATE blanks SET reason = 'x' WHERE number = 'none'"};

TEST_CASE("the stock balances and every sheet tells its state after any acts, also when one breaks off") {
  tests::for_each_engine([](db::Database& database) {
    World world(database);
    People const people(world);
    auto const& party = world.people.utopia.id;
    int series = 0;
    auto const holds = rc::check("what is received is always somewhere", [&] {
      std::string const name{static_cast<char>('A' + series / 26 % 26), static_cast<char>('A' + series % 26)};
      ++series;
      world.receive(name.c_str(), "00001", "00006");
      IssueInput input;
      input.series = name;
      std::string live;
      auto const steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 10)).as("steps");
      for (std::size_t at = 0; at < steps.size() && at < 8; ++at) {
        auto const next = find_next_blank(database, party, people.carla.organisation, name);
        auto const sheet = next ? next->number : name + "00001";
        switch (steps[at]) {
          case 0:
            // Drawing a page is dear: one of each run.
            if (!live.empty()) break;
            if (auto made = issue_document(world.desk, people.carla, world.application(), input, std::nullopt))
              live = made->number;
            break;
          case 1: (void)spoil_blank(world.desk, people.carla, sheet, "torn"); break;
          case 2: (void)lose_blank(world.desk, people.carla, sheet, "missing"); break;
          case 3: (void)find_blank_again(world.desk, people.carla, name + "00001", "there"); break;
          case 4: (void)act_on_document(world.desk, people.border, live, LifeAct::take_back, "", std::nullopt); break;
          case 5: (void)act_on_document(world.desk, people.carla, live, LifeAct::report_loss, "gone", std::nullopt); break;
          case 6: (void)move_sheets(world.desk, people.carla, {sheet, name + "00006", "B", {}}); break;
          case 7: (void)propose_destruction(world.desk, people.carla, {name + "00001"}, "fire"); break;
          case 8: (void)void_document(world.desk, people.carla, live, "wrong", std::nullopt); break;
          default: {
            db::Command broken;
            if (next) move_blank(broken, party, sheet, BlankState::in_stock, BlankState::spoilt, "x", people.carla.user, noon);
            broken.add_expecting(impossible, {});
            RC_ASSERT(database.write(broken).outcome == db::Outcome::superseded);
          }
        }
      }
      for (auto const& line : list_stock(database, party)) {
        if (line.range.series != name) continue;
        RC_ASSERT(line.balances());
        for (auto number = line.range.first; number <= line.range.last; ++number) {
          auto const blank = *find_blank(database, party, line.range.number(number));
          auto events = list_number_events(database, party, blank.number);
          std::erase_if(events, [](auto const& one) { return !find_blank_state(one.event); });
          RC_ASSERT((events.empty() ? std::string("in_stock") : events.back().event) == name_of(blank.state));
        }
      }
    });
    CHECK(holds);
  }, tests::Migrations::all);
}

}  // namespace
}  // namespace rcms::travel_documents
