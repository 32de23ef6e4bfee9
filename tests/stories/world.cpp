#include "stories/world.hpp"

#include <stdexcept>
#include <tuple>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace rcms::stories {

namespace json = boost::json;

std::string compare(Line const& line, Outcome const& outcome) {
  auto const came = outcome.refused.empty() ? outcome.state : fmt::format("refused {} ({})", outcome.refused, outcome.detail);
  if (!line.expected) {
    if (outcome.refused.empty()) return {};
    return fmt::format("{}: {} was not expected to be refused, and came {}", line.place(), line.act, came);
  }
  auto const& expected = *line.expected;
  auto const wanted = expected.refused.empty() ? expected.state : "refused " + expected.refused;
  bool const same = outcome.refused == expected.refused && (!expected.refused.empty() || outcome.state == expected.state);
  if (!same) return fmt::format("{}: {} should come to '{}', and came to '{}'", line.place(), line.act, wanted, came);
  if (!expected.due_kind.empty()) {
    auto const found = outcome.due.find(expected.due_kind);
    std::string const due = found == outcome.due.end() ? "none" : found->second;
    if (due != expected.due_on)
      return fmt::format("{}: {} should be due '{}', and is due '{}'", line.place(), expected.due_kind, expected.due_on, due);
  }
  if (expected.evidence_of.empty()) return {};
  auto const shown = outcome.evidence.find(expected.evidence_of);
  std::string const result = shown == outcome.evidence.end() ? "none at all" : shown->second;
  if (result == expected.evidence_result) return {};
  return fmt::format("{}: the evidence of {} should come to '{}', and comes to '{}'", line.place(), expected.evidence_of,
                     expected.evidence_result, result);
}

void change_content(json::object& content, Line const& line) {
  auto const section = [&](std::string_view name) -> json::object& {
    auto& value = content[name];
    return value.is_object() ? value.get_object() : value.emplace_object();
  };
  if (line.has("observations")) section("F_other")["observations"] = line.word("observations");
  if (line.has("health")) section("C_special")["state_of_health"] = line.word("health");
  if (line.has("given_names")) section("A_person")["given_names"] = line.word("given_names");
  if (line.has("decision")) {
    section("internal")["return_decision_ref"] = json::object{{"number", line.word("decision")}, {"decided_on", "2030-12-01"}};
  }
  if (line.has("ground")) section("E_tcn")["tcn_basis"] = line.word("ground");
  for (auto const& [word, name, list_name] :
       {std::tuple("evidence", "D_evidence", "nationality_evidence"), std::tuple("stay", "E_tcn", "tcn_evidence")}) {
    if (!line.has(word)) continue;
    auto& evidence = section(name)[list_name];
    auto& list = evidence.is_array() && !line.has("replace") ? evidence.get_array() : evidence.emplace_array();
    json::object document{{"type", line.word(word)}, {"number", "N-" + std::to_string(list.size() + 1)}};
    if (line.has("paper")) document["form"] = line.word("paper");
    if (line.has("expires")) document["expires_on"] = line.word("expires");
    list.push_back(std::move(document));
  }
}

json::object sample_content(Line const& line) {
  auto content = json::parse(R"({
    "A_person": {"surname": "Quispe Luna", "given_names": "Ana María", "dob": "1987-03-14", "pob": "Puerto Lagos", "sex": "F",
                 "nationality": "UTO", "father_name": "Luis Quispe", "mother_name": "Rosa Luna"},
    "D_evidence": {"nationality_evidence": [{"type": "passport", "number": "P1234567", "expires_on": "2033-01-01"}]},
    "internal": {"return_decision_ref": {"number": "RD-1/2031", "decided_on": "2030-12-01"},
                 "asylum_status_check": {"result": "ok", "checked_at": "2031-01-20T09:00:00Z"}}})")
                     .as_object();
  auto const form = line.word("form");
  if (form == "child") {
    content["A_person"].as_object()["dob"] = "2020-05-01";
  } else if (form == "family") {
    content["B_family"] = json::object{{"spouse", json::object{{"surname", "Mora Paz"}, {"given_names", "Iván"}, {"sex", "M"}}}};
  } else if (form == "accelerated") {
    content["header"] = json::object{{"procedure_flags", json::array{"accelerated"}}};
  } else if (form == "incomplete") {
    content["A_person"].as_object().erase("dob");
    content.erase("D_evidence");
  } else if (form == "third_country") {
    content["A_person"].as_object()["nationality"] = line.has("nationality") ? line.word("nationality") : "BOL";
  } else if (form == "transit") {
    content["A_person"].as_object()["nationality"] = line.has("nationality") ? line.word("nationality") : "BOL";
    content["header"] = json::object{{"procedure_flags", json::array{"transit"}}};
    content["transit"] =
        json::object{{"transit_request",
                      json::object{{"transport", "air"}, {"destination", line.word("destination")}, {"declaration", true}}}};
  } else if (form == "without_decision") {
    content["internal"].as_object().erase("return_decision_ref");
  } else if (form != "complete") {
    throw std::runtime_error(
        line.place() + ": form is complete, child, family, accelerated, incomplete, transit, without_decision or third_country");
  }
  change_content(content, line);
  return content;
}

std::map<std::string, std::string> plausible_evidence(safeguards::Gate const& gate, Date today) {
  std::map<std::string, std::string> evidence;
  for (auto const& field : gate.evidence) {
    if (!field.required && field.required_at.empty()) continue;
    if (field.type == "flag" || field.type == "choice") {
      evidence[field.code] = field.type == "flag" ? "no" : field.options.front();
      continue;
    }
    bool const last_day = field.code == gate.expires;
    if (field.type == "date") evidence[field.code] = today.plus_days(last_day ? 90 : 0).text();
    else evidence[field.code] = field.type == "whole" ? "30" : "R-2031-0001";
  }
  return evidence;
}

std::string body_for_task(std::string_view kind) {
  if (kind == "field_check") return "police";
  if (kind == "interview") return "mission";
  return "civil_registry";
}

json::object sample_minutes(Line const& line) {
  auto const today = line.day.text();
  auto const held_at = line.word("held").empty() ? today + "T09:00:00Z" : line.word("held");
  json::object minutes{
      {"interview", json::object{{"held_at", held_at},
                                 {"place", "Puerto Lagos"},
                                 {"mode", "in_person"},
                                 {"language", "es"},
                                 {"attendants", json::array{json::object{{"name", "Carla Rivas"}, {"function", "Consul"}}}}}},
      {"rights", json::object{{"invited_on", line.day.plus_days(-3).text()},
                              {"informed_of_purpose", true},
                              {"informed_of_silence", true},
                              {"companion_offered", true}}},
      {"minutes", json::object{{"result", "recognised"},
                               {"result_reason", "Knows the town and its school."},
                               {"signed_by", "Carla Rivas"},
                               {"signed_on", today}}}};
  return minutes;
}

}  // namespace rcms::stories
