#include "foundation/http/query.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "foundation/base/date.hpp"
#include "foundation/base/text.hpp"
#include "foundation/http/json_schema.hpp"

namespace rcms::http {

namespace {

constexpr std::size_t list_parts_limit = 200;

QueryParameter parameter(std::string name, std::string description, QueryKind kind) {
  QueryParameter made;
  made.name = std::move(name);
  made.description = std::move(description);
  made.kind = kind;
  return made;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_one_of(std::vector<std::string> const& choices, std::string const& value) {
  return std::find(choices.begin(), choices.end(), value) != choices.end();
}

void check_integer(QueryParameter const& declared, std::string const& value, Findings& findings) {
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  bool const whole = error == std::errc() && end == value.data() + value.size();
  if (whole && number >= declared.low && number <= declared.high) return;
  findings.push_back({Why::field_invalid, declared.name,
                      fmt::format("Must be a whole number from {} to {}.", declared.low, declared.high), {}});
}

void check_one(QueryParameter const& declared, std::string const& value, Findings& findings) {
  switch (declared.kind) {
    case QueryKind::text:
      if (length_of(value) > declared.max_length) {
        findings.push_back({Why::field_too_long, declared.name,
                            fmt::format("At most {} characters are possible.", declared.max_length), {}});
      }
      return;
    case QueryKind::integer: check_integer(declared, value, findings); return;
    case QueryKind::date:
      if (!Date::parse(value)) {
        findings.push_back({Why::field_invalid, declared.name, "Must be a day that exists, written yyyy-mm-dd.", {}});
      }
      return;
    case QueryKind::choice:
      if (!declared.choices.empty() && !is_one_of(declared.choices, value)) {
        findings.push_back({Why::field_invalid, declared.name,
                            fmt::format("Must be one of: {}.", fmt::join(declared.choices, ", ")), {}});
      }
      return;
    case QueryKind::flag:
      if (value != "true" && value != "false") {
        findings.push_back({Why::field_invalid, declared.name, "Must be true or false.", {}});
      }
      return;
  }
}

void check_value(QueryParameter const& declared, std::string const& value, Findings& findings) {
  if (!is_utf8(value) || has_control_characters(value)) {
    findings.push_back({Why::field_invalid, declared.name, "Holds control characters or is not UTF-8.", {}});
    return;
  }
  if (!declared.many) {
    check_one(declared, value, findings);
    return;
  }
  auto const parts = split(value, ',');
  if (parts.size() > list_parts_limit) {
    findings.push_back(
        {Why::field_too_long, declared.name, fmt::format("At most {} values are possible.", list_parts_limit), {}});
    return;
  }
  for (auto const& part : parts) {
    if (!part.empty()) check_one(declared, part, findings);
  }
}

}  // namespace

QueryParameter text_parameter(std::string name, std::string description, std::size_t max_length) {
  auto made = parameter(std::move(name), std::move(description), QueryKind::text);
  made.max_length = max_length;
  return made;
}

QueryParameter integer_parameter(std::string name, std::string description, std::int64_t low, std::int64_t high) {
  auto made = parameter(std::move(name), std::move(description), QueryKind::integer);
  made.low = low;
  made.high = high;
  return made;
}

QueryParameter date_parameter(std::string name, std::string description) {
  return parameter(std::move(name), std::move(description), QueryKind::date);
}

QueryParameter choice_parameter(std::string name, std::string description, std::vector<std::string> choices) {
  auto made = parameter(std::move(name), std::move(description), QueryKind::choice);
  made.choices = std::move(choices);
  return made;
}

QueryParameter choices_parameter(std::string name, std::string description, std::vector<std::string> choices) {
  auto made = choice_parameter(std::move(name), std::move(description), std::move(choices));
  made.many = true;
  return made;
}

QueryParameter list_parameter(std::string name, std::string description) {
  auto made = text_parameter(std::move(name), std::move(description));
  made.many = true;
  return made;
}

QueryParameter flag_parameter(std::string name, std::string description) {
  return parameter(std::move(name), std::move(description), QueryKind::flag);
}

QueryParameter required(QueryParameter parameter) {
  parameter.required = true;
  return parameter;
}

bool percent_decode(std::string_view text, bool plus_is_space, std::string& out) {
  out.clear();
  for (std::size_t at = 0; at < text.size(); ++at) {
    char const c = text[at];
    if (c == '+' && plus_is_space) {
      out += ' ';
    } else if (c != '%') {
      out += c;
    } else {
      if (at + 2 >= text.size()) return false;
      int const high = hex_digit(text[at + 1]);
      int const low = hex_digit(text[at + 2]);
      if (high < 0 || low < 0) return false;
      out += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  return true;
}

Result<QueryValues> parse_query(std::string_view text) {
  QueryValues values;
  std::size_t from = 0;
  while (from < text.size()) {
    std::size_t const end = std::min(text.find('&', from), text.size());
    std::string_view const part = text.substr(from, end - from);
    from = end + 1;
    if (part.empty()) continue;
    std::size_t const equals = std::min(part.find('='), part.size());
    std::string name;
    std::string value;
    bool const whole = percent_decode(part.substr(0, equals), true, name) &&
                       (equals == part.size() || percent_decode(part.substr(equals + 1), true, value));
    if (!whole) return refuse(Why::malformed, {}, "The query is not percent-encoded.");
    auto const [place, is_new] = values.emplace(std::move(name), value);
    if (!is_new) place->second += ',' + value;
    if (values.size() > 100) return refuse(Why::too_large, {}, "The query has too many parameters.");
  }
  return values;
}

Findings check_query(std::vector<QueryParameter> const& declared, QueryValues const& values) {
  Findings findings;
  for (auto const& [name, value] : values) {
    auto const found = std::find_if(declared.begin(), declared.end(),
                                    [&wanted = name](QueryParameter const& one) { return one.name == wanted; });
    if (found != declared.end()) {
      if (!value.empty()) check_value(*found, value, findings);
      continue;
    }
    bool const clean = is_utf8(name) && !has_control_characters(name);
    findings.push_back({Why::field_unknown, clean ? cut(name, 100) : "?", "There is no such query parameter here.", {}});
  }
  for (auto const& one : declared) {
    auto const found = values.find(one.name);
    if (one.required && (found == values.end() || found->second.empty())) {
      findings.push_back({Why::field_missing, one.name, "Is required.", {}});
    }
  }
  return findings;
}

boost::json::value schema_of_parameter(QueryParameter const& parameter) {
  Json one;
  switch (parameter.kind) {
    case QueryKind::text: one = text_schema(parameter.max_length); break;
    case QueryKind::integer: one = integer_schema(parameter.low, parameter.high); break;
    case QueryKind::date: one = string_schema("date"); break;
    case QueryKind::choice: one = choice_schema({parameter.choices.begin(), parameter.choices.end()}); break;
    case QueryKind::flag: one = plain_schema("boolean"); break;
  }
  return parameter.many ? list_schema(std::move(one), list_parts_limit) : one;
}

}  // namespace rcms::http
