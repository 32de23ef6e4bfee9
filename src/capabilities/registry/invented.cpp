#include "capabilities/registry/invented.hpp"

#include <algorithm>
#include <iterator>
#include <ostream>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"

namespace rcms::registry {

namespace json = boost::json;

namespace {

constexpr int youngest_year = 2025;
constexpr int oldest_year = 1940;
/// Children born since have no document when the dice say so.
constexpr int child_since_year = 2009;

Weighted weighted_of(json::value const& list) {
  Weighted words;
  for (auto const& item : list.as_array())
    words.add(std::string(item.as_array().at(0).as_string()), static_cast<std::uint64_t>(item.as_array().at(1).as_int64()));
  return words;
}

std::vector<ScriptName> pairs_of(json::value const& list) {
  std::vector<ScriptName> names;
  for (auto const& item : list.as_array())
    names.push_back({std::string(item.as_array().at(0).as_string()), std::string(item.as_array().at(1).as_string())});
  return names;
}

ScriptNames script_of(json::value const& table) {
  auto const& object = table.as_object();
  return {pairs_of(object.at("female")), pairs_of(object.at("male")), pairs_of(object.at("surname"))};
}

/// A parent before children are made from them.
struct Parent {
  std::string given;
  std::string surname1;
  std::string surname2;
  int birth_year;
  std::string surnames() const { return surname1 + (surname2.empty() ? "" : " " + surname2); }
};

/// A parent as a child's row names them; both empty when they are not registered.
struct ParentName {
  std::string given;
  std::string surnames;
  std::string full_name() const { return given.empty() ? "" : given + " " + surnames; }
};

/// UUIDv7 form with a fixed time, so that ids are the same for the same seed.
CitizenId id_of(std::size_t number, Dice& dice) {
  auto const random = dice.next();
  return CitizenId{fmt::format("01940000-{:04x}-7{:03x}-8{:03x}-{:012x}", (number >> 16) & 0xffff, random & 0xfff,
                               (random >> 12) & 0xfff, (number << 24) | ((random >> 24) & 0xffffff))};
}

/// 7,654,321 and 90,000,000 have no common divisor: every number once, in no visible order.
std::string document_of(std::size_t number) {
  return fmt::format("U{:08d}", 10'000'000 + (number * 7'654'321ULL) % 89'999'999ULL);
}

/// Makes one family after the other until there are enough citizens.
class Population {
 public:
  Population(Sources const& sources, std::size_t count, std::uint64_t seed, std::size_t first_number)
      : sources_(sources), count_(count), first_number_(first_number), dice_(seed) {
    citizens_.reserve(count);
  }

  std::vector<Citizen> make() {
    while (citizens_.size() < count_) add_family();
    // Families must not stand together: a test that passes by neighbourhood would prove nothing.
    for (std::size_t at = citizens_.size(); at > 1; --at) std::swap(citizens_[at - 1], citizens_[dice_.below(at)]);
    return std::move(citizens_);
  }

 private:
  Parent make_parent(Weighted const& given, int birth_year) {
    auto const& second = dice_.chance(94) ? sources_.surname.draw(dice_) : none_;
    return {given.draw(dice_), sources_.surname.draw(dice_), second, birth_year};
  }

  void add_family() {
    int const mother_year = dice_.between(oldest_year, youngest_year - 17);
    auto const mother = make_parent(sources_.female, mother_year);
    auto const father = make_parent(sources_.male, mother_year - dice_.between(-3, 9));
    auto const& place = sources_.places[std::stoul(sources_.place_numbers.draw(dice_))];
    bool const has_father = dice_.chance(88);
    int const children = dice_.between(1, 5);
    // Parents of the oldest are not in this registry; every second pair of the others is.
    if (dice_.chance(55)) {
      add(mother.given, "F", mother.surname1, mother.surname2, mother.birth_year, place, invented_name("M"), invented_name("F"));
      add(father.given, "M", father.surname1, father.surname2, father.birth_year, place, invented_name("M"), invented_name("F"));
    }
    int year = mother_year + dice_.between(16, 26);
    for (int child = 0; child < children && year <= std::min(youngest_year, mother_year + 44); ++child) {
      bool const female = dice_.chance(50);
      // One child in eight carries a parent's given name: a relative who looks like the person.
      auto const& parent = female ? mother : father;
      auto const given = dice_.chance(12) ? parent.given : (female ? sources_.female : sources_.male).draw(dice_);
      auto const& surname1 = has_father ? father.surname1 : mother.surname1;
      auto const& surname2 = has_father ? mother.surname1 : mother.surname2;
      add(given, female ? "F" : "M", surname1, surname2, year, place,
          has_father ? ParentName{father.given, father.surnames()} : ParentName{}, {mother.given, mother.surnames()});
      year += dice_.between(1, 5);
    }
  }

  ParentName invented_name(std::string_view sex) {
    // The surname first: that is how the people of the samples were drawn.
    auto surname = sources_.surname.draw(dice_);
    return {(sex == "F" ? sources_.female : sources_.male).draw(dice_), std::move(surname)};
  }

  void add(std::string given, std::string sex, std::string surname1, std::string surname2, int year, Place const& place,
           ParentName father, ParentName mother) {
    if (citizens_.size() == count_) return;
    auto const number = first_number_ + citizens_.size();
    Citizen citizen;
    citizen.id = id_of(number, dice_);
    citizen.given = std::move(given);
    citizen.surname1 = std::move(surname1);
    citizen.surname2 = std::move(surname2);
    citizen.sex = std::move(sex);
    citizen.birth = Date(year, 1, 1).plus_days(dice_.between(0, 364));
    citizen.place = place.code;
    citizen.place_name = place.name;
    citizen.father = father.full_name();
    citizen.mother = mother.full_name();
    citizen.father_given = std::move(father.given);
    citizen.father_surnames = std::move(father.surnames);
    citizen.mother_given = std::move(mother.given);
    citizen.mother_surnames = std::move(mother.surnames);
    if (year < child_since_year || !dice_.chance(35)) citizen.document = document_of(number);
    citizens_.push_back(std::move(citizen));
  }

  Sources const& sources_;
  std::size_t count_;
  std::size_t first_number_;
  Dice dice_;
  std::vector<Citizen> citizens_;
  std::string none_;
};

}  // namespace

std::uint64_t Dice::next() {
  state_ += 0x9e3779b97f4a7c15ULL;
  auto z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

std::size_t Dice::below(std::size_t sides) { return static_cast<std::size_t>(next() % sides); }

int Dice::between(int low, int high) { return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1))); }

void Weighted::add(std::string word, std::uint64_t weight) {
  words_.push_back(std::move(word));
  sums_.push_back((sums_.empty() ? 0 : sums_.back()) + weight);
}

std::string const& Weighted::draw(Dice& dice) const {
  auto const point = dice.next() % sums_.back();
  return words_[static_cast<std::size_t>(std::upper_bound(sums_.begin(), sums_.end(), point) - sums_.begin())];
}

Sources read_sources(std::filesystem::path const& data) {
  auto const names = read_data_file(data / "codes/demo_names.toml", data / "schema/demo_names.schema.json");
  auto const places = read_data_file(data / "codes/demo_places.toml", data / "schema/demo_places.schema.json");
  Sources sources;
  auto const& latin = names.as_object().at("latin").as_object();
  sources.female = weighted_of(latin.at("female"));
  sources.male = weighted_of(latin.at("male"));
  sources.surname = weighted_of(latin.at("surname"));
  sources.arabic = script_of(names.as_object().at("arabic"));
  sources.bengali = script_of(names.as_object().at("bengali"));
  for (auto const& department : places.as_object().at("department").as_array()) {
    auto const& object = department.as_object();
    for (auto const& item : object.at("municipalities").as_array()) {
      auto const& row = item.as_array();
      sources.place_numbers.add(std::to_string(sources.places.size()), static_cast<std::uint64_t>(row.at(2).as_int64()));
      sources.places.push_back({fmt::format("{}-{}", object.at("code").as_string().c_str(), row.at(0).as_string().c_str()),
                                std::string(row.at(1).as_string()), std::string(object.at("name").as_string()),
                                static_cast<int>(row.at(3).as_int64()), static_cast<int>(row.at(4).as_int64())});
    }
  }
  return sources;
}

std::vector<Citizen> invent_citizens(Sources const& sources, std::size_t count, std::uint64_t seed, std::size_t first_number) {
  return Population(sources, count, seed, first_number).make();
}

std::vector<Citizen> invent_citizens_in_script(Sources const& sources, std::size_t count, std::uint64_t seed,
                                               std::size_t first_number) {
  Dice dice(seed);
  std::vector<Citizen> citizens;
  citizens.reserve(count);
  while (citizens.size() < count) {
    auto const& names = dice.chance(60) ? sources.arabic : sources.bengali;
    bool const female = dice.chance(50);
    auto const number = first_number + citizens.size();
    auto const& place = sources.places[std::stoul(sources.place_numbers.draw(dice))];
    Citizen citizen;
    citizen.id = id_of(number, dice);
    citizen.given = dice.one_of(female ? names.female : names.male).original;
    citizen.surname1 = dice.one_of(names.surname).original;
    citizen.sex = female ? "F" : "M";
    citizen.birth = Date(dice.between(oldest_year, youngest_year), 1, 1).plus_days(dice.between(0, 364));
    citizen.place = place.code;
    citizen.place_name = place.name;
    citizen.father_given = dice.one_of(names.male).original;
    citizen.father_surnames = citizen.surname1;
    citizen.father = citizen.father_given + " " + citizen.father_surnames;
    citizen.document = document_of(number);
    citizens.push_back(std::move(citizen));
  }
  return citizens;
}

void write_table(std::ostream& out, std::vector<Citizen> const& citizens) {
  fmt::memory_buffer lines;
  for (auto const& one : citizens) {
    fmt::format_to(std::back_inserter(lines), "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", one.id.value, one.given,
                   one.surname1, one.surname2, one.birth.text(), one.sex, one.place, one.father_given, one.father_surnames,
                   one.mother_given, one.mother_surnames, one.document);
  }
  out.write(lines.data(), static_cast<std::streamsize>(lines.size()));
}

void write_places(std::ostream& out, std::vector<Place> const& places) {
  out << "code,name,region,x,y\n";
  for (auto const& one : places)
    out << fmt::format("{},\"{}\",\"{}\",{},{}\n", one.code, one.name, one.department, one.x, one.y);
}

}  // namespace rcms::registry
