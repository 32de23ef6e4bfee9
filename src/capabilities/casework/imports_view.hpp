// Views and inputs of bulk imports.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "foundation/http/describe.hpp"

namespace rcms::casework {

struct ImportColumnView {
  std::string column;               ///< heading, unique in the table
  std::vector<std::string> sample;  ///< values of the first rows
};
RCMS_VIEW(ImportColumnView, column, sample)

/// Something that was found in the file itself: a broken row, a formula, an encoding.
struct ImportDefectView {
  std::int64_t row = 0;     ///< line of the file, 0: the whole file
  std::int64_t column = 0;  ///< from 1; 0: the whole row
  std::string problem;
  std::string text;  ///< in the viewer's language
  bool row_left_out = false;
};
RCMS_VIEW(ImportDefectView, row, column, problem, text, row_left_out)

struct ImportView {
  std::string id;
  std::string name;
  std::string state;     ///< uploaded, mapped, loading, loaded
  std::string detected;  ///< what the file is, in words
  std::string format;    ///< csv, xlsx
  std::vector<ImportColumnView> columns;
  std::map<std::string, std::string> mapping;  ///< heading → path of the form, or `full_name`
  std::string day_order;                       ///< day_first, month_first
  std::map<std::string, std::string> constants;
  std::optional<std::string> agreement;
  std::optional<std::string> profile_guess;  ///< id of the kept profile that fits
  std::int64_t rows = 0;
  std::vector<ImportDefectView> defects;
  std::int64_t loaded = 0;
  std::int64_t refused = 0;
  Instant uploaded_at;
};
RCMS_VIEW(ImportView, id, name, state, detected, format, columns, mapping, day_order, constants, agreement, profile_guess, rows,
          defects, loaded, refused, uploaded_at)

struct ImportProfileView {
  std::string id;
  std::string name;
  std::string agreement;
  std::map<std::string, std::string> mapping;
  std::string day_order;
  std::map<std::string, std::string> constants;
};
RCMS_VIEW(ImportProfileView, id, name, agreement, mapping, day_order, constants)

struct ImportErrorView {
  std::int64_t row = 0;  ///< line of the file
  std::string column;    ///< heading, or the field when no column stands for it
  std::string code;      ///< name of the problem
  std::string why;       ///< in the viewer's language
  std::string value;
  std::string remedy;
};
RCMS_VIEW(ImportErrorView, row, column, code, why, value, remedy)

struct ImportDuplicateView {
  std::int64_t row = 0;
  std::string of;                       ///< the reference of the case, or the other row in words
  std::optional<std::string> case_id;   ///< when it is a case
  std::string why;                      ///< in the viewer's language
};
RCMS_VIEW(ImportDuplicateView, row, of, case_id, why)

/// A required field that some rows lack; they become drafts and are completed there.
struct ImportLackingView {
  std::string path;
  std::string label;
  std::int64_t rows = 0;
};
RCMS_VIEW(ImportLackingView, path, label, rows)

struct ImportReportView {
  std::int64_t rows = 0;
  std::int64_t ready = 0;
  std::vector<ImportErrorView> errors;
  bool cut = false;  ///< there are more errors than are listed
  std::vector<ImportDuplicateView> duplicates;
  std::vector<ImportLackingView> lacking;
};
RCMS_VIEW(ImportReportView, rows, ready, errors, cut, duplicates, lacking)

struct ImportResultView {
  std::string state;  ///< loading: the rest follows in the background
  std::int64_t loaded = 0;
  std::int64_t refused = 0;
};
RCMS_VIEW(ImportResultView, state, loaded, refused)

struct ImportMappingInput {
  http::Text<60> agreement;
  std::map<std::string, std::string> mapping;
  std::optional<http::Text<20>> day_order;
  std::optional<std::map<std::string, std::string>> constants;
  std::optional<http::Text<60>> profile_name;
};
RCMS_INPUT(ImportMappingInput, agreement, mapping, day_order, constants, profile_name)

}  // namespace rcms::casework
