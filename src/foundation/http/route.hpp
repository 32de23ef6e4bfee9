// One value for an endpoint: method, path, permission, input, output, words. The table of all routes gives OpenAPI,
// permission checks, audit, the TypeScript client and the duty tests.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"

namespace rcms::http {

enum class Method { get, post, put, patch, delete_ };

/// What a handler is given. Lives as long as the call.
struct Request {
  Method method = Method::get;
  std::string path;
  std::map<std::string, std::string, std::less<>> path_values;  ///< `{id}` of the pattern
  std::map<std::string, std::string, std::less<>> query;        ///< checked against Route::query
  std::string body;                                             ///< raw; parsed JSON comes through typed handlers
  std::string content_type;
  std::string upload_file;  ///< temporary file with the body where Route::body is `upload`; removed after the call
  std::optional<std::int64_t> if_match;
  std::string idempotency_key;
  std::string language;  ///< chosen from the session or Accept-Language
  std::string request_id;
  std::string remote_address;
  std::string session_token;
  access::Viewer viewer;  ///< empty user on public routes without session
};

/// What a handler returns: JSON made from a view, a file, or a stream.
struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::string file;           ///< path of a file to send instead of `body`
  bool remove_file = false;   ///< remove it afterwards
  std::string download_name;  ///< sets Content-Disposition: attachment
  std::optional<std::int64_t> revision;  ///< sets ETag
  std::vector<std::pair<std::string, std::string>> headers;
};

using Handler = std::function<Result<Response>(Request const&)>;

/// Who may call.
enum class Door {
  public_,   ///< anyone
  signed_in, ///< any session
  permitted, ///< a session with Route::permission
};

enum class BodyKind { none, json, upload };

struct QueryParameter {
  std::string name;
  std::string description;
  boost::json::value schema;
};

struct Route {
  Method method = Method::get;
  std::string path;        ///< `/api/applications/{id}/reply`
  std::string operation;   ///< name of the function in the TypeScript client: `create_reply`
  std::string summary;
  Door door = Door::permitted;
  std::string permission;
  BodyKind body = BodyKind::none;
  boost::json::value input_schema;   ///< null when there is none
  boost::json::value output_schema;  ///< null when it is not JSON
  std::string output_type = "application/json";
  std::vector<QueryParameter> query;
  std::vector<Why> refusals;   ///< what it may refuse beyond the general ones
  bool reads_personal_data = false;  ///< recorded before the answer leaves
  std::size_t body_limit = 1 << 20;
  Handler handler;
};

/// All routes of the program, in order. Filled by every capability's `add_routes`.
class Routes {
 public:
  void add(Route route);
  std::vector<Route> const& all() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

/// OpenAPI 3.1 of the table.
boost::json::value openapi_of(Routes const& routes, std::string_view version);

}  // namespace rcms::http
