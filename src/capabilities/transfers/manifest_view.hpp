// Views of the list of those aboard: cells of a copy, in the order of its columns.
#pragma once

#include "capabilities/transfers/view.hpp"

namespace rcms::transfers {

struct ManifestRowView {
  std::optional<std::string> family;
  std::vector<std::string> cells;  ///< one for each column; empty: not known
};
RCMS_VIEW(ManifestRowView, family, cells)

struct ManifestTotalView {
  CodedView total;
  std::int64_t count = 0;
};
RCMS_VIEW(ManifestTotalView, total, count)

struct ManifestView {
  CodedView copy;
  std::vector<CodedView> copies;   ///< those that the viewer may make
  std::vector<CodedView> columns;
  std::vector<ManifestRowView> rows;
  std::vector<ManifestTotalView> totals;
  std::vector<EscortView> staff;   ///< empty when the copy has none
  std::string fingerprint;
  Instant made_at;
};
RCMS_VIEW(ManifestView, copy, copies, columns, rows, totals, staff, fingerprint, made_at)

struct ListFindingView {
  std::int64_t line = 0;  ///< 0: the whole file
  std::optional<std::string> column;
  CodedView problem;
  std::optional<std::string> person;
  std::optional<std::string> ours;
  std::optional<std::string> theirs;
};
RCMS_VIEW(ListFindingView, line, column, problem, person, ours, theirs)

struct ListCheckView {
  std::string format;
  std::optional<CodedView> copy;
  std::int64_t rows = 0;
  bool is_same = false;
  std::vector<ListFindingView> findings;
  std::int64_t more = 0;  ///< findings that are not shown
};
RCMS_VIEW(ListCheckView, format, copy, rows, is_same, findings, more)

}  // namespace rcms::transfers
