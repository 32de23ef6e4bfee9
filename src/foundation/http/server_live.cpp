#include "foundation/http/server_live.hpp"

#include <algorithm>

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include "foundation/http/json_writer.hpp"

namespace rcms::http {

std::string render_event(Event const& event) {
  std::string data = event.number == 0 ? std::string() : fmt::format("id: {}\n", event.number);
  data += fmt::format("event: change\ndata: {{\"number\":{},\"subject\":", event.number);
  write_text(data, event.subject);
  data += ",\"kind\":";
  write_text(data, event.kind);
  data += fmt::format(",\"revision\":{}}}\n\n", event.revision);
  return data;
}

}  // namespace rcms::http

namespace rcms::http::net {

namespace {
constexpr std::size_t backlog_limit = 1'000;  // events; a client that missed more loads everything anew
constexpr std::size_t received_limit = 4'096;
}  // namespace

LiveStream::LiveStream(Loop& loop, access::Viewer const& viewer, std::optional<std::int64_t> after, ConnectionCount count)
    : loop_(loop), viewer_(viewer), count_(std::move(count)), born_ms_(monotonic_ms()) {
  holding_ = after.has_value() && static_cast<bool>(loop.core.options.live.backlog);
  last_ = holding_ ? *after : loop.core.hub.newest();
}

void LiveStream::begin() {
  loop_.live.insert(shared_from_this());
  start_read();
  if (holding_) {
    load_backlog();
  } else {
    hello(false);
  }
}

void LiveStream::load_backlog() {
  asio::post(loop_.core.reading_workers, [self = shared_from_this(), this] {
    auto missed = std::make_shared<std::vector<Event>>();
    bool known = true;
    try {
      *missed = loop_.core.options.live.backlog(viewer_, last_);
    } catch (std::exception const&) {
      known = false;  // the client then loads everything anew
    }
    asio::post(loop_.context, [self, this, missed, known] {
      if (!known || missed->size() > backlog_limit) {
        last_ = loop_.core.hub.newest();
        holding_ = false;
        held_.clear();
        hello(false);
      } else {
        resume(*missed);
      }
    });
  });
}

void LiveStream::resume(std::vector<Event> const& missed) {
  holding_ = false;
  hello(true);
  std::vector<Event> all = missed;
  all.insert(all.end(), held_.begin(), held_.end());
  held_.clear();
  std::vector<std::string> texts;
  for (auto const& event : all) texts.push_back(render_event(event));
  offer(all, texts);
}

void LiveStream::hello(bool resumed) {
  send(fmt::format("retry: 3000\nid: {}\nevent: hello\ndata: {{\"number\":{},\"resumed\":{}}}\n\n", last_, last_, resumed));
}

void LiveStream::offer(std::vector<Event> const& events, std::vector<std::string> const& texts) {
  auto const& may_see = loop_.core.options.live.may_see;
  for (std::size_t at = 0; at < events.size() && !closed_; ++at) {
    Event const& event = events[at];
    bool const is_passing = event.number == 0;
    if ((!is_passing && event.number <= last_) || (may_see && !may_see(viewer_, event))) continue;
    if (holding_) {
      held_.push_back(event);
      if (held_.size() > backlog_limit) close();
      continue;
    }
    if (!is_passing) last_ = event.number;
    send(texts[at]);
  }
}

void LiveStream::send(std::string_view text) {
  if (closed_) return;
  if (pending_.size() + text.size() > loop_.core.options.live.queue_limit) {
    loop_.core.hub.count_dropped();
    close();
    return;
  }
  pending_ += text;
  if (writing_) return;
  writing_ = true;
  out_.swap(pending_);
  start_write();
}

void LiveStream::written(ErrorCode const& error) {
  writing_ = false;
  if (error) {
    close();
    return;
  }
  out_.clear();
  if (out_.capacity() > 1024) out_.shrink_to_fit();
  if (closed_ || pending_.empty()) return;
  writing_ = true;
  out_.swap(pending_);
  start_write();
}

void LiveStream::arrived(ErrorCode const& error, std::size_t bytes) {
  received_ += bytes;
  if (error || received_ > received_limit) {
    close();
  } else if (!closed_) {
    start_read();
  }
}

void LiveStream::beat(std::int64_t now_ms) {
  if (now_ms - born_ms_ > loop_.core.options.live.life_ms) {
    close();
  } else {
    send(":\n\n");
  }
}

void LiveStream::close() {
  if (closed_) return;
  closed_ = true;
  auto const self = shared_from_this();
  loop_.live.erase(self);
  loop_.core.hub.leave(viewer_.session);
  shut();
}

void LiveHub::publish(std::span<Event const> events) {
  if (events.empty()) return;
  auto const list = std::make_shared<std::vector<Event> const>(events.begin(), events.end());
  auto const texts = std::make_shared<std::vector<std::string>>();
  for (auto const& event : *list) texts->push_back(render_event(event));
  std::int64_t const last = list->back().number;
  std::int64_t known = newest_.load();
  while (known < last && !newest_.compare_exchange_weak(known, last)) {
  }
  for (auto* loop : loops_) {
    asio::post(loop->context, [loop, list, texts] {
      std::vector<std::shared_ptr<LiveStream>> const streams(loop->live.begin(), loop->live.end());
      for (auto const& stream : streams) stream->offer(*list, *texts);
    });
  }
}

void LiveHub::close_session(std::string_view session) {
  for (auto* loop : loops_) {
    asio::post(loop->context, [loop, name = std::string(session)] {
      std::vector<std::shared_ptr<LiveStream>> const streams(loop->live.begin(), loop->live.end());
      for (auto const& stream : streams) {
        if (stream->session() == name) stream->close();
      }
    });
  }
}

bool LiveHub::enter(std::string const& session) {
  std::lock_guard const lock(mutex_);
  std::size_t& of_session = by_session_[session];
  if (of_session >= options_.per_session_limit || count_.load() >= options_.connections_limit) {
    if (of_session == 0) by_session_.erase(session);
    return false;
  }
  ++of_session;
  count_.fetch_add(1);
  return true;
}

void LiveHub::leave(std::string const& session) {
  std::lock_guard const lock(mutex_);
  count_.fetch_sub(1);
  auto const found = by_session_.find(session);
  if (found != by_session_.end() && --found->second == 0) by_session_.erase(found);
}

}  // namespace rcms::http::net
