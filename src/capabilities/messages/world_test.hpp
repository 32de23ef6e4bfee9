// Two States with an officer in every role that a test needs, one case known to both, and what carries envelopes between them.
#pragma once

#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/messages/actions.hpp"
#include "capabilities/messages/notify.hpp"
#include "foundation/ledger/sealer.hpp"
#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

namespace rcms::messages {

inline std::filesystem::path const data_for_tests = std::filesystem::path(RCMS_SOURCE_DIR) / "data";

/// What is read from data/ once for all tests.
struct LawForTests {
  Labels labels = Labels::load(data_for_tests / "languages");
  case_files::Norms norms = case_files::load_norms(data_for_tests);
  std::vector<Notice> notices = load_notices(data_for_tests, norms.process, norms.roles);
};

inline LawForTests const& law() {
  static LawForTests const loaded;
  return loaded;
}

/// The people and the case in the database; made once, whatever number of nodes work on it.
struct StatesForTests {
  StatesForTests(db::Database& database, Instant now)
      : people(tests::add_people(database, now)),
        arcadia_key(exchange::make_signing_key()),
        utopia_key(exchange::make_signing_key()) {
    owner = add_user(database, people.arcadian_authority, "owner.arcadia", {"case_officer"}, now);
    colleague = add_user(database, people.arcadian_authority, "colleague.arcadia", {"case_officer"}, now);
    chief = add_user(database, people.arcadian_authority, "chief.arcadia", {"requesting_supervisor"}, now);
    screener = add_user(database, people.arcadian_authority, "screener.arcadia", {"safeguards_officer"}, now);
    left = add_user(database, people.arcadian_authority, "left.arcadia", {"requesting_supervisor"}, now, false);
    intake = add_user(database, people.utopian_authority, "intake.utopia", {"intake_officer"}, now);
    second_intake = add_user(database, people.utopian_authority, "second.intake.utopia", {"intake_officer"}, now);
    consul = add_user(database, people.utopian_authority, "consul.utopia", {"consular_officer"}, now);
    registrar = add_user(database, people.utopian_authority, "registrar.utopia", {"verifier"}, now);
    case_id = CaseId::make(now);
    add_file(database, case_files::Side::requesting, "XAR-2031-000001", "acknowledged", now);
    add_file(database, case_files::Side::requested, "UTO-2031-000001", "completeness", now);
  }

  static access::User add_user(db::Database& database, access::Organisation const& of, std::string login,
                               std::vector<std::string> roles, Instant now, bool active = true) {
    access::User user{.id = UserId::make(now), .party = of.party, .organisation = of.id, .login = login,
                      .name = "Person " + login, .email = login + "@example.org", .roles = std::move(roles), .active = active};
    db::Command command;
    access::save_user(command, user);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    user.revision = 1;
    return user;
  }

  void add_file(db::Database& database, case_files::Side side, std::string reference, std::string state, Instant now) const {
    bool const requesting = side == case_files::Side::requesting;
    case_files::CaseFile file;
    file.party = requesting ? people.arcadia.id : people.utopia.id;
    file.id = case_id;
    file.side = side;
    file.partner = requesting ? people.utopia.id : people.arcadia.id;
    file.agreement = "uto-xar-2019";
    file.reference = std::move(reference);
    file.state = std::move(state);
    file.stage = "completeness";
    if (requesting) file.author = owner.id, file.owner = owner.id;
    file.created_at = file.changed_at = now;
    file.submitted_on = "2031-01-30";
    db::Command command;
    case_files::insert_case_file(command, file);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
  }

  tests::PeopleForTests people;
  exchange::SigningKey arcadia_key;
  exchange::SigningKey utopia_key;
  access::User owner;
  access::User colleague;
  access::User chief;
  access::User screener;
  access::User left;
  access::User intake;
  access::User second_intake;
  access::User consul;
  access::User registrar;
  CaseId case_id;
};

/// One process that works on the database.
struct NodeForTests {
  NodeForTests(db::Database& opened, StatesForTests const& of, Clock const& with)
      : database(opened),
        states(of),
        clock(with),
        directory(opened, {of.people.arcadia, of.people.utopia}),
        exchange(opened, with,
                 {{of.people.arcadia.id, "XAR", of.arcadia_key.open, of.arcadia_key},
                  {of.people.utopia.id, "UTO", of.utopia_key.open, of.utopia_key}}),
        store(files::open_folder_store(folder.path() / "attachments")),
        attachments(opened, *store, files::NodeKey(files::SecretKey::make()), with),
        context{opened, with, law().labels, law().norms, directory, exchange, attachments, {}},
        sealer(opened, ledger::NodeKey::load_or_make(folder.path() / "ledger.key"), with) {
    receive_messages(context);
  }

  access::Viewer as(access::User const& user) const {
    access::Viewer viewer;
    viewer.user = user.id;
    viewer.name = user.name;
    viewer.party = user.party;
    viewer.organisation = user.organisation;
    viewer.roles = user.roles;
    viewer.permissions = permissions::permissions_of(law().norms.roles, user.roles);
    return viewer;
  }

  /// Something happens to a file: a ledger entry with this word, as the capabilities write it.
  void happens(case_files::Side side, std::string const& action, std::string const& actor, boost::json::object told = {}) {
    auto const party = side == case_files::Side::requesting ? states.people.arcadia.id : states.people.utopia.id;
    auto const answer = case_files::act_as(context, party, side, states.case_id, std::nullopt, {UserId{}, actor},
                                           [&](case_files::CaseFile const& before, db::Command&) -> Result<case_files::Decision> {
      case_files::Decision decision;
      decision.after = before;
      decision.action = action;
      decision.told = told;
      return decision;
    });
    REQUIRE(answer.has_value());
  }

  void seal_all() {
    while (sealer.seal_once() > 0) {
    }
  }

  /// Seals and turns all into notifications.
  void notify_all(bool mail = false) {
    seal_all();
    NoticeContext const notices{context, law().notices, mail};
    while (notify_next(notices) > 0) {
    }
  }

  tests::TemporaryFolder folder;
  db::Database& database;
  StatesForTests const& states;
  Clock const& clock;
  case_files::Directory directory;
  exchange::Exchange exchange;
  std::unique_ptr<files::FileStore> store;
  case_files::Attachments attachments;
  case_files::Context context;
  ledger::Sealer sealer;
};

inline Instant const morning = *Instant::parse("2031-01-31T10:00:00.000Z");

/// One node with both States, on each engine.
struct WorldForTests {
  explicit WorldForTests(db::Database& opened)
      : clock(morning), states(opened, morning), node(opened, states, clock), database(opened) {}
  SetClock clock;
  StatesForTests states;
  NodeForTests node;
  db::Database& database;
};

inline void in_a_world(std::function<void(WorldForTests&)> const& test) {
  tests::for_each_engine(
      [&](db::Database& database) {
        WorldForTests world(database);
        test(world);
      },
      tests::Migrations::all);
}

}  // namespace rcms::messages
