// What a handler is given and what it returns: plain values, no sockets.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "foundation/access/viewer.hpp"
#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"

namespace rcms::http {

enum class Method { get, post, put, patch, delete_ };

std::string_view name_of(Method method);

/// What a handler is given. Lives as long as the call.
struct Request {
  Method method = Method::get;
  std::string path;
  std::map<std::string, std::string, std::less<>> path_values;  ///< `{id}` of the pattern
  std::map<std::string, std::string, std::less<>> query;        ///< checked against Route::query
  std::string body;                                             ///< raw; parsed JSON comes through typed handlers
  std::string content_type;
  std::string upload_file;  ///< temporary file with the body where Route::body is `upload`; removed after the call
  std::uint64_t upload_size = 0;
  std::optional<std::int64_t> if_match;
  std::string idempotency_key;
  std::string language;  ///< chosen from the session or Accept-Language
  std::string request_id;
  std::string remote_address;
  std::string user_agent;
  std::string session_token;
  access::Viewer viewer;  ///< empty user on public routes without session

  bool signed_in() const { return !viewer.user.empty(); }
  /// The value of `{name}` of the pattern; throws std::logic_error when the pattern has none.
  std::string const& path_value(std::string_view name) const;
  /// The value of `{name}` as an identifier. Refuses: not_found (what is not an identifier names nothing).
  template <class IdType>
  Result<IdType> id(std::string_view name) const {
    auto id = IdType::parse(path_value(name));
    if (!id) return refuse(Why::not_found);
    return std::move(*id);
  }

  /// Query parameters, already checked: empty when not given.
  std::optional<std::string> text(std::string_view name) const;
  std::optional<std::int64_t> integer(std::string_view name) const;
  std::optional<Date> date(std::string_view name) const;
  std::vector<std::string> list(std::string_view name) const;
  bool flag(std::string_view name) const;
};

/// What leaves: JSON made from a view, a file, or text.
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

/// A refusal as it is told: the first of the findings by precedence, and all of them.
struct Problem {
  Refused refused;
  Findings findings;
  int status = 0;    ///< 0: status_of(refused.why)
  std::string name;  ///< empty: name_of(refused.why)
  std::vector<std::pair<std::string, std::string>> headers;

  Problem() = default;
  Problem(Refused one) : refused(std::move(one)) {}  // NOLINT: refusals become problems
  Problem(Findings all);                             // NOLINT
};

/// Like Result, with several findings; a Result converts to it.
template <class T>
using Answer = tl::expected<T, Problem>;

/// `return refuse_all(std::move(findings));`
inline tl::unexpected<Problem> refuse_all(Findings findings) { return tl::unexpected<Problem>(Problem(std::move(findings))); }

/// HTTP status of a refusal. `stale_revision` is 412 when the request carried If-Match, which the server knows; here 409.
int status_of(Why why);

}  // namespace rcms::http
