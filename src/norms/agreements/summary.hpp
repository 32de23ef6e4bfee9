// An agreement in words, for a jurist to read and sign: what is known with its clause, how far it is sure, and what is not known.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/labels.hpp"
#include "norms/agreements/deadline.hpp"

namespace rcms::agreements {

/// The summary in `language`, as plain text with lines of at most 120 characters where words allow.
std::string render_summary(Labels const& labels, std::string_view language, Agreement const& agreement,
                           Calendars const& calendars);

/// One rule in words: "25 calendar days from the acknowledgement of receipt".
std::string render_rule(Labels const& labels, std::string_view language, Rule const& rule);

/// The worked examples that do not come out as the file says, in words.
std::vector<std::string> list_failing_examples(Agreement const& agreement, Calendars const& calendars);

/// Everything that is wrong with the file of an agreement, each with file and, where known, line: schema, contradictions, failing
/// examples. Empty when it may be put in force.
std::vector<std::string> check_file(std::filesystem::path const& file, std::filesystem::path const& data,
                                    Calendars const& calendars);

}  // namespace rcms::agreements
