// A backup made while others write, restored elsewhere, compared; and everything that must be refused.
#include <fstream>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "capabilities/operations/backup.hpp"
#include "capabilities/operations/monitor.hpp"
#include "capabilities/operations/node_keys.hpp"
#include "capabilities/operations/restore.hpp"
#include "capabilities/operations/store.hpp"
#include "foundation/files/file_records.hpp"
#include "foundation/ledger/sealer.hpp"
#include "support/database_for_tests.hpp"
#include "support/ledger_for_tests.hpp"

using namespace rcms;
using namespace rcms::operations;
namespace fs = std::filesystem;

namespace {

constexpr char migrations[] = RCMS_SOURCE_DIR "/db/migrations";

/// A node with a ledger, attachments and a key.
struct World {
  tests::DatabaseForTests place;
  tests::TemporaryFolder folder;
  SetClock clock{tests::noon};

  explicit World(db::Engine engine) : place(engine) {
    db::migrate(place.database(), migrations);
    ledger::Sealer sealer(place.database(), tests::node_key(), clock);
    for (int i = 0; i < 30; ++i) tests::write_entry(place.database(), fmt::format("case:{}", i % 3), i);
    sealer.seal_once();
    tests::write_entry(place.database(), "case:0", 31);
    auto const store = files::open_folder_store(node() / "attachments");
    auto const key = files::NodeKey::load_or_make(node() / "keys" / "attachments.key");
    for (int i = 0; i < 5; ++i) add_attachment(*store, key, i);
  }

  fs::path node() const {
    auto const path = folder.path() / "node";
    fs::create_directories(path / "keys");
    return path;
  }

  void add_attachment(files::FileStore& store, files::NodeKey const& node_key, int number) {
    auto const key = files::get_or_make_case_key(place.database(), node_key, "case:0", clock.now());
    REQUIRE(key.has_value());
    std::string const content = "certificate " + std::to_string(number);
    auto const stored = store.put(*key, as_bytes(content));
    files::FileRecord record;
    record.id = FileId::make(clock.now());
    record.subject = "case:0";
    record.name = "certificate.txt";
    record.kind = "evidence";
    record.size = static_cast<std::int64_t>(stored.size);
    record.sha256 = stored.sha256;
    record.storage = stored.storage;
    record.added_at = clock.now();
    record.added_by = "ana";
    db::Command command;
    files::add_file(command, record);
    REQUIRE(place.database().write(command).outcome == db::Outcome::written);
  }

  BackupOrder order(std::string const& name = "backup.tar") const {
    return {.database = place.address(), .folder = node(), .file = folder.path() / name, .version = "test"};
  }
};

/// Where a backup is restored to.
struct Target {
  tests::DatabaseForTests place;
  tests::TemporaryFolder folder;
  explicit Target(db::Engine engine) : place(engine) {}
  RestoreOrder order(fs::path const& file) const {
    return {.file = file, .database = place.address(), .folder = folder.path() / "restored"};
  }
};

void for_each_world(std::function<void(World&, Target&)> const& test) {
  for (auto const engine : tests::engines_for_tests()) {
    INFO("engine: " << tests::name_of(engine));
    World world(engine);
    Target target(engine);
    test(world, target);
  }
}

void write_file(fs::path const& file, std::string const& text) { std::ofstream(file) << text; }

std::string content_of(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {(std::istreambuf_iterator<char>(in)), {}};
}

std::string write_passphrase(World const& world, std::string const& words) {
  auto const path = world.folder.file("passphrase");
  std::ofstream(path) << words << '\n';
  return path;
}

}  // namespace

TEST_CASE("below the mark nothing is written, and a database whose disk is full is left alone for a while") {
  tests::TemporaryFolder folder;
  CHECK(usual_reserve_bytes(1'000'000'000'000) == 256'000'000);
  CHECK(usual_reserve_bytes(100'000'000) == 5'000'000);
  Room open(folder.path(), 1);
  CHECK(open.check_may_write());
  CHECK_FALSE(open.refuses());
  CHECK(open.free_bytes() > 0);
  open.note_fault("insert: a constraint failed (PostgreSQL 23505)");
  CHECK(open.check_may_write());
  open.note_fault("insert: could not extend file (PostgreSQL 53100)");
  auto const refused = open.check_may_write();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().why == Why::unavailable);
  Room closed(folder.path(), std::uint64_t{1} << 62);
  CHECK(closed.refuses());
  CHECK_FALSE(closed.check_may_write());
  // What cannot be measured stops nobody.
  CHECK(Room(folder.path() / "gone", std::uint64_t{1} << 62).check_may_write());
}

TEST_CASE("a restored node has every row, every attachment and a ledger that verifies") {
  for_each_world([](World& world, Target& target) {
    auto const made = backup(world.order(), world.clock);
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().detail));
    CHECK(made->manifest.rows.at("ledger_entries") == 31);
    CHECK(made->manifest.ledger_seal == 1);
    CHECK(made->manifest.missing_attachments.empty());
    CHECK(made->bytes == fs::file_size(made->file));
    CHECK((fs::status(made->file).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);
    CHECK(last_backup_at(world.node()) == tests::noon);

    auto const restored = restore(target.order(made->file), world.clock);
    REQUIRE_MESSAGE(restored.has_value(), (restored ? std::string() : restored.error().detail));
    CHECK(restored->attachments == 5);
    CHECK(restored->ledger_entries == 30);
    CHECK(restored->ledger_seals == 1);
    CHECK(restored->keys_needed == std::vector<std::string>{"attachments.key"});
    CHECK(content_of(restored->certificate).find("rcms restore certificate") != std::string::npos);

    auto const database = db::open(target.place.address());
    CHECK(take_inventory(*database).rows == take_inventory(world.place.database()).rows);
    auto const key = files::NodeKey::load_or_make(world.node() / "keys" / "attachments.key");
    auto const store = files::open_folder_store(target.order({}).folder / "attachments");
    auto const files = files::list_files(*database, "case:0");
    CHECK(files.size() == 5);
    for (auto const& file : files) {
      auto reader = files::open_file(*database, *store, key, file);
      REQUIRE(reader.has_value());
      Bytes buffer(100);
      auto const count = (*reader)->read(buffer);
      CHECK(as_text(std::span(buffer).first(count)).starts_with("certificate "));
    }
  });
}

TEST_CASE("a node goes on writing and sealing where its backup left it") {
  for_each_world([](World& world, Target& target) {
    auto const made = backup(world.order(), world.clock);
    REQUIRE(made.has_value());
    REQUIRE(restore(target.order(made->file), world.clock).has_value());
    auto const database = db::open(target.place.address());
    tests::write_entry(*database, "case:0", 32);
    ledger::Sealer sealer(*database, tests::node_key(), world.clock);
    CHECK(sealer.seal_once() == 2);
  });
}

TEST_CASE("a backup is as the node was at one instant, while others write") {
  for_each_world([](World& world, Target& target) {
    std::atomic<bool> stop = false;
    std::thread writer([&] {
      for (int i = 100; !stop; ++i) tests::write_entry(world.place.database(), "case:w", i);
    });
    auto const made = backup(world.order(), world.clock);
    stop = true;
    writer.join();
    REQUIRE(made.has_value());
    auto const restored = restore(target.order(made->file), world.clock);
    REQUIRE_MESSAGE(restored.has_value(), (restored ? std::string() : restored.error().detail));
    auto const rows = db::open(target.place.address())->read_text("SELECT count(*) FROM ledger_entries", {});
    CHECK(made->manifest.rows.at("ledger_entries") == rows.at(0).integer(0));
  });
}

TEST_CASE("keys are in a backup only when a passphrase is given, and open only with it") {
  World world(db::Engine::sqlite);
  auto const plain = backup(world.order("plain.tar"), world.clock);
  REQUIRE(plain.has_value());
  auto const key = content_of(world.node() / "keys" / "attachments.key");
  CHECK(content_of(plain->file).find(key.substr(0, 32)) == std::string::npos);

  auto order = world.order("with_keys.tar");
  order.passphrase_file = write_passphrase(world, "short");
  CHECK(backup(order, world.clock).error().why == Why::field_invalid);
  order.passphrase_file = write_passphrase(world, "the tide comes in at noon");
  auto const made = backup(order, world.clock);
  REQUIRE(made.has_value());
  CHECK(content_of(made->file).find(key.substr(0, 32)) == std::string::npos);

  Target target(db::Engine::sqlite);
  auto to = target.order(made->file);
  to.passphrase_file = write_passphrase(world, "the tide goes out at noon");
  CHECK(restore(to, world.clock).error().why == Why::does_not_verify);
  CHECK_FALSE(fs::exists(to.folder));
  to.passphrase_file = write_passphrase(world, "the tide comes in at noon");
  auto const restored = restore(to, world.clock);
  REQUIRE(restored.has_value());
  CHECK(restored->keys_needed.empty());
  CHECK(content_of(to.folder / "keys" / "attachments.key") == key);
}

TEST_CASE("the sealing keys of each State come back with the keys, and whom a node trusts in any case") {
  World world(db::Engine::sqlite);
  auto const keys = world.node() / "keys";
  fs::create_directories(keys / "uto");
  fs::create_directories(keys / "trusted");
  write_file(keys / "uto" / "authority.pem", "the authority");
  write_file(keys / "uto" / ".draft-1", "left behind");
  write_file(keys / "trusted" / "xar.json", "{\"format\":\"rcms-trust-1\"}");
  auto order = world.order("with_seals.tar");
  order.passphrase_file = write_passphrase(world, "the tide comes in at noon");
  auto const made = backup(order, world.clock);
  REQUIRE(made.has_value());
  CHECK(content_of(made->file).find("the authority") == std::string::npos);

  Target with(db::Engine::sqlite);
  auto to = with.order(made->file);
  to.passphrase_file = order.passphrase_file;
  auto const whole = restore(to, world.clock);
  REQUIRE_MESSAGE(whole.has_value(), whole.error().detail);
  CHECK(whole->keys_needed.empty());
  CHECK(content_of(to.folder / "keys" / "uto" / "authority.pem") == "the authority");
  CHECK_FALSE(fs::exists(to.folder / "keys" / "uto" / ".draft-1"));
  auto const others = fs::perms::group_all | fs::perms::others_all;
  CHECK((fs::status(to.folder / "keys" / "uto").permissions() & others) == fs::perms::none);
  CHECK((fs::status(to.folder / "keys" / "uto" / "authority.pem").permissions() & others) == fs::perms::none);

  Target without(db::Engine::sqlite);
  auto const rest = restore(without.order(made->file), world.clock);
  REQUIRE_MESSAGE(rest.has_value(), rest.error().detail);
  CHECK(rest->keys_needed == std::vector<std::string>{"attachments.key", "uto/authority.pem"});
  auto const folder = without.order({}).folder / "keys";
  CHECK(content_of(folder / "uto" / "authority.pem").starts_with("Not restored"));
  CHECK(content_of(folder / "trusted" / "xar.json") == "{\"format\":\"rcms-trust-1\"}");
  for (auto const* name : {"uto/authority.pem", "trusted/../../x", "trusted/a/b", "trusted/", "/etc/x"}) {
    CAPTURE(name);
    CHECK(parse_trusted(std::string("{\"") + name + "\":\"00\"}").error().why == Why::malformed);
  }
}

TEST_CASE("a node whose key was not restored does not make a new one") {
  World world(db::Engine::sqlite);
  Target target(db::Engine::sqlite);
  auto const made = backup(world.order(), world.clock);
  REQUIRE(made.has_value());
  REQUIRE(restore(target.order(made->file), world.clock).has_value());
  CHECK_THROWS(files::NodeKey::load_or_make(target.order({}).folder / "keys" / "attachments.key"));
}

TEST_CASE("a changed, cut or foreign archive is refused before anything is written") {
  World world(db::Engine::sqlite);
  auto const made = backup(world.order(), world.clock);
  REQUIRE(made.has_value());
  auto const good = content_of(made->file);
  auto const within = good.find("SQLite format 3");
  REQUIRE(within != std::string::npos);
  struct Row {
    char const* name;
    std::string content;
    Why why;
  };
  auto changed = good;
  changed[within + 5000] = static_cast<char>(changed[within + 5000] ^ 1);
  auto renamed = good;
  renamed[good.find("attachments/") + 13] ^= 1;
  Row const rows[] = {
      {"a changed byte of the database", changed, Why::does_not_verify},
      {"a changed name", renamed, Why::malformed},
      {"cut in the middle", good.substr(0, good.size() / 2), Why::malformed},
      {"without its end", good.substr(0, good.size() - 1024), Why::malformed},
      {"no archive", "Dear colleague, the backup is on the other disk.", Why::malformed},
      {"nothing", "", Why::malformed},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    Target target(db::Engine::sqlite);
    auto const file = world.folder.path() / "bad.tar";
    std::ofstream(file, std::ios::binary) << row.content;
    auto const refused = restore(target.order(file), world.clock);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().why == row.why);
    CHECK_FALSE(fs::exists(target.order(file).folder));
  }
}

TEST_CASE("nothing is replaced: neither a file by a backup nor a node by a restore") {
  for_each_world([](World& world, Target& target) {
    auto const made = backup(world.order(), world.clock);
    REQUIRE(made.has_value());
    CHECK(backup(world.order(), world.clock).error().why == Why::already_exists);
    auto to = target.order(made->file);
    to.database = world.place.address();
    CHECK(restore(to, world.clock).error().why == Why::already_exists);
    to = target.order(made->file);
    to.folder = world.node();
    CHECK(restore(to, world.clock).error().why == Why::already_exists);
  });
}

TEST_CASE("an attachment that is lost does not prevent the backup and is named in it") {
  World world(db::Engine::sqlite);
  Target target(db::Engine::sqlite);
  auto const lost = *take_inventory(world.place.database()).attachments.begin();
  fs::remove(world.node() / "attachments" / lost.substr(0, 2) / lost);
  auto const made = backup(world.order(), world.clock);
  REQUIRE(made.has_value());
  CHECK(made->manifest.missing_attachments == std::vector<std::string>{lost});
  CHECK(restore(target.order(made->file), world.clock).has_value());
}

TEST_CASE("each part of the node is judged by its figures") {
  Instant const now = tests::noon;
  auto const ago = [&](std::int64_t seconds) { return now.plus_ms(-1000 * seconds); };
  Figures well;
  well.now = now;
  well.database_ms = 3;
  well.space = Space{50'000'000'000, 100'000'000'000};
  well.outbox = Waiting{};
  well.ledger_is_known = true;
  well.mail = Waiting{};
  well.last_backup = ago(3600);
  CHECK(worst_of(judge(well)) == State::ok);
  struct Row {
    char const* name;
    std::function<void(Figures&)> change;
    char const* part;
    State state;
  };
  Row const rows[] = {
      {"an agreement refused", [](Figures& f) { f.refused_agreements = 1; }, "law", State::degraded},
      {"a version waits", [](Figures& f) { f.waiting_agreements = 2; }, "law", State::ok},
      {"no database", [](Figures& f) { f.database_ms.reset(); }, "database", State::down},
      {"slow database", [](Figures& f) { f.database_ms = 1500; }, "database", State::degraded},
      {"full disk", [](Figures& f) { f.disk_writes = false; }, "disk", State::down},
      {"no space", [](Figures& f) { f.space->free_bytes = 1000; }, "disk", State::down},
      {"less than is kept", [](Figures& f) { f.reserve_bytes = f.space->free_bytes + 1; }, "disk", State::down},
      {"little space", [](Figures& f) { f.space->free_bytes = 1'000'000'000; }, "disk", State::degraded},
      {"an envelope of now", [&](Figures& f) { f.outbox = Waiting{1, ago(2)}; }, "exchange", State::ok},
      {"an envelope of ten minutes", [&](Figures& f) { f.outbox = Waiting{1, ago(600)}; }, "exchange", State::degraded},
      {"an envelope of two hours", [&](Figures& f) { f.outbox = Waiting{1, ago(7200)}; }, "exchange", State::down},
      {"a late seal", [&](Figures& f) { f.oldest_unsealed = ago(20); }, "ledger", State::degraded},
      {"no seals", [&](Figures& f) { f.oldest_unsealed = ago(300); }, "ledger", State::down},
      {"late mail", [&](Figures& f) { f.mail = Waiting{3, ago(1200)}; }, "mail", State::degraded},
      {"no backup", [](Figures& f) { f.last_backup.reset(); }, "backup", State::degraded},
      {"an old backup", [&](Figures& f) { f.last_backup = ago(100'000); }, "backup", State::degraded},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto figures = well;
    row.change(figures);
    for (auto const& part : judge(figures)) CHECK(part.state == (part.part == row.part ? row.state : State::ok));
  }
}

TEST_CASE("a node measures itself, and its files that nobody refers to are swept after a day") {
  World world(db::Engine::sqlite);
  Monitor monitor({.database = world.place.database(), .clock = world.clock, .folder = world.node(), .version = "test"});
  CHECK(monitor.not_ready().empty());
  CHECK(monitor.parts().front().state == State::ok);

  auto const store = files::open_folder_store(world.node() / "attachments");
  auto const orphan = store->put(files::CaseKey::make(), as_bytes("nobody's"));
  auto const path = world.node() / "attachments" / orphan.storage.substr(0, 2) / orphan.storage;
  SetClock today(SystemClock().now());
  CHECK(sweep_attachments(world.place.database(), *store, today) == 0);
  today.set(today.now().plus_ms(25LL * 3'600'000));
  CHECK(sweep_attachments(world.place.database(), *store, today) == 1);
  CHECK_FALSE(fs::exists(path));
  CHECK(files::list_files(world.place.database(), "case:0").size() == 5);
}
