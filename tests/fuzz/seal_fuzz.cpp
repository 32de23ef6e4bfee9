// Any bytes given to the parser of seals; what parses with a short reference must render to the same signed bytes.
#include <cstdint>
#include <cstdlib>

#include "engines/seal/crypto.hpp"
#include "engines/seal/seal.hpp"
#include "engines/seal/verdict.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  rcms::seal::ByteSpan bytes(data, size);
  auto seal = rcms::seal::parse_seal(bytes);
  if (seal) {
    auto again = rcms::seal::render_unsigned(seal->header, seal->features);
    bool short_reference = seal->header.certificate_reference.size() < 10;
    if (short_reference && !seal->header.issuing_state.empty() && (!again || *again != seal->signed_bytes)) std::abort();
    rcms::seal::sealed_mrz(*seal);
  }
  rcms::seal::signature_from_der(bytes, 32);
  rcms::seal::Certificate::read(bytes);
  rcms::seal::RevocationList::read(bytes);
  rcms::seal::judge({rcms::Bytes(data, data + size), "", rcms::Date(2026, 11, 22)}, rcms::seal::TrustStore{});
  return 0;
}
