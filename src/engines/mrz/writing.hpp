// Builds the lines of a machine readable zone from its fields.
#pragma once

#include <string>
#include <vector>

#include "engines/mrz/document.hpp"
#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"

namespace rcms::mrz {

/// The lines for `document`, whose fields are already in the alphabet of the zone (names transliterated, spaces or
/// fillers between components).
/// Refuses: field_missing, field_invalid, field_too_long, with the name of the field; TD3 and visas take numbers of at
/// most 9 characters, TD1 of 22, TD2 of 14.
/// Source: Doc 9303-3 section 4, 9303-4 to 9303-7 section 4.2.
Result<std::vector<std::string>> build_mrz(Document const& document);

/// YYMMDD; unknown month or day as `<<`.
std::string mrz_date(PartialDate const& date);
std::string mrz_date(Date date);
/// "male" or "M" → 'M', "female" or "F" → 'F', anything else (unspecified, X) → '<': X stands only in the visual zone.
/// Source: Doc 9303-3 section 4, data element sex.
char mrz_sex(std::string_view sex);

}  // namespace rcms::mrz
