#include "capabilities/case_files/references.hpp"

#include <fmt/format.h>

#include "foundation/base/hash.hpp"

namespace rcms::case_files {

namespace {

/// No vowels, so that no word comes about, and nothing that is read as something else (0 and O, 1 and I).
constexpr std::string_view alphabet = "23456789BCDFGHJKLMNPQRSTVWXZ";
constexpr int drawn = 6;
constexpr std::size_t ending = 9;  // "K7MQ-4B62"

constexpr db::Sql select_reference{"case_files.reference_is_used",
                                   "SELECT 1 FROM case_files WHERE party = $1 AND reference = $2"};

/// As ISO 7064 reads it: letters are numbers from 10 on, separators are left out. -1 when there is another character.
int rest_of(std::string_view text) {
  int rest = 0;
  for (char const c : text) {
    if (c >= '0' && c <= '9') {
      rest = (rest * 10 + (c - '0')) % 97;
    } else if (c >= 'A' && c <= 'Z') {
      rest = (rest * 100 + (c - 'A' + 10)) % 97;
    } else if (c != '-') {
      return -1;
    }
  }
  return rest;
}

/// Three letters in a row can be an abbreviation that must not leave ("HCR"): nobody could release the file.
bool has_three_letters_in_a_row(std::string_view text) {
  int letters = 0;
  for (char const c : text) {
    letters = c >= 'A' ? letters + 1 : 0;
    if (letters == 3) return true;
  }
  return false;
}

std::string draw_once() {
  constexpr std::uint8_t fair = 256 / alphabet.size() * alphabet.size();  // bytes from here on would favour the first letters
  std::string text;
  while (text.size() < drawn) {
    for (auto const byte : random_bytes(drawn)) {
      if (byte < fair && text.size() < drawn) text += alphabet[byte % alphabet.size()];
    }
  }
  return text;
}

std::string draw() {
  auto text = draw_once();
  while (has_three_letters_in_a_row(text)) text = draw_once();
  return text;
}

std::string draw_reference(std::string_view party_code, int year) {
  auto const text = draw();
  auto const begin = fmt::format("{}-{}-{}-{}", party_code, year, text.substr(0, 4), text.substr(4));
  return fmt::format("{}{:02}", begin, 98 - rest_of(begin + "00"));
}

}  // namespace

std::string take_reference(db::Database& database, PartyId const& party, std::string_view party_code, int year) {
  // Two who draw the same at the same moment: the index of references lets the second of them try again.
  while (true) {
    auto reference = draw_reference(party_code, year);
    if (!database.find(select_reference, {party.value, reference})) return reference;
  }
}

bool has_right_check(std::string_view reference) {
  return reference.size() > ending && reference[reference.size() - 5] == '-' && rest_of(reference) == 1;
}

std::string_view drawn_part(std::string_view reference) {
  return has_right_check(reference) ? reference.substr(reference.size() - ending) : std::string_view();
}

std::string make_shared_uuid(Instant now) {
  // Version 7 of RFC 9562 with the moment at which the year began; everything behind it is at random, the counter too.
  auto const begin = start_of_day(Date(date_in_zone(now, "UTC").year(), 1, 1), "UTC");
  auto const random = to_hex(random_bytes(10));
  auto const moment = fmt::format("{:012x}", begin.ms);
  constexpr std::string_view variants = "89ab";
  return fmt::format("{}-{}-7{}-{}{}-{}", moment.substr(0, 8), moment.substr(8), random.substr(0, 3),
                     variants[static_cast<std::size_t>(random[3] % 4)], random.substr(4, 3), random.substr(7, 12));
}

}  // namespace rcms::case_files
