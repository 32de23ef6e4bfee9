#include "foundation/http/json_reader.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "foundation/base/text.hpp"

namespace rcms::http {

namespace {

/// A key as it may be repeated in an answer: short and clean.
std::string shown(std::string_view key) {
  if (!is_clean(key)) return "?";
  return cut(key, 100);
}

std::string tidy_lines(std::string_view text) {
  std::string out;
  for (auto const& line : split(text, '\n')) {
    out += tidy_text(line);
    out += '\n';
  }
  auto const first = out.find_first_not_of('\n');
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of('\n') - first + 1);
}

/// The place of the first string or key that may not be stored: "A_person.surname", empty for the value itself.
std::optional<std::string> find_unclean(Json const& value, std::string const& place) {
  if (auto const* text = value.if_string()) {
    std::string plain(*text);
    plain.erase(std::remove(plain.begin(), plain.end(), '\r'), plain.end());
    return is_clean(std::string_view(plain)) ? std::nullopt : std::optional(place);
  }
  if (auto const* list = value.if_array()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (auto found = find_unclean((*list)[i], fmt::format("{}[{}]", place, i))) return found;
    }
  } else if (auto const* object = value.if_object()) {
    for (auto const& [key, member] : *object) {
      if (!is_clean(std::string_view(key))) return place;
      auto const inside = place.empty() ? shown(key) : place + "." + shown(key);
      if (auto found = find_unclean(member, inside)) return found;
    }
  }
  return std::nullopt;
}

}  // namespace

bool is_clean(std::string_view text) { return is_utf8(text) && !has_control_characters(text); }

bool is_clean(Json const& value) { return !find_unclean(value, {}); }

JsonReader::Step::Step(JsonReader& reader, std::string_view name) : reader_(reader), length_(reader.path_.size()) {
  if (length_ != 0) reader.path_ += '.';
  reader.path_ += shown(name);
}

JsonReader::Step::Step(JsonReader& reader, std::size_t index) : reader_(reader), length_(reader.path_.size()) {
  reader.path_ += fmt::format("[{}]", index);
}

void JsonReader::fail(Why why, std::string detail) {
  constexpr std::size_t most = 200;
  if (findings.size() < most) findings.push_back({why, path_, std::move(detail), {}});
}

void JsonReader::read(Json const& value, bool& out) {
  if (auto const* flag = value.if_bool()) {
    out = *flag;
  } else {
    fail(Why::field_invalid, "Must be true or false.");
  }
}

void JsonReader::read(Json const& value, double& out) {
  if (value.is_number()) {
    out = value.to_number<double>();
  } else {
    fail(Why::field_invalid, "Must be a number.");
  }
}

void JsonReader::read(Json const& value, Date& out) {
  auto const* text = value.if_string();
  auto const day = text != nullptr ? Date::parse(std::string_view(*text)) : std::nullopt;
  if (day) {
    out = *day;
  } else {
    fail(Why::field_invalid, "Must be a day that exists, written yyyy-mm-dd.");
  }
}

void JsonReader::read(Json const& value, PartialDate& out) {
  auto const* text = value.if_string();
  auto const day = text != nullptr ? PartialDate::parse(std::string_view(*text)) : std::nullopt;
  if (day) {
    out = *day;
  } else {
    fail(Why::field_invalid, "Must be a year, a month or a day that exists, written yyyy, yyyy-mm or yyyy-mm-dd.");
  }
}

void JsonReader::read(Json const& value, Instant& out) {
  auto const* text = value.if_string();
  auto const instant = text != nullptr ? Instant::parse(std::string_view(*text)) : std::nullopt;
  if (instant) {
    out = *instant;
  } else {
    fail(Why::field_invalid, "Must be a time in UTC, written yyyy-mm-ddThh:mm:ssZ.");
  }
}

std::int64_t JsonReader::read_integer(Json const& value, std::int64_t low, std::int64_t high) {
  if (auto const* number = value.if_int64(); number != nullptr && *number >= low && *number <= high) return *number;
  fail(Why::field_invalid, fmt::format("Must be a whole number from {} to {}, written without a point.", low, high));
  return 0;
}

std::string JsonReader::read_text(Json const& value, std::size_t max, bool lines) {
  auto const* given = value.if_string();
  if (given == nullptr) {
    fail(Why::field_invalid, "Must be text.");
    return {};
  }
  std::string plain(*given);
  plain.erase(std::remove(plain.begin(), plain.end(), '\r'), plain.end());
  if (!is_clean(std::string_view(plain))) {
    fail(Why::field_invalid, "Holds control characters or is not UTF-8.");
    return {};
  }
  std::string text = lines ? tidy_lines(plain) : tidy_text(plain);
  std::size_t const length = length_of(text);
  if (length == 0) fail(Why::field_missing, "Must not be empty.");
  if (length > max) fail(Why::field_too_long, fmt::format("Has {} characters; at most {} are possible.", length, max));
  return text;
}

std::string JsonReader::read_string(Json const& value) {
  auto const* given = value.if_string();
  if (given == nullptr) {
    fail(Why::field_invalid, "Must be text.");
    return {};
  }
  std::string text(*given);
  if (!is_clean(std::string_view(text))) fail(Why::field_invalid, "Holds control characters or is not UTF-8.");
  if (length_of(text) > string_limit) fail(Why::field_too_long, fmt::format("At most {} characters are possible.", string_limit));
  return text;
}

std::string JsonReader::read_id(Json const& value) {
  auto const* text = value.if_string();
  if (text != nullptr && is_uuid(std::string_view(*text))) return std::string(*text);
  fail(Why::field_invalid, "Must be an identifier (UUID in lower case).");
  return {};
}

Json JsonReader::read_content(Json const& value) {
  // Inside content that is checked by its form, a place is told as the form tells it: without the name of the member.
  if (auto place = find_unclean(value, {})) {
    std::string const where = place->empty() ? path_ : *place;
    findings.push_back({Why::field_invalid, where, "Holds control characters or is not UTF-8.", {}});
  }
  return value;
}

std::size_t JsonReader::read_choice(Json const& value, std::vector<std::string_view> const& names) {
  if (auto const* text = value.if_string()) {
    auto const found = std::find(names.begin(), names.end(), std::string_view(*text));
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  fail(Why::field_invalid, fmt::format("Must be one of: {}.", fmt::join(names, ", ")));
  return names.size();
}

boost::json::object const* JsonReader::object(Json const& value) {
  auto const* found = value.if_object();
  if (found == nullptr) fail(Why::field_invalid, "Must be an object.");
  return found;
}

boost::json::array const* JsonReader::list(Json const& value, std::size_t max) {
  auto const* found = value.if_array();
  if (found == nullptr) {
    fail(Why::field_invalid, "Must be a list.");
    return nullptr;
  }
  if (found->size() > max) {
    fail(Why::field_too_long, fmt::format("Has {} elements; at most {} are possible.", found->size(), max));
    return nullptr;
  }
  return found;
}

Json const* JsonReader::member(boost::json::object const& from, std::string_view name, bool optional) {
  Json const* found = from.if_contains(name);
  if (found != nullptr && !found->is_null()) return found;
  if (!optional) fail(Why::field_missing, "Is required.");
  return nullptr;
}

void JsonReader::refuse_unknown(boost::json::object const& from, std::vector<std::string_view> const& known) {
  for (auto const& member : from) {
    std::string_view const key(member.key());
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    Step const step(*this, key);
    fail(Why::field_unknown, "There is no such field here.");
  }
}

}  // namespace rcms::http
