#include "duty/sample_world.hpp"

#include <map>
#include <stdexcept>

#include <boost/json.hpp>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/registry/weights_file.hpp"
#include "capabilities/transfers/announcement_store.hpp"

namespace rcms::duty {

namespace json = boost::json;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;
std::string const unknown_id = "01890000-0000-7000-8000-00000000abcd";
char const* const agreement = "uto-xar-2019";

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

/// Learnt weights that may be put in force in place of those that come with RCMS.
json::value weights_for_samples() {
  registry::WeightsFile file;
  file.weights = matching::default_weights();
  file.source.before = file.weights.version;
  file.source.questions = "questions.tsv";
  file.source.decisions = "decisions.tsv";
  file.held_out.before.asked = file.held_out.before.there = file.held_out.before.first = 200;
  file.held_out.after = file.held_out.before;
  file.held_out.outcome = matching::compare_measured(file.held_out.before, file.held_out.after);
  return json::parse(registry::render_weights(file));
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
    if (format == "date-time") return "2031-03-01T00:00:00.000Z";
    auto const* longest = object.if_contains("maxLength");
    return json::string(
        std::string_view("sample").substr(0, longest == nullptr ? std::string_view::npos : longest->to_number<std::size_t>()));
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

char const* const table = "Surname,Given names,Date of birth,Sex,Nationality\nRivera,Marta,17/05/1990,F,Utopia\n";

}  // namespace

std::string id_in(tests::HttpAnswer const& answer) {
  auto const value = answer.json();
  if (answer.status >= 300 || !value.is_object()) throw std::runtime_error("no record was made: " + answer.body.substr(0, 300));
  return case_files::text_of(value.get_object(), "id");
}

std::string upload_table(tests::NodeForTests& node, std::string const& login) {
  auto const uploaded = node.ask(
      login, {.method = "POST", .target = "/api/imports?name=table.csv", .body = table, .content_type = "text/csv"});
  auto const id = id_in(uploaded);
  auto const mapped = node.ask(
      login, {.method = "PUT",
              .target = "/api/imports/" + id + "/mapping",
              .body = json::serialize(json::object{{"agreement", agreement}, {"mapping", uploaded.json().at("mapping")}})});
  if (mapped.status != 200) throw std::runtime_error("the table is not mapped: " + mapped.body.substr(0, 300));
  return id;
}

SampleWorld::SampleWorld(std::string const& engine) : world_(stories::make_http_world(engine, everybody(), agreement)) {
  auto const story = stories::read_story(source / "tests/duty/sample.story");
  for (auto const& line : story.lines) {
    auto const problem = stories::compare(line, world_->act(line));
    if (!problem.empty()) throw std::runtime_error(problem);
  }
  auto const post = [&](char const* login, std::string target, json::object const& body) {
    return node().post(login, std::move(target), json::serialize(body));
  };
  auto const at = "/api/applications/" + case_id();
  auto const file = node().get("ines", at).json();
  task_id_ = case_files::text_of(file.at("tasks").at(0).as_object(), "id");
  make_interview(file);
  make_transport();
  make_announced_transport();
  make_reception();
  request_id_ = case_files::text_of(file.at("requests").at(0).as_object(), "id");
  file_id_ = case_files::text_of(file.at("attachments").at(0).as_object(), "id");
  if (post("ines", at + "/notes", {{"body", secret_of_utopia + std::string(" only")}}).status >= 300)
    throw std::runtime_error("no note");
  auto const register_of_documents = node().get("totus", "/api/travel-documents").json();
  document_ = case_files::text_of(register_of_documents.at("items").at(0).as_object(), "number");
  make_stock_records(post);
  import_id_ = upload_table(node(), "omnia");
  schedule_id_ = id_in(post("omnia", "/api/report-schedules",
                            {{"report", "monthly"}, {"day", 5}, {"format", "pdf"}, {"language", "en"},
                             {"recipients", json::array{"office@XAR.example"}}}));
  confirmation_id_ = id_in(post("omnia", "/api/agreements/uto-xar-protocol-2022/confirmations",
                                {{"rule", "cost_reimburse"}, {"source", "Official Gazette of Arcadia 12/2022, page 3"}}));
  narrowing_id_ = id_in(post("omnia", "/api/agreements/uto-xar-2019/narrowings",
                             {{"field", "A_person.maiden_name"}, {"reason", "No office of Arcadia asks for it"}}));
  weights_id_ = id_in(post("omnia", "/api/registry/weights",
                           {{"weights", weights_for_samples()}, {"reason", "A year of decisions of our own"}}));
  // Files 1 and 2 name the same person.
  node().node().finder().look_everywhere();
  pair_id_ = case_files::text_of(node().get("omnia", "/api/pairs?side=requesting").json().at("items").at(0).as_object(), "id");
  auto const day = date_in_zone(node().now(), "UTC");
  absence_id_ = id_in(post("omnia", "/api/absences",
                           {{"cover", node().user("ana").id.value},
                            {"from_on", day.plus_days(60).text()},
                            {"to_on", day.plus_days(70).text()}}));
  token_id_ = id_in(post("omnia", "/api/api-tokens", {{"name", "machine"}, {"scopes", json::array{"case.read"}}, {"days", 30}}));
  if (!node().node().sessions().start_demo(node().user("omnia").id, "127.0.0.1")) throw std::runtime_error("no second session");
  auto const sessions = node().get("omnia", "/api/session/sessions").json();
  for (auto const& session : sessions.at("items").as_array()) {
    if (!session.at("current").as_bool()) session_id_ = case_files::text_of(session.as_object(), "id");
  }
}

void SampleWorld::make_interview(json::value const& application) {
  std::string task;
  for (auto const& one : application.at("tasks").as_array()) {
    if (case_files::text_of(one.as_object(), "kind") == "interview") task = case_files::text_of(one.as_object(), "id");
  }
  json::array hours;
  for (int weekday = 1; weekday <= 7; ++weekday)
    hours.push_back(json::object{{"weekday", weekday}, {"from", "00:00"}, {"to", "24:00"}});
  place_id_ = id_in(node().post("totus", "/api/interview-places",
                                json::serialize(json::object{{"organisation", node().organisation("UTO", "mission").id.value},
                                                             {"name", "Consulate, room 1"},
                                                             {"mode", "in_person"},
                                                             {"address", "Harbour Street 4"},
                                                             {"time_zone", "Europe/Zurich"},
                                                             {"hours", hours},
                                                             {"slot_minutes", 60},
                                                             {"rooms", 1}})));
  auto const day = date_in_zone(node().now(), "UTC").plus_days(40);
  auto const today = date_in_zone(node().now(), "UTC");
  json::object const expert{{"user", node().user("totus").id.value}, {"languages", json::array{"es"}}};
  mission_id_ = id_in(node().post(
      "totus", "/api/interview-missions",
      json::serialize(json::object{{"name", "Spring mission"},
                                   {"partner", node().organisation("XAR", "central_authority").party.value},
                                   {"from", today.plus_days(50).text()},
                                   {"to", today.plus_days(52).text()},
                                   {"places", json::array{json::string(place_id_)}},
                                   {"length_minutes", 60},
                                   {"pause_minutes", 15},
                                   {"daily_limit", 6},
                                   {"experts", json::array{expert}},
                                   {"interpreters", json::array{}}})));
  interview_id_ = id_in(
      node().post("totus", "/api/tasks/" + task + "/interviews",
                  json::serialize(json::object{{"place", place_id_},
                                               {"starts_at", start_of_day(day, "UTC").plus_ms(9 * 3'600'000).text()},
                                               {"length_minutes", 60},
                                               {"language", "es"},
                                               {"interviewers", json::array{json::string(node().user("totus").id.value)}}})));
  node().settle();  // the appointment reaches the other State
  auto const invited = node().post("omnia", "/api/appointments/" + interview_id_ + "/invitation",
                                   json::serialize(json::object{{"language", "es"}}));
  // Called off again, so that what happens to the case later concerns nobody else.
  auto const cancelled = node().post("totus", "/api/interviews/" + interview_id_ + "/cancellation",
                                     json::serialize(json::object{{"reason", "The consulate is closed"}}));
  node().settle();
  if (invited.status >= 300 || cancelled.status >= 300)
    throw std::runtime_error("no appointment: " + invited.body.substr(0, 200) + cancelled.body.substr(0, 200));
}

void SampleWorld::make_transport() {
  auto const point = [&](char const* name, char const* state) {
    json::array hours;
    for (int weekday = 1; weekday <= 7; ++weekday)
      hours.push_back(json::object{{"weekday", weekday}, {"from", "00:00"}, {"to", "24:00"}});
    return id_in(node().post("omnia", "/api/crossing-points",
                             json::serialize(json::object{{"name", name},
                                                          {"kind", "airport"},
                                                          {"state", state},
                                                          {"time_zone", "UTC"},
                                                          {"hours", hours},
                                                          {"source", "Protocol, annex 2"}})));
  };
  point_id_ = point("Airport of Arcadia", "XAR");
  auto const landing = point("Airport of Utopia", "UTO");
  auto const departs_at = start_of_day(date_in_zone(node().now(), "UTC").plus_days(30), "UTC").plus_ms(10 * 3'600'000);
  json::object const leg{{"from", point_id_},
                         {"to", landing},
                         {"departs_at", departs_at.text()},
                         {"arrives_at", departs_at.plus_ms(5 * 3'600'000).text()}};
  transport_id_ = id_in(node().post(
      "omnia", "/api/transports",
      json::serialize(json::object{{"name", "Flight 12"},
                                   {"kind", "scheduled"},
                                   {"partner", node().organisation("UTO", "central_authority").party.value},
                                   {"legs", json::array{leg}},
                                   {"seats", 4},
                                   {"medical_seats", 0},
                                   {"document_margin_days", 1},
                                   {"escorts", json::array{}},
                                   {"costs", json::array{}}})));
}

void SampleWorld::make_announced_transport() {
  transfers::AnnouncedTransport one;
  one.id = transfers::TransportId::make(node().now());
  one.party = node().organisation("UTO", "central_authority").party;
  one.partner = node().organisation("XAR", "central_authority").party;
  one.name = "Flight 11";
  one.kind = "scheduled";
  auto const departs_at = node().now().plus_ms(20LL * 86'400'000);
  one.legs = {{{"Airport of Arcadia", "XAA", "XAR", "UTC"}, {"Airport of Utopia", "UTA", "UTO", "UTC"}, departs_at,
               departs_at.plus_ms(3'600'000), "Arcadia Air", "AX 11"}};
  one.fingerprint = "0123456789ABCDEF";
  one.changed_at = node().now();
  transfers::ListedTraveller person;
  person.case_id = CaseId{case_id()};
  person.number = 1;
  person.surname = "Rivera";
  one.persons = {person};
  db::Command command;
  transfers::save_announced(command, one);
  if (node().node().database().write(command).outcome != db::Outcome::written) throw std::runtime_error("no announcement");
  announced_id_ = one.id.value;
}

void SampleWorld::make_reception() {
  json::array hours;
  for (int weekday = 1; weekday <= 7; ++weekday)
    hours.push_back(json::object{{"weekday", weekday}, {"from", "00:00"}, {"to", "24:00"}});
  centre_id_ = id_in(node().post("totus", "/api/reception-centres",
                                 json::serialize(json::object{{"name", "Centre of the Harbour"},
                                                              {"organisation", node().user("totus").organisation.value},
                                                              {"time_zone", "UTC"},
                                                              {"hours", hours},
                                                              {"beds", 4}})));
  json::object const person{{"surname", "Rey"}, {"given_names", "Olga"}, {"sex", "F"}, {"document_number", "N7001"}};
  auto const received = node().post("totus", "/api/reception-centres/" + centre_id_ + "/check-ins",
                                    json::serialize(json::object{{"desk", "1"}, {"cases", json::array{}},
                                                                 {"persons", json::array{person}}, {"beds", true}}));
  if (received.status >= 300) throw std::runtime_error("nobody is received: " + received.body.substr(0, 300));
  record_id_ = case_files::text_of(received.json().at("records").at(0).as_object(), "id");
}

std::int64_t SampleWorld::count_entries() { return node().node().database().find(count_all, {})->integer(0); }

/// What the schema alone does not tell: values that also a person of another State could mean.
json::object SampleWorld::better_members(std::string const& operation) {
  if (operation == "decide_gate") return {{"status", "closed"}};
  if (operation == "assess_document") return {{"purpose", "nationality"}, {"finding", "false"}};
  if (operation == "assign_application") return {{"user", node().user("omnia").id.value}};
  if (operation == "create_task")
    return {{"kind", "registry_search"}, {"organisation", node().organisation("XAR", "central_authority").id.value}};
  return {};
}

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
  // One of its parameters must be given, whichever.
  if (route.operation == "search_with_prints") ask.target += "?surname=Rivera";
  if (route.body == http::BodyKind::json) {
    auto body = value_of(route.input_schema, route.schemas).as_object();
    for (auto const& member : better_members(route.operation)) body[member.key()] = member.value();
    ask.body = json::serialize(body);
  }
  if (route.body == http::BodyKind::upload) {
    ask.body = "sample";
    ask.content_type = route.upload_types.empty() ? "application/octet-stream" : route.upload_types.front();
  }
  return ask;
}

SampleWorld& sample_world() {
  static SampleWorld world("SQLite");
  return world;
}

void SampleWorld::make_stock_records(
    std::function<tests::HttpAnswer(char const*, std::string, json::object const&)> const& post) {
  post("totus", "/api/blanks", {{"series", "UZ"}, {"from", "0000001"}, {"to", "0000002"}});
  post("totus", "/api/blanks/UZ0000001/spoilt", {{"reason", "Torn"}});
  destruction_id_ =
      id_in(post("totus", "/api/blank-destructions", {{"numbers", json::array{"UZ0000001"}}, {"method", "Shredder"}}));
  printer_id_ = id_in(post("totus", "/api/document-printers",
                           {{"name", "Totus"}, {"front_right", 0}, {"front_down", 0}, {"back_right", 0}, {"back_down", 0},
                            {"duplex", "single"}}));
  closing_id_ = id_in(post("totus", "/api/stock-closings",
                           {{"boxes", json::array{json::object{{"unused", 1}, {"dead", 0}}}}, {"reason", "Not in its box"}}));
  renewal_id_ =
      id_in(post("totus", "/api/travel-documents/" + document_ + "/renewals", {{"reason", "The flight was cancelled"}}));
}

std::vector<SampleWorld::Record> SampleWorld::records() {
  auto const organisation = node().organisation("XAR", "central_authority").id.value;
  auto const user = node().user("ana").id.value;
  auto const accepted = world_->id_of(4);
  return {
      {"/api/cases/{id}", case_id(), "XAR", "/api/cases/" + case_id()},
      {"/api/applications/{id}", case_id(), "UTO", "/api/applications/" + case_id()},
      {"/api/safeguards/{id}", case_id(), "XAR", "/api/safeguards/" + case_id()},
      {"/api/tasks/{id}", task_id_, "UTO", "/api/tasks/" + task_id_},
      {"/api/interview-places/{id}", place_id_, "UTO", "/api/interview-places"},
      {"/api/interview-missions/{id}", mission_id_, "UTO", "/api/interview-missions/" + mission_id_},
      {"/api/crossing-points/{id}", point_id_, "XAR", "/api/crossing-points"},
      {"/api/transports/{id}", transport_id_, "XAR", "/api/transports/" + transport_id_},
      {"/api/announced-transports/{id}", announced_id_, "UTO", "/api/announced-transports/" + announced_id_},
      {"/api/reception-centres/{id}", centre_id_, "UTO", "/api/reception-centres"},
      {"/api/reception-records/{id}", record_id_, "UTO", "/api/reception-records/" + record_id_},
      {"/api/reception-lists/{id}", announced_id_, "UTO", "/api/reception-lists/" + announced_id_},
      {"/api/interviews/{id}", interview_id_, "UTO", "/api/interviews/" + interview_id_},
      {"/api/appointments/{id}", interview_id_, "XAR", "/api/appointments?case=" + case_id()},
      {"/api/organisations/{id}", organisation, "XAR", "/api/organisations"},
      {"/api/users/{id}", user, "XAR", "/api/users"},
      {"/api/travel-documents/waiting/{application}", accepted, "UTO", "/api/travel-documents/waiting"},
      {"/api/travel-documents/preview/{application}", accepted, "UTO", "/api/travel-documents/waiting"},
      {"/api/travel-documents/{number}", document_, "UTO", "/api/travel-documents/" + document_},
      {"/api/blanks/{number}", blank_in_stock, "UTO", "/api/blanks/" + std::string(blank_in_stock) + "/history"},
      {"/api/document-transports/{id}", announced_id_, "UTO", "/api/document-transports"},
      {"/api/document-printers/{id}", printer_id_, "UTO", "/api/document-printers"},
      {"/api/document-renewals/{id}", renewal_id_, "UTO", "/api/document-renewals"},
      {"/api/stock-closings/{id}", closing_id_, "UTO", "/api/stock-closings"},
      {"/api/blank-destructions/{id}", destruction_id_, "UTO", "/api/blank-destructions"},
      {"/api/imports/{id}", import_id_, "XAR", "/api/imports/" + import_id_},
      {"/api/report-schedules/{id}", schedule_id_, "XAR", "/api/report-schedules"},
      {"/api/absences/{id}", absence_id_, "XAR", "/api/colleagues"},
      {"/api/agreement-confirmations/{id}", confirmation_id_, "XAR", "/api/agreements/uto-xar-protocol-2022/confirmations"},
      {"/api/agreement-narrowings/{id}", narrowing_id_, "XAR", "/api/agreements/uto-xar-2019/whitelist"},
      {"/api/registry-weights/{id}", weights_id_, "XAR", "/api/registry/weights"},
      {"/api/pairs/{id}", pair_id_, "XAR", "/api/pairs?side=requesting"},
      {"/api/session/sessions/{id}", session_id_, "XAR", "/api/session/sessions"},
      {"/api/api-tokens/{id}", token_id_, "XAR", "/api/api-tokens"},
  };
}

std::optional<SamplePath> SampleWorld::find_path(std::string const& pattern) {
  std::map<std::string, std::string> const others = {{"gate", "G03"}, {"request", request_id_}, {"file", file_id_}};
  for (auto const& record : records()) {
    if (!pattern.starts_with(record.pattern)) continue;
    SamplePath path{pattern, record.owner, record.seen_in, {record.name}};
    path.target.replace(path.target.find('{'), path.target.find('}') - path.target.find('{') + 1, record.name);
    while (path.target.find('{') != std::string::npos) {
      auto const from = path.target.find('{');
      auto const until = path.target.find('}');
      auto const value = others.find(path.target.substr(from + 1, until - from - 1));
      if (value == others.end()) return std::nullopt;
      path.target.replace(from, until - from + 1, value->second);
      path.names.push_back(value->second);
    }
    return path;
  }
  return std::nullopt;
}

}  // namespace rcms::duty
