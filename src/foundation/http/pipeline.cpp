#include "foundation/http/pipeline.hpp"

#include <algorithm>
#include <charconv>

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "foundation/http/request_parts.hpp"

namespace rcms::http {

/// What is known of a request on its way.
struct Pipeline::Course {
  Match match;
  Request request;
  bool by_cookie = false;
};

namespace {

std::string api_policy() { return "default-src 'none'; frame-ancestors 'none'"; }

std::string allow_header(std::vector<Method> const& methods) {
  std::string allow = "OPTIONS";
  for (auto const method : methods) {
    allow += ", ";
    allow += name_of(method);
    if (method == Method::get) allow += ", HEAD";
  }
  return allow;
}

/// The revision, for If-Match, and after the point what exactly this reader was told: "7.1f0c…". Views are in the reader's
/// language, show the reader's actions and count days, so the same revision is told in many ways.
std::string etag_of(std::int64_t revision, Request const& request, std::string_view body) {
  return fmt::format("\"{}.{}\"", revision,
                     to_hex(sha256(request.viewer.user.value + '\n' + to_hex(sha256(body)))).substr(0, 24));
}

}  // namespace

Pipeline::Pipeline(Routes const& routes, ServerOptions const& options)
    : metrics(routes), options_(options), table_(routes), id_prefix_(to_hex(random_bytes(6))) {
  if (!options.web_folder.empty()) files_ = StaticFiles(options.web_folder);
  openapi_ = boost::json::serialize(openapi_of(routes, options.version));
  openapi_etag_ = '"' + to_hex(sha256(openapi_)).substr(0, 32) + '"';
}

std::string Pipeline::new_request_id() { return fmt::format("{}-{:x}", id_prefix_, id_next_.fetch_add(1)); }

Pipeline::BodyPlan Pipeline::body_plan(Incoming const& incoming) const {
  auto const method = find_method(incoming.method);
  if (!method) return {};
  Match const match = table_.find(*method, incoming.path);
  if (match.route == nullptr) return {};
  return {match.route->body, match.route->body_limit};
}

std::string Pipeline::language_of(Incoming const& incoming) const {
  return options_.choose_language ? options_.choose_language(incoming.accept_language) : std::string("en");
}

std::string Pipeline::remote_of(Incoming const& incoming) const {
  auto const& proxies = options_.trusted_proxies;
  if (incoming.forwarded_for.empty() || std::find(proxies.begin(), proxies.end(), incoming.remote_address) == proxies.end()) {
    return incoming.remote_address;
  }
  auto const hops = split(incoming.forwarded_for, ',');
  return tidy_text(hops.back()).substr(0, 64);
}

void Pipeline::add_security_headers(Outgoing& outgoing, std::string const& policy) const {
  outgoing.headers.emplace_back("Content-Security-Policy", policy);
  outgoing.headers.emplace_back("X-Content-Type-Options", "nosniff");
  outgoing.headers.emplace_back("Referrer-Policy", "no-referrer");
  outgoing.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  outgoing.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  if (!options_.certificate_file.empty()) outgoing.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
}

std::optional<Problem> Pipeline::find_viewer(Incoming const& incoming, Course& course) {
  Request& request = course.request;
  constexpr std::string_view scheme = "Bearer ";
  bool const bearer = incoming.authorization.compare(0, scheme.size(), scheme) == 0;
  request.session_token = bearer ? incoming.authorization.substr(scheme.size()) : cookie_value(incoming.cookie, "rcms_session");
  course.by_cookie = !bearer && !request.session_token.empty();
  if (request.session_token.empty() || request.session_token.size() > 500) return std::nullopt;
  auto viewer = options_.find_viewer(request.session_token, bearer);
  if (!viewer) return std::nullopt;
  request.viewer = std::move(*viewer);
  if (!request.viewer.language.empty()) request.language = request.viewer.language;
  return std::nullopt;
}

std::optional<Problem> Pipeline::check_door(Incoming const& incoming, Course& course) {
  Route const& route = *course.match.route;
  Request const& request = course.request;
  if (!route.rate.name.empty()) {
    int const wait = rates_.take(route.rate, request.remote_address, monotonic_ms());
    if (wait > 0) {
      Problem problem(Refused{Why::too_many_requests, {}, fmt::format("Too many requests; try again in {} seconds.", wait), {}});
      problem.headers.emplace_back("Retry-After", std::to_string(wait));
      return problem;
    }
  }
  if (route.door != Door::public_ && !request.signed_in()) {
    Problem problem(Refused{Why::not_signed_in, {}, "Sign in first.", {}});
    problem.headers.emplace_back("WWW-Authenticate", "Bearer");
    return problem;
  }
  if (course.by_cookie && request.signed_in() && route.method != Method::get && incoming.requested_by != "1") {
    return transport_problem("not_from_here", 403, Why::not_permitted,
                             "Calls with a session cookie carry the header X-RCMS-Request: 1.");
  }
  if (route.door == Door::permitted && !request.viewer.may(route.permission)) {
    return Problem(Refused{Why::not_permitted, {}, "Needs the permission " + route.permission + ".", {}});
  }
  return std::nullopt;
}

std::optional<Problem> Pipeline::check_may_write(Route const& route) const {
  if (route.method == Method::get || !options_.may_write) return std::nullopt;
  auto const may = options_.may_write(route);
  if (may) return std::nullopt;
  auto problem = transport_problem("no_room", 503, Why::unavailable, may.error().detail);
  problem.headers.emplace_back("Retry-After", "10");
  return problem;
}

std::optional<Problem> Pipeline::check_body(Incoming const& incoming, Course const& course) const {
  Route const& route = *course.match.route;
  if (incoming.defect) return incoming.defect;
  std::string const type = media_type(incoming.content_type);
  if (route.body == BodyKind::json && type != "application/json") {
    return Problem(Refused{Why::unsupported_type, "Content-Type", "The body must be application/json.", {}});
  }
  auto const& types = route.upload_types;
  if (route.body == BodyKind::upload && !types.empty() && std::find(types.begin(), types.end(), type) == types.end()) {
    return Problem(
        Refused{Why::unsupported_type, "Content-Type", fmt::format("Must be one of: {}.", fmt::join(types, ", ")), {}});
  }
  return std::nullopt;
}

std::optional<Problem> Pipeline::fill_request(Incoming& incoming, Course& course) {
  Request& request = course.request;
  Route const& route = *course.match.route;
  auto query = parse_query(incoming.query);
  if (!query) return Problem(query.error());
  request.query = std::move(*query);
  if (auto findings = check_query(route.query, request.query); !findings.empty()) return Problem(std::move(findings));
  if (!incoming.if_match.empty()) {
    auto const revision = revision_of_etag(incoming.if_match);
    if (!revision && incoming.if_match != "*") {
      return Problem(Refused{Why::malformed, "If-Match", "Must be the ETag of a revision, such as \"7\".", {}});
    }
    request.if_match = revision;
  }
  request.body = std::move(incoming.body);
  request.upload_file = incoming.upload_file;
  request.upload_size = incoming.upload_size;
  return std::nullopt;
}

std::optional<Problem> Pipeline::enter(Incoming& incoming, Course& course) {
  auto const method = find_method(incoming.method);
  course.match = table_.find(method.value_or(Method::get), incoming.path);
  Request& request = course.request;
  request.language = language_of(incoming);
  request.request_id = incoming.request_id;
  request.remote_address = remote_of(incoming);
  if (course.match.route == nullptr && course.match.allowed.empty()) {
    return Problem(Refused{Why::not_found, {}, "There is no such address.", {}});
  }
  if (course.match.route == nullptr || !method) {
    auto problem = transport_problem("method_not_allowed", 405, Why::not_found, "This address has other methods.");
    problem.headers.emplace_back("Allow", allow_header(course.match.allowed));
    return problem;
  }
  request.method = *method;
  request.path = incoming.path;
  request.path_values = course.match.values;
  request.content_type = incoming.content_type;
  request.idempotency_key = incoming.idempotency_key;
  request.user_agent = cut(is_utf8(incoming.user_agent) ? incoming.user_agent : "", 200);
  if (auto problem = find_viewer(incoming, course)) return problem;
  if (auto problem = check_door(incoming, course)) return problem;
  if (auto problem = check_may_write(*course.match.route)) return problem;
  return check_body(incoming, course);
}

Answer<Response> Pipeline::handle(Course& course) {
  Route const& route = *course.match.route;
  Request& request = course.request;
  if (options_.idempotency == nullptr || request.idempotency_key.empty()) return route.handler(request);
  auto const recover = [&](std::string const& subject) -> Answer<Response> {
    Route const* resource = table_.resource_of(route);
    Request look = request;
    if (resource == nullptr) {
      // What was new had no id in the path: its subject has it.
      resource = table_.made_by(route);
      auto const id = subject.find(':');
      if (resource == nullptr || id == std::string::npos) return refuse(Why::not_found);
      look.path_values["id"] = subject.substr(id + 1);
    }
    look.method = Method::get;
    look.query.clear();
    auto found = resource->handler(look);
    if (found) found->status = route.success;
    return found;
  };
  return options_.idempotency->run(
      request, hash_of_request(request, route.operation), [&] { return route.handler(request); }, recover);
}

Outgoing Pipeline::send(Course const& course, Response response, std::string const& if_none_match) const {
  Outgoing outgoing;
  outgoing.status = response.status;
  outgoing.headers = std::move(response.headers);
  if (!response.content_type.empty()) outgoing.headers.emplace_back("Content-Type", response.content_type);
  if (!response.download_name.empty()) {
    outgoing.headers.emplace_back("Content-Disposition", content_disposition(response.download_name));
  }
  outgoing.headers.emplace_back("Vary", "Cookie, Authorization, Accept-Language");
  if (response.revision) {
    bool const personal = course.match.route != nullptr && course.match.route->reads_personal_data;
    std::string const etag = etag_of(*response.revision, course.request, response.body);
    outgoing.headers.emplace_back("ETag", etag);
    // What tells of a person is not left in a browser that others use.
    outgoing.headers.emplace_back("Cache-Control", personal ? "private, no-store" : "private, no-cache");
    if (course.request.method == Method::get && response.status == 200 && has_etag(if_none_match, etag)) {
      outgoing.status = 304;
      return outgoing;
    }
  } else {
    outgoing.headers.emplace_back("Cache-Control", "no-store");
  }
  outgoing.body = std::move(response.body);
  outgoing.file = std::move(response.file);
  outgoing.remove_file = response.remove_file;
  return outgoing;
}

/// The problem with its sentences in the language of the caller.
Problem Pipeline::in_language(Problem problem, std::string const& language) const {
  if (!options_.say) return problem;
  problem.refused.detail = options_.say(language, problem.refused.detail);
  for (auto& finding : problem.findings) finding.detail = options_.say(language, finding.detail);
  return problem;
}

Outgoing Pipeline::finish(Incoming const& incoming, Course const& course, Answer<Response> answer) const {
  Outgoing outgoing;
  if (answer) {
    outgoing = send(course, std::move(*answer), incoming.if_none_match);
  } else {
    Problem const problem = in_language(answer.error(), course.request.language);
    int status = problem.status != 0 ? problem.status : status_of(problem.refused.why);
    if (problem.refused.why == Why::stale_revision && !incoming.if_match.empty()) status = 412;
    outgoing.status = status;
    outgoing.headers = problem.headers;
    outgoing.headers.emplace_back("Content-Type", "application/problem+json");
    outgoing.headers.emplace_back("Cache-Control", "no-store");
    outgoing.body = problem_json(problem, status, options_.words, course.request.language, incoming.request_id);
  }
  outgoing.headers.emplace_back("X-Request-Id", incoming.request_id);
  add_security_headers(outgoing, api_policy());
  outgoing.slot = course.match.route != nullptr ? table_.index_of(*course.match.route) : static_cast<std::size_t>(-1);
  outgoing.operation = course.match.route != nullptr ? course.match.route->operation : "other";
  return outgoing;
}

Outgoing Pipeline::answer_problem(Incoming const& incoming, Problem const& problem) const {
  Course course;
  course.request.language = language_of(incoming);
  return finish(incoming, course, tl::unexpected<Problem>(problem));
}

Outgoing Pipeline::answer_fault(Incoming const& incoming, Course const& course, int status, std::string name,
                                std::string what) const {
  auto problem =
      transport_problem(std::move(name), status, Why::unavailable,
                        "The server could not do it; nothing is known to be lost. Tell the request id to the administrator.");
  problem.headers.emplace_back("Retry-After", "5");
  Outgoing outgoing = finish(incoming, course, tl::unexpected<Problem>(std::move(problem)));
  outgoing.fault = what.substr(0, 500);
  return outgoing;
}

bool Pipeline::is_quick_reading(Incoming const& incoming) const {
  if (find_method(incoming.method) != Method::get) return false;
  auto const* route = table_.find(Method::get, incoming.path).route;
  return route == nullptr || route->live || !route->takes_long;
}

std::optional<Outgoing> Pipeline::refuse_upload(Incoming& incoming) {
  Course course;
  try {
    auto problem = enter(incoming, course);
    if (!problem) return std::nullopt;
    return finish(incoming, course, tl::unexpected<Problem>(std::move(*problem)));
  } catch (db::Fault const& fault) {
    return answer_fault(incoming, course, 503, "unavailable", fault.what());
  } catch (std::exception const& fault) {
    return answer_fault(incoming, course, 500, "fault", fault.what());
  }
}

Outgoing Pipeline::answer_unrecorded(Incoming const& incoming, Outgoing const& held, std::string const& fault) const {
  Course course;
  course.request.language = language_of(incoming);
  Outgoing outgoing =
      answer_fault(incoming, course, 503, "unavailable", "a reading of personal data could not be recorded: " + fault);
  outgoing.slot = held.slot;
  outgoing.operation = held.operation;
  return outgoing;
}

Outgoing Pipeline::answer(Incoming& incoming, Recorded recorded) {
  Course course;
  bool held = false;
  auto const fault_of = [&](int status, std::string name, char const* what) {
    Outgoing outgoing = answer_fault(incoming, course, status, std::move(name), what);
    outgoing.held = held;
    return outgoing;
  };
  try {
    if (auto built_in = answer_built_in(incoming)) return std::move(*built_in);
    auto problem = enter(incoming, course);
    if (!problem) problem = fill_request(incoming, course);
    if (problem) return finish(incoming, course, tl::unexpected<Problem>(std::move(*problem)));
    Route const& route = *course.match.route;
    if (route.live && !incoming.is_head()) {
      Outgoing outgoing = finish(incoming, course, Response{200, "text/event-stream", {}, {}, false, {}, {}, {}});
      outgoing.live = true;
      outgoing.viewer = course.request.viewer;
      outgoing.after = whole_number(incoming.last_event_id);
      return outgoing;
    }
    Answer<Response> answer = handle(course);
    if (answer && route.reads_personal_data && options_.audit) {
      options_.audit(route, course.request, *answer, std::move(recorded));
      held = true;
    }
    Outgoing outgoing = finish(incoming, course, std::move(answer));
    outgoing.held = held;
    return outgoing;
  } catch (db::Fault const& fault) {
    return fault_of(503, "unavailable", fault.what());
  } catch (std::exception const& fault) {
    return fault_of(500, "fault", fault.what());
  }
}

}  // namespace rcms::http
