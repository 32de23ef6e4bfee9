#include "foundation/search/search_words.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include <doctest/doctest.h>

#include "foundation/base/text.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;

namespace {

PartyId const arcadia{"01890000-0000-7000-8000-000000000001"};
PartyId const utopia{"01890000-0000-7000-8000-000000000002"};

std::vector<std::string> subjects(std::vector<search::Found> const& found) {
  std::vector<std::string> all;
  for (auto const& one : found) all.push_back(one.subject);
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<std::string> forms(std::vector<std::string> words) {
  for (auto& word : words) word = search_form(word);
  return words;
}

void write(db::Database& database, db::Command const& command) {
  REQUIRE(database.write(command).outcome == db::Outcome::written);
}

}  // namespace

TEST_CASE("all words must be there, the last may be incomplete, and another State finds nothing") {
  tests::for_each_engine([](db::Database& database) {
    db::Command command;
    search::add_words(command, arcadia, "requesting", "one", forms({"ana", "luna", "quispe"}));
    search::add_words(command, arcadia, "requesting", "two", forms({"ana", "paz"}));
    search::add_words(command, utopia, "requested", "three", forms({"ana", "luna"}));
    write(database, command);
    struct Row {
      char const* text;
      std::vector<std::string> found;
    };
    for (auto const& row : std::vector<Row>{{"ana", {"one", "two"}},
                                            {"an", {"one", "two"}},
                                            {"Ána QUIS", {"one"}},
                                            {"quispe ana", {"one"}},
                                            {"ana ana", {"one", "two"}},
                                            {"pa an", {}},
                                            {"ana \"OR\" luna", {}},
                                            {"ana*", {"one", "two"}},
                                            {"ana lunar", {}},
                                            {"nobody", {}},
                                            {"", {}},
                                            {"%", {}},
                                            {"_na", {}}}) {
      CAPTURE(row.text);
      CHECK(subjects(search::find_by_words(database, arcadia, "requesting", row.text, 10)) == row.found);
      CHECK(search::find_by_words(database, arcadia, "requested", row.text, 10).empty());
    }
    CHECK(subjects(search::find_by_words(database, arcadia, "", "ana", 10)).size() == 2);
    CHECK(search::find_by_words(database, arcadia, "requesting", "ana", 1).size() == 1);
  }, tests::Migrations::all);
}

TEST_CASE("a number is found as it is printed, without its separators, and by its beginning") {
  tests::for_each_engine([](db::Database& database) {
    db::Command command;
    search::add_words(command, arcadia, "requesting", "one", forms({"ana", "xar2031000001", "19850302"}));
    search::add_words(command, arcadia, "requesting", "two", forms({"ana", "xar2031000002", "u84074262"}));
    write(database, command);
    struct Row {
      char const* text;
      std::vector<std::string> found;
    };
    for (auto const& row : std::vector<Row>{{"XAR-2031-000001", {"one"}},
                                            {"XAR2031000001", {"one"}},
                                            {"xar/2031/000002", {"two"}},
                                            {"XAR-2031-0000", {"one", "two"}},
                                            {"1985-03-02", {"one"}},
                                            {"Ana U-84074262", {"two"}},
                                            {"XAR-2031-000002 ana", {"two"}},
                                            {"XAR-2031-000003", {}}}) {
      CAPTURE(row.text);
      CHECK(subjects(search::find_by_words(database, arcadia, "requesting", row.text, 10)) == row.found);
    }
  }, tests::Migrations::all);
}

TEST_CASE("changed words are found, words that went are not") {
  tests::for_each_engine([](db::Database& database) {
    db::Command command;
    search::add_words(command, arcadia, "requesting", "one", forms({"ana", "luna"}));
    write(database, command);
    db::Command change;
    search::change_words(change, arcadia, "requesting", "one", forms({"ana", "luna"}), forms({"ana", "mora"}));
    write(database, change);
    CHECK(search::find_by_words(database, arcadia, "requesting", "luna", 10).empty());
    CHECK(search::find_by_words(database, arcadia, "requesting", "mora", 10).size() == 1);
    CHECK(search::find_by_words(database, arcadia, "requesting", "ana", 10).size() == 1);
  }, tests::Migrations::all);
}

TEST_CASE("who has no words any more is not found, and who gets them again is") {
  tests::for_each_engine([](db::Database& database) {
    db::Command command;
    search::add_words(command, arcadia, "requesting", "one", forms({"ana", "luna"}));
    write(database, command);
    db::Command erase;
    search::change_words(erase, arcadia, "requesting", "one", forms({"ana", "luna"}), {});
    write(database, erase);
    CHECK(search::find_by_words(database, arcadia, "requesting", "luna", 10).empty());
    db::Command again;
    search::change_words(again, arcadia, "requesting", "one", {}, forms({"luna", "paz"}));
    write(database, again);
    CHECK(search::find_by_words(database, arcadia, "requesting", "luna", 10).size() == 1);
    CHECK(search::find_by_words(database, arcadia, "requesting", "ana", 10).empty());
  }, tests::Migrations::all);
}

TEST_CASE("what is written, changed and erased in one commit stands in the index as it ended") {
  tests::for_each_engine([](db::Database& database) {
    db::Command command;
    for (auto const* name : {"kept", "changed", "erased"})
      search::add_words(command, arcadia, "requesting", name, forms({"ana", "luna", name}));
    search::change_words(command, arcadia, "requesting", "changed", forms({"ana", "luna", "changed"}), forms({"ana", "mora"}));
    search::change_words(command, arcadia, "requesting", "erased", forms({"ana", "luna", "erased"}), {});
    write(database, command);
    auto const found = [&](char const* text) {
      return subjects(search::find_by_words(database, arcadia, "requesting", text, 10));
    };
    CHECK(found("ana") == std::vector<std::string>{"changed", "kept"});
    CHECK(found("luna") == std::vector<std::string>{"kept"});
    CHECK(found("mora ana") == std::vector<std::string>{"changed"});
    if (database.engine() != db::Engine::sqlite) return;
    CHECK(database.read_text("SELECT count(*) FROM search_waiting", {})[0].integer(0) == 0);
    static constexpr db::Sql check{"test.check",
                                   "INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 0)"};
    db::Command checking;
    checking.add(check, {});
    write(database, checking);  // a Fault when the index is torn
  }, tests::Migrations::all);
}

TEST_CASE("the newest are found first") {
  tests::for_each_engine([](db::Database& database) {
    for (int i = 100; i < 150; ++i) {
      db::Command command;
      search::add_words(command, arcadia, "requesting", "s" + std::to_string(i), forms({"ana", "luna", "n" + std::to_string(i)}));
      write(database, command);
    }
    for (auto const* text : {"ana", "lun", "ana luna", "ana lu"}) {
      CAPTURE(text);
      auto const found = search::find_by_words(database, arcadia, "requesting", text, 3);
      REQUIRE(found.size() == 3);
      CHECK(found[0].subject == "s149");
      CHECK(found[1].subject == "s148");
      CHECK(found[2].subject == "s147");
    }
  }, tests::Migrations::all);
}

TEST_CASE("a beginning of very many words finds whom it can, the newest of them") {
  tests::for_each_engine([](db::Database& database) {
    db::Command command;
    for (int i = 0; i < 300; ++i) {
      std::string rare = "j";
      for (int rest = i + 1000; rest > 0; rest /= 10) rare += static_cast<char>('a' + rest % 10);
      search::add_words(command, arcadia, "requesting", "subject" + std::to_string(1000 + i), forms({"garcia", rare}));
    }
    search::add_words(command, arcadia, "requesting", "other", forms({"garcia", "maria"}));
    write(database, command);
    for (auto const* text : {"j", "garcia j", "j garcia j"}) {
      CAPTURE(text);
      auto const found = search::find_by_words(database, arcadia, "requesting", text, 10);
      REQUIRE(found.size() == 10);
      CHECK(found.front().subject == "subject1299");
    }
    CHECK(search::find_by_words(database, arcadia, "requesting", "garcia j", 1000).size() == 300);
    CHECK(subjects(search::find_by_words(database, arcadia, "requesting", "garcia m", 10)) == std::vector<std::string>{"other"});
  }, tests::Migrations::all);
}

TEST_CASE("somebody of very many names is found by any two of them, and by the beginning of one") {
  tests::for_each_engine([](db::Database& database) {
    std::vector<std::string> names;
    for (char a = 'a'; a <= 'z'; ++a) names.push_back(std::string("name") + a);
    db::Command command;
    search::add_words(command, arcadia, "requesting", "many", forms(names));
    search::add_words(command, arcadia, "requesting", "one", forms({"namea"}));
    write(database, command);
    for (auto const* text : {"namea nameb", "namey namez", "namez namea", "namea namez namey", "nameq xyz namez"}) {
      CAPTURE(text);
      bool const fits = std::string_view(text).find("xyz") == std::string_view::npos;
      CHECK(search::find_by_words(database, arcadia, "requesting", text, 10).size() == (fits ? 1U : 0U));
    }
  }, tests::Migrations::all);
}

TEST_CASE("long words are found by as much of them as the index keeps") {
  tests::for_each_engine([](db::Database& database) {
    std::string const longest(500, 'W');
    db::Command command;
    search::add_words(command, arcadia, "requesting", "one", {"ANA", longest});
    write(database, command);
    CHECK(search::find_by_words(database, arcadia, "requesting", "ana " + longest, 10).size() == 1);
    CHECK(search::find_by_words(database, arcadia, "requesting", longest.substr(0, 40), 10).size() == 1);
  }, tests::Migrations::all);
}

TEST_CASE("a command that does not stand leaves nothing in the index") {
  tests::for_each_engine([](db::Database& database) {
    static constexpr db::Sql nobody{"test.nobody", "DELETE FROM search_gone WHERE token = $1"};
    db::Command command;
    search::add_words(command, arcadia, "requesting", "one", forms({"ana", "luna"}));
    command.add_expecting(nobody, {"nobody"});
    CHECK(database.write(command).outcome == db::Outcome::superseded);
    CHECK(search::find_by_words(database, arcadia, "requesting", "ana", 10).empty());
    db::Command two;
    search::add_words(two, arcadia, "requesting", "two", forms({"ana", "paz"}));
    write(database, two);
    CHECK(subjects(search::find_by_words(database, arcadia, "requesting", "an", 10)) == std::vector<std::string>{"two"});
  }, tests::Migrations::all);
}

TEST_CASE("what changed words leave behind is forgotten") {
  tests::for_each_engine([](db::Database& database) {
    for (auto const* name : {"one", "two"}) {
      db::Command command;
      search::add_words(command, arcadia, "requesting", name, forms({"ana", name, "zapata" + std::string(name)}));
      write(database, command);
    }
    db::Command change;
    search::change_words(change, arcadia, "requesting", "one", forms({"ana", "one", "zapataone"}), {});
    write(database, change);
    auto const count = [&](std::string const& text) { return database.read_text(text, {})[0].integer(0); };
    bool const is_sqlite = database.engine() == db::Engine::sqlite;
    std::string const traces = "SELECT count(*) FROM search_index_data WHERE instr(block, cast('apataone' AS blob)) > 0";
    CHECK(count("SELECT count(*) FROM search_vocabulary WHERE token LIKE '%:ZAPATA%'") == 2);
    if (is_sqlite) CHECK(count(traces) > 0);
    search::forget_gone_words(database);
    CHECK(count("SELECT count(*) FROM search_vocabulary WHERE token LIKE '%:ZAPATA%'") == 1);
    CHECK(count("SELECT count(*) FROM search_vocabulary WHERE token LIKE '%:ANA'") == 1);
    CHECK(count("SELECT count(*) FROM search_gone") == 0);
    if (is_sqlite) CHECK(count(traces) == 0);
    CHECK(subjects(search::find_by_words(database, arcadia, "requesting", "ana zap", 10)) == std::vector<std::string>{"two"});
    search::forget_gone_words(database);
  }, tests::Migrations::all);
}

TEST_CASE("who brings a new word does not wait for another who brings it") {
  tests::for_each_engine([](db::Database& database) {
    if (database.engine() == db::Engine::sqlite) return;  // One writer, which takes one command after the other.
    static constexpr db::Sql take_time{"test.take_time",
                                       "UPDATE search_subjects SET words = words WHERE pg_sleep(3) IS NOT NULL"};
    db::Command slow;
    search::add_words(slow, arcadia, "requesting", "one", forms({"ana", "quispe"}));
    slow.add(take_time, {});
    std::atomic<bool> has_slow_ended = false;
    db::Outcome slow_outcome{};
    std::thread slow_writer([&] {
      slow_outcome = database.write(slow).outcome;
      has_slow_ended = true;
    });
    auto const is_under_way = [&] {
      return !database
                  .read_text("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()", {})
                  .empty();
    };
    while (!is_under_way() && !has_slow_ended) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    db::Command quick;
    search::add_words(quick, arcadia, "requesting", "two", forms({"ana", "quispe"}));
    write(database, quick);
    CHECK_FALSE(has_slow_ended);
    slow_writer.join();
    REQUIRE(slow_outcome == db::Outcome::written);
    for (auto const* text : {"ana quispe", "an", "quis"})
      CHECK(subjects(search::find_by_words(database, arcadia, "requesting", text, 10)) == std::vector<std::string>{"one", "two"});
    db::Command change;
    for (auto const* name : {"one", "two"})
      search::change_words(change, arcadia, "requesting", name, forms({"ana", "quispe"}), {});
    write(database, change);
    search::forget_gone_words(database);
    CHECK(database.read_text("SELECT token FROM search_vocabulary", {}).empty());
  }, tests::Migrations::all);
}

TEST_CASE("a person with common names is found among thousands who have each of them") {
  tests::for_each_engine([](db::Database& database) {
    db::Command command;
    for (int i = 0; i < 3000; ++i) {
      search::add_words(command, arcadia, "requesting", "garcia" + std::to_string(i), forms({"garcia", "pedro"}));
      search::add_words(command, arcadia, "requesting", "lopez" + std::to_string(i), forms({"jose", "lopez", "maria"}));
    }
    search::add_words(command, arcadia, "requesting", "sought", forms({"garcia", "jose", "lopez", "19850302"}));
    write(database, command);
    for (auto const* text : {"garcia jose", "jose garcia", "Garcia Lopez Jose", "lopez jose gar", "garcia jos", "garcia 19850302",
                             "19850302 garcia jose", "lopez garcia jose jose"}) {
      CAPTURE(text);
      CHECK(subjects(search::find_by_words(database, arcadia, "requesting", text, 10)) == std::vector<std::string>{"sought"});
    }
    CHECK(search::find_by_words(database, arcadia, "requesting", "garcia maria", 10).empty());
    CHECK(search::find_by_words(database, arcadia, "requesting", "lopez jose", 200).size() == 200);
    db::Command change;
    search::change_words(change, arcadia, "requesting", "sought", forms({"19850302", "garcia", "jose", "lopez"}),
                         forms({"garcia", "lopez"}));
    write(database, change);
    CHECK(search::find_by_words(database, arcadia, "requesting", "garcia jose", 10).empty());
    CHECK(search::find_by_words(database, arcadia, "requesting", "garcia lopez", 10).size() == 1);
  }, tests::Migrations::all);
}

TEST_CASE("of a name that very many have the newest are shown") {
  tests::for_each_engine([](db::Database& database) {
    db::Command command;
    for (int i = 1000; i < 4600; ++i)
      search::add_words(command, arcadia, "requesting", "person" + std::to_string(i),
                        forms({"garcia", "jose", "w" + std::to_string(i % 90) + "x"}));
    write(database, command);
    for (auto const* text : {"garcia", "garcia jose", "garc", "jose w", "garcia jos"}) {
      CAPTURE(text);
      auto const found = search::find_by_words(database, arcadia, "requesting", text, 3);
      REQUIRE(found.size() == 3);
      for (int at = 0; at < 3; ++at) CHECK(found[static_cast<std::size_t>(at)].subject == "person" + std::to_string(4599 - at));
    }
    // Those of a rarer pair are told whole, whichever are the newest.
    CHECK(search::find_by_words(database, arcadia, "requesting", "garcia w7x", 200).size() == 40);
  }, tests::Migrations::all);
}

TEST_CASE("what stood in the old tables is found after the migration") {
  tests::for_each_fresh_database([](tests::DatabaseForTests& fresh) {
    auto const folder = std::filesystem::path(RCMS_SOURCE_DIR) / "db/migrations";
    tests::TemporaryFolder before;
    for (auto const& file : std::filesystem::directory_iterator(folder)) {
      if (file.path().filename().string() < "0075")
        std::filesystem::copy_file(file.path(), before.path() / file.path().filename());
    }
    auto& database = fresh.database();
    db::migrate(database, before.path().string());
    static constexpr db::Sql insert{"test.insert",
                                    "INSERT INTO search_words (party, word, kind, subject) VALUES ($1, $2, $3, $4)"};
    db::Command command;
    auto const add = [&](PartyId const& party, std::string const& kind, std::string const& subject,
                         std::vector<std::string> const& words) {
      for (auto const& word : words) command.add(insert, {party.value, word, kind, subject});
    };
    add(arcadia, "requesting", "one", {"ANA", "LUNA", "U84074262", "ÑANDÚ", "19850302"});
    add(arcadia, "document", "two", {"ANA", std::string(200, 'X')});
    add(utopia, "requested", "three", {"LUNA"});
    std::vector<std::string> names;
    for (char a = 'A'; a <= 'Z'; ++a) names.push_back(std::string("NAME") + a);
    add(arcadia, "requesting", "many", names);
    write(database, command);
    db::migrate(database, folder.string());
    auto const found = [&](PartyId const& party, std::string const& kind, std::string const& text) {
      return subjects(search::find_by_words(database, party, kind, text, 10));
    };
    using Names = std::vector<std::string>;
    CHECK(found(arcadia, "requesting", "ana luna") == Names{"one"});
    CHECK(found(arcadia, "requesting", "nand") == Names{});
    CHECK(found(arcadia, "requesting", "U8407") == Names{"one"});
    CHECK(found(arcadia, "requesting", "19850302 luna") == Names{"one"});
    CHECK(found(arcadia, "requesting", "namea nameb namey namez") == Names{"many"});
    CHECK(found(arcadia, "document", "ana " + std::string(90, 'x')) == Names{"two"});
    CHECK(found(arcadia, "requested", "luna") == Names{});
    CHECK(found(utopia, "requested", "lu") == Names{"three"});
    // What the migration wrote is what add_words writes.
    db::Command same;
    search::add_words(same, arcadia, "requesting", "same", {"19850302", "ANA", "LUNA", "U84074262", "ÑANDÚ"});
    write(database, same);
    auto const words = database.read_text("SELECT words FROM search_subjects WHERE subject IN ('one', 'same')", {});
    auto const sorted = [](std::string const& text) {
      auto all = split(text, ' ');
      std::sort(all.begin(), all.end());
      return all;
    };
    CHECK(sorted(words.at(0).text(0)) == sorted(words.at(1).text(0)));
  });
}
