// Invents a registry of families and questions about its people: registry_world FOLDER PERSONS QUESTIONS SEED [TAIL].
// [DUPLICATES_IN_1000]. Writes persons.tsv and queries.tsv in the columns of `rcms registry`. The same numbers give
// the same files.
// Who stands there twice has the second time the id with a 9 before it, and one to three errors.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>

#include "capabilities/registry/invented.hpp"
#include "damage.hpp"
#include "foundation/base/text.hpp"

namespace rcms::registry_bench {
namespace {

using registry::Dice;

struct Name {
  std::string given, surname1, surname2;
  bool female = false;
  std::string surnames() const { return surname2.empty() ? surname1 : surname1 + " " + surname2; }
};

struct Person {
  std::uint64_t id = 0;
  Name name;
  int year = 0, month = 1, day = 1;
  std::string place;
  Name father, mother;
  std::string document;
};

/// Names as a registry has them: capitals without marks; the common ones by frequency, and a long tail.
class Names {
 public:
  Names(registry::Sources const& sources, std::size_t tail, std::uint64_t seed) : sources_(sources) {
    Dice dice(seed);
    constexpr std::array<std::string_view, 30> syllables{"BA",  "CA", "CHU", "DEL", "ER", "FI", "GUA", "HO",  "IX",  "JA",
                                                         "KEL", "LO", "MAR", "NE",  "OL", "PE", "QUI", "RO",  "SAN", "TE",
                                                         "UR",  "VI", "XI",  "YA",  "ZU", "TZ", "COX", "PAC", "TUN", "LAM"};
    for (std::size_t number = 0; number < tail; ++number) {
      std::string name;
      for (auto parts = dice.between(2, 4); parts > 0; --parts) name += syllables[dice.below(syllables.size())];
      tail_.push_back(std::move(name));
    }
  }
  std::string given(bool female, Dice& dice) const {
    if (!tail_.empty() && dice.chance(6)) return dice.one_of(tail_);
    auto name = plain(female ? sources_.female.draw(dice) : sources_.male.draw(dice));
    if (name.find(' ') == std::string::npos && dice.chance(60))
      name += " " + plain(female ? sources_.female.draw(dice) : sources_.male.draw(dice));
    return name;
  }
  std::string surname(Dice& dice) const {
    if (!tail_.empty() && dice.chance(12)) return dice.one_of(tail_);
    return plain(sources_.surname.draw(dice));
  }

 private:
  std::string plain(std::string const& name) const { return search_form(name); }
  registry::Sources const& sources_;
  std::vector<std::string> tail_;
};

class World {
 public:
  World(Names const& names, std::uint64_t seed) : names_(names), dice_(seed) {}

  /// The children of a couple, who stand in the registry themselves.
  std::vector<Person> family() {
    Name father = name(false), mother = name(true);
    int const year = dice_.between(1945, 2000);
    auto const place = std::to_string(100 + dice_.between(1, 22) * 100 + dice_.between(1, 30));
    std::vector<Person> people;
    people.push_back(person(father, year - dice_.between(20, 40), place, name(false), name(true)));
    people.push_back(person(mother, year - dice_.between(18, 35), place, name(false), name(true)));
    people[0].father.surname1 = father.surname1;
    people[0].mother.surname1 = father.surname2;
    people[1].father.surname1 = mother.surname1;
    people[1].mother.surname1 = mother.surname2;
    int const children = dice_.between(1, 5);
    int born = year;
    for (int child = 0; child < children; ++child) {
      Name own;
      own.female = dice_.chance(50);
      own.given = names_.given(own.female, dice_);
      // One in eight is called as a parent.
      if (dice_.chance(12)) own.given = own.female ? mother.given : father.given;
      own.surname1 = father.surname1;
      own.surname2 = mother.surname1;
      people.push_back(person(own, born, place, father, mother));
      auto& made = people.back();
      if (child > 0 && dice_.chance(2)) {  // twins
        auto const& other = people[people.size() - 2];
        made.year = other.year, made.month = other.month, made.day = other.day;
      }
      born += dice_.between(1, 4);
    }
    return people;
  }
  Dice& dice() { return dice_; }

 private:
  Name name(bool female) {
    Name made;
    made.female = female;
    made.given = names_.given(female, dice_);
    made.surname1 = names_.surname(dice_);
    if (!dice_.chance(5)) made.surname2 = names_.surname(dice_);
    return made;
  }
  Person person(Name own, int year, std::string place, Name father, Name mother) {
    Person made;
    made.name = std::move(own);
    made.year = year;
    made.month = dice_.between(1, 12);
    made.day = dice_.between(1, 28);
    if (dice_.chance(3)) made.month = made.day = 1;
    made.place = dice_.chance(85) ? std::move(place) : std::to_string(100 + dice_.between(1, 22) * 100 + dice_.between(1, 30));
    made.father = std::move(father);
    made.mother = std::move(mother);
    made.document = fmt::format("{:013}", dice_.next() % 10'000'000'000'000ULL);
    return made;
  }
  Names const& names_;
  Dice dice_;
};

Asked asked_about(Person const& person) {
  return {person.name.given, person.name.surname1, person.name.surname2,
          fmt::format("{:04}-{:02}-{:02}", person.year, person.month, person.day), person.name.female ? "F" : "M", person.place,
          person.father.given, person.father.surnames(), person.mother.given, person.mother.surnames()};
}

struct Out {
  explicit Out(std::filesystem::path const& path) : file(std::fopen(path.c_str(), "w")) {
    if (file == nullptr) throw std::runtime_error(path.string() + " cannot be written");
  }
  ~Out() { std::fclose(file); }
  void line(std::string const& text) { std::fwrite(text.data(), 1, text.size(), file); }
  std::FILE* file;
};

void write_person(Out& out, Person const& person, Dice& dice) {
  auto row = asked_about(person);
  // The registry has errors too: a name in a hundred.
  if (dice.chance(1)) row.surname1 = misspelt(row.surname1, dice);
  if (dice.chance(1)) row.given = misspelt(row.given, dice);
  if (dice.chance(4)) row.father_given.clear(), row.father_surnames.clear();
  out.line(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", person.id, row.given, row.surname1, row.surname2,
                       row.birth, row.sex, row.place, row.father_given, row.father_surnames, row.mother_given,
                       row.mother_surnames, person.document));
}

void write_duplicate(Out& out, Person const& person, Dice& dice) {
  auto row = asked_about(person);
  damage(row, dice.between(1, 3), dice);
  out.line(fmt::format("9{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", person.id, row.given, row.surname1, row.surname2,
                       row.birth, row.sex, row.place, row.father_given, row.father_surnames, row.mother_given,
                       row.mother_surnames, dice.chance(50) ? person.document : ""));
}

void write_question(Out& out, std::size_t number, Person const& person, bool is_there, char const* profile, int errors,
                    Dice& dice) {
  auto asked = asked_about(person);
  if (dice.chance(50)) asked.mother_surnames = asked.mother_surnames.substr(0, asked.mother_surnames.find(' '));
  damage(asked, errors, dice);
  out.line(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", number, is_there ? person.id : 0, profile,
                       errors, asked.given, asked.surname1, asked.surname2, asked.birth, asked.sex, asked.place,
                       asked.father_given, asked.father_surnames, asked.mother_given, asked.mother_surnames));
}

int run(std::filesystem::path const& folder, std::size_t persons, std::size_t questions, std::uint64_t seed, std::size_t tail,
        std::size_t duplicates) {
  std::filesystem::create_directories(folder);
  auto const sources = registry::read_sources(std::filesystem::path(RCMS_SOURCE_DIR) / "data");
  Names const names(sources, tail, seed + 1);
  World world(names, seed);
  Dice choice(seed + 2);
  Out people(folder / "persons.tsv"), queries(folder / "queries.tsv");
  std::size_t written = 0, asked = 0;
  auto const every = std::max<std::size_t>(persons / std::max<std::size_t>(questions, 1), 1);
  std::uint64_t next_id = 1'000'000'007ULL;
  struct Profile {
    char const* name;
    int low, high;
  };
  constexpr std::array profiles{Profile{"clean", 0, 0}, Profile{"light", 1, 1}, Profile{"medium", 2, 3}, Profile{"heavy", 4, 5}};
  while (written < persons) {
    auto family = world.family();
    for (auto& person : family) person.id = next_id += 1 + choice.below(17);
    // One question in four is about somebody who is not there, though the family is.
    bool const ask = asked < questions && (written / every >= asked);
    bool const missing = ask && choice.chance(25);
    auto const about = 2 + choice.below(family.size() - 2);
    for (std::size_t at = 0; at < family.size() && written < persons; ++at) {
      if (missing && at == about) continue;
      write_person(people, family[at], choice);
      ++written;
      if (duplicates == 0 || choice.below(1000) >= duplicates) continue;
      write_duplicate(people, family[at], choice);
      ++written;
    }
    if (!ask) continue;
    auto const& profile = profiles[choice.below(profiles.size())];
    write_question(queries, ++asked, family[about], !missing, missing ? "absent" : profile.name,
                   choice.between(profile.low, profile.high), choice);
  }
  fmt::print("{} persons, {} questions in {}\n", written, asked, folder.string());
  return 0;
}

}  // namespace
}  // namespace rcms::registry_bench

int main(int count, char** words) {
  if (count < 5) {
    fmt::print(stderr, "usage: registry_world FOLDER PERSONS QUESTIONS SEED [NAMES_OF_THE_TAIL [DUPLICATES_IN_1000]]\n");
    return 2;
  }
  return rcms::registry_bench::run(words[1], std::strtoull(words[2], nullptr, 10), std::strtoull(words[3], nullptr, 10),
                                   std::strtoull(words[4], nullptr, 10),
                                   count > 5 ? std::strtoull(words[5], nullptr, 10) : 20'000,
                                   count > 6 ? std::strtoull(words[6], nullptr, 10) : 0);
}
