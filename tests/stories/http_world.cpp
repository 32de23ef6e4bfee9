#include "stories/http_world.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <boost/json.hpp>

#include "capabilities/case_files/deciding.hpp"
#include "foundation/pages/canvas.hpp"
#include "foundation/pages/picture.hpp"
#include "stories/http_prints.hpp"
#include "support/node_for_tests.hpp"

namespace rcms::stories {

namespace json = boost::json;
using case_files::text_of;
using tests::HttpAnswer;

namespace {

/// Acts that are one POST with at most a reason.
struct PlainAct {
  char const* act;
  char const* noun;
  bool reason;
};
constexpr PlainAct requesting_acts[] = {{"send_to_screening", "screening", false},
                                        {"return_to_draft", "return-to-draft", true},
                                        {"block", "block", true},
                                        {"resume_screening", "resumption", true},
                                        {"cancel", "cancellation", true},
                                        {"suspend", "suspension", true},
                                        {"lift_suspension", "lifting", true},
                                        {"decline_silence", "waiting", true},
                                        {"reopen", "reopening", true},
                                        {"close", "closure", true},
                                        {"take_back_document", "held-document-removal", true},
                                        {"take_back", "taking-back", true},
                                        {"reject_error_claim", "error-rejection", true},
                                        {"withdraw", "withdrawal", true},
                                        {"confirm", "confirmation", true}};
constexpr PlainAct requested_acts[] = {{"acknowledge", "acknowledgement", false},
                                       {"declare_complete", "completeness", false},
                                       {"suspend", "suspension", true},
                                       {"lift_suspension", "lifting", true},
                                       {"close", "closure", true}};

class HttpWorld final : public NodeWorld {
 public:
  HttpWorld(db::Engine engine, std::vector<Person> const& people, std::string agreement, std::string const& registers)
      : node_(engine, people, Date(2031, 1, 20), registers), agreement_(std::move(agreement)) {
    static bool const has_fonts = (use_fonts(RCMS_FONTS_DIR), true);
    (void)has_fonts;
    connect_registry(node_);
  }

  tests::NodeForTests& node() override { return node_; }
  std::string id_of(int application) const override { return ids_.contains(application) ? ids_.at(application) : std::string(); }

  Outcome act(Line const& line) override {
    if (line.day != day_) node_.set_day(line.day);
    day_ = line.day;
    node_.advance_ms(60'000);
    if (line.login == "clock") {
      node_.settle();
      return {};
    }
    auto const answer = line.act == "sees" ? see(line, line.login) : ask_for(line);
    Outcome outcome;
    if (answer.status >= 400 || answer.status == 0) {
      outcome.refused = why_of(answer);
      outcome.detail = std::to_string(answer.status) + " " + answer.body.substr(0, 300);
      return outcome;
    }
    node_.deliver();
    read_file(line, outcome);
    return outcome;
  }

 private:
  static bool is_requesting(Line const& line) { return line.party == "XAR"; }

  /// The form of a request asks for a reason before the rule does.
  static std::string why_of(HttpAnswer const& answer) {
    if (answer.why() == "field_missing" && answer.field() == "reason") return "reason_missing";
    return answer.why().empty() ? "no_answer" : answer.why();
  }

  std::string path(Line const& line) const {
    auto const id = ids_.find(line.application);
    return std::string(is_requesting(line) ? "/api/cases/" : "/api/applications/") +
           (id == ids_.end() ? CaseId::make(node_.now()).value : id->second);
  }

  HttpAnswer see(Line const& line, std::string const& login) { return node_.get(login, path(line)); }
  HttpAnswer send(Line const& line, std::string const& method, std::string const& target, json::value const& body) {
    return node_.ask(line.login,
                     {.method = method, .target = target, .body = body.is_null() ? std::string() : json::serialize(body)});
  }

  /// The file as one who may read it sees it.
  json::object file_of(Line const& line) {
    auto const answer = see(line, is_requesting(line) ? "ana" : "ines");
    auto const value = answer.json();
    if (answer.status != 200 || !value.is_object())
      throw std::runtime_error(line.place() + ": the file cannot be read: " + answer.body.substr(0, 300));
    return value.get_object();
  }

  /// What the documents show, as the page of the case asks for it.
  void read_evidence(Line const& line, Outcome& outcome) {
    auto const answer = node_.get(is_requesting(line) ? "ana" : "ines", path(line) + "/evidence");
    auto const value = answer.json();
    if (answer.status != 200)
      throw std::runtime_error(line.place() + ": the evidence cannot be read: " + answer.body.substr(0, 300));
    for (auto const& one : value.as_object().at("purposes").as_array()) {
      auto const& shown = one.as_object();
      auto const sufficient = text_of(shown, "sufficient");
      outcome.evidence[text_of(shown, "purpose")] = text_of(shown, "result") + " " + (sufficient.empty() ? "-" : sufficient);
    }
  }

  void read_file(Line const& line, Outcome& outcome) {
    if (line.expected && !line.expected->evidence_of.empty()) read_evidence(line, outcome);
    auto const file = file_of(line);
    outcome.state = text_of(file, "state");
    for (auto const& one : file.at("deadlines").as_array()) {
      auto const& deadline = one.as_object();
      auto const state = text_of(deadline, "state");
      if (state == "open") outcome.due[text_of(deadline, "kind")] = text_of(deadline, "due_on");
      if (state == "paused") outcome.due[text_of(deadline, "kind")] = "paused";
    }
    if (file.at("hold").is_object()) outcome.due["hold"] = text_of(file.at("hold").as_object(), "until");
    if (auto const day = text_of(file.at("waiting").as_object(), "tell_on"); !day.empty()) outcome.due["waiting"] = day;
  }

  HttpAnswer ask_for(Line const& line) {
    auto const plain = [&](PlainAct const& one) { return line.act == one.act; };
    auto const begin = is_requesting(line) ? std::begin(requesting_acts) : std::begin(requested_acts);
    auto const end = is_requesting(line) ? std::end(requesting_acts) : std::end(requested_acts);
    if (auto const one = std::find_if(begin, end, plain); one != end) {
      json::value body;
      if (one->reason) body = line.has("reason") ? json::object{{"reason", line.word("reason")}} : json::object();
      return send(line, "POST", path(line) + "/" + one->noun, body);
    }
    if (auto const answer = ask_at_desk(line)) return *answer;
    auto const is_about_prints = line.act.ends_with("_prints") || line.act == "prints_are";
    auto const at = is_requesting(line) ? path(line) : is_about_prints ? "/api/tasks/" + task_of(line, "registry_search") : "";
    if (auto const answer = ask_prints(node_, line, at)) return *answer;
    return is_requesting(line) ? ask_requesting(line) : ask_requested(line);
  }

  /// What both States do at their desks; empty for another act.
  std::optional<HttpAnswer> ask_at_desk(Line const& line) {
    if (line.act == "assign")
      return send(line, "POST", path(line) + "/assignment", json::object{{"user", node_.user(line.word("to")).id.value}});
    if (line.act == "hold") {
      json::object body{{"until", line.word("until")}};
      if (line.has("reason")) body["reason"] = line.word("reason");
      return send(line, "POST", path(line) + "/hold", body);
    }
    if (line.act == "end_hold") return send(line, "POST", path(line) + "/hold-end", nullptr);
    if (auto const answer = ask_missions(line)) return answer;
    return ask_interviews(line);
  }

  /// Where the interviews of a story are held; made when it is needed first.
  std::string place() {
    if (!place_.empty()) return place_;
    json::array hours;
    for (int weekday = 1; weekday <= 7; ++weekday)
      hours.push_back(json::object{{"weekday", weekday}, {"from", "09:00"}, {"to", "17:00"}});
    json::object const body{{"organisation", node_.organisation("UTO", "mission").id.value},
                            {"name", "Consulate, room 1"},
                            {"mode", "in_person"},
                            {"address", "Harbour Street 4"},
                            {"time_zone", "Europe/Zurich"},
                            {"hours", hours},
                            {"slot_minutes", 60},
                            {"rooms", 1}};
    auto const answer = node_.post("sara", "/api/interview-places", json::serialize(body));
    place_ = text_of(answer.json().as_object(), "id");
    return place_;
  }

  std::string interview_task(int application) {
    auto const answer = node_.get("ines", "/api/applications/" + id_of(application));
    std::string task = CaseId::make(node_.now()).value;
    auto const file = answer.json();
    for (auto const& one : file.as_object().at("tasks").as_array()) {
      if (text_of(one.as_object(), "kind") == "interview") task = text_of(one.as_object(), "id");
    }
    return task;
  }

  std::string interview_of(Line const& line) {
    auto const known = interviews_.find(line.application);
    return known == interviews_.end() ? CaseId::make(node_.now()).value : known->second;
  }

  /// The date of an interview and what follows; empty for another act.
  std::optional<HttpAnswer> ask_interviews(Line const& line) {
    auto const carla = node_.user("carla").id.value;
    auto const at = "/api/interviews/" + interview_of(line);
    auto const appointment = "/api/appointments/" + interview_of(line);
    if (line.act == "book_interview") {
      auto const answer = send(line, "POST", "/api/tasks/" + interview_task(line.application) + "/interviews",
                               json::object{{"place", place()},
                                            {"starts_at", line.word("at")},
                                            {"length_minutes", 60},
                                            {"language", "es"},
                                            {"interviewers", json::array{json::string(carla)}}});
      if (answer.status == 201) interviews_[line.application] = text_of(answer.json().as_object(), "id");
      return answer;
    }
    if (line.act == "invite") {
      auto const made = send(line, "POST", appointment + "/invitation", json::object{{"language", "es"}});
      if (made.status >= 400) return made;
      return send(line, "POST", appointment + "/service", json::object{{"served_on", day_.text()}, {"how", "read_aloud"}});
    }
    if (line.act == "arrange_presence") return send(line, "POST", appointment + "/presence", nullptr);
    if (line.act == "record_attendance") {
      json::object person{{"role", "person"}, {"attendance", line.word("person")}};
      if (line.word("person") != "present") person["reason"] = "It is not known";
      json::object const asks{{"role", "interviewer"}, {"user", carla}, {"attendance", "present"}};
      return send(line, "PUT", at + "/attendance", json::object{{"people", json::array{person, asks}}});
    }
    if (line.act == "write_minutes") {
      auto const written = send(line, "PUT", at + "/minutes", json::object{{"content", sample_minutes(line)}});
      if (written.status < 400) version_[line.application] += 1;
      return written;
    }
    if (line.act == "sign_minutes") {
      json::object body{{"version", version_[line.application]}, {"role", line.word("role")}, {"mark", line.word("mark")}};
      return send(line, "POST", at + "/signatures", body);
    }
    if (line.act == "give_result") return send(line, "POST", at + "/result", json::object{{"outcome", line.word("outcome")}});
    return std::nullopt;
  }

  /// The mission of the story; empty for another act.
  std::optional<HttpAnswer> ask_missions(Line const& line) {
    auto const at = "/api/interview-missions/" + mission_;
    if (line.act == "plan_mission") {
      json::object const expert{{"user", node_.user("carla").id.value}, {"sex", "F"}, {"languages", json::array{"es", "en"}}};
      auto const answer = send(line, "POST", "/api/interview-missions",
                               json::object{{"name", "Spring mission"},
                                            {"partner", node_.organisation("XAR", "central_authority").party.value},
                                            {"from", line.word("from")},
                                            {"to", line.word("to")},
                                            {"places", json::array{json::string(place())}},
                                            {"length_minutes", 60},
                                            {"pause_minutes", 15},
                                            {"daily_limit", 6},
                                            {"experts", json::array{expert}},
                                            {"interpreters", json::array()}});
      if (answer.status == 201) mission_ = text_of(answer.json().as_object(), "id");
      return answer;
    }
    if (line.act == "announce_mission") return send(line, "POST", at + "/announcement", nullptr);
    if (line.act == "cancel_mission")
      return send(line, "POST", at + "/cancellation", json::object{{"reason", line.word("reason")}});
    if (line.act == "place_batch") return place_batch(line, at);
    return std::nullopt;
  }

  /// As the page does: what the preview gives is what is set, for everybody.
  HttpAnswer place_batch(Line const& line, std::string const& at) {
    std::map<std::string, int> tasks{{interview_task(line.application), line.application}};
    for (auto const& [name, value] : line.words) {
      if (name == "with") tasks[interview_task(std::stoi(value))] = std::stoi(value);
    }
    std::string wanted;
    for (auto const& [task, application] : tasks) wanted += (wanted.empty() ? "" : ",") + task;
    auto const plan = node_.get(line.login, at + "/plan?tasks=" + wanted);
    if (plan.status != 200) return plan;
    json::array placements;
    auto const planned = plan.json();
    for (auto const& one : planned.as_object().at("placed").as_array()) {
      placements.push_back(json::object{{"task", one.at("task")},
                                        {"place", one.at("place").at("id")},
                                        {"starts_at", one.at("when").at("starts_at")},
                                        {"language", one.at("language")},
                                        {"interviewer", one.at("interviewer").at("id")}});
    }
    auto const done = send(line, "POST", at + "/placements", json::object{{"placements", std::move(placements)}});
    if (done.status != 200) return done;
    auto const rows = node_.get(line.login, at + "/interviews").json();
    for (auto const& row : rows.as_object().at("items").as_array()) {
      auto const known = tasks.find(text_of(row.as_object(), "task"));
      if (known != tasks.end()) interviews_[known->second] = text_of(row.as_object(), "id");
    }
    return done;
  }

  /// What came of the application of the line; what came of those beside it is seen by looking at them.
  HttpAnswer close_in_bulk(Line const& line) {
    json::array ids;
    for (auto const& [name, value] : line.words) {
      if (name == "with") ids.push_back(json::string(ids_[std::stoi(value)]));
    }
    ids.push_back(json::string(ids_[line.application]));
    auto const& gates = node_.node().norms().gates;
    json::object evidence;
    if (auto const* gate = safeguards::find_gate(gates, line.word("gate"))) {
      for (auto const& [code, value] : plausible_evidence(*gate, day_)) evidence[code] = value;
    }
    auto answer = send(line, "POST", "/api/safeguards/gates/" + line.word("gate") + "/closings",
                       json::object{{"ids", ids}, {"evidence", evidence}, {"reason", line.word("reason")}});
    if (answer.status != 200) return answer;
    auto const done = answer.json();
    for (auto const& one : done.as_object().at("refused").as_array()) {
      // Whoever closed many reads what is wrong with each, not only of which kind it is.
      auto const kind = node_.node().labels().text("en", "refused." + text_of(one.as_object(), "why"));
      if (text_of(one.as_object(), "why") == "wrong_step" && text_of(one.as_object(), "detail").size() <= kind.size())
        throw std::runtime_error("a file that was not closed has no reason of its own: " + json::serialize(one));
      if (text_of(one.as_object(), "id") != ids_[line.application]) continue;
      answer.status = 409;
      answer.body = json::serialize(json::object{{"why", one.at("why")}});
    }
    return answer;
  }

  HttpAnswer ask_requesting(Line const& line) {
    if (line.act == "create") {
      auto const answer =
          send(line, "POST", "/api/cases", json::object{{"agreement", agreement_}, {"content", sample_content(line)}});
      if (answer.status != 201) return answer;
      ids_[line.application] = text_of(answer.json().as_object(), "id");
      return attach_photo(line);
    }
    if (line.act == "edit") {
      auto content = file_of(line).at("content").as_object();
      change_content(content, line);
      return send(line, "PUT", path(line) + "/content", json::object{{"content", content}});
    }
    if (line.act == "correct") {
      auto content = file_of(line).at("content").as_object();
      change_content(content, line);
      return send(line, "POST", path(line) + "/corrections", json::object{{"content", content}, {"reason", line.word("reason")}});
    }
    if (line.act == "decide_gate")
      return decide_gate(line, line.word("gate"), line.has("status") ? line.word("status") : "closed");
    if (line.act == "close_gates") return close_gates(line);
    if (line.act == "close_in_bulk") return close_in_bulk(line);
    if (line.act == "release") return release(line);
    if (line.act == "record_document") {
      return send(line, "POST", path(line) + "/held-document",
                  json::object{{"kind", line.word("kind")}, {"number", line.word("number")}, {"issuer", line.word("issuer")},
                               {"issued_on", line.word("issued")}, {"expires_on", line.word("expires")}});
    }
    if (line.act == "record_return")
      return send(line, "POST", path(line) + "/return", json::object{{"returned_on", line.word("day")}});
    if (line.act == "answer") return answer_request(line);
    if (auto const answer = ask_safeguards(line)) return *answer;
    throw std::runtime_error(line.place() + ": " + line.act + " is no act of the requesting State");
  }

  /// A drawn picture becomes the photograph of the form, as an officer attaches it.
  HttpAnswer attach_photo(Line const& line) {
    auto const drawn = encode_png(Picture{70, 90, std::vector<std::uint8_t>(70 * 90, 200)});
    auto const attached = node_.ask(line.login, {.method = "POST",
                                                 .target = path(line) + "/attachments?name=face.png&kind=photo",
                                                 .body = std::string(as_text(drawn)),
                                                 .content_type = "image/png"});
    if (attached.status != 201) return attached;
    auto content = file_of(line).at("content").as_object();
    content["A_person"].as_object()["photo"] = text_of(attached.json().as_object(), "id");
    return send(line, "PUT", path(line) + "/content", json::object{{"content", content}});
  }

  /// The counter has blanks; a second range of the same numbers is refused and changes nothing.
  HttpAnswer issue_document(Line const& line) {
    send(line, "POST", "/api/blanks", json::object{{"series", "UE"}, {"from", "0000001"}, {"to", "0000009"}});
    return send(line, "POST", path(line) + "/travel-documents", json::object());
  }

  /// The newest of a list that the whole of Utopia may read, by a member; an unknown one where there is none.
  std::string newest(char const* path, char const* member) {
    auto const items = node_.get("sara", path).json().at("items").as_array();
    return items.empty() ? CaseId::make(node_.now()).value.substr(0, 9) : text_of(items.at(0).as_object(), member);
  }

  /// What happens to a document after its issue, and the closing of the stock; empty for another act.
  std::optional<HttpAnswer> ask_documents(Line const& line) {
    auto body = line.has("reason") ? json::object{{"reason", line.word("reason")}} : json::object();
    static std::map<std::string, std::string, std::less<>> const acts = {
        {"hand_over", "hand-over"}, {"use_document", "use"},         {"return_document", "return"},
        {"report_loss", "loss"},    {"request_renewal", "renewals"}, {"void_document", "void"}};
    if (auto const act = acts.find(line.act); act != acts.end())
      return send(line, "POST", "/api/travel-documents/" + newest("/api/travel-documents", "number") + "/" + act->second, body);
    if (line.act == "decide_renewal") {
      body["agrees"] = line.word("agrees") == "yes";
      return send(line, "POST", "/api/document-renewals/" + newest("/api/document-renewals", "id") + "/decision", body);
    }
    if (line.act == "issue_renewal") {
      return send(line, "POST", "/api/document-renewals/" + newest("/api/document-renewals", "id") + "/document", json::object());
    }
    if (line.act == "confirm_day")
      return send(line, "POST", "/api/stock-closings/" + newest("/api/stock-closings", "id") + "/confirmation", nullptr);
    if (line.act != "close_day") return std::nullopt;
    body["boxes"] =
        json::array{json::object{{"unused", std::stoi(line.word("unused"))}, {"dead", std::stoi(line.word("dead"))}}};
    return send(line, "POST", "/api/stock-closings", body);
  }

  HttpAnswer decide_gate(Line const& line, std::string const& code, std::string const& status) {
    json::object body{{"status", status}, {"evidence", json::object()}};
    auto const* gate = safeguards::find_gate(node_.node().norms().gates, code);
    if (gate != nullptr && status == "closed") body["evidence"] = json::value_from(plausible_evidence(*gate, day_));
    if (line.has("reason")) body["reason"] = line.word("reason");
    // Who reads no files decides at the desk.
    bool const reads = node_.node().sessions().find(node_.token_of(line.login))->may("case.read");
    return send(line, "PUT", (reads ? path(line) : safeguards_path(line)) + "/gates/" + code, body);
  }

  std::string safeguards_path(Line const& line) const {
    return "/api/safeguards/" + path(line).substr(std::string_view("/api/cases/").size());
  }

  /// The desks of the safeguards, and the way to the departure; empty for another act.
  std::optional<HttpAnswer> ask_safeguards(Line const& line) {
    auto const reason = line.has("reason") ? json::object{{"reason", line.word("reason")}} : json::object();
    auto const at = safeguards_path(line);
    if (line.act == "override_gate") return send(line, "POST", at + "/gates/" + line.word("gate") + "/overrides", reason);
    if (line.act == "withdraw_consent") return send(line, "POST", at + "/gates/" + line.word("gate") + "/withdrawal", nullptr);
    if (line.act == "refuse_contact") return send(line, "POST", at + "/contact-refusal", reason);
    if (line.act == "ask_family_exception") return send(line, "POST", at + "/family-exception", reason);
    if (line.act == "review_family_exception") {
      auto body = reason;
      body["granted"] = line.word("granted") == "yes";
      return send(line, "POST", at + "/family-exception/review", body);
    }
    if (line.act == "group_family") {
      json::array cases{json::string(id_of(line.application))};
      for (auto const& [name, value] : line.words) {
        if (name == "with") cases.push_back(json::string(id_of(std::stoi(value))));
      }
      return send(line, "POST", "/api/safeguards/families", json::object{{"cases", std::move(cases)}});
    }
    if (line.act == "plan_transfer") {
      return send(line, "POST", path(line) + "/transfer-plan",
                  json::object{{"departs_at", line.word("departs")}, {"charter", line.word("means") == "charter"}});
    }
    if (line.act == "postpone_transfer") return send(line, "POST", path(line) + "/postponement", reason);
    if (line.act == "present_for_interview") return send(line, "POST", path(line) + "/presentation", nullptr);
    if (line.act == "check_departure") return send(line, "POST", path(line) + "/departure-check", nullptr);
    if (line.act == "depart") return send(line, "POST", path(line) + "/departure", nullptr);
    return std::nullopt;
  }

  HttpAnswer close_gates(Line const& line) {
    auto const seen = node_.get(line.login, safeguards_path(line));
    if (seen.status != 200) return seen;
    auto last = seen;
    auto const file = seen.json();
    for (auto const& gate : file.as_object().at("gates").as_array()) {
      if (!gate.as_object().at("may_decide").as_bool() || text_of(gate.as_object(), "asked") != "now") continue;
      last = decide_gate(line, text_of(gate.as_object(), "gate"), "closed");
      if (last.status >= 400) break;
    }
    return last;
  }

  HttpAnswer release(Line const& line) {
    auto const preview = node_.get(line.login, path(line) + "/envelope-preview");
    auto const value = preview.json();
    std::string const hash = preview.status == 200 ? text_of(value.as_object(), "hash") : "none";
    return send(line, "POST", path(line) + "/release", json::object{{"preview_hash", hash}});
  }

  HttpAnswer answer_request(Line const& line) {
    auto const file = file_of(line);
    auto const& requests = file.at("requests").as_array();
    if (requests.empty()) throw std::runtime_error(line.place() + ": nothing was asked for");
    auto const& request = requests.back().as_object();
    json::array items;
    for (auto const& item : request.at("items").as_array()) {
      json::object answered{{"item", item.as_object().at("item")}, {"files", json::array()}};
      if (line.has("text")) answered["text"] = line.word("text");
      items.push_back(std::move(answered));
    }
    return send(line, "POST", path(line) + "/requests/" + text_of(request, "id") + "/answer",
                json::object{{"items", std::move(items)}});
  }

  HttpAnswer ask_requested(Line const& line) {
    if (line.act == "claim_error") {
      json::object body{{"ground", line.word("ground")}};
      if (line.has("reason")) body["reason"] = line.word("reason");
      return send(line, "POST", path(line) + "/error-claim", body);
    }
    if (line.act == "assess") {
      return send(line, "POST", path(line) + "/assessments",
                  json::object{{"purpose", line.has("of") ? line.word("of") : "nationality"},
                               {"document", std::stoi(line.word("document"))},
                               {"finding", line.word("finding")},
                               {"reason", line.word("reason")}});
    }
    if (line.act == "request_documents") {
      json::object item{{"item", line.word("item")}};
      if (line.has("language")) item["language"] = line.word("language");
      if (line.has("enough")) {
        item["any_of"] = json::array{json::object{{"type", line.word("enough")}, {"form", line.word("paper")}}};
        item["count"] = 1;
      }
      return send(line, "POST", path(line) + "/requests", json::object{{"items", json::array{std::move(item)}}});
    }
    if (line.act == "extend") {
      json::object body{{"days", std::stoi(line.word("days"))}};
      if (line.has("reason")) body["reason"] = line.word("reason");
      return send(line, "POST", path(line) + "/extension", body);
    }
    if (line.act == "reply") {
      json::object body{{"kind", line.word("kind")}};
      if (line.has("reason")) body["reasons"] = json::array{json::object{{"code", line.word("reason")}}};
      if (line.has("item")) body["items"] = json::array{json::object{{"item", line.word("item")}}};
      return send(line, "POST", path(line) + "/reply", body);
    }
    if (line.act == "open_task") return open_task(line);
    if (line.act == "complete_task") return complete_task(line);
    if (line.act == "issue_document") return issue_document(line);
    if (auto const answer = ask_documents(line)) return *answer;
    throw std::runtime_error(line.place() + ": " + line.act + " is no act of the requested State");
  }

  HttpAnswer open_task(Line const& line) {
    auto const kind = line.word("kind");
    auto const body = line.has("body") ? line.word("body") : body_for_task(kind);
    return send(
        line, "POST", path(line) + "/tasks",
        json::object{
            {"kind", kind}, {"organisation", node_.organisation("UTO", body).id.value}, {"due_on", day_.plus_days(7).text()}});
  }

  /// The newest task of this kind; an unknown one where there is none.
  std::string task_of(Line const& line, std::string const& kind) {
    std::string id = CaseId::make(node_.now()).value;
    auto const file = file_of(line);
    for (auto const& task : file.at("tasks").as_array()) {
      if (text_of(task.as_object(), "kind") == kind) id = text_of(task.as_object(), "id");
    }
    return id;
  }

  HttpAnswer complete_task(Line const& line) {
    auto const id = task_of(line, line.word("kind"));
    if (line.word("kind") == "registry_search") return identify(line, id);
    json::object body{{"outcome", line.word("outcome")}};
    if (line.has("note")) body["note"] = line.word("note");
    return send(line, "POST", "/api/tasks/" + id + "/result", body);
  }

  /// Who searches, or looks a second time: `second agrees` and `second disagrees`.
  HttpAnswer identify(Line const& line, std::string const& task) {
    auto const at = "/api/tasks/" + task + "/identifications";
    auto reason = line.has("note") ? line.word("note") : std::string();
    // In a registry of three nobody is so plain that no reason is needed.
    if (reason.empty() && line.word("outcome") == "confirmed") reason = "Names and date agree";
    if (line.has("second"))
      return send(line, "POST", at + "/second", json::object{{"agrees", line.word("second") == "agrees"}, {"reason", reason}});
    json::array searches;
    if (auto seen = search_seen(node_, line, task)) searches.push_back(std::move(*seen));
    json::object body{{"outcome", line.word("outcome")}, {"searches", std::move(searches)}};
    if (!reason.empty()) body["reason"] = reason;
    if (line.word("outcome") == "confirmed") body["citizen"] = "U-1";
    return send(line, "POST", at, body);
  }

  tests::NodeForTests node_;
  std::string agreement_;
  Date day_;
  std::map<int, std::string> ids_;
  std::map<int, std::string> interviews_;  ///< the newest of each application
  std::map<int, int> version_;             ///< of its minutes
  std::string place_;
  std::string mission_;
};

}  // namespace

std::vector<std::string> story_engines() {
  if (std::getenv("RCMS_TEST_POSTGRESQL") == nullptr && std::getenv("RCMS_TEST_WITHOUT_POSTGRESQL") != nullptr) return {"SQLite"};
  return {"SQLite", "PostgreSQL"};
}

std::unique_ptr<NodeWorld> make_http_world(std::string const& engine, std::vector<Person> const& people,
                                           std::string const& agreement, std::string const& registers) {
  return std::make_unique<HttpWorld>(engine == "SQLite" ? db::Engine::sqlite : db::Engine::postgresql, people, agreement,
                                     registers);
}

}  // namespace rcms::stories
