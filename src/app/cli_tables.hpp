// Tables in and out of a node: `rcms import`, `rcms export`, `rcms report`.
#pragma once

#include <string>
#include <vector>

#include "app/cli_parts.hpp"

namespace rcms::app {

struct ImportOptions {
  Place place;
  std::string file;
  std::string login;      ///< of the case officer who imports
  std::string agreement;
  std::string problems;   ///< file for the rows with a defect, to correct and load again
  bool dry_run = false;
};

/// Every good row of a CSV or XLSX becomes a draft. 1 when a row has a defect.
int import_table(ImportOptions const& options);

struct ExportOptions {
  Place place;
  std::string login;
  std::string file;               ///< .csv, .xlsx; .zip for a package
  std::string side;               ///< requesting or requested; empty: the side on which the State works
  std::vector<std::string> states;
  std::string package;            ///< reference of one file: its complete package
};

int export_table(ExportOptions const& options);

struct PackageOptions {
  std::string file;
};

/// Verifies a package without a node, as a court does. 1 when something does not hold.
int verify_package(PackageOptions const& options);

struct ReportOptions {
  Place place;
  std::string state;
  std::string month;
  std::string format;  ///< empty: as the name of the file ends
  std::string language = "en";
  std::string file;
};

int write_report(ReportOptions const& options);

}  // namespace rcms::app
