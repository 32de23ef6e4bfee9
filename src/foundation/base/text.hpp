// Unicode text: what may be stored, how it is compared, how it is cut. Backed by ICU in one file.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rcms {

bool is_utf8(std::string_view text);
/// True when it holds a control character (C0, C1, bidi overrides, unassigned, private use) other than line feed and tab.
bool has_control_characters(std::string_view text);
/// NFC, outer white space removed, inner runs of white space folded to one space.
std::string tidy_text(std::string_view text);
/// The form under which names are searched: upper case, marks removed, letters and digits of any script kept, other
/// characters a single space. "Núñez-O'Hara" → "NUNEZ O HARA".
std::string search_form(std::string_view text);
/// A run of letters and digits in a text.
struct Word {
  std::size_t at = 0;    ///< first byte
  std::size_t size = 0;  ///< bytes
  std::string form;      ///< its search form
};
/// The words of a text, with where they stand. "asyl_anhörung2.pdf" → ASYL, ANHORUNG2, PDF.
std::vector<Word> words_of(std::string_view text);
/// Number of user-perceived characters is not needed anywhere; this counts code points.
std::size_t length_of(std::string_view text);
/// The first `code_points` code points.
std::string cut(std::string_view text, std::size_t code_points);
/// True when every letter is of the Latin script.
bool is_latin(std::string_view text);

std::vector<std::string> split(std::string_view text, char separator);
std::string join(std::vector<std::string> const& parts, std::string_view separator);
std::string lower_ascii(std::string_view text);
std::string upper_ascii(std::string_view text);
/// Capitals as print sets them, marks kept, by the rules of no particular language: "García" → "GARCÍA", "Groß" → "GROSS".
std::string upper_text(std::string_view text);

}  // namespace rcms
