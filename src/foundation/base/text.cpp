#include "foundation/base/text.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <stdexcept>

#include "foundation/base/unicode_text.hpp"

namespace rcms {

namespace {

/// Calls `each(code point)` for all of `text`, -1 for a malformed sequence; stops when `each` says false.
template <class Each>
bool walk(std::string_view text, Each each) {
  auto const* bytes = reinterpret_cast<std::uint8_t const*>(text.data());
  auto const length = static_cast<std::int64_t>(text.size());
  std::int64_t at = 0;
  while (at < length) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, length, point);
    if (!each(point)) return false;
  }
  return true;
}

icu::UnicodeString normalised(icu::UnicodeString const& text, icu::Normalizer2 const* (*form)(UErrorCode&)) {
  UErrorCode error = U_ZERO_ERROR;
  auto const* normalizer = form(error);
  icu::UnicodeString out;
  if (U_SUCCESS(error)) out = normalizer->normalize(text, error);
  if (U_FAILURE(error)) throw std::runtime_error(std::string("text normalisation: ") + u_errorName(error));
  return out;
}

bool is_bidi_control(UChar32 point) { return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069); }

/// Letters with a stroke, and ligatures, which Unicode does not decompose.
char const* plain_letters(UChar32 point) {
  switch (point) {
    case 0x0141: return "L";
    case 0x00D8: return "O";
    case 0x0110: case 0x00D0: return "D";
    case 0x0126: return "H";
    case 0x0166: return "T";
    case 0x00C6: return "AE";
    case 0x0152: return "OE";
    case 0x00DE: return "TH";
    default: return nullptr;
  }
}

/// True for accents, points and vowel marks that are left out in writing; false for the vowel signs of Indic scripts,
/// without which a name would lose its vowels.
bool is_removable_mark(UChar32 point) {
  if (u_charType(point) != U_NON_SPACING_MARK && u_charType(point) != U_ENCLOSING_MARK) return false;
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(point, &error)) {
    case USCRIPT_INHERITED: case USCRIPT_COMMON: case USCRIPT_LATIN: case USCRIPT_GREEK: case USCRIPT_CYRILLIC:
    case USCRIPT_ARABIC: case USCRIPT_HEBREW: case USCRIPT_SYRIAC:
      return true;
    default:
      return false;
  }
}

// OPTIMIZATION: most texts are of ASCII, which no normal form changes; ICU takes fifty times as long for them.
bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (char const c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string tidy_ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (char const c : text) {
    if (is_ascii_space(c)) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += c;
  }
  return out;
}

std::string search_form_of_ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (char const c : text) {
    bool const is_small = c >= 'a' && c <= 'z';
    if (!is_small && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9')) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += is_small ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

}  // namespace

bool is_utf8(std::string_view text) {
  return is_ascii(text) || walk(text, [](UChar32 point) { return point >= 0; });
}

bool has_control_characters(std::string_view text) {
  return !walk(text, [](UChar32 point) {
    if (point < 0) return false;
    if (point == '\n' || point == '\t') return true;
    if (is_bidi_control(point)) return false;
    switch (u_charType(point)) {
      case U_CONTROL_CHAR: case U_UNASSIGNED: case U_PRIVATE_USE_CHAR: case U_SURROGATE:
      case U_LINE_SEPARATOR: case U_PARAGRAPH_SEPARATOR:
        return false;
      default:
        return true;
    }
  });
}

std::string tidy_text(std::string_view text) {
  if (is_ascii(text)) return tidy_ascii(text);
  auto const composed = normalised(from_utf8(text), icu::Normalizer2::getNFCInstance);
  icu::UnicodeString out;
  bool gap = false;
  for (std::int32_t at = 0; at < composed.length(); at = composed.moveIndex32(at, 1)) {
    UChar32 const point = composed.char32At(at);
    if (u_isUWhiteSpace(point)) {
      gap = !out.isEmpty();
      continue;
    }
    if (gap) out.append(UChar32{' '});
    gap = false;
    out.append(point);
  }
  return to_utf8(out);
}

std::string search_form(std::string_view text) {
  if (is_ascii(text)) return search_form_of_ascii(text);
  auto upper = normalised(from_utf8(text), icu::Normalizer2::getNFKDInstance);
  upper.toUpper(icu::Locale::getRoot());
  icu::UnicodeString out;
  bool gap = false;
  for (std::int32_t at = 0; at < upper.length(); at = upper.moveIndex32(at, 1)) {
    UChar32 const point = upper.char32At(at);
    if (is_removable_mark(point) || u_charType(point) == U_FORMAT_CHAR) continue;
    bool const kept =
        u_isalnum(point) || u_charType(point) == U_NON_SPACING_MARK || u_charType(point) == U_COMBINING_SPACING_MARK;
    if (!kept) {
      gap = !out.isEmpty();
      continue;
    }
    if (gap) out.append(UChar32{' '});
    gap = false;
    if (char const* plain = plain_letters(point)) out.append(icu::UnicodeString(plain, -1, US_INV));
    else out.append(point);
  }
  return to_utf8(normalised(out, icu::Normalizer2::getNFCInstance));
}

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  auto const* bytes = reinterpret_cast<std::uint8_t const*>(text.data());
  auto const length = static_cast<std::int64_t>(text.size());
  std::int64_t start = -1;
  auto const end_word = [&](std::int64_t end) {
    if (start < 0) return;
    auto const part = text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start));
    words.push_back({static_cast<std::size_t>(start), part.size(), search_form(part)});
    start = -1;
  };
  for (std::int64_t at = 0; at < length;) {
    std::int64_t const here = at;
    UChar32 point = 0;
    U8_NEXT(bytes, at, length, point);
    auto const type = point < 0 ? U_UNASSIGNED : static_cast<UCharCategory>(u_charType(point));
    bool const inside = point >= 0 && (u_isalnum(point) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK ||
                                       type == U_FORMAT_CHAR);
    if (inside && start < 0 && type != U_FORMAT_CHAR) start = here;
    if (!inside) end_word(here);
  }
  end_word(length);
  return words;
}

std::size_t length_of(std::string_view text) {
  std::size_t count = 0;
  walk(text, [&](UChar32) { ++count; return true; });
  return count;
}

std::string cut(std::string_view text, std::size_t code_points) {
  auto const* bytes = reinterpret_cast<std::uint8_t const*>(text.data());
  auto const length = static_cast<std::int64_t>(text.size());
  std::int64_t at = 0;
  for (std::size_t i = 0; i < code_points && at < length; ++i) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, length, point);
    static_cast<void>(point);
  }
  return std::string(text.substr(0, static_cast<std::size_t>(at)));
}

bool is_latin(std::string_view text) {
  return walk(text, [](UChar32 point) {
    if (point < 0) return false;
    if (!u_isalpha(point)) return true;
    UErrorCode error = U_ZERO_ERROR;
    return uscript_getScript(point, &error) == USCRIPT_LATIN;
  });
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    auto const at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string join(std::vector<std::string> const& parts, std::string_view separator) {
  std::string out;
  for (auto const& part : parts) {
    if (&part != &parts.front()) out += separator;
    out += part;
  }
  return out;
}

std::string upper_text(std::string_view text) {
  auto upper = from_utf8(text);
  upper.toUpper(icu::Locale::getRoot());
  return to_utf8(upper);
}

}  // namespace rcms
