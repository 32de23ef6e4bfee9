// Figures for Prometheus: requests and their duration by operation, and what others add.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "foundation/http/route.hpp"

namespace rcms::http {

/// Upper bounds of the latency histogram, in milliseconds.
inline constexpr std::array<int, 11> latency_bounds_ms = {1, 2, 5, 10, 20, 50, 100, 250, 1000, 5000, 30000};

class Metrics {
 public:
  /// One slot for each route, and one for everything else (index routes.all().size()).
  explicit Metrics(Routes const& routes);

  /// Any thread, no lock.
  void count(std::size_t slot, int status, std::int64_t duration_ms);

  std::atomic<std::int64_t> connections{0};
  std::atomic<std::int64_t> refused_connections{0};
  std::atomic<std::int64_t> waiting{0};  ///< requests given to the workers and not finished
  std::atomic<std::int64_t> held{0};     ///< answers that wait until they are recorded
  std::atomic<std::int64_t> timeouts{0};

  using Figures = std::vector<std::pair<std::string, double>>;
  /// Prometheus text format 0.0.4. `more` are gauges by name.
  std::string text(Figures const& more) const;

 private:
  struct Slot {
    std::string operation;
    std::array<std::atomic<std::int64_t>, 6> by_class{};  // 1xx to 5xx by first digit
    std::array<std::atomic<std::int64_t>, latency_bounds_ms.size() + 1> by_latency{};
    std::atomic<std::int64_t> total_ms{0};
  };
  std::vector<Slot> slots_;
};

}  // namespace rcms::http
