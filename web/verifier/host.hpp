// What the browser lends to the verifier: curves, signatures, digests and decompression, all synchronous. The other side is
// web/src/verify/host.ts.
#pragma once

#include <cstddef>
#include <cstdint>

#define RCMS_HOST(name) __attribute__((import_module("host"), import_name(name)))

extern "C" {
/// Bits of the order of the curve that these parameters (DER: a name, or all numbers of a known curve) stand for; 0 when unknown.
RCMS_HOST("order_bits") int host_order_bits(std::uint8_t const* parameters, std::size_t size);
/// 1 when `signature` (r‖s) over the message holds. `point` is the public key; `digest` 224, 256, 384 or 512.
RCMS_HOST("verifies") int host_verifies(std::uint8_t const* parameters, std::size_t parameters_size, std::uint8_t const* point,
                                        std::size_t point_size, int digest, std::uint8_t const* message,
                                        std::size_t message_size, std::uint8_t const* signature, std::size_t signature_size);
/// SHA-1, 20 bytes.
RCMS_HOST("sha1") void host_sha1(std::uint8_t const* content, std::size_t size, std::uint8_t* digest);
/// Opens a zlib stream that fills `content`; the number of bytes, or -1 when it is none or opens to more than `at_most`.
RCMS_HOST("unzip") int host_unzip(std::uint8_t const* content, std::size_t size, std::uint8_t* to, std::size_t at_most);
}
