// Any bytes as a line of an exported ledger; a line is read only when it is exactly what would be written.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "foundation/ledger/export_lines.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const line = rcms::ledger::parse_line(text);
  if (line && rcms::ledger::render_line(*line) != text) std::abort();
  return 0;
}
