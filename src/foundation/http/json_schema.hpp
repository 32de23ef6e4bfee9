// The JSON Schema (2020-12, as OpenAPI 3.1 uses it) of described structs. Included by describe.hpp.
#pragma once

#include <limits>

#include "foundation/http/describe.hpp"

namespace rcms::http {

/// Named schemas collected while a type is described; a struct is referred to by name.
class Schemas {
 public:
  explicit Schemas(std::string prefix = "#/components/schemas/") : prefix_(std::move(prefix)) {}

  std::map<std::string, Json> all;

  Json reference(std::string const& name) const;
  bool has(std::string const& name) const { return all.find(name) != all.end(); }

 private:
  std::string prefix_;
};

Json text_schema(std::size_t max);
Json string_schema(std::string_view format);
Json partial_date_schema();
Json integer_schema(std::int64_t low, std::int64_t high);
Json plain_schema(std::string_view type);
Json choice_schema(std::vector<std::string_view> const& names);
Json nullable_schema(Json schema);
Json list_schema(Json items, std::size_t max);
Json map_schema(Json values);
/// Adds a property to an object schema.
void add_property(boost::json::object& schema, std::string_view name, Json property, bool required);
boost::json::object object_schema();

template <class T>
Json schema_of(Schemas& schemas);

namespace detail {

template <class T>
Json struct_schema(Schemas& schemas) {
  std::string const name(rcms_struct_name(static_cast<T const*>(nullptr)));
  if (schemas.has(name)) return schemas.reference(name);
  schemas.all[name] = nullptr;  // known already when the struct contains itself
  auto schema = object_schema();
  for_each_member<T>([&](std::string_view member, auto pointer) {
    using Member = std::remove_cv_t<std::remove_reference_t<decltype(std::declval<T&>().*pointer)>>;
    add_property(schema, member, schema_of<Member>(schemas), !Input<T> || !IsOptional<Member>::value);
  });
  schemas.all[name] = std::move(schema);
  return schemas.reference(name);
}

}  // namespace detail

/// The schema of T; structs are added to `schemas` and referred to.
template <class T>
Json schema_of(Schemas& schemas) {
  if constexpr (std::is_same_v<T, bool>) {
    return plain_schema("boolean");
  } else if constexpr (std::is_integral_v<T>) {
    return integer_schema(static_cast<std::int64_t>(std::numeric_limits<T>::min()),
                          sizeof(T) == 8 ? std::numeric_limits<std::int64_t>::max()
                                         : static_cast<std::int64_t>(std::numeric_limits<T>::max()));
  } else if constexpr (std::is_floating_point_v<T>) {
    return plain_schema("number");
  } else if constexpr (std::is_enum_v<T>) {
    return choice_schema(detail::enum_names<T>());
  } else if constexpr (std::is_same_v<T, Json>) {
    return boost::json::object();
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
    return plain_schema("string");
  } else if constexpr (std::is_same_v<T, Date>) {
    return string_schema("date");
  } else if constexpr (std::is_same_v<T, PartialDate>) {
    return partial_date_schema();
  } else if constexpr (std::is_same_v<T, Instant>) {
    return string_schema("date-time");
  } else if constexpr (detail::IsId<T>::value) {
    return string_schema("uuid");
  } else if constexpr (detail::TextMax<T>::value != 0 || detail::BlockMax<T>::value != 0) {
    return text_schema(detail::TextMax<T>::value + detail::BlockMax<T>::value);
  } else if constexpr (detail::IsOptional<T>::value) {
    return nullable_schema(schema_of<typename T::value_type>(schemas));
  } else if constexpr (detail::ListMax<T>::value != 0) {
    return list_schema(schema_of<typename T::value_type>(schemas), detail::ListMax<T>::value);
  } else if constexpr (detail::IsMap<T>::value) {
    return map_schema(schema_of<typename T::mapped_type>(schemas));
  } else {
    static_assert(View<T> || Input<T>, "only a struct marked RCMS_VIEW or RCMS_INPUT has a schema");
    return detail::struct_schema<T>(schemas);
  }
}

/// A schema that stands alone, with its structs under `$defs`.
Json stand_alone(Json schema, Schemas const& schemas);
template <class T>
Json schema_of() {
  Schemas schemas("#/$defs/");
  Json schema = schema_of<T>(schemas);
  return stand_alone(std::move(schema), schemas);
}

}  // namespace rcms::http
