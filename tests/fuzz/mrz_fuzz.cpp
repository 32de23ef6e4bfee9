// Any bytes given to the reader of machine readable zones; what it calls valid must build again to the same lines.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engines/mrz/names.hpp"
#include "engines/mrz/reading.hpp"
#include "engines/mrz/writing.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view text(reinterpret_cast<char const*>(data), size);
  auto reading = rcms::mrz::parse_mrz(text);
  if (reading.document) {
    auto lines = rcms::mrz::build_mrz(*reading.document);
    if (lines) {
      auto again = rcms::mrz::parse_mrz((*lines)[0] + "\n" + (*lines)[1] + (lines->size() > 2 ? "\n" + (*lines)[2] : ""));
      if (!again.is_valid()) std::abort();
    }
    rcms::mrz::birth_of(*reading.document, rcms::Date(2026, 11, 22));
    rcms::mrz::expiry_of(*reading.document);
  }
  auto half = text.substr(0, size / 2);
  auto field = rcms::mrz::name_field(half, text.substr(half.size()), 31);
  if (field && field->size() != 31) std::abort();
  return 0;
}
