#include "app/json_lines.hpp"

#include <fstream>
#include <iostream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli_parts.hpp"

namespace rcms::app {

namespace json = boost::json;

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view spaces = " \t\r";

json::object error_of(std::string const& field, std::string_view message) {
  return {{"error", {{"field", field}, {"message", message}}}};
}

/// The line up to its end; of one that is too long only so much as shows that.
bool read_line(std::istream& in, std::string& line) {
  line.clear();
  if (in.peek() == std::istream::traits_type::eof()) return false;
  for (int letter = in.get(); letter != std::istream::traits_type::eof() && letter != '\n'; letter = in.get()) {
    if (line.size() <= longest_json_line) line.push_back(static_cast<char>(letter));
  }
  return true;
}

json::object answer_one(std::string_view text, AnswerLine const& answer) {
  if (text.size() > longest_json_line) return error_of("line", fmt::format("longer than {} bytes", longest_json_line));
  json::error_code fault;
  auto const read = json::parse(text, fault);
  if (fault) return error_of("line", "not JSON: " + fault.message());
  if (!read.is_object()) return error_of("line", "must be one JSON object");
  auto const& question = read.as_object();
  json::object out;
  if (auto const* id = question.if_contains("id")) out["id"] = *id;
  try {
    for (auto const& [key, value] : answer(question)) out[key] = value;
  } catch (LineRefused const& refused) {
    for (auto const& [key, value] : error_of(refused.field, refused.what())) out[key] = value;
  }
  return out;
}

}  // namespace

bool answer_json_lines(std::istream& in, std::ostream& out, AnswerLine const& answer) {
  std::int64_t answered = 0;
  std::int64_t refused = 0;
  std::int64_t first = 0;
  std::string line;
  for (std::int64_t number = 1; read_line(in, line); ++number) {
    std::string_view text = line;
    if (number == 1 && text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    if (text.find_first_not_of(spaces) == std::string_view::npos) continue;
    json::object told{{"line", number}};
    for (auto const& [key, value] : answer_one(text, answer)) told[key] = value;
    bool const is_refused = told.contains("error");
    (is_refused ? refused : answered) += 1;
    if (is_refused && first == 0) first = number;
    out << json::serialize(told) << '\n';
  }
  out.flush();
  if (refused > 0) fmt::print(stderr, "{} answered, {} not; the first in line {}\n", answered, refused, first);
  return refused == 0;
}

bool answer_json_file(std::string const& file, AnswerLine const& answer) {
  if (file.empty() || file == "-") {
    std::ios::sync_with_stdio(false);
    return answer_json_lines(std::cin, std::cout, answer);
  }
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file))
    throw CommandRefused(file + " cannot be opened: name a file with one JSON object a line, or - for standard input");
  return answer_json_lines(in, std::cout, answer);
}

std::string text_of(json::object const& question, std::string_view key) {
  auto const* value = question.if_contains(key);
  if (!value || value->is_null()) return {};
  if (!value->is_string()) throw LineRefused(std::string(key), "must be a text");
  return std::string(value->as_string());
}

std::string needed_text(json::object const& question, std::string_view key) {
  auto const* value = question.if_contains(key);
  if (!value || value->is_null()) throw LineRefused(std::string(key), "is missing");
  return text_of(question, key);
}

}  // namespace rcms::app
