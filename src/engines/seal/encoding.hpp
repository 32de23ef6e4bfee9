// The small encodings of visible digital seals: C40 text, three-byte dates, DER lengths, two forms of ECDSA signatures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "foundation/base/date.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"

namespace rcms::seal {

using ByteSpan = std::span<std::uint8_t const>;

inline constexpr std::size_t signature_at_most = 132;  ///< bytes: r and s of P-521

/// Bytes that C40 takes for `characters`.
/// Source: Doc 9303-13 section 2.6; DEVIATION: rule b of 2.6 gives another length than the examples, see docs/source_issues.md.
constexpr std::size_t c40_size(std::size_t characters) { return 2 * ((characters + 2) / 3); }
/// Refuses: field_invalid unless every character is A-Z, 0-9, space or `<`; `<` is written as space.
/// Source: Doc 9303-13 sections 2.6.1 and 2.6.3.
Result<Bytes> c40_encode(std::string_view text);
/// Fillers come back as spaces. Empty when the bytes are no C40 of this subset.
std::optional<std::string> c40_decode(ByteSpan bytes);

/// The integer MMDDYYYY in three bytes, big endian.
/// Source: Doc 9303-13 section 2.3.1.
Bytes encode_date(Date day);
/// Empty unless the integer is a real day.
std::optional<Date> decode_date(ByteSpan three_bytes);

/// A date with unknown digits ("19xx-xx-01") in four bytes: a mask over the digits MMDDYYYY, then the integer.
/// Source: ICAO Datastructure for Barcode, masked date.
std::optional<Bytes> encode_masked_date(std::string_view text);

/// Length field, minimal form.
/// Source: X.690 section 8.1.3; Doc 9303-13 section 2.3.2.
Bytes encode_length(std::size_t length);
struct LengthField {
  std::size_t length = 0;
  std::size_t size = 0;  ///< bytes of the field itself
};
/// Empty when cut off, longer than four bytes, or not minimal.
std::optional<LengthField> decode_length(ByteSpan bytes);

/// r‖s of `2 * width` bytes to the ASN.1 form.
/// Source: Doc 9303-13 Appendix B.
Bytes signature_to_der(ByteSpan raw);
/// The ASN.1 form to r‖s, each `width` bytes. Empty when it is not strict DER or a number does not fit.
std::optional<Bytes> signature_from_der(ByteSpan der, std::size_t width);

}  // namespace rcms::seal
