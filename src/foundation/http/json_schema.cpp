#include "foundation/http/json_schema.hpp"

namespace rcms::http {

Json Schemas::reference(std::string const& name) const { return boost::json::object{{"$ref", prefix_ + name}}; }

Json text_schema(std::size_t max) { return boost::json::object{{"type", "string"}, {"minLength", 1}, {"maxLength", max}}; }

Json string_schema(std::string_view format) { return boost::json::object{{"type", "string"}, {"format", format}}; }

Json partial_date_schema() {
  return boost::json::object{{"type", "string"},
                             {"description", "A day known in part: yyyy, yyyy-mm or yyyy-mm-dd."},
                             {"pattern", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}};
}

Json integer_schema(std::int64_t low, std::int64_t high) {
  boost::json::object schema{{"type", "integer"}};
  if (low > std::numeric_limits<std::int32_t>::min()) schema["minimum"] = low;
  if (high < std::numeric_limits<std::int32_t>::max()) schema["maximum"] = high;
  schema["format"] = high > std::numeric_limits<std::int32_t>::max() ? "int64" : "int32";
  return schema;
}

Json plain_schema(std::string_view type) { return boost::json::object{{"type", type}}; }

Json choice_schema(std::vector<std::string_view> const& names) {
  boost::json::array values;
  for (auto const name : names) values.emplace_back(name);
  return boost::json::object{{"type", "string"}, {"enum", std::move(values)}};
}

Json nullable_schema(Json schema) {
  auto& object = schema.as_object();
  if (object.empty()) return schema;
  if (auto const* type = object.if_contains("type"); type != nullptr && type->is_string() && !object.contains("enum")) {
    object["type"] = boost::json::array{*type, "null"};
    return schema;
  }
  return boost::json::object{{"anyOf", boost::json::array{std::move(schema), boost::json::object{{"type", "null"}}}}};
}

Json list_schema(Json items, std::size_t max) {
  return boost::json::object{{"type", "array"}, {"items", std::move(items)}, {"maxItems", max}};
}

Json map_schema(Json values) { return boost::json::object{{"type", "object"}, {"additionalProperties", std::move(values)}}; }

boost::json::object object_schema() {
  return boost::json::object{{"type", "object"},
                             {"properties", boost::json::object()},
                             {"required", boost::json::array()},
                             {"additionalProperties", false}};
}

void add_property(boost::json::object& schema, std::string_view name, Json property, bool required) {
  schema["properties"].as_object()[name] = std::move(property);
  if (required) schema["required"].as_array().emplace_back(name);
}

Json stand_alone(Json schema, Schemas const& schemas) {
  boost::json::object structs;
  for (auto const& [name, content] : schemas.all) structs[name] = content;
  if (!structs.empty()) schema.as_object()["$defs"] = std::move(structs);
  return schema;
}

}  // namespace rcms::http
