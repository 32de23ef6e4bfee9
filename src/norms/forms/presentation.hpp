// Forms in words: content with labels for pages and PDFs, defects with their remedy, definitions for the web form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "foundation/base/labels.hpp"
#include "foundation/base/result.hpp"
#include "norms/forms/form.hpp"

namespace rcms::forms {

struct PresentedField {
  std::string path;   ///< "A_person.surname"
  std::string label;  ///< "Surname"
  Type type = Type::text;
  std::vector<std::string> lines;  ///< one for a plain value; one for each entry of a list or group; file ids stay ids
};

struct PresentedSection {
  std::string code;
  std::string label;
  std::vector<PresentedField> fields;
};

/// The filled-in fields in the order of the form, in words of `language`: codes by their label, days written out.
std::vector<PresentedSection> present_content(Form const& form, Labels const& labels, std::string_view language,
                                              boost::json::value const& content);

/// The label of the field at a path with its numbers: "Minor unmarried children 3: Date of birth". The path when unknown.
std::string field_label(Form const& form, Labels const& labels, std::string_view language, std::string_view path);

/// What is wrong and what to do: "Date of birth: this day does not exist. Write it as …".
std::string render_finding(Form const& form, Labels const& labels, std::string_view language, Refused const& finding);

/// The definition for a form renderer: {form, version, title, sections: [{code, label, shown_when, fields: [{code, path, label,
/// help, type, latin, required, required_when, shown_when, expected, system, restricted, share, max_length, max_items, options:
/// [{code, label}], parts: [...]}]}]}. Absent members have their default (false, empty).
boost::json::value describe_form(Form const& form, Codes const& codes, Labels const& labels, std::string_view language);

}  // namespace rcms::forms
