// Reads a machine readable zone and says which checks hold. It never guesses: what does not fit is told, not repaired.
// No check digit covers name, nationality or sex, so a zone that passes is well read, not proven; the seal is the proof.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engines/mrz/document.hpp"
#include "foundation/base/date.hpp"

namespace rcms::mrz {

class StateCodes;

/// The check digits as printed; `composite` and `optional_data` are empty where the format has none, `document_number`
/// is empty when the number is longer than nine characters and its digit stands in the optional data.
struct PrintedDigits {
  std::optional<char> document_number;
  std::optional<char> date_of_birth;
  std::optional<char> date_of_expiry;
  std::optional<char> optional_data;
  std::optional<char> composite;
};

/// What was read. `document` is empty when length or alphabet fail, because no field can then be trusted to stand where
/// it should. `failed` empty means valid.
struct Reading {
  std::optional<Document> document;
  std::vector<Check> failed;
  std::vector<Remark> remarks;
  PrintedDigits printed;
  bool is_long_number = false;
  bool is_name_possibly_truncated = false;  ///< the name field is full to its last position

  bool is_valid() const { return failed.empty(); }
};

/// Reads lines without line ends. The format follows from number and length of the lines and, for visas, from the code V.
/// `known` (may be null) adds the remarks about codes of States.
/// Source: Doc 9303-3 section 4, 9303-4 to 9303-7 section 4.2.
Reading parse_mrz(std::span<std::string_view const> lines, StateCodes const* known = nullptr);
/// The same from text with line feeds; spaces at the ends of lines and empty lines are skipped. At most 4,096 bytes are
/// looked at: longer text fails `length`.
Reading parse_mrz(std::string_view text, StateCodes const* known = nullptr);

/// The day of expiry, read as 2000 to 2099; empty when the characters are no day.
std::optional<Date> expiry_of(Document const& document);
/// The birth date, the century chosen so that it does not lie after `today`; unknown parts are 0. Empty when the year is
/// unknown or the characters are no date.
std::optional<PartialDate> birth_of(Document const& document, Date today);

}  // namespace rcms::mrz
