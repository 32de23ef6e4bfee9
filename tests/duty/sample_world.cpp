#include "duty/sample_world.hpp"

#include <map>
#include <stdexcept>

#include <boost/json.hpp>

#include "capabilities/case_files/deciding.hpp"

namespace rcms::duty {

namespace json = boost::json;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;
std::string const unknown_id = "01890000-0000-7000-8000-00000000abcd";

std::vector<stories::Person> everybody() {
  auto people = stories::read_people(source / "tests/stories/people.txt");
  std::vector<std::string> all;
  for (auto const& role : permissions::load_roles(source / "data").roles) all.push_back(role.code);
  people.push_back({"omnia", "XAR", all, "central_authority"});
  people.push_back({"totus", "UTO", all, "central_authority"});
  people.push_back({"nobody", "XAR", {}, "central_authority"});
  people.push_back({"nadie", "UTO", {}, "central_authority"});
  return people;
}

/// A value that the schema of an input accepts: what is required, and nothing else.
json::value value_of(json::value const& schema, std::map<std::string, json::value> const& schemas) {
  auto const& object = schema.as_object();
  if (auto const* reference = object.if_contains("$ref")) {
    std::string const name(reference->as_string());
    return value_of(schemas.at(name.substr(name.rfind('/') + 1)), schemas);
  }
  if (auto const* choices = object.if_contains("enum")) return choices->as_array().at(0);
  auto const* type = object.if_contains("type");
  std::string const kind = type == nullptr || !type->is_string() ? "object" : std::string(type->as_string());
  std::string const format = case_files::text_of(object, "format");
  if (kind == "string") {
    if (format == "uuid") return json::string(unknown_id);
    if (format == "date") return "2031-03-01";
    return format == "date-time" ? "2031-03-01T00:00:00.000Z" : "sample";
  }
  if (kind == "integer" || kind == "number") return 1;
  if (kind == "boolean") return false;
  if (kind == "array") return json::array();
  json::object made;
  if (auto const* required = object.if_contains("required")) {
    for (auto const& name : required->as_array())
      made[name.as_string()] = value_of(object.at("properties").as_object().at(name.as_string()), schemas);
  }
  return made;
}

db::Sql const count_all{"duty.count_entries", "SELECT count(*) FROM ledger_entries"};

}  // namespace

SampleWorld::SampleWorld() : world_(stories::make_http_world("SQLite", everybody(), "uto-xar-2019")) {
  auto story = stories::read_story(source / "tests/duty/sample.story");
  for (auto const& line : story.lines) {
    auto const problem = stories::compare(line, world_->act(line));
    if (!problem.empty()) throw std::runtime_error(problem);
  }
  case_id_ = world_->id_of(1);
  auto const file = node().get("ines", "/api/applications/" + case_id_).json();
  task_id_ = case_files::text_of(file.at("tasks").at(0).as_object(), "id");
  request_id_ = case_files::text_of(file.at("requests").at(0).as_object(), "id");
  organisation_id_ = node().organisation("XAR", "central_authority").id.value;
  user_id_ = node().user("ana").id.value;
  auto const note = node().post("ines", "/api/applications/" + case_id_ + "/notes", R"({"body":"Zyxwutopia only"})");
  if (note.status >= 300) throw std::runtime_error("no note: " + note.body);
  auto const attached = node().ask("ana", {.method = "POST",
                                           .target = "/api/cases/" + world_->id_of(2) + "/attachments?name=a.txt&kind=photo",
                                           .body = "plain text",
                                           .content_type = "application/octet-stream"});
  file_id_ = attached.status == 201 ? case_files::text_of(attached.json().as_object(), "id") : unknown_id;
}

std::int64_t SampleWorld::count_entries() { return node().node().database().find(count_all, {})->integer(0); }

tests::HttpAsk SampleWorld::sample(http::Route const& route) {
  tests::HttpAsk ask;
  ask.method = std::string(http::name_of(route.method));
  auto const path = find_path(route.path);
  ask.target = path ? path->target : route.path;
  while (ask.target.find('{') != std::string::npos) {
    auto const from = ask.target.find('{');
    ask.target.replace(from, ask.target.find('}') - from + 1, unknown_id);
  }
  char separator = '?';
  for (auto const& parameter : route.query) {
    if (!parameter.required) continue;
    ask.target += separator + parameter.name + "=" + (parameter.choices.empty() ? "sample" : parameter.choices.front());
    separator = '&';
  }
  if (route.body == http::BodyKind::json) ask.body = json::serialize(value_of(route.input_schema, route.schemas));
  if (route.body == http::BodyKind::upload) {
    ask.body = "sample";
    ask.content_type = route.upload_types.empty() ? "application/octet-stream" : route.upload_types.front();
  }
  return ask;
}

SampleWorld& sample_world() {
  static SampleWorld world;
  return world;
}

std::optional<SamplePath> SampleWorld::find_path(std::string const& pattern) const {
  struct Rule {
    std::string_view prefix;
    std::string first;  ///< value of the first {…}
    char const* owner;
  };
  std::vector<Rule> const rules = {
      {"/api/cases/{id}", case_id_, "XAR"},
      {"/api/applications/{id}", case_id_, "UTO"},
      {"/api/tasks/{id}", task_id_, "UTO"},
      {"/api/organisations/{id}", organisation_id_, "XAR"},
      {"/api/users/{id}", user_id_, "XAR"},
      {"/api/travel-documents/waiting/{application}", case_id_, "UTO"},
      {"/api/travel-documents/preview/{application}", case_id_, "UTO"},
      // Nobody has one yet: an unknown one is unknown to everybody.
      {"/api/travel-documents/{number}", "UTO000001", "UTO"},
      {"/api/blanks/{number}", "UTO000001", "UTO"},
      {"/api/imports/{id}", unknown_id, "XAR"},
      {"/api/report-schedules/{id}", unknown_id, "XAR"},
      {"/api/session/sessions/{id}", unknown_id, "XAR"},
      {"/api/api-tokens/{id}", unknown_id, "XAR"},
  };
  std::map<std::string, std::string> const others = {{"gate", "G03"}, {"request", request_id_}, {"file", file_id_}};
  for (auto const& rule : rules) {
    if (!pattern.starts_with(rule.prefix)) continue;
    SamplePath path{pattern, rule.owner};
    path.target.replace(path.target.find('{'), path.target.find('}') - path.target.find('{') + 1, rule.first);
    while (path.target.find('{') != std::string::npos) {
      auto const from = path.target.find('{');
      auto const until = path.target.find('}');
      auto const value = others.find(path.target.substr(from + 1, until - from - 1));
      if (value == others.end()) return std::nullopt;
      path.target.replace(from, until - from + 1, value->second);
    }
    return path;
  }
  return std::nullopt;
}

}  // namespace rcms::duty
