// What becomes of the rows of a spreadsheet: columns to fields, cells to content, defects by column, duplicates. Pure: words,
// form, day and the search for known people are given. Reading the file is foundation/sheets, storing is not here.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "capabilities/casework/import_values.hpp"
#include "capabilities/casework/import_words.hpp"
#include "foundation/sheets/sheet.hpp"
#include "norms/forms/content.hpp"
#include "norms/forms/form.hpp"

namespace rcms::casework {

/// The target of each column in order: a path of the form, `full_name`, or empty when the column is left out.
using Mapping = std::vector<std::string>;

/// The best guess for these headings; each target is used once, exact words go before parts of words.
Mapping guess_mapping(std::vector<std::string> const& headings, ImportWords const& words, forms::Form const& form);

/// Refuses: field_unknown (not of the form), already_exists (two columns for one field), not_permitted (filled by the system, or
/// an attachment), field_missing (neither surname nor full name). Each names the column: "mapping[3]".
Findings check_mapping(Mapping const& mapping, forms::Form const& form);

/// What the officer has told about the file; saved as a profile.
struct ImportProfile {
  Mapping mapping;
  DayOrder day_order = DayOrder::day_first;
  std::map<std::string, std::string> constants =
      {};  ///< path → value for every row that has none ("A_person.nationality" → "UTO")
  bool m_is_woman = false;  ///< the table writes the sex as H and M
};

/// A defect of a row. `column` from 0; -1 when the row as a whole is meant.
struct ImportFinding {
  std::uint64_t line = 0;
  int column = -1;
  std::string path;  ///< field of the form, empty for the row
  ImportProblem problem = ImportProblem::invalid;
  std::string value;  ///< as it stands in the cell, at most 80 code points

  friend bool operator==(ImportFinding const&, ImportFinding const&) = default;
};

struct ImportRow {
  std::uint64_t line = 0;
  boost::json::object content;             ///< normalised; whole only when there are no findings
  std::vector<ImportFinding> findings;     ///< the row is loaded only when there are none
  std::vector<std::string> lacking;        ///< required fields that are absent: the draft is loaded and completed later
  bool is_ready() const { return findings.empty(); }
};

/// What a row is compared by: the same person written alike, or the same document.
struct PersonKey {
  std::string name_and_birth;  ///< empty when the day of birth is not complete
  std::vector<std::string> documents;
};
PersonKey person_key(boost::json::value const& content);

/// A case that is already there.
struct KnownCase {
  std::string id;
  std::string reference;
};

enum class Likeness { same_name_and_birth, same_document };
std::string_view name_of(Likeness likeness);

/// A row that may be somebody who is there already. It is told, not refused: the officer decides.
struct ImportDuplicate {
  std::uint64_t line = 0;
  std::uint64_t earlier_line = 0;  ///< in the same file; 0 when it is a case
  KnownCase known = {};            ///< otherwise
  Likeness likeness = Likeness::same_name_and_birth;
};

struct ImportReport {
  std::uint64_t rows = 0;
  std::uint64_t ready = 0;
  std::vector<ImportFinding> findings;  ///< at most 5,000
  std::vector<ImportDuplicate> duplicates;
  std::map<std::string, std::uint64_t> lacking;  ///< path → rows that have not got it
  bool is_cut = false;                           ///< there are more findings than are listed
};

/// Checks row after row. Keeps keys of people, not contents: 200,000 rows need some 60 MB.
class ImportCheck {
 public:
  using Lookup = std::function<std::vector<std::pair<KnownCase, Likeness>>(PersonKey const&)>;

  /// `requested` is the three-letter code of the requested State; `today` the day of the requesting authority. All references
  /// must live as long as the check. Without `lookup` only the file itself is searched for duplicates.
  ImportCheck(forms::Form const& form, forms::Codes const& codes, ImportWords const& words, ImportProfile const& profile,
              std::string requested, Date today, Lookup lookup = {});

  /// The row as content with its defects; pure, may be called again when loading.
  ImportRow read_row(sheets::Row const& row) const;
  /// Reads the row, counts it and compares it with the others.
  ImportRow check_row(sheets::Row const& row);
  ImportReport const& report() const { return report_; }

 private:
  void find_duplicates(ImportRow const& row);

  forms::Form const& form_;
  forms::Codes const& codes_;
  ImportWords const& words_;
  ImportProfile const& profile_;
  std::string requested_;
  Date today_;
  Lookup lookup_;
  ImportReport report_;
  std::map<std::string, std::uint64_t> lines_by_name_;
  std::map<std::string, std::uint64_t> lines_by_document_;
};

}  // namespace rcms::casework
