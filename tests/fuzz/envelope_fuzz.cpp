// Any bytes as an envelope or a receipt from another State; what is read is written to a text that reads the same again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "capabilities/exchange/envelope.hpp"

using namespace rcms::exchange;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  if (auto const envelope = parse_envelope(text)) {
    auto const rendered = render_envelope(*envelope);
    auto const again = parse_envelope(rendered);
    if (!again || render_envelope(*again) != rendered) std::abort();
    if (envelope->attachments.size() > envelope_attachments_limit) std::abort();
  }
  if (auto const receipt = parse_receipt(text)) {
    auto const rendered = render_receipt(*receipt);
    auto const again = parse_receipt(rendered);
    if (!again || render_receipt(*again) != rendered) std::abort();
  }
  return 0;
}
