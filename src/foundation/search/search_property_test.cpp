// Random words, changes and questions, beside a model that looks at everybody.
#include "foundation/search/search_words.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <doctest/doctest.h>

#include "foundation/base/text.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;

namespace {

using Words = std::vector<std::string>;

struct Key {
  std::size_t party;
  std::string kind;
  std::string subject;
  auto operator<=>(Key const&) const = default;
};

// The first two share the end of their ids, and with it the lists of the index.
std::vector<PartyId> const parties{{"01890000-0000-7000-8000-0000aaaaaaaa"}, {"01890000-0000-7000-8000-1111aaaaaaaa"}, {"short"}};
Words const kinds{"requesting", "requested", "document"};
Words const pool{"ANA",           "ANAHI", "ANABEL",   "JOSE",     "JOSEFA",   "JO",  "GARCIA",    "GARCILAZO", "GARCIAS",
                 "LOPEZ",         "MARIA", "MARIANA",  "19850302", "19850303", "198", "U84074262", "U8",        "XAR2026000001",
                 "XAR2026000002", "ВЕРА",  "ВЕРОНИКА", "البكري",   "DE",       "LA",  "D",         "O1"};

class Model {
 public:
  explicit Model(db::Database& database, unsigned seed) : database_(database), dice_(seed) {}

  void change_something() {
    auto next = subjects_;
    db::Command command;
    for (auto count = roll(3) + 1; count > 0; --count) change_one(command, next);
    static constexpr db::Sql nobody{"test.nobody", "DELETE FROM search_gone WHERE token = $1"};
    bool const stands = roll(5) != 0;
    if (!stands) command.add_expecting(nobody, {"nobody"});
    REQUIRE(database_.write(command).outcome == (stands ? db::Outcome::written : db::Outcome::superseded));
    if (stands) subjects_ = std::move(next);
    if (roll(15) == 0) search::forget_gone_words(database_);
  }

  void ask_something() {
    auto const party = roll(parties.size());
    auto const kind = kinds[roll(kinds.size())];
    std::string text;
    for (auto count = roll(4) + 1; count > 0; --count) {
      auto word = pool[roll(pool.size())];
      if (count == 1 && roll(2) == 0) word = cut(word, roll(4) + 1);
      text += (text.empty() ? "" : " ") + word;
    }
    CAPTURE(text);
    CAPTURE(party);
    CAPTURE(kind);
    std::set<std::string> found;
    for (auto const& one : search::find_by_words(database_, parties[party], kind, text, 1000)) {
      CHECK(one.kind == kind);
      CHECK(found.insert(one.subject).second);
    }
    CHECK(found == expected(party, kind, split(text, ' ')));
  }

 private:
  std::size_t roll(std::size_t sides) { return dice_() % sides; }

  Words some_words() {
    std::set<std::string> words;
    for (auto count = roll(6); count > 0; --count) words.insert(pool[roll(pool.size())]);
    return {words.begin(), words.end()};
  }

  void change_one(db::Command& command, std::map<Key, Words>& next) {
    Key const key{roll(parties.size()), kinds[roll(kinds.size())], "s" + std::to_string(roll(40))};
    auto const after = some_words();
    auto& before = next[key];
    if (before.empty()) {
      search::add_words(command, parties[key.party], key.kind, key.subject, after);
    } else {
      search::change_words(command, parties[key.party], key.kind, key.subject, before, after);
    }
    before = after;
  }

  std::set<std::string> expected(std::size_t party, std::string const& kind, Words asked) const {
    auto const fitting = [&](Words const& whole, std::string const& beginning) {
      std::set<std::string> fit;
      for (auto const& [key, words] : subjects_) {
        if (key.party != party || key.kind != kind) continue;
        bool const all = std::all_of(whole.begin(), whole.end(), [&words = words](auto const& word) {
          return std::find(words.begin(), words.end(), word) != words.end();
        });
        bool const begins =
            std::any_of(words.begin(), words.end(), [&](auto const& word) { return word.starts_with(beginning); });
        if (all && (begins || beginning.empty())) fit.insert(key.subject);
      }
      return fit;
    };
    bool const is_number = asked.back().find_first_of("0123456789") != std::string::npos;
    auto const last = asked.back();
    if (asked.size() > 1 && !is_number && std::count(asked.begin(), asked.end(), last) < static_cast<long>(asked.size())) {
      if (auto whole = fitting(asked, ""); !whole.empty()) return whole;
    }
    std::erase(asked, last);
    return fitting(asked, last);
  }

  db::Database& database_;
  std::mt19937 dice_;
  std::map<Key, Words> subjects_;
};

}  // namespace

TEST_CASE("after any changes a search finds exactly those that fit, of this party and kind") {
  tests::for_each_engine([](db::Database& database) {
    for (unsigned seed = 1; seed <= 3; ++seed) {
      CAPTURE(seed);
      static constexpr db::Sql empty{"test.empty", "DELETE FROM search_subjects"};
      db::Command clean;
      clean.add(empty, {});
      REQUIRE(database.write(clean).outcome == db::Outcome::written);
      Model model(database, seed);
      for (int round = 0; round < 120; ++round) {
        model.change_something();
        for (int question = 0; question < 4; ++question) model.ask_something();
      }
    }
  }, tests::Migrations::all);
}
