// The check digit of the machine readable zone and its alphabet.
#pragma once

#include <string_view>

namespace rcms::mrz {

/// True for A to Z, 0 to 9 and the filler `<`.
constexpr bool is_mrz_character(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '<'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

/// Adds up weighted values over several runs of characters, for the composite check digit.
/// Source: Doc 9303-3 section 4.9: weights 7 3 1, values 0 to 9, A=10 to Z=35, filler 0, remainder of 10.
class CheckSum {
 public:
  /// Characters outside the alphabet count as 0; the reader has refused them before.
  constexpr CheckSum& add(std::string_view characters) {
    for (char c : characters) {
      int value = 0;
      if (is_digit(c)) value = c - '0';
      if (is_letter(c)) value = c - 'A' + 10;
      constexpr int weights[3] = {7, 3, 1};
      sum_ += value * weights[position_];
      position_ = position_ == 2 ? 0 : position_ + 1;
    }
    return *this;
  }
  constexpr char digit() const { return static_cast<char>('0' + sum_ % 10); }

 private:
  int sum_ = 0;
  int position_ = 0;
};

constexpr char check_digit(std::string_view characters) { return CheckSum().add(characters).digit(); }

}  // namespace rcms::mrz
