// A list that comes back (CSV, XLSX, PAXLST) held against the one that is in force: every difference by its line and its reason.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/enum.hpp>

#include "capabilities/transfers/manifest.hpp"
#include "engines/paxlst/passenger_list.hpp"

namespace rcms::transfers {

/// not_read: the file or a line cannot be read; column_*: the first line; the others of persons. Labels transfers.finding.<name>.
BOOST_DEFINE_ENUM_CLASS(ListProblem, not_read, column_missing, column_unknown, column_moved, journey_differs, not_on_list, twice,
                        differs, missing)
std::string name_of(ListProblem problem);

struct ListFinding {
  std::uint64_t line = 0;  ///< of the file, from 1; of a PAXLST the number of the person; 0: the whole file
  std::string column;      ///< column of a copy, or the title as it stands in the file
  ListProblem problem = ListProblem::not_read;
  std::string person;
  std::string ours;
  std::string theirs;      ///< of not_read: the label of what was wrong
  std::string detail = {}; ///< argument of that label
};

struct ListCheck {
  std::string format;  ///< csv, xlsx, paxlst
  std::string copy;    ///< whose columns the file has; empty: none
  std::size_t rows = 0;
  std::vector<ListFinding> findings;
  std::size_t more = 0;  ///< findings beyond the limit

  bool is_same() const { return findings.empty(); }
};
inline constexpr std::size_t findings_limit = 500;

/// `copies` are those that the reader may see. The title of each column is read in every language; a table whose columns were
/// moved is still read by its titles, one without a column that names the person is not.
ListCheck check_table(std::string_view content, Manifest const& manifest, std::vector<ManifestCopy> const& copies,
                      Labels const& labels);
/// `ours` as it would be written now.
ListCheck check_message(std::string_view content, paxlst::PassengerList const& ours);
bool is_message(std::string_view content);

}  // namespace rcms::transfers
