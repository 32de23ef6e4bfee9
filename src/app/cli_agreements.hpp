// `rcms agreements`: check the files of agreements, compute the dates of cases, print what a jurist signs. No node is needed.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace rcms::app {

struct AgreementsOptions {
  std::vector<std::string> files;  ///< check: empty means all of the program's
  std::string cases;               ///< dates: file, "-" or empty: standard input
  std::string code;                ///< show, diff
  std::string other;               ///< diff
  std::string language = "en";
};

/// Exit code 1 when a file has a defect; each is told with file, line and reason.
int check_agreements(AgreementsOptions const& options);
/// One JSON answer a line; exit code 1 when a line could not be answered.
int compute_dates(AgreementsOptions const& options);
int show_agreement(AgreementsOptions const& options);
/// Two agreements rule by rule, as they are valid today.
int compare_agreements(AgreementsOptions const& options);
int list_agreements(AgreementsOptions const& options);

/// Adds `rcms agreements …`; the chosen command is left in `run`.
void add_agreements(CLI::App& app, AgreementsOptions& options, std::function<int()>& run);

}  // namespace rcms::app
