// The words by which columns and values of spreadsheets are recognised: from data/forms/import_synonyms.toml, from the labels of
// the form and from the lists of codes.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/labels.hpp"
#include "norms/forms/form.hpp"

namespace rcms::casework {

/// The target of a column that holds "SURNAME, Given names".
inline constexpr std::string_view full_name_target = "full_name";

/// All keys are in search form (upper case, without accents and punctuation).
struct ImportWords {
  std::map<std::string, std::string, std::less<>> columns;  ///< heading → path; `#` in both stands for a number from 1
  std::set<std::string, std::less<>> ignored;
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> values;  ///< list → word → code
  std::array<std::set<std::string, std::less<>>, 12> months;
  std::set<std::string, std::less<>> yes;
  std::set<std::string, std::less<>> no;
};

/// Heading or value as it is compared. A `#` stays.
std::string import_key(std::string_view text);

/// Reads the file under `data` and adds labels of all languages. Throws std::runtime_error when a path is not of the form, or a
/// word means two things.
ImportWords load_import_words(std::filesystem::path const& data, forms::Form const& form, forms::Codes const& codes,
                              Labels const& labels);

}  // namespace rcms::casework
