// Reads templates; whatever is not whole and as its standard says is refused.
#pragma once

#include <cstddef>
#include <span>

#include "engines/fingerprints/template.hpp"
#include "foundation/base/result.hpp"

namespace rcms::fingerprints {

inline constexpr std::size_t longest_template = 400'000;  ///< bytes; 255 views of 255 minutiae need 391,450

/// A record of ISO/IEC 19794-2:2005 or of ANSI INCITS 378-2004; which of them follows from where its length stands.
/// Zeros after it, as in the buffers of readers, are passed over.
/// Refuses: too_large; malformed (no such record, another version, a length that does not fit, bytes left over, no resolution).
Result<Template> read_template(std::span<std::uint8_t const> bytes);

enum class CardFormat : std::uint8_t {
  normal,  ///< five bytes a minutia, hundredths of a millimetre
  compact  ///< three bytes a minutia, tenths of a millimetre, 64 steps of the circle
};

/// The minutiae of one finger as a card holds them: no head, the number follows from the length. Source: ISO/IEC 19794-2:2005,
/// finger minutiae card formats (unverified: written from descriptions of the standard, not from its text).
/// Refuses: malformed (not a whole number of minutiae, or more than 255).
Result<Template> read_card(std::span<std::uint8_t const> bytes, CardFormat format);

}  // namespace rcms::fingerprints
