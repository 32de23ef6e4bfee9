// Any bytes as a CSV: no crash, no endless reading, lines in order, cells within their limit.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "foundation/sheets/sheet.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  rcms::sheets::ReadOptions options;
  options.limits.cell_bytes = 64;
  options.limits.line_bytes = 512;
  options.limits.columns = 8;
  std::uint64_t last_line = 0;
  auto const report =
      rcms::sheets::read_csv({reinterpret_cast<char const*>(data), size}, options, [&](rcms::sheets::Row const& row) {
        if (row.line <= last_line || row.cells.empty() || row.cells.size() > 8) std::abort();
        for (auto const& cell : row.cells) {
          if (cell.text.size() > 64) std::abort();
        }
        last_line = row.line;
        return true;
      });
  for (auto const& defect : report.defects) static_cast<void>(rcms::sheets::sentence_of(defect));
  return 0;
}
