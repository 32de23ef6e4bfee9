// `rcms mrz check`, `build` and `transliterate` for scripts: the question and the answer of one line, in the words of
// tests/golden/mrz/mrz_vectors.json.
#pragma once

#include <boost/json/object.hpp>

#include "engines/mrz/state_codes.hpp"
#include "engines/mrz/transliteration.hpp"

namespace rcms::app {

/// {"lines":["P<UTO…","L898…"]} (also one text with line feeds) → "valid", "failed_checks", "warnings", and, when the zone has a
/// shape, "format", "fields", "check_digits", "long_document_number". Throws LineRefused.
boost::json::object check_zone_line(boost::json::object const& question, mrz::StateCodes const& known);

/// {"format":"TD2","input":{"document_code","issuing_state","document_number","nationality","date_of_birth_mrz","sex_mrz",
/// "date_of_expiry_mrz","primary_identifier_mrz","secondary_identifier_mrz","optional_data_1","optional_data_2"}} → "lines".
/// Instead of the keys with _mrz the same without: days as yyyy-mm-dd (birth also in part), sex M, F or X, names in any script
/// that ICAO has a table for ("language" and "options" as in `transliterate_line`). Throws LineRefused.
boost::json::object build_zone_line(boost::json::object const& question, mrz::Transliteration const& tables);

/// {"script","language","input","options":{"n_tilde":"NXX"}} → "result", and "extensions" when a letter was written by a row that
/// is not ICAO's. "script" is not needed: each letter tells its own. Throws LineRefused.
boost::json::object transliterate_line(boost::json::object const& question, mrz::Transliteration const& tables);

}  // namespace rcms::app
