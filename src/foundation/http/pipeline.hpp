// From a received request to the answer that leaves, without sockets: route, door, origin, permission, body, idempotency,
// handler, audit, headers, in this order, so that the same bad request always gets the same answer.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "foundation/http/metrics.hpp"
#include "foundation/http/rate_limit.hpp"
#include "foundation/http/route_table.hpp"
#include "foundation/http/server.hpp"
#include "foundation/http/static_files.hpp"

namespace rcms::http {

/// A request as it came, headers picked out.
struct Incoming {
  std::string method;  ///< `GET`, `HEAD`, …
  std::string path;    ///< percent-encoded
  std::string query;
  std::string authorization, cookie, content_type, accept_language, accept_encoding, if_match, if_none_match;
  std::string idempotency_key, requested_by, last_event_id, forwarded_for, user_agent;  ///< requested_by: X-RCMS-Request
  std::string remote_address;
  std::string body;
  std::string upload_file;
  std::uint64_t upload_size = 0;
  std::optional<Problem> defect;  ///< found while receiving: too large
  std::string request_id;

  bool is_head() const { return method == "HEAD"; }
};

/// An answer as it leaves, without the headers of the transport.
struct Outgoing {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::shared_ptr<std::string const> shared_body;  ///< instead of `body`
  std::string file;                                ///< instead of `body`
  bool remove_file = false;
  std::size_t slot = 0;    ///< of the metrics
  std::string operation;
  std::string fault;       ///< for the log
  bool held = false;       ///< must not leave before it is recorded
  bool live = false;       ///< the stream follows for `viewer`, after event `after` where given
  access::Viewer viewer;
  std::optional<std::int64_t> after;
};

class Pipeline {
 public:
  Pipeline(Routes const& routes, ServerOptions const& options);

  /// How the body is to be received.
  struct BodyPlan {
    BodyKind kind = BodyKind::none;
    std::size_t limit = 0;
  };
  BodyPlan body_plan(Incoming const& incoming) const;
  /// Answers what needs no worker: files of the web application, /healthz.
  std::optional<Outgoing> answer_at_once(Incoming const& incoming) const;
  /// Reads and does not take long: does not wait behind requests that write or compute for long.
  bool is_quick_reading(Incoming const& incoming) const;
  /// Whether an upload may begin; else the answer. On a worker.
  std::optional<Outgoing> refuse_upload(Incoming& incoming);
  /// The answer. On a worker. Does not throw. When it is `held`, `recorded` is called once, perhaps before this returns: with
  /// the empty text the answer may leave, else `answer_unrecorded` leaves instead. When it is not held, never.
  Outgoing answer(Incoming& incoming, Recorded recorded);
  Outgoing answer_unrecorded(Incoming const& incoming, Outgoing const& held, std::string const& fault) const;
  /// A problem found by the transport.
  Outgoing answer_problem(Incoming const& incoming, Problem const& problem) const;
  std::string new_request_id();
  /// Counts and logs an answer; `began_ms` is monotonic.
  void record(Incoming const& incoming, Outgoing const& outgoing, std::int64_t began_ms);

  Metrics metrics;
  std::function<Metrics::Figures()> own_figures;
  std::string metrics_text() const;

 private:
  struct Course;
  std::optional<Problem> enter(Incoming& incoming, Course& course);
  std::optional<Problem> find_viewer(Incoming const& incoming, Course& course);
  std::optional<Problem> check_door(Incoming const& incoming, Course& course);
  std::optional<Problem> fill_request(Incoming& incoming, Course& course);
  std::optional<Problem> check_may_write(Route const& route) const;
  std::optional<Problem> check_body(Incoming const& incoming, Course const& course) const;
  Answer<Response> handle(Course& course);
  Problem in_language(Problem problem, std::string const& language) const;
  Outgoing finish(Incoming const& incoming, Course const& course, Answer<Response> answer) const;
  Outgoing send(Course const& course, Response response, std::string const& if_none_match) const;
  Outgoing answer_fault(Incoming const& incoming, Course const& course, int status, std::string name, std::string what) const;
  std::optional<Outgoing> answer_built_in(Incoming const& incoming);
  Outgoing answer_static(Incoming const& incoming, StaticFile const& file) const;
  std::string language_of(Incoming const& incoming) const;
  void add_security_headers(Outgoing& outgoing, std::string const& policy) const;
  std::string remote_of(Incoming const& incoming) const;

  ServerOptions const& options_;
  RouteTable table_;
  StaticFiles files_;
  RateLimit rates_;
  std::string openapi_;
  std::string openapi_etag_;
  std::string id_prefix_;
  std::atomic<std::uint64_t> id_next_{1};
};

}  // namespace rcms::http
