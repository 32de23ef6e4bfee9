// The route table as OpenAPI 3.1.
#include <set>

#include <fmt/format.h>

#include "foundation/http/route.hpp"

namespace rcms::http {

namespace {

using boost::json::array;
using boost::json::object;

object string_map(std::initializer_list<std::pair<char const*, char const*>> members) {
  object made;
  for (auto const& [name, value] : members) made[name] = value;
  return made;
}

object parameter_object(std::string_view place, std::string_view name, std::string_view description, bool is_required,
                        Json schema) {
  object made;
  made["name"] = name;
  made["in"] = place;
  if (!description.empty()) made["description"] = description;
  made["required"] = is_required;
  made["schema"] = std::move(schema);
  return made;
}

array parameters_of(Route const& route) {
  array parameters;
  std::size_t from = 0;
  while ((from = route.path.find('{', from)) != std::string::npos) {
    std::size_t const end = route.path.find('}', from);
    parameters.push_back(parameter_object("path", route.path.substr(from + 1, end - from - 1), {}, true, plain_schema("string")));
    from = end;
  }
  for (auto const& one : route.query) {
    object made = parameter_object("query", one.name, one.description, one.required, schema_of_parameter(one));
    if (one.many) {
      made["style"] = "form";
      made["explode"] = false;
    }
    parameters.push_back(std::move(made));
  }
  if (route.method == Method::post && route.door != Door::public_) {
    parameters.push_back(parameter_object("header", "Idempotency-Key", "The same key and body are carried out once in 24 hours.",
                                          false, text_schema(100)));
  }
  if (route.method != Method::get && route.method != Method::post) {
    parameters.push_back(parameter_object("header", "If-Match", "ETag of what is replaced, or its revision alone in quotes.",
                                          false, plain_schema("string")));
  }
  return parameters;
}

/// The reasons that every route of this form may give, and its own.
std::set<Why> refusals_of(Route const& route) {
  std::set<Why> all(route.refusals.begin(), route.refusals.end());
  if (route.door != Door::public_) all.insert(Why::not_signed_in);
  if (route.door == Door::permitted) all.insert(Why::not_permitted);
  if (route.path.find('{') != std::string::npos) all.insert(Why::not_found);
  if (!route.query.empty()) all.insert({Why::field_unknown, Why::field_invalid, Why::field_too_long});
  if (route.body != BodyKind::none) all.insert({Why::too_large, Why::unsupported_type});
  if (route.body == BodyKind::json) {
    all.insert({Why::malformed, Why::field_unknown, Why::field_missing, Why::field_invalid, Why::field_too_long});
  }
  if (!route.rate.name.empty()) all.insert(Why::too_many_requests);
  all.insert(Why::unavailable);
  return all;
}

object success_of(Route const& route) {
  object made;
  if (route.output_type.empty()) {
    made["description"] = "Done.";
    return made;
  }
  made["description"] = "Done; the answer follows.";
  object content;
  if (!route.output_schema.is_null()) {
    object etag;
    etag["description"] = "Where the resource has a revision: the revision, a point, and what this reader was told.";
    etag["schema"] = plain_schema("string");
    made["headers"] = object{{"ETag", std::move(etag)}};
    content["schema"] = route.output_schema;
  } else {
    content["schema"] = string_map({{"type", "string"}, {"format", "binary"}});
  }
  object by_type;
  by_type[route.output_type] = std::move(content);
  made["content"] = std::move(by_type);
  return made;
}

object responses_of(Route const& route) {
  object responses;
  responses[std::to_string(route.success)] = success_of(route);
  std::map<int, std::string> told;
  for (Why const why : refusals_of(route)) {
    auto& names = told[status_of(why)];
    if (!names.empty()) names += ", ";
    names += name_of(why);
  }
  for (auto const& [status, names] : told) {
    object made;
    made["description"] = "Refused: " + names + ".";
    object schema;
    schema["schema"] = object{{"$ref", "#/components/schemas/Problem"}};
    object by_type;
    by_type["application/problem+json"] = std::move(schema);
    made["content"] = std::move(by_type);
    responses[std::to_string(status)] = std::move(made);
  }
  return responses;
}

object body_of(Route const& route) {
  object body;
  body["required"] = true;
  object by_type;
  if (route.body == BodyKind::json) {
    by_type["application/json"] = object{{"schema", route.input_schema}};
  } else {
    auto types = route.upload_types;
    if (types.empty()) types.emplace_back("application/octet-stream");
    object binary;
    binary["schema"] = string_map({{"type", "string"}, {"format", "binary"}});
    for (auto const& type : types) by_type[type] = binary;
    body["description"] = fmt::format("At most {} bytes.", route.body_limit);
  }
  body["content"] = std::move(by_type);
  return body;
}

object operation_of(Route const& route) {
  object made;
  made["operationId"] = route.operation;
  made["summary"] = route.summary;
  if (route.door == Door::permitted) {
    made["description"] = "Permission: `" + route.permission + "`.";
    made["x-permission"] = route.permission;
  }
  if (auto parameters = parameters_of(route); !parameters.empty()) made["parameters"] = std::move(parameters);
  if (route.body != BodyKind::none) made["requestBody"] = body_of(route);
  made["responses"] = responses_of(route);
  if (route.door == Door::public_) {
    made["security"] = array();
  } else {
    made["security"] = array{object{{"session", array()}}, object{{"bearer", array()}}};
  }
  return made;
}

/// RFC 9457, with the reason, the field, the norm and all findings.
object problem_schema() {
  object schema = object_schema();
  for (auto const* name : {"type", "title", "why", "field", "detail", "source", "request_id"}) {
    add_property(schema, name, plain_schema("string"), true);
  }
  add_property(schema, "status", plain_schema("integer"), true);
  add_property(schema, "findings", list_schema(object{{"$ref", "#/components/schemas/Finding"}}, 200), true);
  return schema;
}

object finding_schema() {
  object schema = object_schema();
  for (auto const* name : {"why", "field", "title", "detail", "source"}) add_property(schema, name, plain_schema("string"), true);
  return schema;
}

object components_of(Routes const& routes) {
  auto all = routes.schemas();
  all["Problem"] = problem_schema();
  all["Finding"] = finding_schema();
  object schemas;
  for (auto const& [name, schema] : all) schemas[name] = schema;
  object security;
  security["session"] = string_map({{"type", "apiKey"},
                                    {"in", "cookie"},
                                    {"name", "rcms_session"},
                                    {"description", "Calls other than GET also carry the header X-RCMS-Request: 1."}});
  security["bearer"] = string_map({{"type", "http"}, {"scheme", "bearer"}});
  object components;
  components["schemas"] = std::move(schemas);
  components["securitySchemes"] = std::move(security);
  return components;
}

std::string lower_method(Method method) {
  std::string name(name_of(method));
  for (char& c : name) c = static_cast<char>(c - 'A' + 'a');
  return name;
}

}  // namespace

Json openapi_of(Routes const& routes, std::string_view version) {
  object document;
  document["openapi"] = "3.1.0";
  object about;
  about["title"] = "RCMS";
  about["version"] = version;
  about["description"] = "Readmission Case Management System. Errors are problem details (RFC 9457).";
  document["info"] = std::move(about);
  document["servers"] = array{object{{"url", "/"}}};
  object paths;
  for (auto const& route : routes.all()) {
    Json& path = paths[route.path];
    if (path.is_null()) path.emplace_object();
    path.as_object()[lower_method(route.method)] = operation_of(route);
  }
  document["paths"] = std::move(paths);
  document["components"] = components_of(routes);
  return document;
}

}  // namespace rcms::http
