// One value for an endpoint: method, path, permission, input, output, words. The table of all routes gives OpenAPI,
// permission checks, audit, the TypeScript client and the duty tests.
//
//   routes.add(post("/api/applications/{id}/reply").named("create_reply").saying("Answer an application")
//                  .permission("application.reply").input<ReplyInput>().output<ApplicationView>()
//                  .refuses({Why::wrong_step, Why::too_late})
//                  .handler([&](ReplyInput const& input, Request const& request) -> Result<Reply<ApplicationView>> { … }));
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "foundation/http/describe.hpp"
#include "foundation/http/query.hpp"
#include "foundation/http/request.hpp"

namespace rcms::http {

using Handler = std::function<Answer<Response>(Request const&)>;

/// Who may call.
enum class Door {
  public_,    ///< anyone
  signed_in,  ///< any session
  permitted,  ///< a session with Route::permission
};

enum class BodyKind { none, json, upload };

/// How often one address may call the routes of a class: `burst` at once, then `per_minute`. No class when `name` is empty.
struct RateClass {
  std::string name;
  int burst = 10;
  int per_minute = 10;
};

struct Route {
  Method method = Method::get;
  std::string path;       ///< `/api/applications/{id}/reply`
  std::string operation;  ///< name of the function in the TypeScript client: `create_reply`
  std::string summary;
  Door door = Door::permitted;
  std::string permission;
  BodyKind body = BodyKind::none;
  Json input_schema;   ///< null when there is none; refers to `schemas`
  Json output_schema;  ///< null when it is not JSON
  std::map<std::string, Json> schemas;
  std::string output_type = "application/json";  ///< empty when the answer has no body
  std::vector<std::string> upload_types;         ///< content types of an upload; any when empty
  int success = 200;
  std::vector<QueryParameter> query;
  std::vector<Why> refusals;         ///< what it may refuse beyond the general ones
  bool reads_personal_data = false;  ///< recorded before the answer leaves
  std::size_t body_limit = 1 << 20;  ///< bytes
  RateClass rate;
  bool takes_long = false;  ///< more than some milliseconds of computing: a report; a file always does
  bool live = false;  ///< the stream of live updates; answered by the server itself
  Handler handler;
};

/// A view with its status (0: that of the route) and the revision that becomes the ETag.
template <View V>
struct Reply {
  V view;
  int status = 0;
  std::optional<std::int64_t> revision;
  std::vector<std::pair<std::string, std::string>> headers;

  Reply(V content, int code = 0, std::optional<std::int64_t> number = {})  // NOLINT: a view is a reply
      : view(std::move(content)), status(code), revision(number) {}
};

/// The answer of an operation that has nothing to tell: 204.
struct NoContent {};
struct NoInput {};

namespace detail {

Response no_content();
Response json_response(Route const& route, std::string body, int status, std::optional<std::int64_t> revision);

/// Result or Answer of `Out`, of Reply<Out>, of NoContent or of Response to Answer<Response>.
template <class Out, class Given>
Answer<Response> finish(Route const& route, Given&& given) {
  if (!given) return tl::unexpected<Problem>(Problem(std::move(given.error())));
  if constexpr (std::is_same_v<Out, NoContent>) {
    return no_content();
  } else if constexpr (std::is_same_v<Out, Response>) {
    return std::move(*given);
  } else {
    Reply<Out> reply(std::move(*given));
    auto response = json_response(route, to_json(reply.view), reply.status, reply.revision);
    for (auto& header : reply.headers) response.headers.push_back(std::move(header));
    return response;
  }
}

}  // namespace detail

/// A route while it is being written. `In` is an input struct or NoInput, `Out` a view, Response (files) or NoContent.
template <class In, class Out>
class RouteDraft {
 public:
  explicit RouteDraft(Route route) : route_(std::move(route)) {}

  RouteDraft&& named(std::string operation) && { return with([&] { route_.operation = std::move(operation); }); }
  RouteDraft&& saying(std::string summary) && { return with([&] { route_.summary = std::move(summary); }); }
  RouteDraft&& permission(std::string name) && {
    return with([&] { route_.door = Door::permitted, route_.permission = std::move(name); });
  }
  RouteDraft&& signed_in() && { return with([&] { route_.door = Door::signed_in; }); }
  RouteDraft&& public_() && { return with([&] { route_.door = Door::public_; }); }
  RouteDraft&& refuses(std::vector<Why> whys) && { return with([&] { route_.refusals = std::move(whys); }); }
  RouteDraft&& query(QueryParameter one) && { return with([&] { route_.query.push_back(std::move(one)); }); }
  /// Adds `cursor` and `limit` (1 to 100).
  RouteDraft&& paged() && {
    return with([&] {
      route_.query.push_back(text_parameter("cursor", "Where the page begins: `next` of the page before.", 500));
      route_.query.push_back(integer_parameter("limit", "Rows of a page; 25 when not given.", 1, 100));
    });
  }
  RouteDraft&& reads_personal_data() && { return with([&] { route_.reads_personal_data = true; }); }
  RouteDraft&& takes_long() && { return with([&] { route_.takes_long = true; }); }
  RouteDraft&& body_limit(std::size_t bytes) && { return with([&] { route_.body_limit = bytes; }); }
  RouteDraft&& status(int code) && { return with([&] { route_.success = code; }); }
  RouteDraft&& limited(RateClass rate) && { return with([&] { route_.rate = std::move(rate); }); }
  /// The body is a file, streamed to Request::upload_file.
  RouteDraft&& upload(std::size_t limit, std::vector<std::string> types = {}) && {
    return with([&] { route_.body = BodyKind::upload, route_.body_limit = limit, route_.upload_types = std::move(types); });
  }
  template <Input I>
  RouteDraft<I, Out> input() && {
    route_.body = BodyKind::json;
    Schemas schemas;
    route_.input_schema = schema_of<I>(schemas);
    route_.schemas.merge(schemas.all);
    return RouteDraft<I, Out>(std::move(route_));
  }
  template <View V>
  RouteDraft<In, V> output() && {
    Schemas schemas;
    route_.output_schema = schema_of<V>(schemas);
    route_.schemas.merge(schemas.all);
    route_.output_type = "application/json";
    return RouteDraft<In, V>(std::move(route_));
  }
  /// The handler returns a Response: a file or another body of this content type.
  RouteDraft<In, Response> file(std::string content_type) && {
    route_.output_type = std::move(content_type);
    route_.takes_long = true;
    return RouteDraft<In, Response>(std::move(route_));
  }

  /// `handle` is called with (input, request), or (request) when there is no input, on any of the worker threads.
  template <class F>
  Route handler(F handle) && {
    Route outline;  // what the answer needs to know of the route
    outline.success = route_.success;
    if constexpr (std::is_same_v<Out, NoContent>) route_.output_type.clear(), route_.success = 204;
    route_.handler = [outline, handle = std::move(handle)](Request const& request) -> Answer<Response> {
      if constexpr (std::is_same_v<In, NoInput>) {
        return detail::finish<Out>(outline, handle(request));
      } else {
        auto const input = read_input<In>(std::string_view(request.body));
        if (!input) return refuse_all(input.error());
        return detail::finish<Out>(outline, handle(*input, request));
      }
    };
    return std::move(route_);
  }

 private:
  template <class Change>
  RouteDraft&& with(Change change) {
    change();
    return std::move(*this);
  }
  Route route_;
};

using NewRoute = RouteDraft<NoInput, NoContent>;
NewRoute get(std::string path);
NewRoute post(std::string path);
NewRoute put(std::string path);
NewRoute patch(std::string path);
NewRoute delete_(std::string path);

/// GET `path` as the stream of live updates, for every signed-in viewer.
Route live_route(std::string path);

/// All routes of the program, in order. Filled by every capability's `add_routes`.
class Routes {
 public:
  /// Throws std::logic_error for two routes of one method and path, two of one operation name, a route without summary,
  /// operation or door, or two different structs of one name.
  void add(Route route);
  std::vector<Route> const& all() const { return routes_; }
  /// Schemas of all structs by name.
  std::map<std::string, Json> const& schemas() const { return schemas_; }

 private:
  std::vector<Route> routes_;
  std::map<std::string, Json> schemas_;
};

/// OpenAPI 3.1 of the table: paths in the order of the table, components by name, the same bytes every time.
Json openapi_of(Routes const& routes, std::string_view version);

}  // namespace rcms::http
