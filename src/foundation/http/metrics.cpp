#include "foundation/http/metrics.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rcms::http {

Metrics::Metrics(Routes const& routes) : slots_(routes.all().size() + 1) {
  for (std::size_t at = 0; at < routes.all().size(); ++at) slots_[at].operation = routes.all()[at].operation;
  slots_.back().operation = "other";
}

void Metrics::count(std::size_t slot, int status, std::int64_t duration_ms) {
  Slot& one = slots_[std::min(slot, slots_.size() - 1)];
  one.by_class[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))].fetch_add(1, std::memory_order_relaxed);
  std::size_t bucket = 0;
  while (bucket < latency_bounds_ms.size() && duration_ms > latency_bounds_ms[bucket]) ++bucket;
  one.by_latency[bucket].fetch_add(1, std::memory_order_relaxed);
  one.total_ms.fetch_add(duration_ms, std::memory_order_relaxed);
}

std::string Metrics::text(Figures const& more) const {
  std::string out = "# HELP rcms_requests_total Answers by operation and class of status.\n# TYPE rcms_requests_total counter\n";
  for (auto const& slot : slots_) {
    for (std::size_t digit = 1; digit < slot.by_class.size(); ++digit) {
      auto const count = slot.by_class[digit].load(std::memory_order_relaxed);
      if (count != 0)
        out += fmt::format("rcms_requests_total{{operation=\"{}\",status=\"{}xx\"}} {}\n", slot.operation, digit, count);
    }
  }
  out +=
      "# HELP rcms_request_seconds Time from the last byte of a request to its answer.\n# TYPE rcms_request_seconds histogram\n";
  for (auto const& slot : slots_) {
    std::int64_t sum = 0;
    for (auto const& bucket : slot.by_latency) sum += bucket.load(std::memory_order_relaxed);
    if (sum == 0) continue;
    std::int64_t so_far = 0;
    for (std::size_t at = 0; at < latency_bounds_ms.size(); ++at) {
      so_far += slot.by_latency[at].load(std::memory_order_relaxed);
      out += fmt::format("rcms_request_seconds_bucket{{operation=\"{}\",le=\"{}\"}} {}\n", slot.operation,
                         latency_bounds_ms[at] / 1000.0, so_far);
    }
    out += fmt::format("rcms_request_seconds_bucket{{operation=\"{}\",le=\"+Inf\"}} {}\n", slot.operation, sum);
    out += fmt::format("rcms_request_seconds_sum{{operation=\"{}\"}} {}\n", slot.operation,
                       static_cast<double>(slot.total_ms.load(std::memory_order_relaxed)) / 1e3);
    out += fmt::format("rcms_request_seconds_count{{operation=\"{}\"}} {}\n", slot.operation, sum);
  }
  Figures gauges = {{"rcms_connections", static_cast<double>(connections.load())},
                    {"rcms_connections_refused", static_cast<double>(refused_connections.load())},
                    {"rcms_requests_waiting", static_cast<double>(waiting.load())},
                    {"rcms_request_timeouts", static_cast<double>(timeouts.load())}};
  gauges.insert(gauges.end(), more.begin(), more.end());
  for (auto const& [name, value] : gauges) out += fmt::format("# TYPE {} gauge\n{} {}\n", name, name, value);
  return out;
}

}  // namespace rcms::http
