// Whether a file of holidays can be counted with, for those who write one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rcms::agreements {

/// Whether it is a file of holidays rather than one of an agreement: it names a calendar. False when it cannot be read.
bool is_calendar_file(std::filesystem::path const& file);

/// What is wrong with a file of holidays, each with the file: its form, days that do not exist, a holiday that is found in two
/// ways, days outside the years that are known, years that end before they begin, the same day twice under one name, a code that
/// is not the name of the file. Empty: nothing. `data` has the schema.
std::vector<std::string> check_calendar_file(std::filesystem::path const& file, std::filesystem::path const& data);

}  // namespace rcms::agreements
