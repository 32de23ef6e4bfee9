// The surroundings of each minutia as 512 bits, counted in words of the machine.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engines/fingerprints/template.hpp"

namespace rcms::fingerprints {

inline constexpr std::size_t code_words = 8;

/// Which neighbours a minutia has, seen from it: four rings, sixteen sectors, eight directions; a neighbour near a border counts
/// on both sides. After the shape contexts of S. Belongie, J. Malik, J. Puzicha (2002), with directions.
struct alignas(64) Code {
  std::array<std::uint64_t, code_words> words{};
};

/// A code for each minutia, in their order.
std::vector<Code> codes_of(std::span<Minutia const> minutiae);

/// How many bits are set in both: `counts[number]` for each of `many`. Every kind of machine gives the same counts.
using CountCommon = void (*)(Code const& one, std::span<Code const> many, std::uint16_t* counts);

struct CountingWay {
  std::string_view name;  ///< avx512, avx2, popcnt, plain
  CountCommon count = nullptr;
};
/// The ways that this machine can go, the quickest first; the last one is plain.
std::vector<CountingWay> const& counting_ways();

std::uint16_t bits_in(Code const& code);

}  // namespace rcms::fingerprints
