// Any bytes given to the readers of barcodes: a seal as it stands, a datastructure and JSON as they stand, and the same bytes as
// the inside of a datastructure, so that the fuzzer need not find base 32 and compression itself. What is read is written back
// the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engines/seal/crypto.hpp"
#include "engines/seal/idb.hpp"
#include "engines/seal/seal.hpp"
#include "engines/seal/vds_nc.hpp"
#include "engines/seal/verdict.hpp"

namespace {

using rcms::seal::ByteSpan;

void must(bool held) {
  if (!held) std::abort();
}

void read_seal(ByteSpan bytes) {
  auto seal = rcms::seal::parse_seal(bytes);
  if (!seal) return;
  auto again = rcms::seal::render_unsigned(seal->header, seal->features);
  bool short_reference = seal->header.certificate_reference.size() < 10;
  if (short_reference && !seal->header.issuing_state.empty()) must(again && *again == seal->signed_bytes);
  rcms::seal::sealed_mrz(*seal);
}

std::string base32(ByteSpan bytes) {
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (auto const byte : bytes) {
    held = held << 8 | byte;
    for (bits += 8; bits >= 5;) text += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[held >> (bits -= 5) & 31];
    held &= (1U << bits) - 1;
  }
  if (bits > 0) text += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[held << (5 - bits) & 31];
  return text;
}

void read_datastructure(std::string const& text) {
  auto const idb = rcms::seal::parse_idb(text);
  if (!idb) return;
  rcms::seal::zone_of(*idb);
  if (idb->form != rcms::seal::IdbForm::signed_only || !idb->certificate.empty()) return;
  auto const same = [&](ByteSpan) -> rcms::Result<rcms::Bytes> { return idb->signature; };
  auto const again = rcms::seal::make_idb(*idb, same);
  must(!again || *again == text);  // a State of fillers cannot be written
}

void read_json(std::string_view text) {
  rcms::seal::parse_vds_nc(text);
  auto const canonical = rcms::seal::canonical_json(text);
  if (canonical) must(rcms::seal::canonical_json(*canonical) == canonical);
}

void judge(ByteSpan content) {
  static rcms::seal::TrustStore const trust;
  rcms::seal::Question const question{rcms::Bytes(content.begin(), content.end()), "", rcms::Date(2026, 11, 22),
                                      rcms::seal::Accept::all};
  auto const verdict = rcms::seal::judge(question, trust);
  must(verdict.status == rcms::seal::Status::invalid);  // nobody is trusted
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  ByteSpan const bytes(data, size);
  read_seal(bytes);
  rcms::seal::signature_from_der(bytes, 32);
  rcms::seal::Certificate::read(bytes);
  rcms::seal::RevocationList::read(bytes);
  judge(bytes);
  auto const text = rcms::as_text(bytes);
  read_datastructure(std::string(text));
  read_json(text);
  std::string const inside = std::string("RDB1") + static_cast<char>('A' + size % 4) + base32(bytes);
  read_datastructure(inside);
  judge(rcms::as_bytes(inside));
  return 0;
}
