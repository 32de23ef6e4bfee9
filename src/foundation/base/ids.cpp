#include "foundation/base/ids.hpp"

#include <array>
#include <atomic>
#include <cstdint>

#include <sodium.h>

namespace rcms {

std::string make_uuid(Instant now) {
  // RFC 9562 section 5.7: 48 bits of milliseconds, 12 bits of counter here, 62 random bits.
  static std::atomic<std::uint64_t> last{0};
  std::uint64_t const floor = static_cast<std::uint64_t>(now.ms) << 12;
  std::uint64_t previous = last.load();
  std::uint64_t stamp = 0;
  do {
    stamp = floor > previous ? floor : previous + 1;
    // A clock set back by more than a second (stories, demo histories) starts anew instead of lying about the time.
    if (previous > floor && previous - floor > (std::uint64_t{1000} << 12)) stamp = floor;
  } while (!last.compare_exchange_weak(previous, stamp));
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data() + 8, 8);
  std::uint64_t const ms = stamp >> 12;
  for (int i = 0; i < 6; ++i) bytes[static_cast<std::size_t>(i)] = static_cast<unsigned char>(ms >> (40 - 8 * i));
  bytes[6] = static_cast<unsigned char>(0x70 | ((stamp >> 8) & 0x0f));
  bytes[7] = static_cast<unsigned char>(stamp & 0xff);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < 36; ++i) {
    char const c = text[i];
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (c != '-') return false;
    } else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      return false;
    }
  }
  return true;
}

}  // namespace rcms
