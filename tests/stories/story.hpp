// A story as it is written, line by line. The grammar stands in README.md.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "foundation/base/date.hpp"

namespace rcms::stories {

struct Person {
  std::string login;
  std::string party;  ///< "XAR"
  std::vector<std::string> roles;
  std::string organisation;  ///< kind of the body they work in
};

/// What must come of a line. Empty members are not asked.
struct Expected {
  std::string state;
  std::string refused;  ///< name of the refusal
  std::string due_kind;
  std::string due_on;   ///< yyyy-mm-dd, "paused" or "none"
  std::string evidence_of;      ///< nationality, third_country
  std::string evidence_result;  ///< "prima_facie presumed": what it comes to, and whether it is enough
};

struct Line {
  std::string file;
  int number = 0;
  Date day;
  std::string login;  ///< "clock" for the clock
  std::string party;
  std::string act;
  int application = 0;
  std::vector<std::pair<std::string, std::string>> words;
  std::optional<Expected> expected;

  /// The value of a word; empty when it is not there.
  std::string word(std::string_view name) const;
  bool has(std::string_view name) const;
  std::string place() const { return file + ":" + std::to_string(number); }
};

struct Story {
  std::string name;
  std::string title;  ///< the comment of its first line
  std::string agreement;
  std::vector<Line> lines;
};

/// Reads people.txt. Throws std::runtime_error naming file and line.
std::vector<Person> read_people(std::filesystem::path const& file);
/// Reads one story; `begin NAME` takes the lines of parts/NAME.part. Throws std::runtime_error naming file and line.
Story read_story(std::filesystem::path const& file);
/// Every *.story of a folder, by name.
std::vector<Story> read_stories(std::filesystem::path const& folder);

}  // namespace rcms::stories
