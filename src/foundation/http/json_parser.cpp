// The only file that includes the parser of Boost.JSON: it counts values and refuses duplicate keys while parsing.
#include <algorithm>
#include <charconv>
#include <cmath>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <fmt/format.h>

#include "foundation/base/text.hpp"
#include "foundation/http/json_reader.hpp"

namespace rcms::http {

namespace {

using ErrorCode = boost::json::error_code;
using View8 = boost::json::string_view;

/// Events of the parser to a value. What goes wrong is left in `refused`.
struct ValueMaker {
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = 1000;
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  std::size_t values_left = 0;
  Refused refused;
  boost::json::value_stack stack;
  std::string keys;                                              // all keys of the open objects, one after the other
  std::vector<std::pair<std::size_t, std::size_t>> spans;        // where each of them stands
  std::vector<std::size_t> open;                                 // spans.size() at the beginning of each open object
  std::size_t key_start = 0;
  std::string digits;                                            // of the number being parsed

  bool stop(ErrorCode& error, Why why, std::string detail) {
    refused = {why, {}, std::move(detail), {}};
    error = boost::json::error::exception;
    return false;
  }
  bool counted(ErrorCode& error) {
    if (values_left == 0) return stop(error, Why::too_large, "The JSON holds too many values.");
    --values_left;
    return true;
  }

  bool on_document_begin(ErrorCode&) { return true; }
  bool on_document_end(ErrorCode&) { return true; }
  bool on_array_begin(ErrorCode& error) { return counted(error); }
  bool on_array_end(std::size_t count, ErrorCode&) {
    stack.push_array(count);
    return true;
  }
  bool on_object_begin(ErrorCode& error) {
    open.push_back(spans.size());
    return counted(error);
  }
  bool on_object_end(std::size_t count, ErrorCode& error) {
    auto const first = spans.begin() + static_cast<std::ptrdiff_t>(open.back());
    auto const text = [&](auto const& span) { return std::string_view(keys).substr(span.first, span.second); };
    std::size_t const keys_before = first == spans.end() ? keys.size() : first->first;
    std::sort(first, spans.end(), [&](auto const& left, auto const& right) { return text(left) < text(right); });
    auto const twice =
        std::adjacent_find(first, spans.end(), [&](auto const& left, auto const& right) { return text(left) == text(right); });
    if (twice != spans.end()) {
      // A key that is no text is not told again.
      std::string field = is_clean(text(*twice)) ? cut(text(*twice), 100) : "?";
      stop(error, Why::malformed, "The same key stands twice in one object.");
      refused.field = std::move(field);
      return false;
    }
    spans.erase(first, spans.end());
    keys.resize(keys_before);
    open.pop_back();
    stack.push_object(count);
    return true;
  }
  bool on_string_part(View8 part, std::size_t, ErrorCode&) {
    stack.push_chars(part);
    return true;
  }
  bool on_string(View8 part, std::size_t, ErrorCode& error) {
    stack.push_string(part);
    return counted(error);
  }
  bool on_key_part(View8 part, std::size_t size, ErrorCode&) {
    if (size == part.size()) key_start = keys.size();
    keys.append(part.data(), part.size());
    stack.push_chars(part);
    return true;
  }
  bool on_key(View8 part, std::size_t size, ErrorCode&) {
    if (size == part.size()) key_start = keys.size();
    keys.append(part.data(), part.size());
    spans.emplace_back(key_start, keys.size() - key_start);
    stack.push_key(part);
    return true;
  }
  bool on_number_part(View8 part, ErrorCode&) {
    digits.append(part.data(), part.size());
    return true;
  }
  bool on_int64(std::int64_t number, View8, ErrorCode& error) {
    digits.clear();
    stack.push_int64(number);
    return counted(error);
  }
  bool on_uint64(std::uint64_t number, View8, ErrorCode& error) {
    digits.clear();
    stack.push_uint64(number);
    return counted(error);
  }
  /// The parser's own double can be off in the last place; a number must read back as it was written.
  bool on_double(double, View8 part, ErrorCode& error) {
    digits.append(part.data(), part.size());
    double number = 0;
    auto const [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    digits.clear();
    if (fault != std::errc() || !std::isfinite(number)) return stop(error, Why::malformed, "A number is too large.");
    stack.push_double(number);
    return counted(error);
  }
  bool on_bool(bool flag, ErrorCode& error) {
    stack.push_bool(flag);
    return counted(error);
  }
  bool on_null(ErrorCode& error) {
    stack.push_null();
    return counted(error);
  }
  bool on_comment_part(View8, ErrorCode&) { return true; }
  bool on_comment(View8, ErrorCode&) { return true; }
};

}  // namespace

Result<Json> parse_json(std::string_view text, JsonLimits const& limits) {
  if (text.empty()) return refuse(Why::malformed, {}, "A JSON body is required.");
  boost::json::parse_options options;
  options.max_depth = limits.depth;
  options.allow_invalid_utf8 = true;  // told per field by the reader
  boost::json::basic_parser<ValueMaker> parser(options);
  parser.handler().values_left = limits.values;
  parser.handler().stack.reset();
  ErrorCode error;
  std::size_t const used = parser.write_some(false, text.data(), text.size(), error);
  if (!error && used < text.size()) error = boost::json::error::extra_data;
  if (error == boost::json::error::exception) return tl::unexpected<Refused>(parser.handler().refused);
  if (error == boost::json::error::too_deep) return refuse(Why::too_large, {}, "The JSON is nested too deeply.");
  if (error) return refuse(Why::malformed, {}, fmt::format("Not JSON: {} at byte {}.", error.message(), used));
  return parser.handler().stack.release();
}

}  // namespace rcms::http
