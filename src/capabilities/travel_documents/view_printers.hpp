// What is shown of the printers of an office, and what is sent of one.
#pragma once

#include <string>

#include "foundation/http/describe.hpp"

namespace rcms::travel_documents {

/// Shifts are tenths of a millimetre to the right and down, as the reader of the side sees it.
struct DocumentPrinterView {
  std::string id;
  std::string name;
  std::int64_t front_right = 0;
  std::int64_t front_down = 0;
  std::int64_t back_right = 0;
  std::int64_t back_down = 0;
  std::string duplex;  ///< single, long_edge, short_edge
  std::string changed_by;
  Instant changed_at;
  std::int64_t revision = 0;
};
RCMS_VIEW(DocumentPrinterView, id, name, front_right, front_down, back_right, back_down, duplex, changed_by, changed_at, revision)

struct DocumentPrinterInput {
  http::Text<60> name;
  std::int64_t front_right = 0;
  std::int64_t front_down = 0;
  std::int64_t back_right = 0;
  std::int64_t back_down = 0;
  http::Text<20> duplex;
};
RCMS_INPUT(DocumentPrinterInput, name, front_right, front_down, back_right, back_down, duplex)

}  // namespace rcms::travel_documents
