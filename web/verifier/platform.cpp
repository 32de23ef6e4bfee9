// What the shared sources want of ICU, libsodium and zlib, for the browser.
#include "capabilities/travel_documents/trust_reading.hpp"
#include "engines/mrz/state_codes.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "host.hpp"
#include "zlib.h"

namespace rcms {

std::optional<Bytes> from_base64url(std::string_view text) {
  Bytes bytes;
  std::uint32_t held = 0;
  int bits = 0;
  for (char const c : text) {
    int value = -1;
    if (c >= 'A' && c <= 'Z') value = c - 'A';
    if (c >= 'a' && c <= 'z') value = c - 'a' + 26;
    if (c >= '0' && c <= '9') value = c - '0' + 52;
    if (c == '-') value = 62;
    if (c == '_') value = 63;
    if (value < 0) return std::nullopt;
    held = held << 6 | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<std::uint8_t>(held >> bits));
    held &= (1U << bits) - 1;
  }
  if (bits >= 6 || held != 0) return std::nullopt;
  return bytes;
}

/// Never asked: the browser names no list of States.
bool mrz::StateCodes::has(std::string_view) const { return false; }

namespace travel_documents {

struct Country {
  char const* state;
  char const* country;
};
constexpr Country iso_3166[] = {
#include "countries.inc"
};

std::string certificate_country(std::string_view state) {
  if (state == "D") return "DE";  // Doc 9303-3 section 5: Germany's code in the zone
  for (auto const& entry : iso_3166) {
    if (state == entry.state) return entry.country;
  }
  return upper_ascii(state.substr(0, 2));
}

}  // namespace travel_documents
}  // namespace rcms

int uncompress2(unsigned char* to, unsigned long* to_size, unsigned char const* from, unsigned long* from_size) {
  int const size = host_unzip(from, *from_size, to, *to_size);
  if (size < 0) return -3;  // Z_DATA_ERROR
  *to_size = static_cast<unsigned long>(size);
  return 0;
}

// An exception ends the run: the page then says that it could not judge here.
extern "C" {
[[noreturn]] void* __cxa_allocate_exception(std::size_t) { __builtin_trap(); }
[[noreturn]] void __cxa_throw(void*, void*, void (*)(void*)) { __builtin_trap(); }
}
