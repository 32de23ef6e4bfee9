#include "capabilities/operations/room.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "foundation/base/clock.hpp"

namespace rcms::operations {

namespace {

constexpr std::uint64_t megabyte = 1'000'000;
constexpr std::int64_t measure_every_ms = 1'000;
constexpr std::int64_t full_for_ms = 10'000;

bool says_disk_is_full(std::string_view what) {
  return what.find("PostgreSQL 53100") != std::string_view::npos || what.find("disk is full") != std::string_view::npos;
}

}  // namespace

std::uint64_t usual_reserve_bytes(std::uint64_t all_bytes) { return std::min(256 * megabyte, all_bytes / 20); }

Room::Room(std::filesystem::path folder, std::uint64_t reserve_bytes)
    : folder_(std::move(folder)), given_reserve_(reserve_bytes) {
  measure();
}

void Room::measure() {
  std::error_code failed;
  auto const space = std::filesystem::space(folder_, failed);
  measured_ms_ = monotonic_ms();
  if (failed) return;  // an unknown disk stops nobody: the write itself will say
  auto const reserve = given_reserve_ > 0 ? given_reserve_ : usual_reserve_bytes(space.capacity);
  bool const was_short = refuses_.load();
  reserve_ = reserve;
  free_ = space.available;
  refuses_ = space.available < reserve + (was_short ? reserve / 10 : 0);
}

Result<void> Room::check_may_write() {
  if (monotonic_ms() - measured_ms_.load() >= measure_every_ms) measure();
  if (refuses_.load()) {
    return refuse(
        Why::unavailable, {},
        fmt::format("The disk of the server is nearly full ({} MB free, {} MB are kept): nothing is saved until there is "
                    "room. Reading goes on. Tell the administrator.",
                    free_.load() / megabyte, reserve_.load() / megabyte));
  }
  if (monotonic_ms() < full_until_ms_.load()) {
    return refuse(
        Why::unavailable, {},
        "The disk of the database is full: nothing is saved until there is room. Reading goes on. Tell the administrator.");
  }
  return {};
}

void Room::note_fault(std::string_view what) {
  if (says_disk_is_full(what)) full_until_ms_ = monotonic_ms() + full_for_ms;
}

}  // namespace rcms::operations
