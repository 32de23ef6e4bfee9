// A State that signs an old number again does not continue the case with it.
#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/exchange/exchange.hpp"
#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

using namespace rcms;
using namespace rcms::exchange;

TEST_CASE("an envelope with an old number is refused though it names the newest hash and is rightly signed") {
  tests::for_each_engine(
      [](db::Database& database) {
        SetClock clock(*Instant::parse("2031-01-31T10:00:00.000Z"));
        auto const people = tests::add_people(database, clock.now());
        auto const arcadia = make_signing_key();
        auto const utopia = make_signing_key();
        Exchange exchange(database, clock,
                          {{people.arcadia.id, "XAR", arcadia.open, arcadia}, {people.utopia.id, "UTO", utopia.open, utopia}});
        int received = 0;
        exchange.receive_with(EnvelopeKind::application,
                              [&](Correspondent const&, Envelope const&, db::Command const& inbox) -> Result<void> {
                                ++received;
                                if (database.write(inbox).outcome != db::Outcome::written) return refuse(Why::already_exists);
                                return {};
                              });
        auto const case_id = CaseId::make(clock.now());
        std::string newest;
        auto const is_taken = [&](std::int64_t number, std::string const& previous) {
          clock.set(clock.now().plus_ms(1000));
          Envelope envelope;
          envelope.id = EnvelopeId::make(clock.now());
          envelope.case_id = case_id;
          envelope.from = "XAR";
          envelope.to = "UTO";
          envelope.kind = EnvelopeKind::application;
          envelope.number = number;
          envelope.previous_hash = previous;
          envelope.at = clock.now();
          auto const sealed = seal_envelope(envelope, arcadia);
          auto const answer = exchange.receive(sealed);
          if (answer) newest = sealed.hash;
          return answer.has_value() || answer.error().why != Why::does_not_verify;
        };
        CHECK(is_taken(1, ""));
        CHECK(is_taken(2, newest));
        CHECK(received == 2);
        CHECK_FALSE(is_taken(1, newest));
        CHECK_FALSE(is_taken(2, newest));
        CHECK(received == 2);
        CHECK(is_taken(3, newest));
        CHECK(received == 3);
      },
      tests::Migrations::all);
}
