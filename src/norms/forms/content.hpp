// Content of a form: the JSON {"A_person": {"surname": "…", "surname_original": "…"}}, how it is tidied and checked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"
#include "norms/forms/form.hpp"

namespace rcms::forms {

/// The content with texts tidied (NFC, single spaces; lines kept in text blocks) and everything empty left out. Fields that the
/// form does not know stay as they are, so that check_content can name them. Anything but an object stays as it is.
boost::json::value normalise_content(Form const& form, boost::json::value const& content);

enum class Demand {
  draft,     ///< what is there must be right, nothing need be there
  complete,  ///< required fields must be there too
};

/// Every defect of normalised content at once, each with the path of its field ("B_family.children[2].dob"), in the order of the
/// form; at most 200. `today` is the day against which dates that must be past are held; none: not checked.
/// Why: field_unknown, field_missing, field_invalid (type, code, impossible date, not Latin), field_too_long (also: too many
/// entries), malformed (control characters).
Findings check_content(Form const& form, Codes const& codes, boost::json::value const& content, Conditions const& conditions,
                       Demand demand, std::optional<Date> today = {});

/// Paths of shown fields that are expected (or required) and absent: for warnings and for the checklist.
std::vector<std::string> list_expected_absent(Form const& form, boost::json::value const& content, Conditions const& conditions);

/// Conditions that follow from the content of an application: own_national or third_country_national (against the three-letter
/// code of the requested State), stateless (beside third_country_national; XXA, ICAO Doc 9303 part 3), child (under 18 on `today`
/// by the latest birth date possible), family, health_data, and those of `ticked_conditions`. Add the others (release,
/// health_consent, vital_interest, transfer …) yourself.
Conditions derive_conditions(boost::json::value const& content, std::string_view requested_state, Date today);

/// Those that the form ticks (header.procedure_flags): interview_requested, accelerated, transit.
Conditions ticked_conditions(boost::json::object const& content);

/// The text at "section.field" or "section.field.part", empty when absent.
std::string text_in(boost::json::value const& content, std::string_view path);

/// Ids of all attachments that the content names, each with its path.
struct FileUse {
  std::string path;
  std::string file;
};
std::vector<FileUse> list_files(Form const& form, boost::json::value const& content);

/// "section.field" of every field marked `scan`: what safeguards::scan_content takes as free text.
std::set<std::string, std::less<>> free_text_fields(Form const& form);

}  // namespace rcms::forms
