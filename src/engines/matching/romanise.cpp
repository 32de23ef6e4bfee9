#include "engines/matching/romanise.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <unicode/utf8.h>

namespace rcms::matching {

namespace {

struct Letter {
  std::int32_t point;
  char const* latin;
};

/// Small letters: a word of these has no short vowels. Long vowels are written as what they are when they are consonants; what
/// Latin writes with two letters (KH, SH) has the one that is left in its skeleton.
constexpr std::array arabic{
    Letter{0x0621, ""},   Letter{0x0622, "a"},  Letter{0x0623, "a"},  Letter{0x0624, "w"},  Letter{0x0625, "a"},
    Letter{0x0626, "y"},  Letter{0x0627, "a"},  Letter{0x0628, "b"},  Letter{0x0629, "h"},  Letter{0x062A, "t"},
    Letter{0x062B, "t"}, Letter{0x062C, "j"},  Letter{0x062D, "h"},  Letter{0x062E, "k"}, Letter{0x062F, "d"},
    Letter{0x0630, "d"}, Letter{0x0631, "r"},  Letter{0x0632, "z"},  Letter{0x0633, "s"},  Letter{0x0634, "s"},
    Letter{0x0635, "s"},  Letter{0x0636, "d"},  Letter{0x0637, "t"},  Letter{0x0638, "z"},  Letter{0x0639, ""},
    Letter{0x063A, "g"}, Letter{0x0640, ""},   Letter{0x0641, "f"},  Letter{0x0642, "q"},  Letter{0x0643, "k"},
    Letter{0x0644, "l"},  Letter{0x0645, "m"},  Letter{0x0646, "n"},  Letter{0x0647, "h"},  Letter{0x0648, "w"},
    Letter{0x0649, "a"},  Letter{0x064A, "y"},  Letter{0x0671, "a"},  Letter{0x0679, "t"},  Letter{0x067E, "p"},
    Letter{0x0686, "s"}, Letter{0x0688, "d"},  Letter{0x0691, "r"},  Letter{0x0698, "z"}, Letter{0x06A9, "k"},
    Letter{0x06AF, "g"},  Letter{0x06BA, "n"},  Letter{0x06BE, "h"},  Letter{0x06C0, "h"},  Letter{0x06C1, "h"},
    Letter{0x06C2, "h"},  Letter{0x06C3, "h"},  Letter{0x06CC, "y"},  Letter{0x06D2, "y"},  Letter{0x06D3, "y"}};

constexpr std::array cyrillic{
    Letter{0x0410, "A"},  Letter{0x0411, "B"},  Letter{0x0412, "V"},  Letter{0x0413, "G"},  Letter{0x0414, "D"},
    Letter{0x0415, "E"},  Letter{0x0416, "ZH"}, Letter{0x0417, "Z"},  Letter{0x0418, "I"},  Letter{0x0419, "I"},
    Letter{0x041A, "K"},  Letter{0x041B, "L"},  Letter{0x041C, "M"},  Letter{0x041D, "N"},  Letter{0x041E, "O"},
    Letter{0x041F, "P"},  Letter{0x0420, "R"},  Letter{0x0421, "S"},  Letter{0x0422, "T"},  Letter{0x0423, "U"},
    Letter{0x0424, "F"},  Letter{0x0425, "KH"}, Letter{0x0426, "TS"}, Letter{0x0427, "CH"}, Letter{0x0428, "SH"},
    Letter{0x0429, "SH"}, Letter{0x042A, ""},   Letter{0x042B, "Y"},  Letter{0x042C, ""},   Letter{0x042D, "E"},
    Letter{0x042E, "IU"}, Letter{0x042F, "IA"}, Letter{0x0401, "E"},  Letter{0x0402, "D"},  Letter{0x0404, "IE"},
    Letter{0x0405, "DZ"}, Letter{0x0406, "I"},  Letter{0x0407, "I"},  Letter{0x0408, "J"},  Letter{0x0409, "LJ"},
    Letter{0x040A, "NJ"}, Letter{0x040B, "C"},  Letter{0x040E, "U"},  Letter{0x040F, "DZ"}, Letter{0x0490, "G"}};

/// A consonant of Bengali carries an A unless a vowel sign or a virama follows.
constexpr std::array bengali_consonants{
    Letter{0x0995, "K"},  Letter{0x0996, "KH"}, Letter{0x0997, "G"},  Letter{0x0998, "GH"}, Letter{0x0999, "NG"},
    Letter{0x099A, "CH"}, Letter{0x099B, "CH"}, Letter{0x099C, "J"},  Letter{0x099D, "JH"}, Letter{0x099E, "N"},
    Letter{0x099F, "T"},  Letter{0x09A0, "TH"}, Letter{0x09A1, "D"},  Letter{0x09A2, "DH"}, Letter{0x09A3, "N"},
    Letter{0x09A4, "T"},  Letter{0x09A5, "TH"}, Letter{0x09A6, "D"},  Letter{0x09A7, "DH"}, Letter{0x09A8, "N"},
    Letter{0x09AA, "P"},  Letter{0x09AB, "F"},  Letter{0x09AC, "B"},  Letter{0x09AD, "BH"}, Letter{0x09AE, "M"},
    Letter{0x09AF, "J"},  Letter{0x09B0, "R"},  Letter{0x09B2, "L"},  Letter{0x09B6, "SH"}, Letter{0x09B7, "SH"},
    Letter{0x09B8, "S"},  Letter{0x09B9, "H"},  Letter{0x09DC, "R"},  Letter{0x09DD, "RH"}, Letter{0x09DF, "Y"}};

constexpr std::array bengali_vowels{
    Letter{0x0985, "A"},  Letter{0x0986, "A"},  Letter{0x0987, "I"},  Letter{0x0988, "I"},  Letter{0x0989, "U"},
    Letter{0x098A, "U"},  Letter{0x098B, "RI"}, Letter{0x098F, "E"},  Letter{0x0990, "OI"}, Letter{0x0993, "O"},
    Letter{0x0994, "OU"}, Letter{0x0982, "NG"}, Letter{0x0983, ""},   Letter{0x0981, "N"},  Letter{0x09CE, "T"},
    Letter{0x09BE, "A"},  Letter{0x09BF, "I"},  Letter{0x09C0, "I"},  Letter{0x09C1, "U"},  Letter{0x09C2, "U"},
    Letter{0x09C3, "RI"}, Letter{0x09C7, "E"},  Letter{0x09C8, "OI"}, Letter{0x09CB, "O"},  Letter{0x09CC, "OU"}};
constexpr std::int32_t bengali_virama = 0x09CD;
constexpr std::int32_t bengali_nukta = 0x09BC;

template <std::size_t size>
char const* find_letter(std::array<Letter, size> const& letters, std::int32_t point) {
  for (auto const& letter : letters)
    if (letter.point == point) return letter.latin;
  return nullptr;
}

bool is_bengali_sign(std::int32_t point) { return point >= 0x09BE && point <= 0x09CC; }

}  // namespace

std::string romanised(std::string_view word) {
  std::string out;
  bool bare_consonant = false;  // a Bengali consonant that still has its A
  auto const* bytes = reinterpret_cast<std::uint8_t const*>(word.data());
  auto const length = static_cast<std::int32_t>(word.size());
  for (std::int32_t at = 0; at < length;) {
    auto const start = at;
    std::int32_t point = 0;
    U8_NEXT(bytes, at, length, point);
    if (point < 0) continue;
    if (point == bengali_nukta) continue;
    if (bare_consonant && point != bengali_virama && !is_bengali_sign(point)) out += 'A';
    bare_consonant = false;
    if (point == bengali_virama) continue;
    if (auto const* latin = find_letter(bengali_consonants, point)) {
      out += latin;
      bare_consonant = true;
      continue;
    }
    char const* latin = nullptr;
    if (point >= 0x0600 && point <= 0x06FF) {
      latin = find_letter(arabic, point);
      if (latin == nullptr) latin = "";  // vowel marks and signs
    } else if (point >= 0x0400 && point <= 0x04FF) {
      latin = find_letter(cyrillic, point);
    } else if (point >= 0x0980 && point <= 0x09FF) {
      latin = find_letter(bengali_vowels, point);
    }
    if (latin != nullptr) out += latin;
    else out += word.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(at - start));
  }
  return out;
}

}  // namespace rcms::matching
