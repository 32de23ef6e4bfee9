// From names as people write them (Latin with marks, Cyrillic, Arabic) to the letters of the machine readable zone, by
// the tables of ICAO and nothing else: a script without a table is refused, never romanised by machine.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/result.hpp"

namespace rcms::mrz {

/// How an issuer writes the five letters for which the table leaves a choice. Stored with each document.
/// Source: Doc 9303-3 section 6, table A.
struct LatinOptions {
  std::string a_diaeresis = "AE";  ///< Ä: AE or A
  std::string a_ring = "AA";       ///< Å: AA or A
  std::string n_tilde = "N";       ///< Ñ: N or NXX
  std::string o_diaeresis = "OE";  ///< Ö: OE or O
  std::string u_diaeresis = "UE";  ///< Ü: UE, UXX or U

  friend bool operator==(LatinOptions const&, LatinOptions const&) = default;
};

struct TransliterationOptions {
  LatinOptions latin;
  /// ISO 639 code of the language of the document, for the exceptions of the Cyrillic table: be, bg, mk, sr, uk. May be empty.
  std::string language;
};

struct Transliterated {
  std::string name;                     ///< A to Z, components separated by one filler
  std::vector<std::string> extensions;  ///< characters written by a row that is not ICAO's; to be shown to the issuer
};

/// Immutable after loading, shared by all threads.
class Transliteration {
 public:
  /// Throws std::runtime_error when data/codes/transliteration.json is missing or does not satisfy its schema.
  static Transliteration load(std::filesystem::path const& data_folder);
  ~Transliteration();
  Transliteration(Transliteration&&) noexcept;
  Transliteration& operator=(Transliteration&&) noexcept;

  /// Refuses: field_missing (nothing is left), field_invalid (a digit; a character without table: the detail names it and
  /// asks for a Latin form), field_too_long (more than 300 characters), malformed (not UTF-8).
  /// Source: Doc 9303-3 sections 4.6 and 6.
  Result<Transliterated> name(std::string_view name, TransliterationOptions const& options = {}) const;

  /// Every form the name may take under all options of the five letters, without repetition, the default first; for
  /// comparing a name with a zone whose issuer is unknown. At most 64 forms: more letters with a choice keep the default.
  /// Refuses: as `name`.
  Result<std::vector<std::string>> forms(std::string_view name, std::string const& language = {}) const;

  /// Refuses: field_invalid when a form is not one the table allows for that letter.
  Result<void> check_options(LatinOptions const& options) const;

 private:
  struct Tables;
  explicit Transliteration(std::unique_ptr<Tables const> tables);
  std::unique_ptr<Tables const> tables_;
};

}  // namespace rcms::mrz
