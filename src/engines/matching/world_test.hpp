// A small invented registry of families and questions about it, for the tests of the engine.
#pragma once

#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

#include "engines/matching/build.hpp"
#include "engines/matching/search.hpp"

namespace rcms::matching {

/// A person with texts of their own.
struct Invented {
  std::string id, given, surname1, surname2, birth, sex, place, father_given, father_surnames, mother_given, mother_surnames,
      document;
  PersonRow row() const {
    return {id,    given,        surname1,        surname2,     birth,           sex,
            place, father_given, father_surnames, mother_given, mother_surnames, document};
  }
  Query query() const {
    return {given, surname1, surname2, birth, sex, place, father_given, father_surnames, mother_given, mother_surnames, {}};
  }
};

/// Families of a handful of names, so that namesakes and relatives abound.
inline std::vector<Invented> invent_registry(std::uint32_t seed, std::size_t count) {
  std::mt19937 dice(seed);
  std::vector<std::string> const givens{"MARIA GUADALUPE", "JOSE LUIS", "ANA",   "VICTOR HUGO",   "ROSA MARIA", "JUAN",
                                        "CARLOS ALBERTO",  "LUCIA",     "PEDRO", "ELENA BEATRIZ", "MOHAMMED",   "YESSENIA",
                                        "GUSTAVO",         "XIMENA",    "OSCAR", "INES"};
  std::vector<std::string> const surnames{"GARCIA", "HERNANDEZ", "DE LA CRUZ", "LOPEZ", "MENDOZA", "VASQUEZ", "QUISPE",
                                          "CHAVEZ", "YAC",       "BARRIOS",    "IXCOY", "MORALES", "TZOC",    "RODRIGUEZ"};
  auto const one_of = [&](std::vector<std::string> const& names) { return names[dice() % names.size()]; };
  auto const day = [&](int year) {
    auto const two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return std::to_string(year) + "-" + two(dice() % 12 + 1) + "-" + two(dice() % 28 + 1);
  };
  std::vector<Invented> people;
  while (people.size() < count) {
    auto const father = one_of(givens), father1 = one_of(surnames), father2 = one_of(surnames);
    auto const mother = one_of(givens), mother1 = one_of(surnames), mother2 = one_of(surnames);
    int year = 1950 + static_cast<int>(dice() % 50);
    for (auto children = dice() % 4 + 1; children > 0 && people.size() < count; --children, year += 2) {
      people.push_back({"P" + std::to_string(1000 + people.size()), one_of(givens), father1, mother1, day(year),
                        dice() % 2 == 0 ? "F" : "M", std::to_string(100 + dice() % 40), father, father1 + " " + father2, mother,
                        mother1 + " " + mother2, std::to_string(1'000'000'000ULL + dice())});
    }
  }
  return people;
}

/// A file that goes with the object.
class TemporaryFile {
 public:
  TemporaryFile() {
    static int number = 0;
    path_ =
        std::filesystem::temp_directory_path() / ("rcms-matching-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
  }
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline Index build_index(std::vector<Invented> const& people, std::filesystem::path const& path, BuildOptions options = {}) {
  Builder builder(std::move(options));
  for (auto const& person : people) REQUIRE(builder.add(person.row()));
  REQUIRE(builder.finish(path));
  auto index = Index::open(path);
  REQUIRE(index);
  return std::move(*index);
}

}  // namespace rcms::matching
