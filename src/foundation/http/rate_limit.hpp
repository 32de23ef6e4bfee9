// Token buckets by address and class of routes. An address can only exhaust its own bucket, so nobody locks out others.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "foundation/http/route.hpp"

namespace rcms::http {

class RateLimit {
 public:
  /// Takes one token; returns 0, or the seconds after which one is there. `now_ms` is monotonic. Any thread.
  int take(RateClass const& rate, std::string const& address, std::int64_t now_ms);

 private:
  struct Bucket {
    double tokens = 0;
    std::int64_t at_ms = 0;
  };
  void forget_full(std::int64_t now_ms);

  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

/// The address itself, or the /64 network of an IPv6 address, which one customer holds.
std::string network_of(std::string const& address);

}  // namespace rcms::http
