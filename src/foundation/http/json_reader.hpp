// JSON text to inputs, telling every defect at once with its path. Included by describe.hpp.
#pragma once

#include <cstdint>
#include <limits>

#include "foundation/http/describe.hpp"

namespace rcms::http {

struct JsonLimits {
  std::size_t depth = 32;
  std::size_t values = 200'000;  ///< members and elements together
};

/// Strict JSON (RFC 8259): no comments, no duplicate keys, no numbers beyond double, no trailing text.
/// Refuses: malformed, too_large.
Result<Json> parse_json(std::string_view text, JsonLimits const& limits = {});

/// True when a string may be stored: UTF-8 and no control characters but line feed and tab.
bool is_clean(std::string_view text);
/// The same for every string and key of a value.
bool is_clean(Json const& value);

/// Reads values of one JSON document and collects what is wrong with them.
class JsonReader {
 public:
  Findings findings;

  /// Lengthens the path while it lives: `items`, then `items[2]`, then `items[2].note`.
  class Step {
   public:
    Step(JsonReader& reader, std::string_view name);
    Step(JsonReader& reader, std::size_t index);
    ~Step() { reader_.path_.resize(length_); }
    Step(Step const&) = delete;
    Step& operator=(Step const&) = delete;

   private:
    JsonReader& reader_;
    std::size_t length_;
  };

  void fail(Why why, std::string detail);
  std::string const& path() const { return path_; }

  void read(Json const& value, bool& out);
  void read(Json const& value, double& out);
  void read(Json const& value, Date& out);
  void read(Json const& value, PartialDate& out);
  void read(Json const& value, Instant& out);
  std::int64_t read_integer(Json const& value, std::int64_t low, std::int64_t high);
  /// Tidied text of 1 to `max` code points; an empty one is field_missing.
  std::string read_text(Json const& value, std::size_t max, bool lines);
  /// A string as it is, up to string_limit code points.
  std::string read_string(Json const& value);
  std::string read_id(Json const& value);
  Json read_content(Json const& value);
  /// Index in `names`, or names.size() with a finding.
  std::size_t read_choice(Json const& value, std::vector<std::string_view> const& names);

  /// The object, or null with a finding.
  boost::json::object const* object(Json const& value);
  /// The list of at most `max` elements, or null with a finding.
  boost::json::array const* list(Json const& value, std::size_t max);
  /// The member, or null when it is absent or null; then a finding unless it is optional.
  Json const* member(boost::json::object const& from, std::string_view name, bool optional);
  void refuse_unknown(boost::json::object const& from, std::vector<std::string_view> const& known);

 private:
  friend class Step;
  std::string path_;
};

template <class T>
void read_json(JsonReader& reader, Json const& value, T& out);

namespace detail {

/// True when an empty text stands for an absent value.
inline bool is_blank(Json const& value) {
  auto const* text = value.if_string();
  return text != nullptr && text->find_first_not_of(" \t\r\n") == boost::json::string::npos;
}

template <class T>
void read_optional(JsonReader& reader, Json const& value, std::optional<T>& out) {
  if (value.is_null()) return;
  if constexpr (!std::is_same_v<T, std::string> && !std::is_same_v<T, Json>) {
    if (is_blank(value)) return;
  }
  read_json(reader, value, out.emplace());
}

template <class T>
void read_list(JsonReader& reader, Json const& value, T& out) {
  auto const* list = reader.list(value, ListMax<T>::value);
  if (list == nullptr) return;
  for (std::size_t index = 0; index < list->size(); ++index) {
    JsonReader::Step const step(reader, index);
    typename T::value_type element{};
    read_json(reader, (*list)[index], element);
    out.insert(out.end(), std::move(element));
  }
}

template <class T>
void read_map(JsonReader& reader, Json const& value, T& out) {
  auto const* object = reader.object(value);
  if (object == nullptr) return;
  for (auto const& [key, element] : *object) {
    JsonReader::Step const step(reader, std::string_view(key));
    if (!is_clean(std::string_view(key))) reader.fail(Why::field_invalid, "The key holds characters that are not text.");
    read_json(reader, element, out[std::string(key)]);
  }
}

template <class T>
void read_members(JsonReader& reader, Json const& value, T& out) {
  auto const* object = reader.object(value);
  if (object == nullptr) return;
  std::vector<std::string_view> known;
  for_each_member<T>([&](std::string_view name, auto pointer) {
    using Member = std::remove_reference_t<decltype(out.*pointer)>;
    known.push_back(name);
    JsonReader::Step const step(reader, name);
    Json const* found = reader.member(*object, name, IsOptional<Member>::value);
    if (found != nullptr) read_json(reader, *found, out.*pointer);
  });
  reader.refuse_unknown(*object, known);
}

}  // namespace detail

template <class T>
void read_json(JsonReader& reader, Json const& value, T& out) {
  if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, double> || std::is_same_v<T, Date> ||
                std::is_same_v<T, PartialDate> || std::is_same_v<T, Instant>) {
    reader.read(value, out);
  } else if constexpr (std::is_integral_v<T>) {
    static_assert(sizeof(T) < 8 || std::is_signed_v<T>, "64-bit unsigned integers do not fit JSON readers");
    out = static_cast<T>(reader.read_integer(value, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
  } else if constexpr (std::is_enum_v<T>) {
    auto const& names = detail::enum_names<T>();
    std::size_t const chosen = reader.read_choice(value, names);
    if (chosen < names.size()) out = *find_enum<T>(names[chosen]);
  } else if constexpr (std::is_same_v<T, Json>) {
    out = reader.read_content(value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    out = reader.read_string(value);
  } else if constexpr (detail::IsId<T>::value) {
    out.value = reader.read_id(value);
  } else if constexpr (detail::TextMax<T>::value != 0) {
    out.value = reader.read_text(value, detail::TextMax<T>::value, false);
  } else if constexpr (detail::BlockMax<T>::value != 0) {
    out.value = reader.read_text(value, detail::BlockMax<T>::value, true);
  } else if constexpr (detail::IsOptional<T>::value) {
    detail::read_optional(reader, value, out);
  } else if constexpr (detail::ListMax<T>::value != 0) {
    detail::read_list(reader, value, out);
  } else if constexpr (detail::IsMap<T>::value) {
    detail::read_map(reader, value, out);
  } else {
    static_assert(Input<T>, "only a struct marked RCMS_INPUT can be received as JSON");
    detail::read_members(reader, value, out);
  }
}

/// The input, or all its defects in the order of its members.
template <Input T>
tl::expected<T, Findings> read_input(Json const& value) {
  JsonReader reader;
  T input{};
  read_json(reader, value, input);
  if (!reader.findings.empty()) return tl::unexpected<Findings>(std::move(reader.findings));
  return input;
}

template <Input T>
tl::expected<T, Findings> read_input(std::string_view text, JsonLimits const& limits = {}) {
  auto const value = parse_json(text, limits);
  if (!value) return tl::unexpected<Findings>(Findings{value.error()});
  return read_input<T>(*value);
}

}  // namespace rcms::http
