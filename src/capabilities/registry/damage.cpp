#include "capabilities/registry/damage.hpp"

#include <array>
#include <utility>
#include <vector>

namespace rcms::registry {

namespace {

constexpr int kinds_of_damage = 18;

bool replace_first(std::string& text, std::string_view what, std::string_view by) {
  auto const at = text.find(what);
  if (at == std::string::npos) return false;
  text.replace(at, what.size(), by);
  return true;
}

std::string first_name(std::string const& names) { return names.substr(0, names.find(' ')); }

int number(std::string const& text, std::size_t at, std::size_t count) { return std::stoi(text.substr(at, count)); }

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

bool damage_date(std::string& birth, int how, Dice& dice) {
  if (birth.size() != 10) return false;
  int const year = number(birth, 0, 4), month = number(birth, 5, 2), day = number(birth, 8, 2);
  switch (how) {
    case 0:
      if (day > 12 || day == month) return false;
      birth = std::to_string(year) + "-" + two(day) + "-" + two(month);
      return true;
    case 1: birth = std::to_string(year) + "-01-01"; return true;
    case 2: birth = std::to_string(year); return true;
    case 3: birth = std::to_string(year + (dice.chance(50) ? 1 : -1)) + birth.substr(4); return true;
    case 4: birth = std::to_string(year) + "-" + two(month) + "-" + two(day % 28 + 1); return true;
    default: birth.clear(); return true;
  }
}

/// False when this kind does not apply to the person.
bool damage_once(Said& said, int kind, Dice& dice) {
  switch (kind) {
    case 0: said.surname1 = misspelt(said.surname1, dice); return true;
    case 1: said.given = misspelt(said.given, dice); return true;
    case 2:
      if (said.surname2.empty()) return false;
      said.surname2 = misspelt(said.surname2, dice);
      return true;
    case 3: said.surname1 = as_heard(said.surname1, dice); return true;
    case 4: said.given = as_heard(said.given, dice); return true;
    case 5:
      if (said.surname2.empty()) return false;
      said.surname2.clear();
      return true;
    case 6:
      if (said.surname2.empty()) return false;
      std::swap(said.surname1, said.surname2);
      return true;
    case 7:
      if (said.given.find(' ') == std::string::npos) return false;
      said.given = first_name(said.given);
      return true;
    case 8:
      if (said.given.find(' ') == std::string::npos) return false;
      said.given = said.given.substr(said.given.find(' ') + 1);
      return true;
    case 9: case 10: case 11: case 12: case 13: return damage_date(said.birth, kind - 9, dice);
    case 14: said.place = std::to_string(100 + dice.between(1, 22) * 100 + dice.between(1, 30)); return true;
    case 15: said.mother_given.clear(); said.mother_surnames.clear(); return true;
    case 16: said.father_given.clear(); said.father_surnames.clear(); return true;
    default: said.sex = "U"; return true;
  }
}

}  // namespace

std::string misspelt(std::string name, Dice& dice) {
  if (name.size() < 3) return name + "A";
  auto const at = 1 + dice.below(name.size() - 1);
  auto const letter = static_cast<char>('A' + dice.between(0, 25));
  switch (dice.below(4)) {
    case 0: name.insert(at, 1, letter); break;
    case 1: name.erase(at, 1); break;
    case 2: name[at] = letter; break;
    default:
      if (at + 1 < name.size() && name[at] != name[at + 1]) std::swap(name[at], name[at + 1]);
      else name.erase(at, 1);
  }
  return name;
}

std::string as_heard(std::string name, Dice& dice) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> sounds{{{"V", "B"},
                                                                                   {"B", "V"},
                                                                                   {"Z", "S"},
                                                                                   {"S", "Z"},
                                                                                   {"CE", "SE"},
                                                                                   {"CI", "SI"},
                                                                                   {"H", ""},
                                                                                   {"LL", "Y"},
                                                                                   {"GE", "JE"},
                                                                                   {"GI", "JI"},
                                                                                   {"QU", "K"},
                                                                                   {"Y", "I"}}};
  auto const start = dice.below(sounds.size());
  for (std::size_t step = 0; step < sounds.size(); ++step) {
    auto const& [from, to] = sounds[(start + step) % sounds.size()];
    if (replace_first(name, from, to)) return name;
  }
  return misspelt(std::move(name), dice);
}

void damage(Said& said, int errors, Dice& dice) {
  std::vector<bool> made(kinds_of_damage, false);
  for (int tries = 0; errors > 0 && tries < 100; ++tries) {
    auto const kind = static_cast<int>(dice.below(kinds_of_damage));
    if (made[static_cast<std::size_t>(kind)]) continue;
    // A date is damaged once.
    bool const is_date = kind >= 9 && kind <= 13;
    bool date_made = false;
    for (int other = 9; other <= 13; ++other) date_made = date_made || made[static_cast<std::size_t>(other)];
    if (is_date && date_made) continue;
    if (!damage_once(said, kind, dice)) continue;
    made[static_cast<std::size_t>(kind)] = true;
    --errors;
  }
}

}  // namespace rcms::registry
