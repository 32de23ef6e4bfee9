// A person as the index keeps them: numbers for the texts, a day, a number of a document. 44 bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rcms::matching {

inline constexpr std::uint32_t no_number = 0xFFFFFFFF;

enum class Precision : std::uint8_t { unknown, year, month, day };

/// A birth date known as far as `precision`. `days` counts from 1 January 1880; the first day it can be.
struct Birth {
  Precision precision = Precision::unknown;
  std::uint16_t days = 0;

  struct Parts {
    int year = 0;
    int month = 0;
    int day = 0;
  };

  /// Empty text is unknown; nothing when it is not a date of 1880 to 2058 in one of the forms yyyy, yyyy-mm, yyyy-mm-dd
  /// (also yyyymmdd).
  static std::optional<Birth> parse(std::string_view text);
  Parts parts() const;
  int year() const { return parts().year; }
  int month() const { return parts().month; }
  int day() const { return parts().day; }
  friend bool operator==(Birth const&, Birth const&) = default;
};

inline constexpr int first_year = 1880;
inline constexpr int years_count = 179;  ///< the last is 2058

/// The day of the calendar, or nothing when there is none.
std::optional<std::uint16_t> days_of(int year, int month, int day);

enum class Sex : std::uint8_t { unknown, male, female, other };
Sex sex_of(std::string_view text);

/// Letters and digits of a number of a document or an id in 63 bits; 0 for none. More than 11 of them, or 17 digits, become a
/// hash with the top bit set.
std::uint64_t packed(std::string_view text);
/// What `packed` was made of, capitals; empty when it was a hash.
std::string unpacked(std::uint64_t value);

struct Record {
  std::uint32_t given = 0;  ///< number of a field text, 0 for empty; so are the next six
  std::uint32_t surname1 = 0;
  std::uint32_t surname2 = 0;
  std::uint32_t father_given = 0;
  std::uint32_t father_surnames = 0;
  std::uint32_t mother_given = 0;
  std::uint32_t mother_surnames = 0;
  std::uint32_t place = 0;  ///< number of a place, 0 for none
  std::uint32_t document_high = 0;
  std::uint32_t document_low = 0;
  std::uint16_t birth_days = 0;
  Precision birth_precision = Precision::unknown;
  Sex sex = Sex::unknown;

  Birth birth() const { return {birth_precision, birth_days}; }
  std::uint64_t document() const { return (std::uint64_t{document_high} << 32) | document_low; }
};
static_assert(sizeof(Record) == 44);

/// Under which combinations a person is found. Each names what must agree, by sound; all else may be wrong.
enum class Key : std::uint8_t {
  surnames_given,
  given_surname_year,
  surname_date,
  given_date,
  surnames_year,
  givens_surname,
  given_surname_place,
  mother,
  father,
  document,
  parents,
};
inline constexpr std::size_t keys_count = 11;
std::string_view name_of(Key key);

/// The hash of a combination. Parts are hashes of sounds, days, years; the two of a pair in any order give the same.
std::uint64_t key_hash(Key key, std::uint64_t a, std::uint64_t b, std::uint64_t c = 0);
std::uint64_t pair_hash(std::uint64_t a, std::uint64_t b);

/// What a person's keys are made of: hashes of the sounds of their names, 0 for none.
struct KeyParts {
  std::array<std::uint64_t, 3> given{};
  std::uint64_t surname1 = 0;
  std::uint64_t surname2 = 0;
  std::uint64_t father_given = 0;
  std::uint64_t father_surname = 0;
  std::uint64_t mother_given = 0;
  std::uint64_t mother_surname = 0;
  std::uint64_t place = 0;
  std::uint64_t document = 0;
  Birth birth;
};

inline constexpr std::size_t most_hashes_of_a_key = 6;

/// The hashes under which a person is filed for a key; returns how many of `hashes` were set, without repetition.
std::size_t hashes_of(Key key, KeyParts const& parts, std::array<std::uint64_t, most_hashes_of_a_key>& hashes);

}  // namespace rcms::matching
