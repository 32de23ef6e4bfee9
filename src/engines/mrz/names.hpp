// The name field: components, and the truncation of names that do not fit.
#pragma once

#include <string>
#include <string_view>

#include "foundation/base/result.hpp"

namespace rcms::mrz {

/// Writes `primary<<secondary` into exactly `columns` characters. Components are separated by spaces or fillers and hold
/// only A to Z. A name that fits is padded and never shortened. Otherwise every component keeps its first letter as long
/// as there is room, the primary is restored first, and the last position is a letter.
/// Refuses: field_missing (no primary), field_invalid (other characters), field_too_long (no truncation can end in a
/// letter: a short form has to be given by hand).
/// Source: Doc 9303-4 section 4.2.3, 9303-6 section 4.2.3.
Result<std::string> name_field(std::string_view primary, std::string_view secondary, int columns);

}  // namespace rcms::mrz
