// Views to JSON text, appended to a string. Included by describe.hpp.
#pragma once

#include "foundation/http/describe.hpp"

namespace rcms::http {

/// A JSON string with its quotes. `text` is UTF-8.
void write_text(std::string& out, std::string_view text);
void write_integer(std::string& out, std::int64_t number);
/// Shortest form that reads back the same; `null` for what is not a number.
void write_number(std::string& out, double number);
void write_value(std::string& out, Json const& value);

template <class T>
void write_json(std::string& out, T const& value);

namespace detail {

template <class T>
void write_members(std::string& out, T const& value) {
  char before = '{';
  for_each_member<T>([&](std::string_view name, auto pointer) {
    out += before;
    out += '"';
    out.append(name);
    out += "\":";
    write_json(out, value.*pointer);
    before = ',';
  });
  if (before == '{') out += '{';
  out += '}';
}

template <class T>
void write_list(std::string& out, T const& list) {
  out += '[';
  bool first = true;
  for (auto const& element : list) {
    if (!first) out += ',';
    first = false;
    write_json(out, element);
  }
  out += ']';
}

template <class T>
void write_map(std::string& out, T const& map) {
  out += '{';
  bool first = true;
  for (auto const& [key, element] : map) {
    if (!first) out += ',';
    first = false;
    write_text(out, key);
    out += ':';
    write_json(out, element);
  }
  out += '}';
}

}  // namespace detail

template <class T>
void write_json(std::string& out, T const& value) {
  if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_integral_v<T>) {
    write_integer(out, static_cast<std::int64_t>(value));
  } else if constexpr (std::is_floating_point_v<T>) {
    write_number(out, value);
  } else if constexpr (std::is_enum_v<T>) {
    write_text(out, enum_name(value));
  } else if constexpr (std::is_same_v<T, Json>) {
    write_value(out, value);
  } else if constexpr (std::is_convertible_v<T const&, std::string_view>) {
    write_text(out, value);
  } else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, PartialDate> || std::is_same_v<T, Instant>) {
    write_text(out, value.text());
  } else if constexpr (detail::IsId<T>::value || detail::TextMax<T>::value != 0 || detail::BlockMax<T>::value != 0) {
    write_text(out, value.value);
  } else if constexpr (detail::IsOptional<T>::value) {
    if (value) {
      write_json(out, *value);
    } else {
      out += "null";
    }
  } else if constexpr (detail::ListMax<T>::value != 0) {
    detail::write_list(out, value);
  } else if constexpr (detail::IsMap<T>::value) {
    detail::write_map(out, value);
  } else {
    static_assert(View<T>, "only a struct marked RCMS_VIEW can leave as JSON");
    detail::write_members(out, value);
  }
}

/// The JSON text of a view.
template <View T>
std::string to_json(T const& view) {
  std::string out;
  write_json(out, view);
  return out;
}

}  // namespace rcms::http
