// A copy of the list of those aboard as a file: PDF to sign, CSV and XLSX, PAXLST for a carrier; all from the same columns.
#pragma once

#include <string>

#include "capabilities/transfers/manifest.hpp"
#include "engines/mrz/transliteration.hpp"
#include "engines/paxlst/passenger_list.hpp"

namespace rcms::transfers {

struct ManifestFile {
  std::string name;
  std::string media_type;
  std::string content;
};

/// `format` pdf, csv, xlsx, paxlst. Refuses: field_invalid (another format; PAXLST of a copy without documents), field_missing (a
/// crossing point without a code, a name that no table turns into Latin letters: PAXLST), unavailable (no room for the workbook).
/// Throws std::runtime_error when the PDF cannot be drawn.
Result<ManifestFile> make_manifest_file(Context const& context, access::Viewer const& viewer, Manifest const& manifest,
                                        ManifestCopy const& copy, mrz::Transliteration const& letters, std::string_view format);

/// The list as a carrier has it: names in the letters A to Z. Refuses: as above.
Result<paxlst::PassengerList> passenger_list_of(Context const& context, Manifest const& manifest,
                                                mrz::Transliteration const& letters);

namespace detail {
Bytes render_manifest_pdf(Context const& context, access::Viewer const& viewer, Manifest const& manifest,
                          ManifestCopy const& copy);
}  // namespace detail

}  // namespace rcms::transfers
