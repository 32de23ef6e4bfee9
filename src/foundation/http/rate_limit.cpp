#include "foundation/http/rate_limit.hpp"

#include <algorithm>
#include <cmath>

#include <boost/asio/ip/address.hpp>

namespace rcms::http {

namespace {
constexpr std::size_t bucket_limit = 100'000;
constexpr std::int64_t bucket_life_ms = 60LL * 60 * 1000;
}  // namespace

std::string network_of(std::string const& address) {
  boost::system::error_code error;
  auto const parsed = boost::asio::ip::make_address(address, error);
  if (error || !parsed.is_v6() || parsed.to_v6().is_v4_mapped()) return address;
  auto bytes = parsed.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), 0);
  return boost::asio::ip::address_v6(bytes).to_string() + "/64";
}

int RateLimit::take(RateClass const& rate, std::string const& address, std::int64_t now_ms) {
  std::lock_guard const lock(mutex_);
  if (buckets_.size() >= bucket_limit) forget_full(now_ms);
  auto const [place, is_new] = buckets_.try_emplace(rate.name + ' ' + network_of(address));
  Bucket& bucket = place->second;
  double const per_ms = rate.per_minute / 60'000.0;
  bucket.tokens =
      is_new ? rate.burst : std::min<double>(rate.burst, bucket.tokens + static_cast<double>(now_ms - bucket.at_ms) * per_ms);
  bucket.at_ms = now_ms;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return 0;
  }
  return std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) / per_ms / 1000)));
}

void RateLimit::forget_full(std::int64_t now_ms) {
  for (auto at = buckets_.begin(); at != buckets_.end();) {
    at = now_ms - at->second.at_ms > bucket_life_ms ? buckets_.erase(at) : std::next(at);
  }
  if (buckets_.size() >= bucket_limit) buckets_.clear();
}

}  // namespace rcms::http
