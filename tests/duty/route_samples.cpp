#include "duty/route_samples.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/travel_documents/seal_keys.hpp"
#include "engines/matching/weights.hpp"
#include "foundation/access/totp.hpp"

namespace rcms::duty {

namespace json = boost::json;
using case_files::text_of;
using tests::HttpAnswer;

namespace {

char const* const first_own_password = "a harbour in the morning";

/// The secret as it is typed by hand. Source: RFC 4648 section 6.
Bytes bytes_of_base32(std::string_view text) {
  Bytes bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (char const letter : text) {
    bits = bits << 5 | static_cast<std::uint32_t>(letter >= 'A' ? letter - 'A' : letter - '2' + 26);
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> count & 0xFF));
  }
  return bytes;
}

std::string read_text(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Asker {
 public:
  explicit Asker(SampleWorld& world) : world_(world), node_(world.node()) {}

  HttpAnswer ask(std::string const& login, std::string const& method, std::string const& target, json::value const& body = {},
                 std::string const& token = {}) {
    return expect(method + " " + target,
                  node_.ask(login, {.method = method,
                                    .target = target,
                                    .token = token,
                                    .body = body.is_null() ? std::string() : json::serialize(body)}));
  }
  HttpAnswer post(std::string const& login, std::string const& target, json::value const& body = {}) {
    return ask(login, "POST", target, body);
  }
  HttpAnswer expect(std::string const& what, HttpAnswer answer) {
    if (answer.status == 0 || answer.status >= 300)
      throw std::runtime_error(
          fmt::format("{} should be done, and comes to {} {}", what, answer.status, answer.body.substr(0, 300)));
    node_.advance_ms(60'000);
    return answer;
  }

  void ask_own_access();
  void ask_administration();
  void ask_law();
  void ask_cases();
  void ask_desks();
  void ask_interviews();
  void hold_interview(std::string const& task, std::string const& id);
  void ask_missions(std::string const& place, std::string const& task);
  void ask_transports();
  void ask_reception();
  void ask_handover(std::string const& id, std::string const& person);
  void ask_import();
  void ask_pairs();
  void ask_documents();
  void ask_reports_and_notices();

 private:
  void close_gates(std::string const& login, std::string const& at);
  /// Signs in with a password; the token of the session.
  std::string sign_in(std::string const& login, std::string const& password) {
    auto const answer = ask("", "POST", "/api/session", json::object{{"login", login}, {"password", password}});
    auto const from = answer.head.find("rcms_session=") + std::string_view("rcms_session=").size();
    return answer.head.substr(from, answer.head.find(';', from) - from);
  }

  SampleWorld& world_;
  tests::NodeForTests& node_;
};

/// Somebody new: signs in, takes a password and an authenticator of their own, and leaves.
void Asker::ask_own_access() {
  auto const office = node_.organisation("XAR", "central_authority").id.value;
  auto const made = post("omnia", "/api/users",
                         json::object{{"name", "Nora Paz"}, {"login", "nora.paz"}, {"organisation", office},
                                      {"roles", json::array{"analyst"}}})
                        .json();
  auto const id = text_of(made.as_object(), "id");
  auto token = sign_in("nora.paz", text_of(made.as_object(), "password"));
  ask("", "PUT", "/api/session/password",
      json::object{{"password", made.at("password")}, {"new_password", first_own_password}}, token);
  ask("", "PATCH", "/api/session", json::object{{"language", "es"}}, token);
  auto const second = sign_in("nora.paz", first_own_password);
  auto const sessions = ask("", "GET", "/api/session/sessions", {}, second).json();
  for (auto const& session : sessions.at("items").as_array()) {
    if (session.at("current").as_bool()) continue;
    ask("", "DELETE", "/api/session/sessions/" + text_of(session.as_object(), "id"), {}, second);
    break;
  }
  auto const enrolment = ask("", "POST", "/api/session/second-factor", json::object{{"password", first_own_password}}, second);
  auto const secret = bytes_of_base32(text_of(enrolment.json().as_object(), "secret"));
  auto const step = node_.now().ms / 1000 / access::totp_step_seconds;
  ask("", "PUT", "/api/session/second-factor",
      json::object{{"code", access::hotp_code(secret, static_cast<std::uint64_t>(step), 6)}}, second);
  auto const machine = ask("", "POST", "/api/api-tokens",
                           json::object{{"name", "figures"}, {"scopes", json::array{"report.read"}}, {"days", 30}}, second);
  ask("", "DELETE", "/api/api-tokens/" + id_in(machine), {}, second);
  ask("", "DELETE", "/api/session", {}, second);
  ask("omnia", "DELETE", "/api/users/" + id + "/second-factor");
  post("omnia", "/api/users/" + id + "/password-reset");
  ask("omnia", "PATCH", "/api/users/" + id, json::object{{"active", false}});
}

void Asker::ask_administration() {
  auto const made = post("omnia", "/api/organisations", json::object{{"name", "Northern office"}, {"kind", "central_authority"}});
  ask("omnia", "PATCH", "/api/organisations/" + id_in(made), json::object{{"name", "Office of the north"}});
}

void Asker::ask_law() {
  post("ana", "/api/agreement-dates",
       json::object{{"asked", json::parse(R"({"agreement":"uto-xar-2019","events":[{"type":"received","at":"2027-03-01"}]})")}});
  auto const office = node_.organisation("XAR", "central_authority").id.value;
  auto const second = post("omnia", "/api/users",
                           json::object{{"name", "Olga Rey"}, {"login", "olga.rey"}, {"organisation", office},
                                        {"roles", json::array{"administrator"}}})
                          .json();
  auto const token = sign_in("olga.rey", text_of(second.as_object(), "password"));
  ask("", "PUT", "/api/session/password",
      json::object{{"password", second.at("password")}, {"new_password", first_own_password}}, token);
  auto const known = node_.get("omnia", "/api/agreements/uto-xar-protocol-2022/confirmations").json().at("items").as_array();
  for (auto const& each : known) {
    auto const at = "/api/agreement-confirmations/" + text_of(each.as_object(), "id");
    ask("", "POST", at + "/countersignature", {}, token);
    post("omnia", at + "/revocation", json::object{{"reason", "The gazette was corrected"}});
  }
  post("omnia", "/api/agreements/uto-xar-protocol-2022/confirmations",
       json::object{{"rule", "cost_reimburse"}, {"source", "Official Gazette of Arcadia 14/2022"}});

  auto const whitelist = node_.get("omnia", "/api/agreements/uto-xar-2019/whitelist").json();
  for (auto const& each : whitelist.at("narrowings").as_array()) {
    auto const at = "/api/agreement-narrowings/" + text_of(each.as_object(), "id");
    ask("", "POST", at + "/countersignature", {}, token);
    post("omnia", at + "/end", json::object{{"reason", "The registry asks for it"}});
    ask("", "POST", at + "/countersignature", {}, token);
  }
  post("omnia", "/api/agreements/uto-xar-2019/narrowings",
       json::object{{"field", "F_other.observations"}, {"reason", "Names of offices stand in it"}});

  auto const weights = node_.get("omnia", "/api/registry/weights").json().at("editions").as_array();
  for (auto const& each : weights)
    ask("", "POST", "/api/registry-weights/" + text_of(each.as_object(), "id") + "/entry-into-force", {}, token);
  auto const back = post("omnia", "/api/registry/weights",
                         json::object{{"version", matching::default_weights().version}, {"reason", "Two wrong proposals"}});
  post("omnia", "/api/registry-weights/" + id_in(back) + "/withdrawal", json::object{{"reason", "They were right after all"}});

  auto const file = node_.node().settings().data / "agreements/uto-xar-protocol-2022.toml";
  std::string text = read_text(file);
  text.replace(text.find("value = 30", text.find("\"cost_reimburse\"")), 10, "value = 31");
  std::ofstream(file, std::ios::binary) << text;
  post("omnia", "/api/agreement-readings");
  auto const at = std::string("/api/agreement-versions/uto-xar-protocol-2022");
  auto const effect = expect("effect", node_.get("omnia", at + "/effect")).json();
  post("omnia", at + "/entry-into-force", json::object{{"effect", effect.at("effect")}});
}

/// Every safeguard that is in the hands of this person.
void Asker::close_gates(std::string const& login, std::string const& at) {
  auto const today = date_in_zone(node_.now(), "Europe/Zurich");
  auto const file = node_.get(login, at).json();
  for (auto const& gate : file.at("gates").as_array()) {
    if (!gate.as_object().at("may_decide").as_bool()) continue;
    auto const code = text_of(gate.as_object(), "gate");
    auto const* known = safeguards::find_gate(node_.node().norms().gates, code);
    ask(login, "PUT", at + "/gates/" + code,
        json::object{{"status", "closed"}, {"evidence", json::value_from(stories::plausible_evidence(*known, today))}});
  }
}

void Asker::ask_cases() {
  auto const draft = "/api/cases/" + world_.draft_id();
  auto const attached = expect("an attachment", node_.ask("ana", {.method = "POST",
                                                                  .target = draft + "/attachments?name=letter.txt&kind=other",
                                                                  .body = "a letter\n",
                                                                  .content_type = "text/plain"}));
  ask("ana", "DELETE", draft + "/attachments/" + id_in(attached));
  auto const both = json::object{{"ids", json::array{world_.case_id(), world_.draft_id()}}};
  post("ana", "/api/cases/packages", both);
  post("ines", "/api/applications/packages", json::object{{"ids", json::array{world_.case_id()}}});
  post("ines", "/api/applications/" + world_.case_id() + "/notes", json::object{{"body", "Came with the morning post"}});
  ask("totus", "PUT", "/api/registry/source", json::object{{"kind", "file"}, {"old_after_days", 30}});
  post("ana", "/api/cases/" + world_.case_id() + "/messages", json::object{{"text", "When may we expect the answer?"}});
  post("ines", "/api/applications/" + world_.case_id() + "/messages", json::object{{"text", "Within the term."}});

  auto content = expect("the draft", node_.get("ana", draft)).json().at("content").as_object();
  content["F_other"] = json::object{{"observations", "Lived at number 3, Asylum Street"}};
  ask("ana", "PUT", draft + "/content", json::object{{"content", content}});
  post("sofia", draft + "/word-clearances",
       json::object{{"place", "F_other.observations"}, {"word", "Asylum"}, {"reason", "It is the name of a street"}});

  close_gates("ana", draft);
  post("ana", draft + "/screening");
  close_gates("sofia", draft);
  auto const released = post("rita", "/api/cases/releases", json::object{{"ids", json::array{world_.draft_id()}}});
  if (released.json().at("done").as_array().size() != 1) throw std::runtime_error("not released: " + released.body);
}

/// Who is away, who covers, who answers for whom; files given to an officer together.
void Asker::ask_desks() {
  ask("omnia", "PUT", "/api/users/" + node_.user("ana").id.value + "/supervisor",
      json::object{{"supervisor", node_.user("dora").id.value}});
  auto const day = date_in_zone(node_.now(), "UTC");
  auto const planned = post("dora", "/api/absences",
                            json::object{{"user", node_.user("ana").id.value},
                                         {"cover", node_.user("bruno").id.value},
                                         {"from_on", day.plus_days(2).text()},
                                         {"to_on", day.plus_days(9).text()}});
  ask("ana", "DELETE", "/api/absences/" + id_in(planned));
  auto const several = [&](std::string const& id, std::string const& login) {
    return json::object{{"ids", json::array{id, "01890000-0000-7000-8000-00000000abcd"}}, {"user", node_.user(login).id.value}};
  };
  for (auto const& answer : {post("ana", "/api/cases/assignments", several(world_.draft_id(), "bruno")),
                             post("ines", "/api/applications/assignments", several(world_.case_id(), "diego"))}) {
    auto const told = answer.json();
    if (told.at("done").as_array().size() != 1 || text_of(told.at("refused").at(0).as_object(), "why") != "not_found")
      throw std::runtime_error("one is assigned, one there is not: " + answer.body);
  }
}

/// An interview from its date to its result: another application, so that no story is in its way.
void Asker::ask_interviews() {
  auto const application = "/api/applications/" + world_.draft_id();
  post("ines", application + "/acknowledgement");
  post("ines", application + "/completeness");
  auto const mission = node_.organisation("UTO", "mission").id.value;
  auto const today = date_in_zone(node_.now(), "UTC");
  auto const task =
      id_in(post("diego", application + "/tasks",
                 json::object{{"kind", "interview"}, {"organisation", mission}, {"due_on", today.plus_days(20).text()}}));
  json::array hours;
  for (int weekday = 1; weekday <= 7; ++weekday)
    hours.push_back(json::object{{"weekday", weekday}, {"from", "00:00"}, {"to", "24:00"}});
  json::object room{{"organisation", mission},      {"name", "Consulate, room 2"},
                    {"mode", "in_person"},          {"address", "Harbour Street 4"},
                    {"time_zone", "Europe/Zurich"}, {"hours", hours},
                    {"slot_minutes", 60},           {"rooms", 2}};
  auto const place = id_in(post("sara", "/api/interview-places", room));
  room["name"] = "Consulate, room 3";
  ask("sara", "PUT", "/api/interview-places/" + place, room);
  auto const starts_at = start_of_day(today.plus_days(5), "UTC").plus_ms(9 * 3'600'000);
  auto const body = [&](Instant at) {
    return json::object{{"place", place}, {"starts_at", at.text()}, {"length_minutes", 60}, {"language", "es"},
                        {"interpreter", "Ines Prado"}, {"interviewers", json::array{json::string(node_.user("carla").id.value)}}};
  };
  auto const interview = id_in(post("carla", "/api/tasks/" + task + "/interviews", body(starts_at)));
  auto const at = "/api/interviews/" + interview;
  ask("carla", "PUT", at, body(starts_at.plus_ms(3'600'000)));
  auto const appointment = "/api/appointments/" + interview;
  post("ana", appointment + "/other-time", json::object{{"reason", "The person sees a doctor then"}});
  auto const second = id_in(post("carla", "/api/tasks/" + task + "/interviews", body(starts_at.plus_ms(7'200'000))));
  post("carla", "/api/interviews/" + second + "/cancellation", json::object{{"reason", "The interpreter is ill"}});
  ask_missions(place, task);
  hold_interview(task, id_in(post("carla", "/api/tasks/" + task + "/interviews", body(starts_at.plus_ms(10'800'000)))));
}

/// A transport of the person who has a document: a seat, a certificate, taken off again, called off; nobody departs from it.
void Asker::ask_transports() {
  auto const transports = expect("transports", node_.get("omar", "/api/transports")).json().at("items").as_array();
  auto const& known = transports.at(0).as_object();
  auto const points = node_.get("omar", "/api/crossing-points").json().at("items").as_array();
  auto const& point = points.at(0).as_object();
  ask("omar", "PUT", "/api/crossing-points/" + text_of(point, "id"),
      json::object{{"name", point.at("name")}, {"kind", "airport"}, {"state", "XAR"}, {"time_zone", "UTC"},
                   {"hours", point.at("hours")}, {"source", "Note of 3 March"}});
  auto const& leg = known.at("legs").at(0);
  post("omar", "/api/crossing-points",
       json::object{{"name", "Port of Arcadia"}, {"kind", "port"}, {"state", "XAR"}, {"time_zone", "UTC"},
                    {"hours", point.at("hours")}});
  json::object const journey{{"from", leg.at("from").at("id")},
                             {"to", leg.at("to").at("id")},
                             {"departs_at", leg.at("departs_at")},
                             {"arrives_at", leg.at("arrives_at")}};
  auto const at = "/api/transports/" + id_in(post("omar", "/api/transports",
                                                  json::object{{"name", "Flight 13"},
                                                               {"kind", "charter"},
                                                               {"partner", known.at("partner").at("id")},
                                                               {"legs", json::array{journey}},
                                                               {"seats", 2},
                                                               {"medical_seats", 0},
                                                               {"document_margin_days", 0},
                                                               {"escorts", json::array{}},
                                                               {"costs", json::array{}}}));
  json::object const cost{{"item", "tickets"}, {"payer", "requesting_state"}, {"currency", "EUR"}, {"amount_cents", 12'000}};
  json::object const escort{{"name", "Iris Vale"}, {"function", "leader"}, {"document_number", "P1"},
                            {"document_until", "2040-01-01"}, {"qualifications", json::array{"children"}}};
  ask("omar", "PUT", at,
      json::object{{"name", "Flight 14"},
                   {"kind", "scheduled"},
                   {"partner", known.at("partner").at("id")},
                   {"legs", json::array{journey}},
                   {"seats", 3},
                   {"medical_seats", 1},
                   {"document_margin_days", 0},
                   {"escorts", json::array{escort}},
                   {"costs", json::array{cost}}});
  post("omar", at + "/notice", json::object{{"given_at", node_.now().text()}, {"channel", "email"}, {"reference", "N-1"}});
  auto const person = world_.stories().id_of(3);
  close_gates("sofia", "/api/safeguards/" + person);
  json::object const cases{{"cases", json::array{json::string(person)}}};
  auto const proposal =
      expect("a proposal", node_.get("omar", "/api/transports/proposal?transports=" + at.substr(at.rfind('/') + 1)));
  if (proposal.json().at("placed").as_array().size() != 1) throw std::runtime_error("nobody is placed: " + proposal.body);
  post("omar", at + "/passengers", cases);
  auto const preview = expect("a preview", node_.get("omar", at + "/announcement")).json();
  post("omar", at + "/announcement", json::object{{"fingerprint", preview.at("fingerprint")}});
  ask_handover(at.substr(at.rfind('/') + 1), person);
  post("irene", "/api/safeguards/" + person + "/fitness",
       json::object{{"certificate", "FT-9"}, {"examined_at", node_.now().text()}, {"valid_hours", 72}, {"outcome", "fit"},
                    {"needs_medical_seat", false}});
  auto const list = expect("a manifest", node_.get("omar", at + "/manifest-file?copy=organiser&format=csv")).body;
  auto const compared = expect("a list that came back", node_.ask("omar", {.method = "POST", .target = at + "/manifest-check",
                                                                           .body = list, .content_type = "text/csv"})).json();
  if (!compared.at("is_same").as_bool() || compared.at("rows") != 1) throw std::runtime_error(json::serialize(compared));
  auto const told = expect("who travels", node_.get("omar", at + "/passengers")).json();
  if (text_of(told.at("broken").at(0).at("rule").as_object(), "code") != "fitness_ended")
    throw std::runtime_error("a certificate of 72 hours does not last thirty days: " + json::serialize(told.at("broken")));
  auto const departed = post("omar", at + "/departures", cases).json();
  if (departed.at("items").at(0).at("departed").as_bool()) throw std::runtime_error("departed thirty days early");
  post("omar", at + "/passengers-removal", json::object{{"cases", cases.at("cases")}, {"reason", "The certificate ends"}});
  post("omar", at + "/cancellation", json::object{{"reason", "Fog"}});
}

/// A centre is added, changed, closed and opened; somebody is received, written of, and goes on.
void Asker::ask_reception() {
  auto const known = expect("centres", node_.get("totus", "/api/reception-centres")).json().at("items").at(0).as_object();
  json::object centre{{"name", "Centre of the Hill"}, {"organisation", known.at("organisation").at("id")},
                      {"time_zone", "UTC"},           {"hours", known.at("hours")},
                      {"beds", 2}};
  auto const at = "/api/reception-centres/" + id_in(post("totus", "/api/reception-centres", centre));
  centre["beds"] = 3;
  ask("totus", "PUT", at, centre);
  ask("totus", "PUT", at + "/state", json::object{{"state", "diverted"}, {"diverted_to", known.at("id")}, {"reason", "Flood"}});
  ask("totus", "PUT", at + "/state", json::object{{"state", "open"}});
  json::object const person{{"surname", "Paz"}, {"sex", "M"}, {"language", "fr"}};
  auto const received = post("totus", at + "/check-ins", json::object{{"desk", "2"}, {"cases", json::array{}},
                                                                      {"persons", json::array{person}}, {"beds", true}})
                            .json();
  auto const record = "/api/reception-records/" + text_of(received.at("records").at(0).as_object(), "id");
  ask("totus", "PUT", record,
      json::object{{"details", json::object{{"R_arrival", json::object{{"return_type", "forced"}}}}}});
  post("totus", record + "/departure", json::object{{"to", "Bus to San Aurelio"}});
}

/// Both States tick the one person differently, settle, tell each other and explain the difference.
void Asker::ask_handover(std::string const& id, std::string const& person) {
  struct Desk {
    char const* login;
    std::string at;
    char const* first;
    char const* settled;
  };
  Desk const desks[] = {{"omar", "/api/transports/" + id + "/handover", "no_show", "boarded"},
                        {"olga", "/api/announced-transports/" + id + "/handover", "arrived", "not_arrived"}};
  node_.settle();
  for (auto const& desk : desks) {
    auto const now = node_.now();
    auto const taken =
        post(desk.login, desk.at + "/takings", json::object{{"device", "Tablet 1"}, {"device_now", now.text()}}).json();
    auto const tick_id = make_uuid(now);
    json::object const tick{{"id", tick_id}, {"case_id", person}, {"value", desk.first},
                            {"list", taken.at("taking").at("list")}, {"counter", 1}, {"device_at", now.text()},
                            {"replaces", json::array{}}};
    auto const sent = post(desk.login, desk.at + "/ticks",
                           json::object{{"taking", taken.at("taking").at("id")}, {"device_now", now.plus_ms(600'000).text()},
                                        {"ticks", json::array{tick}}}).json();
    if (!sent.at("outcomes").at(0).at("is_kept").as_bool() || sent.at("handover").at("persons").as_array().size() != 1)
      throw std::runtime_error("a tick is not kept: " + json::serialize(sent));
    post(desk.login, desk.at + "/settlements",
         json::object{{"case_id", person}, {"value", desk.settled}, {"reason", "Seen at the door"},
                      {"heads", json::array{json::string(tick_id)}}});
    post(desk.login, desk.at + "/reports");
  }
  node_.settle();
  for (auto const& desk : desks) {
    auto const shown = expect("both lists", node_.get(desk.login, desk.at)).json();
    auto const& difference = shown.at("differences").at(0);
    if (!difference.at("is_open").as_bool()) throw std::runtime_error("nobody has explained it: " + json::serialize(shown));
    post(desk.login, desk.at + "/explanations",
         json::object{{"case_id", person}, {"ours", difference.at("ours").at("code")},
                      {"theirs", difference.at("theirs").at("code")}, {"reason", "Taken to hospital on the way"}});
  }
}

/// A mission is planned, changed, announced, filled, moved and called off; another is closed.
void Asker::ask_missions(std::string const& place, std::string const& task) {
  auto const carla = node_.user("carla").id.value;
  auto const today = date_in_zone(node_.now(), "UTC");
  json::object expert{{"user", carla}, {"sex", "F"}, {"languages", json::array{"es"}}};
  json::object body{{"name", "Spring mission"},
                    {"partner", node_.organisation("XAR", "central_authority").party.value},
                    {"from", today.plus_days(10).text()},
                    {"to", today.plus_days(12).text()},
                    {"places", json::array{json::string(place)}},
                    {"length_minutes", 60},
                    {"pause_minutes", 15},
                    {"daily_limit", 6},
                    {"experts", json::array{expert}},
                    {"interpreters", json::array{}}};
  auto const at = "/api/interview-missions/" + id_in(post("sara", "/api/interview-missions", body));
  body["daily_limit"] = 5;
  ask("sara", "PUT", at, body);
  post("sara", at + "/announcement");
  expect("the day sheet", node_.get("carla", at + "/day-sheet"));
  auto const plan = ask("carla", "GET", at + "/plan?tasks=" + task).json();
  json::array placements;
  for (auto const& one : plan.at("placed").as_array()) {
    placements.push_back(json::object{{"task", one.at("task")},
                                      {"place", one.at("place").at("id")},
                                      {"starts_at", one.at("when").at("starts_at")},
                                      {"language", one.at("language")},
                                      {"interviewer", one.at("interviewer").at("id")}});
  }
  if (placements.size() != 1) throw std::runtime_error("nobody could be placed: " + json::serialize(plan));
  auto const placed = post("carla", at + "/placements", json::object{{"placements", std::move(placements)}}).json();
  if (placed.at("placed").to_number<int>() != 1) throw std::runtime_error("not placed: " + json::serialize(placed));
  post("sara", at + "/move", json::object{{"from", today.plus_days(17).text()}, {"reason", "The flight was cancelled"}});
  post("sara", at + "/cancellation", json::object{{"reason", "No visa was given"}});
  body["name"] = "Summer mission";
  auto const other = "/api/interview-missions/" + id_in(post("sara", "/api/interview-missions", body));
  post("sara", other + "/announcement");
  post("sara", other + "/closure");
}

/// The person is invited and presented, everybody comes, signs, and the task has its result.
void Asker::hold_interview(std::string const& task, std::string const& id) {
  auto const appointment = "/api/appointments/" + id;
  post("ana", appointment + "/invitation", json::object{{"language", "es"}});
  expect("the invitation", node_.get("ana", appointment + "/invitation"));
  post("ana", appointment + "/service",
       json::object{{"served_on", date_in_zone(node_.now(), "Europe/Zurich").text()}, {"how", "read_aloud"}});
  close_gates("ana", "/api/safeguards/" + world_.draft_id());
  close_gates("sofia", "/api/safeguards/" + world_.draft_id());
  post("ana", appointment + "/presence");
  node_.advance_ms(6 * 86'400'000LL);
  auto const at = "/api/interviews/" + id;
  auto const carla = node_.user("carla").id.value;
  ask("carla", "PUT", at + "/attendance",
      json::object{
          {"people", json::array{json::object{{"role", "person"}, {"attendance", "late"}, {"reason", "The bus was late"}},
                                 json::object{{"role", "interviewer"}, {"user", carla}, {"attendance", "present"}},
                                 json::object{{"role", "interpreter"}, {"name", "Ines Prado"}, {"attendance", "present"}}}}});
  stories::Line line;
  line.day = date_in_zone(node_.now(), "UTC");
  line.words.emplace_back("held", start_of_day(line.day.plus_days(-1), "UTC").plus_ms(12 * 3'600'000).text());
  ask("carla", "PUT", at + "/minutes", json::object{{"content", stories::sample_minutes(line)}});
  auto const sign = [&](char const* role, char const* mark) {
    json::object body{{"version", 1}, {"role", role}, {"mark", mark}};
    if (std::string_view(mark) == "refused") body["reason"] = "Wants to ask a lawyer first";
    post("carla", at + "/signatures", body);
  };
  sign("person", "refused");
  sign("interpreter", "signed_on_paper");
  sign("interviewer", "signed");
  post("carla", at + "/result", json::object{{"outcome", "confirmed"}, {"note", "Named the school and the river"}});
  auto const done = node_.get("carla", "/api/tasks/" + task).json();
  if (text_of(done.as_object(), "outcome") != "confirmed") throw std::runtime_error("the task has no result");
}

void Asker::ask_import() {
  auto const at = "/api/imports/" + upload_table(node_, "ana");
  post("ana", at + "/check");
  post("ana", at + "/load");
}

void Asker::ask_pairs() {
  auto const at = "/api/pairs/" + world_.pair() + "/decision";
  post("ana", at, json::object{{"decision", "same_person"}, {"reason", "The same photograph"}});
  post("dora", at, json::object{{"decision", "open"}, {"reason", "The photographs were exchanged"}});
}

void Asker::ask_documents() {
  auto const document = ask("carla", "GET", "/api/travel-documents/" + world_.document()).json();
  post("carla", "/api/verifications", json::object{{"mrz", document.at("mrz")}});
  post("carla", "/api/travel-documents/" + world_.document() + "/void", json::object{{"reason", "The name was misspelt"}});
  post("carla", "/api/blanks", json::object{{"series", "UF"}, {"from", "0000001"}, {"to", "0000003"}});
  post("carla", "/api/blanks/" + std::string(blank_in_stock) + "/spoilt", json::object{{"reason", "Torn"}});
  post("carla", "/api/blank-moves", json::object{{"first", "UF0000001"}, {"last", "UF0000003"}, {"box", "Safe 2"}});
  post("carla", "/api/blanks/UF0000001/assignment", json::object{{"application", world_.stories().id_of(4)}});
  post("carla", "/api/blanks/UF0000002/loss", json::object{{"reason", "Not in its box"}});
  post("carla", "/api/blanks/UF0000002/find", json::object{{"reason", "Behind the safe"}});
  auto const proposed = post("carla", "/api/blank-destructions",
                             json::object{{"numbers", json::array{blank_in_stock, "UF0000002"}}, {"method", "Shredder"}});
  post("sara", "/api/blank-destructions/" + id_in(proposed) + "/decision", json::object{{"agrees", true}});
  post("carla", "/api/document-batches", json::object{{"applications", json::array{world_.stories().id_of(4)}}});
  travel_documents::SealKeys keys(node_.node().settings().folder / "keys");
  (void)keys.set("UTO", {{}, 2});
  ask("totus", "PUT", "/api/document-form", json::object{{"layout", "sheet_a5"}, {"symbol", "qr"}});
  ask("totus", "GET", "/api/document-layouts/sheet_a5/sample?symbol=qr");
  json::object printer{{"name", "Counter 1"}, {"front_right", 3}, {"front_down", -4}, {"back_right", 0},
                       {"back_down", 0},       {"duplex", "long_edge"}};
  auto const at = "/api/document-printers/" + id_in(post("carla", "/api/document-printers", printer));
  printer["name"] = "Counter 2";
  ask("carla", "PUT", at, printer);
  ask("carla", "GET", at + "/alignment");
  ask("carla", "GET", "/api/document-printers");
  ask("carla", "GET", "/api/document-sheets?numbers=" + world_.document());
  ask("carla", "GET", "/api/document-transports");
  ask("carla", "DELETE", at);
  post("carla", "/api/sealing-key/openings");
  post("sara", "/api/sealing-key/closing");
  (void)keys.set("UTO", {{}, 1});
}

void Asker::ask_reports_and_notices() {
  auto const made = post("dora", "/api/report-schedules",
                         json::object{{"report", "monthly"}, {"day", 3}, {"format", "xlsx"}, {"language", "es"},
                                      {"recipients", json::array{"office@XAR.example"}}});
  ask("dora", "DELETE", "/api/report-schedules/" + id_in(made));
  ask("dora", "PUT", "/api/notifications/preferences", json::object{{"mail", false}});
  post("dora", "/api/notifications/read", json::object{{"all", true}});
}

}  // namespace

void ask_other_routes(SampleWorld& world) {
  Asker asker(world);
  asker.ask_own_access();
  asker.ask_administration();
  asker.ask_law();
  asker.ask_desks();
  asker.ask_cases();
  asker.ask_interviews();
  asker.ask_transports();
  asker.ask_reception();
  asker.ask_import();
  asker.ask_pairs();
  asker.ask_documents();
  asker.ask_reports_and_notices();
}

}  // namespace rcms::duty
