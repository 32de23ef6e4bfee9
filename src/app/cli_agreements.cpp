#include "app/cli_agreements.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli_parts.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/base/text.hpp"
#include "norms/agreements/calendar_check.hpp"
#include "norms/agreements/dates.hpp"
#include "norms/agreements/difference.hpp"
#include "norms/agreements/reasons.hpp"
#include "norms/agreements/summary.hpp"

namespace rcms::app {

namespace {

std::filesystem::path data_folder() { return settings_of(Place{}).data; }

/// The law that belongs to the program.
struct Law {
  std::filesystem::path data = data_folder();
  Labels labels = Labels::load(data / "languages");
  Sentences sentences{labels, data / "languages/details.en.json"};
  agreements::Calendars calendars = agreements::load_calendars(data);
};

std::string in_small_letters(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return text;
}

agreements::Agreement const& choose(Law const& law, agreements::Agreements const& all, std::string const& code,
                                    std::string const& language) {
  std::vector<std::string> known;
  for (auto const& [held, agreement] : all) {
    if (in_small_letters(held) == in_small_letters(code)) return agreement;
    known.push_back(held);
  }
  auto const refused = fmt::format("there is no agreement {}; known are {}", code, join(known, ", "));
  throw CommandRefused(law.sentences.say(language, refused));
}

std::vector<std::filesystem::path> files_to_check(AgreementsOptions const& options, std::filesystem::path const& data) {
  std::vector<std::filesystem::path> named(options.files.begin(), options.files.end());
  if (named.empty()) named = {data / "agreements", data / "holidays"};
  std::vector<std::filesystem::path> files;
  for (auto const& path : named) {
    if (!std::filesystem::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    for (auto const& entry : std::filesystem::directory_iterator(path)) {
      if (entry.path().extension() == ".toml" && !entry.is_directory()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// How many lines could not be answered is told at the end: among thousands one is not seen.
bool answer_lines(std::istream& in, agreements::DatesLaw const& law, std::string const& language) {
  int answered = 0;
  std::vector<int> wrong;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto const answer = agreements::answer_line(law, line, number, language);
    if (answer.contains("error")) wrong.push_back(number);
    else ++answered;
    fmt::print("{}\n", boost::json::serialize(answer));
  }
  if (!wrong.empty()) {
    fmt::print(stderr, "{}\n", law.labels.text(language, "agreements.dates.counted",
                                               {{"answered", std::to_string(answered)},
                                                {"wrong", std::to_string(wrong.size())},
                                                {"first", std::to_string(wrong.front())}}));
  }
  return wrong.empty();
}

}  // namespace

int check_agreements(AgreementsOptions const& options) {
  auto const data = data_folder();
  auto const labels = Labels::load(data / "languages");
  Sentences const sentences{labels, data / "languages/details.en.json"};
  std::size_t defects = 0;
  auto const tell = [&](std::filesystem::path const& file, std::vector<std::string> const& messages) {
    for (auto const& message : messages) {
      for (auto const& reason : agreements::tell_reasons(file.filename().string(), message)) {
        auto const words = agreements::render_reason(labels, sentences, options.language, reason);
        fmt::print(stderr, "{}{}: {}\n", file.string(), reason.line == 0 ? "" : fmt::format(":{}", reason.line), words);
        ++defects;
      }
    }
  };
  auto const files = files_to_check(options, data);
  std::vector<std::filesystem::path> treaties;
  for (auto const& file : files) {
    if (agreements::is_calendar_file(file)) tell(file, agreements::check_calendar_file(file, data));
    else treaties.push_back(file);
  }
  if (!treaties.empty()) {
    // The calendars of the program: throws where they cannot be read, since nothing can be counted then.
    auto const calendars = agreements::load_calendars(data);
    for (auto const& file : treaties) tell(file, agreements::check_file(file, data, calendars));
  }
  auto const counted =
      labels.text(options.language, "agreements.check.counted",
                  {{"files", std::to_string(files.size())}, {"defects", std::to_string(defects)}});
  fmt::print("{}\n", counted);
  return defects == 0 ? 0 : 1;
}

int compute_dates(AgreementsOptions const& options) {
  Law const law;
  auto const all = agreements::load_agreements(law.data, law.calendars);
  agreements::DatesLaw const dates{all, law.calendars, law.labels, &law.sentences};
  if (options.cases.empty() || options.cases == "-") return answer_lines(std::cin, dates, options.language) ? 0 : 1;
  std::ifstream in(options.cases);
  if (!in || std::filesystem::is_directory(options.cases))
    throw CommandRefused(law.sentences.say(
        options.language, options.cases + ": cannot be opened; name a file with one JSON case a line, or - for standard input"));
  return answer_lines(in, dates, options.language) ? 0 : 1;
}

int show_agreement(AgreementsOptions const& options) {
  Law const law;
  auto const all = agreements::load_agreements(law.data, law.calendars);
  fmt::print("{}", agreements::render_summary(law.labels, options.language, choose(law, all, options.code, options.language),
                                              law.calendars));
  return 0;
}

int compare_agreements(AgreementsOptions const& options) {
  Law const law;
  auto const all = agreements::load_agreements(law.data, law.calendars);
  auto const today = date_in_zone(system_clock().now(), "UTC");
  fmt::print("{}", agreements::render_differences(law.labels, options.language, choose(law, all, options.code, options.language),
                                                  choose(law, all, options.other, options.language), today));
  return 0;
}

int list_agreements(AgreementsOptions const& options) {
  Law const law;
  for (auto const& [code, agreement] : agreements::load_agreements(law.data, law.calendars)) {
    auto const title = agreement.titles.find(options.language);
    fmt::print("{}\t{}\t{}\t{}\n", code, join(agreement.parties, ","), agreement.in_force ? agreement.in_force_from.text() : "-",
               title == agreement.titles.end() ? agreement.cited : title->second);
  }
  return 0;
}

void add_agreements(CLI::App& app, AgreementsOptions& options, std::function<int()>& run) {
  auto* group = app.add_subcommand("agreements", "Readmission agreements as data: check files, compute dates, print summaries");
  group->require_subcommand(1);
  group->footer("rcms agreements COMMAND --help tells more.");
  auto const add = [&](char const* name, char const* words, std::string const& footer, std::function<int()> what) {
    auto* command = group->add_subcommand(name, words);
    command->footer(footer);
    command->callback([&run, what = std::move(what)] { run = what; });
    return command;
  };
  auto const add_language = [&](CLI::App& command) {
    command.add_option("--language", options.language, "en or es")->check(CLI::IsMember({"en", "es"}))->capture_default_str();
  };
  auto* checking =
      add("check",
          "Check files of agreements and of holidays: form, contradictions, worked examples; exit code 1 when one has a defect",
          "Example:\n  rcms agreements check data/agreements/ch-az.toml", [&] { return check_agreements(options); });
  checking->add_option("files", options.files, "Files or folders; without one, all of the program's");
  add_language(*checking);
  auto* dating = add("dates", "Answer one JSON case a line with every deadline; exit code 1 when a line could not be answered",
                     agreements::render_dates_help() +
                         "Example:\n  echo '{\"agreement\":\"CH-AZ\",\"events\":[{\"type\":\"acknowledged\","
                         "\"at\":\"2027-03-04T10:00\"}]}' | rcms agreements dates",
                     [&] { return compute_dates(options); });
  dating->add_option("file", options.cases, "Cases; - or nothing: standard input");
  add_language(*dating);
  auto* showing = add("show", "Print the summary of an agreement, for a jurist to sign",
                      "Example:\n  rcms agreements show CH-AZ --language es", [&] { return show_agreement(options); });
  showing->add_option("code", options.code, "Code of the agreement")->required();
  add_language(*showing);
  auto* comparing = add("diff", "Compare two agreements rule by rule: = the same, ~ another clause or confidence, ≠ another rule",
                        "Example:\n  rcms agreements diff CH-AZ EU-AZ", [&] { return compare_agreements(options); });
  comparing->add_option("code", options.code, "Code of the one")->required();
  comparing->add_option("other", options.other, "Code of the other")->required();
  add_language(*comparing);
  auto* listing = add("list", "Code, parties, day of entry into force and title of every agreement",
                      "Example:\n  rcms agreements list", [&] { return list_agreements(options); });
  add_language(*listing);
}

}  // namespace rcms::app
