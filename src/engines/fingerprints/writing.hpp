// Writes templates as records of ISO/IEC 19794-2:2005.
#pragma once

#include <cstdint>
#include <vector>

#include "engines/fingerprints/template.hpp"

namespace rcms::fingerprints {

/// 197 points in a centimetre (500 dpi). What `read_template` gave from such a record is written as the same points. Positions
/// beyond 14 bits are cut to them.
std::vector<std::uint8_t> write_template(Template const& one);

}  // namespace rcms::fingerprints
