// Commands for scripts: one JSON object a line in, one a line out, in the order of the questions.
#pragma once

#include <functional>
#include <iosfwd>
#include <stdexcept>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

namespace rcms::app {

/// A question that cannot be answered: told in its line as {"error":{"field","message"}}; the next line goes on.
struct LineRefused : std::runtime_error {
  LineRefused(std::string at, std::string const& message) : std::runtime_error(message), field(std::move(at)) {}
  std::string field;
};

/// A longer line is refused, with its number; the lines after it are answered.
constexpr std::size_t longest_json_line = 1'000'000;

using AnswerLine = std::function<boost::json::object(boost::json::object const&)>;

/// Answers every line of `in` that is not empty. The answer begins with "line" (counted from 1) and repeats the "id" of the
/// question where it has one. False when a line was refused; how many is told on standard error.
bool answer_json_lines(std::istream& in, std::ostream& out, AnswerLine const& answer);
/// The same for a file; empty or "-" is standard input. Throws CommandRefused when it cannot be opened.
bool answer_json_file(std::string const& file, AnswerLine const& answer);

/// A text of the question; empty when it is absent or null. Throws LineRefused when it is something else.
std::string text_of(boost::json::object const& question, std::string_view key);
/// The same, refused when absent.
std::string needed_text(boost::json::object const& question, std::string_view key);

}  // namespace rcms::app
