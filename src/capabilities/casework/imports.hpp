// An import: a table that was uploaded, mapped to the form, checked and loaded into drafts. Its rules are in import_rules.hpp.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/casework/import_rules.hpp"
#include "foundation/base/ids.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::casework {

using ImportId = Id<struct ImportTag>;

/// `uploaded`: no mapping yet · `mapped` · `loading`: rows become drafts, continues after a restart · `loaded`.
enum class ImportState { uploaded, mapped, loading, loaded };
std::string_view name_of(ImportState state);

/// A mapping by the heading of the column, as it is kept and shown.
struct NamedProfile {
  std::map<std::string, std::string> mapping;  ///< heading → path; columns left out are absent or empty
  DayOrder day_order = DayOrder::day_first;
  std::map<std::string, std::string> constants;  ///< path → value
};

struct Import {
  ImportId id;
  PartyId party;
  std::string name;
  FileId file;
  UserId uploaded_by;
  Instant uploaded_at;
  ImportState state = ImportState::uploaded;
  std::vector<std::string> headings;  ///< unique and never empty: a column without title is called "Column 3"
  sheets::Report detected;            ///< without the rows
  std::uint64_t row_count = 0;        ///< rows below the heading that could be read
  std::uint64_t bad_rows = 0;         ///< rows that could not
  std::string agreement;              ///< empty until it is mapped
  NamedProfile profile;
  std::string profile_guess;  ///< id of the profile from which `profile` was taken, or empty
  UserId loaded_by;
  std::uint64_t loaded = 0;
  std::uint64_t refused = 0;
  std::uint64_t next_line = 0;  ///< rows before it are done
  std::int64_t revision = 1;
};

/// A mapping that the viewer's organisation keeps.
struct SavedProfile {
  std::string id;
  std::string name;
  std::string agreement;
  NamedProfile profile;
  Instant saved_at;
};

std::string subject_of(ImportId const& id);

/// Which of the first rows of a table holds its headings: the first, unless that is a title (one or two cells) above a row of
/// four texts or more.
std::size_t heading_row_of(std::vector<sheets::Row> const& first);
/// Reads a table: its headings once, then row after row what stands below them.
sheets::Report read_below_headings(std::string_view content, std::function<void(sheets::Row const&)> const& headings,
                                   sheets::EachRow const& each_row);
/// Whether these rows write the sex as H and M, "hombre" and "mujer": then M is a woman.
bool writes_m_for_women(std::vector<sheets::Row> const& rows, Mapping const& mapping);

/// Titles of the columns, made unique: "Surname", "Column 2", "Surname (2)".
std::vector<std::string> unique_headings(sheets::Row const& row);
/// The profile in the order of the columns of this table.
ImportProfile profile_for(NamedProfile const& named, std::vector<std::string> const& headings);
NamedProfile named_profile(ImportProfile const& profile, std::vector<std::string> const& headings);
/// The saved profile all of whose columns this table has, the one with most of them; nullptr when none fits.
SavedProfile const* fitting_profile(std::vector<SavedProfile> const& profiles, std::vector<std::string> const& headings);
/// How days are written in these rows: month first only when that reads what day first cannot.
DayOrder guess_day_order(std::vector<sheets::Row> const& rows, Mapping const& mapping, forms::Form const& form,
                         ImportWords const& words);

}  // namespace rcms::casework
