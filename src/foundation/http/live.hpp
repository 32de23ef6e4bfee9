// Live updates (server-sent events): what changed, told at once to every connected viewer who may know of it.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/access/viewer.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::http {

/// A change. `number` increases over all parties and is the `id` of the event, with which a client resumes. 0: a passing event
/// outside that order, told to those who are connected and not repeated to those who come back.
struct Event {
  std::int64_t number = 0;
  std::string subject;  ///< id of what changed
  std::string kind;     ///< `case`, `application`, `message`, …
  std::int64_t revision = 0;
  PartyId party;
};

struct LiveOptions {
  /// Whether the viewer may know of the event. Pure and fast: called for each event and
  /// connection on the threads of the server; must not touch the database.
  std::function<bool(access::Viewer const&, Event const&)> may_see;
  /// Events after a number, oldest first, already filtered for the viewer; on a worker thread.
  std::function<std::vector<Event>(access::Viewer const&, std::int64_t after)> backlog;
  /// Number of the newest event at start.
  std::int64_t newest = 0;
  std::int64_t heartbeat_ms = 25'000;
  std::int64_t life_ms = 30 * 60 * 1000;  ///< then the client connects anew, and its session is looked at again
  std::size_t queue_limit = 64 * 1024;    ///< bytes a slow client may be behind
  std::size_t connections_limit = 8'000;
  std::size_t per_session_limit = 20;
};

/// The connected viewers. Any thread.
class LiveUpdates {
 public:
  virtual ~LiveUpdates() = default;
  /// Events in the order of their numbers.
  virtual void publish(std::span<Event const> events) = 0;
  /// Ends the streams of a session that was ended.
  virtual void close_session(std::string_view session) = 0;
  virtual std::size_t connections() const = 0;
};

/// The bytes of an event on the stream.
std::string render_event(Event const& event);

}  // namespace rcms::http
