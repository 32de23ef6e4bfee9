#include "capabilities/registry/generated.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include <fmt/format.h>

#include "capabilities/registry/damage.hpp"
#include "foundation/base/text.hpp"

namespace rcms::registry {

namespace {

constexpr std::uint64_t persons_between_progress = 50'000;

struct Letters {
  std::string given, surname1, surname2;
  std::string surnames() const { return surname2.empty() ? surname1 : surname1 + " " + surname2; }
};

struct Name : Letters {
  bool female = false;
  Letters original;  ///< as the registry has it when that is another script; otherwise empty
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
  Names(Sources const& sources, std::size_t tail, std::uint64_t seed) : sources_(sources) {
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
  ScriptNames const& script(Dice& dice) const { return dice.chance(60) ? sources_.arabic : sources_.bengali; }
  /// A name of another script, with how it is written in Latin letters.
  static Name of_script(ScriptNames const& names, bool female, Dice& dice) {
    auto const& given = dice.one_of(female ? names.female : names.male);
    auto const& surname = dice.one_of(names.surname);
    Name made;
    made.female = female;
    made.given = search_form(given.latin);
    made.surname1 = search_form(surname.latin);
    made.original = {given.original, surname.original, {}};
    return made;
  }

 private:
  std::string plain(std::string const& name) const { return search_form(name); }
  Sources const& sources_;
  std::vector<std::string> tail_;
};

class World {
 public:
  World(Names const& names, std::uint64_t seed, unsigned other_script_percent)
      : names_(names), dice_(seed), other_script_percent_(static_cast<int>(other_script_percent)) {}

  std::vector<Person> next_family() {
    bool const other_script = other_script_percent_ > 0 && dice_.chance(other_script_percent_);
    return other_script ? family_of_script() : family();
  }

 private:
  /// Children carry the father's surname; nobody has a second one.
  std::vector<Person> family_of_script() {
    auto const& script = names_.script(dice_);
    auto const father = Names::of_script(script, false, dice_), mother = Names::of_script(script, true, dice_);
    int born = dice_.between(1945, 2000);
    auto const place = std::to_string(100 + dice_.between(1, 22) * 100 + dice_.between(1, 30));
    std::vector<Person> people;
    people.push_back(person(father, born - dice_.between(20, 40), place, Names::of_script(script, false, dice_),
                            Names::of_script(script, true, dice_)));
    people.push_back(person(mother, born - dice_.between(18, 35), place, Names::of_script(script, false, dice_),
                            Names::of_script(script, true, dice_)));
    for (int children = dice_.between(1, 5); children > 0; --children, born += dice_.between(1, 4)) {
      auto own = Names::of_script(script, dice_.chance(50), dice_);
      own.surname1 = father.surname1;
      own.original.surname1 = father.original.surname1;
      people.push_back(person(own, born, place, father, mother));
    }
    return people;
  }

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
  int other_script_percent_;
};

Said said_of(Letters const& name, Letters const& father, Letters const& mother, Person const& person) {
  return {name.given,
          name.surname1,
          name.surname2,
          fmt::format("{:04}-{:02}-{:02}", person.year, person.month, person.day),
          person.name.female ? "F" : "M",
          person.place,
          father.given,
          father.surnames(),
          mother.given,
          mother.surnames()};
}

/// In Latin letters, as an applicant is asked.
Said said_of(Person const& person) { return said_of(person.name, person.father, person.mother, person); }

/// As the registry writes it.
Said registered(Person const& person) {
  if (person.name.original.given.empty()) return said_of(person);
  return said_of(person.name.original, person.father.original, person.mother.original, person);
}

/// A file that says at the end whether all was written.
class Out {
 public:
  explicit Out(std::filesystem::path path) : path_(std::move(path)), file_(path_, std::ios::binary) {}
  void line(std::string const& text) {
    lines_ += text;
    if (lines_.size() > (1U << 20)) write();
  }
  Result<void> close() {
    write();
    file_.close();
    if (file_.fail())
      return refuse(Why::unavailable, path_.string(), path_.string() + " cannot be written to its end; make room and try again");
    return {};
  }

 private:
  void write() {
    file_.write(lines_.data(), static_cast<std::streamsize>(lines_.size()));
    lines_.clear();
  }
  std::filesystem::path path_;
  std::ofstream file_;
  std::string lines_;
};

void write_person(Out& out, Person const& person, Dice& dice) {
  auto row = registered(person);
  // The registry has errors too: a name in a hundred.
  bool const is_latin = person.name.original.given.empty();
  if (dice.chance(1) && is_latin) row.surname1 = misspelt(row.surname1, dice);
  if (dice.chance(1) && is_latin) row.given = misspelt(row.given, dice);
  if (dice.chance(4)) row.father_given.clear(), row.father_surnames.clear();
  out.line(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", person.id, row.given, row.surname1, row.surname2,
                       row.birth, row.sex, row.place, row.father_given, row.father_surnames, row.mother_given,
                       row.mother_surnames, person.document));
}

void write_duplicate(Out& out, Person const& person, Dice& dice) {
  auto row = said_of(person);
  damage(row, dice.between(1, 3), dice);
  out.line(fmt::format("9{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", person.id, row.given, row.surname1, row.surname2,
                       row.birth, row.sex, row.place, row.father_given, row.father_surnames, row.mother_given,
                       row.mother_surnames, dice.chance(50) ? person.document : ""));
}

void write_question(Out& out, std::size_t number, Person const& person, bool is_there, char const* profile, int errors,
                    Dice& dice) {
  auto asked = said_of(person);
  if (dice.chance(50)) asked.mother_surnames = asked.mother_surnames.substr(0, asked.mother_surnames.find(' '));
  damage(asked, errors, dice);
  out.line(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", number, is_there ? person.id : 0, profile,
                       errors, asked.given, asked.surname1, asked.surname2, asked.birth, asked.sex, asked.place,
                       asked.father_given, asked.father_surnames, asked.mother_given, asked.mother_surnames));
}

struct Profile {
  char const* name;
  int low, high;
};
constexpr std::array profiles{Profile{"clean", 0, 0}, Profile{"light", 1, 1}, Profile{"medium", 2, 3}, Profile{"heavy", 4, 5}};

}  // namespace

Result<Generated> generate_registry(Sources const& sources, GenerateOptions const& options) {
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error) return refuse(Why::unavailable, "folder", options.folder.string() + " cannot be made: " + error.message());
  Names const names(sources, options.rare_names, options.seed + 1);
  World world(names, options.seed, options.other_script_percent);
  Dice choice(options.seed + 2);
  Out people(options.folder / "persons.tsv"), queries(options.folder / "queries.tsv"), pairs(options.folder / "duplicates.tsv");
  Generated made;
  auto const every = std::max<std::uint64_t>(options.persons / std::max<std::uint64_t>(options.questions, 1), 1);
  std::uint64_t next_id = 1'000'000'007ULL, told = 0;
  while (made.persons < options.persons) {
    auto family = world.next_family();
    for (auto& person : family) person.id = next_id += 1 + choice.below(17);
    // One question in four is about somebody who is not there, though the family is.
    bool const ask = made.questions < options.questions && made.persons / every >= made.questions;
    bool const missing = ask && choice.chance(25);
    auto const about = 2 + choice.below(family.size() - 2);
    for (std::size_t at = 0; at < family.size() && made.persons < options.persons; ++at) {
      if (missing && at == about) continue;
      write_person(people, family[at], choice);
      ++made.persons;
      if (options.twice_in_1000 == 0 || choice.below(1000) >= options.twice_in_1000) continue;
      write_duplicate(people, family[at], choice);
      pairs.line(fmt::format("{0}\t9{0}\n", family[at].id));
      ++made.persons;
      ++made.twice;
    }
    if (options.progress && made.persons - told >= persons_between_progress)
      options.progress(told = made.persons, options.persons);
    if (!ask) continue;
    auto const& profile = profiles[choice.below(profiles.size())];
    write_question(queries, ++made.questions, family[about], !missing, missing ? "absent" : profile.name,
                   choice.between(profile.low, profile.high), choice);
  }
  for (auto* out : {&people, &queries, &pairs})
    if (auto const closed = out->close(); !closed) return tl::unexpected(closed.error());
  return made;
}

}  // namespace rcms::registry
