#include "foundation/http/problem.hpp"

#include "foundation/http/json_writer.hpp"

namespace rcms::http {

namespace {

void member(std::string& out, std::string_view name, std::string_view value) {
  out += ",\"";
  out += name;
  out += "\":";
  write_text(out, value);
}

std::string title_of(Words const& words, std::string_view language, std::string const& key) {
  std::string title;
  if (words) title = words(language, key, {});
  return title.empty() ? key : title;
}

std::string key_of(Refused const& refused) { return "refused." + std::string(name_of(refused.why)); }

}  // namespace

std::string problem_json(Problem const& problem, int status, Words const& words, std::string_view language,
                         std::string_view request_id) {
  Refused const& refused = problem.refused;
  std::string const name = problem.name.empty() ? std::string(name_of(refused.why)) : problem.name;
  std::string out = "{\"type\":";
  write_text(out, "urn:rcms:problem:" + name);
  member(out, "title", title_of(words, language, problem.name.empty() ? key_of(refused) : "http." + name));
  out += ",\"status\":";
  write_integer(out, status);
  member(out, "why", name);
  member(out, "field", refused.field);
  member(out, "detail", refused.detail);
  member(out, "source", refused.source);
  out += ",\"findings\":[";
  for (auto const& finding : problem.findings) {
    if (out.back() == '}') out += ',';
    out += "{\"why\":";
    write_text(out, name_of(finding.why));
    member(out, "field", finding.field);
    member(out, "title", title_of(words, language, key_of(finding)));
    member(out, "detail", finding.detail);
    member(out, "source", finding.source);
    out += '}';
  }
  out += ']';
  member(out, "request_id", request_id);
  out += '}';
  return out;
}

Problem transport_problem(std::string name, int status, Why why, std::string detail) {
  Problem problem(Refused{why, {}, std::move(detail), {}});
  problem.name = std::move(name);
  problem.status = status;
  return problem;
}

}  // namespace rcms::http
