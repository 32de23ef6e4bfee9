#include "capabilities/exchange/exchange.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

using namespace rcms;
using namespace rcms::exchange;

namespace {

/// Two States on one node; what arrives in Utopia is noted.
struct World {
  explicit World(db::Database& opened)
      : clock(*Instant::parse("2031-01-31T10:00:00.000Z")),
        people(tests::add_people(opened, clock.now())),
        arcadia_key(make_signing_key()),
        utopia_key(make_signing_key()),
        exchange(
            opened, clock,
            {{people.arcadia.id, "XAR", arcadia_key.open, arcadia_key}, {people.utopia.id, "UTO", utopia_key.open, utopia_key}}),
        database(opened) {
    for (auto kind : {EnvelopeKind::application, EnvelopeKind::answer, EnvelopeKind::withdrawal}) {
      exchange.receive_with(kind,
                            [this](Correspondent const&, Envelope const& envelope, db::Command const& inbox) -> Result<void> {
                              if (refuse_with) return tl::unexpected(*refuse_with);
                              auto const written = this->database.write(inbox);
                              if (written.outcome != db::Outcome::written) return refuse(Why::already_exists);
                              arrived.push_back(std::string(name_of(envelope.kind)) + " " + std::to_string(envelope.number));
                              return {};
                            });
    }
  }

  SealedEnvelope post(EnvelopeKind kind, boost::json::object body = {}, std::vector<AttachmentNote> notes = {}) {
    db::Command command;
    auto const sealed =
        exchange.post(command, people.arcadia.id, people.utopia.id, case_id, kind, std::move(body), std::move(notes));
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    clock.set(clock.now().plus_ms(1000));
    return sealed;
  }

  std::string state_of(std::size_t index) const {
    return exchange.list_transmissions(people.arcadia.id, case_id).at(index).state;
  }

  SetClock clock;
  tests::PeopleForTests people;
  SigningKey arcadia_key;
  SigningKey utopia_key;
  Exchange exchange;
  db::Database& database;
  CaseId case_id = CaseId::make(clock.now());
  std::vector<std::string> arrived;
  std::optional<Refused> refuse_with;
};

void in_a_world(std::function<void(World&)> const& test) {
  tests::for_each_engine(
      [&](db::Database& database) {
        World world(database);
        test(world);
      },
      tests::Migrations::all);
}

}  // namespace

TEST_CASE("envelopes of a case arrive once, in order, with a receipt, and both States compute the same fingerprint") {
  in_a_world([](World& world) {
    world.post(EnvelopeKind::application);
    world.post(EnvelopeKind::withdrawal);
    CHECK(world.exchange.count_queued(world.people.arcadia.id) == 2);
    CHECK(world.exchange.deliver_due() == 2);
    CHECK(world.arrived == std::vector<std::string>{"application 1", "withdrawal 2"});
    CHECK(world.exchange.deliver_due() == 0);
    CHECK(world.arrived.size() == 2);
    CHECK(world.state_of(0) == "delivered");
    auto const fingerprint = world.exchange.fingerprint(world.people.arcadia.id, world.case_id);
    CHECK(fingerprint.size() == 16);
    CHECK(fingerprint == world.exchange.fingerprint(world.people.utopia.id, world.case_id));
  });
}

TEST_CASE("the same envelope twice is applied once and gets the same receipt") {
  in_a_world([](World& world) {
    auto const sealed = world.post(EnvelopeKind::application);
    auto const first = world.exchange.receive(sealed);
    world.clock.set(world.clock.now().plus_ms(60'000));
    auto const again = world.exchange.receive(sealed);
    REQUIRE(first);
    REQUIRE(again);
    CHECK(first->signature == again->signature);
    CHECK(receipt_holds(*again, world.utopia_key.open));
    CHECK(world.arrived.size() == 1);
  });
}

TEST_CASE("a newer envelope that arrives first waits for the older one") {
  in_a_world([](World& world) {
    auto const older = world.post(EnvelopeKind::application);
    auto const newer = world.post(EnvelopeKind::withdrawal);
    auto const early = world.exchange.receive(newer);
    REQUIRE_FALSE(early);
    CHECK(early.error().why == Why::too_early);
    CHECK(world.arrived.empty());
    CHECK(world.exchange.receive(older));
    CHECK(world.exchange.receive(newer));
    CHECK(world.arrived.size() == 2);
  });
}

TEST_CASE("a lost receipt does no harm: the sender tries again and the effect stays one") {
  in_a_world([](World& world) {
    auto const sealed = world.post(EnvelopeKind::application);
    REQUIRE(world.exchange.receive(sealed));  // applied, but the answer never reached the sender
    CHECK(world.state_of(0) == "queued");
    CHECK(world.exchange.deliver_due() == 1);
    CHECK(world.state_of(0) == "delivered");
    CHECK(world.arrived.size() == 1);
  });
}

TEST_CASE("a refusal ends the sending and its sender is told") {
  in_a_world([](World& world) {
    std::vector<std::string> told;
    world.exchange.tell_refusals_to([&](Correspondent const& from, Envelope const& envelope, Refused const& refused) {
      told.push_back(from.code + " " + std::string(name_of(envelope.kind)) + " " + std::string(name_of(refused.why)));
    });
    world.refuse_with = Refused{Why::wrong_step, "state", "", ""};
    world.post(EnvelopeKind::application);
    CHECK(world.exchange.deliver_due() == 0);
    CHECK(world.state_of(0) == "refused");
    CHECK(told == std::vector<std::string>{"XAR application wrong_step"});
  });
}

TEST_CASE("an outage of the other State is waited out with growing pauses") {
  in_a_world([](World& world) {
    world.refuse_with = Refused{Why::unavailable, "", "", ""};
    world.post(EnvelopeKind::application);
    CHECK(world.exchange.deliver_due() == 0);
    CHECK(world.state_of(0) == "queued");
    CHECK(world.exchange.deliver_due() == 0);
    CHECK(world.exchange.list_transmissions(world.people.arcadia.id, world.case_id).at(0).tries == 1);
    world.refuse_with.reset();
    world.clock.set(world.clock.now().plus_ms(2'000));
    CHECK(world.exchange.deliver_due() == 1);
    CHECK(world.state_of(0) == "delivered");
  });
}

TEST_CASE("an envelope signed by another, changed on the way, or out of its chain is not applied") {
  in_a_world([](World& world) {
    auto const sealed = world.post(EnvelopeKind::application, {{"agreement", "uto-xar"}});
    auto const envelope = open_envelope(sealed, world.arcadia_key.open).value();

    auto const forged = world.exchange.receive(seal_envelope(envelope, make_signing_key()));
    REQUIRE_FALSE(forged);
    CHECK(forged.error().why == Why::does_not_verify);

    auto other_chain = envelope;
    other_chain.previous_hash = std::string(64, '0');
    auto const broken = world.exchange.receive(seal_envelope(other_chain, world.arcadia_key));
    REQUIRE_FALSE(broken);
    CHECK(broken.error().why == Why::does_not_verify);

    REQUIRE(world.exchange.receive(sealed));
    auto same_id = envelope;
    same_id.body = {{"agreement", "another"}};
    auto const second = world.exchange.receive(seal_envelope(same_id, world.arcadia_key));
    REQUIRE_FALSE(second);
    CHECK(second.error().why == Why::already_exists);
    CHECK(world.arrived.size() == 1);
  });
}

TEST_CASE("attachments are fetched before the envelope is applied, and one that does not arrive keeps it waiting") {
  in_a_world([](World& world) {
    bool reachable = false;
    world.exchange.fetch_with(
        [&](Correspondent const&, Correspondent const&, Envelope const&, AttachmentNote const&) -> Result<db::Command> {
          if (reachable) return db::Command{};
          return refuse(Why::unavailable, "attachments");
        });
    world.post(
        EnvelopeKind::application, {},
        {{FileId::make(world.clock.now()), "birth.pdf", "birth_certificate", "application/pdf", 10, std::string(64, 'a')}});
    CHECK(world.exchange.deliver_due() == 0);
    CHECK(world.arrived.empty());
    reachable = true;
    world.clock.set(world.clock.now().plus_ms(5'000));
    CHECK(world.exchange.deliver_due() == 1);
    CHECK(world.arrived.size() == 1);
  });
}
