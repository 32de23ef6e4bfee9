#include "engines/fingerprints/codes.hpp"

#include <bit>

#include "engines/fingerprints/turning.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace rcms::fingerprints {

namespace {

constexpr std::int32_t ring = 125;  // hundredths of a millimetre
constexpr std::uint32_t rings = 4, sectors = 16, directions = 8;

/// The two cells nearest to a position in 256ths of a cell; of a circle the last is beside the first.
struct Cells {
  std::uint32_t first = 0, second = 0;
};
Cells cells_around(std::uint32_t in_256, std::uint32_t count) {
  auto const cell = in_256 / 256 % count;
  return {cell, in_256 % 256 < 128 ? (cell + count - 1) % count : (cell + 1) % count};
}

void set(Code& code, std::uint32_t in_ring, std::uint32_t sector, std::uint32_t direction) {
  auto const bit = (in_ring * sectors + sector) * directions + direction;
  code.words[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

void add_neighbour(Code& code, Minutia const& from, Minutia const& to) {
  auto const x = to.x - from.x, y = to.y - from.y;
  constexpr std::int32_t reach = ring * static_cast<std::int32_t>(rings);
  if (x > reach || x < -reach || y > reach || y < -reach) return;
  auto const squared = x * x + y * y;
  if (squared >= reach * reach) return;
  auto const distance = root_of(static_cast<std::uint64_t>(squared));
  auto const bearing = static_cast<std::uint8_t>(bearing_of(x, y) - from.angle);
  auto const turn = static_cast<std::uint8_t>(to.angle - from.angle);
  auto const at_ring = distance * 256 / static_cast<std::uint32_t>(ring);
  auto const other = at_ring % 256 < 128 ? at_ring / 256 - (at_ring >= 256 ? 1 : 0) : at_ring / 256 + 1;
  auto const of_sector = cells_around(bearing * sectors, sectors);
  auto const of_direction = cells_around(turn * directions, directions);
  for (auto const in_ring : {at_ring / 256, other}) {
    if (in_ring >= rings) continue;
    for (auto const sector : {of_sector.first, of_sector.second})
      for (auto const direction : {of_direction.first, of_direction.second}) set(code, in_ring, sector, direction);
  }
}

void count_plain(Code const& one, std::span<Code const> many, std::uint16_t* counts) {
  for (std::size_t number = 0; number < many.size(); ++number) {
    int count = 0;
    for (std::size_t word = 0; word < code_words; ++word) count += std::popcount(one.words[word] & many[number].words[word]);
    counts[number] = static_cast<std::uint16_t>(count);
  }
}

#if defined(__x86_64__)
__attribute__((target("popcnt"))) void count_popcnt(Code const& one, std::span<Code const> many, std::uint16_t* counts) {
  for (std::size_t number = 0; number < many.size(); ++number) {
    int count = 0;
    for (std::size_t word = 0; word < code_words; ++word)
      count += __builtin_popcountll(one.words[word] & many[number].words[word]);
    counts[number] = static_cast<std::uint16_t>(count);
  }
}

/// Four bits at a time are looked up. After W. Muła, N. Kurz, D. Lemire (2018).
__attribute__((target("avx2"))) void count_avx2(Code const& one, std::span<Code const> many, std::uint16_t* counts) {
  auto const of_four =
      _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  auto const low = _mm256_set1_epi8(0xF);
  auto const* left = reinterpret_cast<__m256i const*>(one.words.data());
  auto const first = _mm256_load_si256(left), second = _mm256_load_si256(left + 1);
  for (std::size_t number = 0; number < many.size(); ++number) {
    auto const* right = reinterpret_cast<__m256i const*>(many[number].words.data());
    auto total = _mm256_setzero_si256();
    for (int half = 0; half < 2; ++half) {
      auto const both = _mm256_and_si256(half == 0 ? first : second, _mm256_load_si256(right + half));
      auto const lower = _mm256_shuffle_epi8(of_four, _mm256_and_si256(both, low));
      auto const upper = _mm256_shuffle_epi8(of_four, _mm256_and_si256(_mm256_srli_epi16(both, 4), low));
      total = _mm256_add_epi64(total, _mm256_sad_epu8(_mm256_add_epi8(lower, upper), _mm256_setzero_si256()));
    }
    alignas(32) std::uint64_t sums[4];
    _mm256_store_si256(reinterpret_cast<__m256i*>(sums), total);
    counts[number] = static_cast<std::uint16_t>(sums[0] + sums[1] + sums[2] + sums[3]);
  }
}

__attribute__((target("avx512f,avx512vpopcntdq"))) void count_avx512(Code const& one, std::span<Code const> many,
                                                                     std::uint16_t* counts) {
  auto const left = _mm512_load_si512(one.words.data());
  for (std::size_t number = 0; number < many.size(); ++number) {
    auto const both = _mm512_and_si512(left, _mm512_load_si512(many[number].words.data()));
    alignas(64) std::uint64_t sums[code_words];
    _mm512_store_si512(sums, _mm512_popcnt_epi64(both));
    std::uint64_t total = 0;
    for (auto const sum : sums) total += sum;
    counts[number] = static_cast<std::uint16_t>(total);
  }
}
#endif

std::vector<CountingWay> ways_of_this_machine() {
  std::vector<CountingWay> ways;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq")) ways.push_back({"avx512", count_avx512});
  if (__builtin_cpu_supports("popcnt")) ways.push_back({"popcnt", count_popcnt});
  if (__builtin_cpu_supports("avx2")) ways.push_back({"avx2", count_avx2});
#endif
  ways.push_back({"plain", count_plain});
  return ways;
}

}  // namespace

std::vector<Code> codes_of(std::span<Minutia const> minutiae) {
  std::vector<Code> codes(minutiae.size());
  for (std::size_t from = 0; from < minutiae.size(); ++from)
    for (std::size_t to = 0; to < minutiae.size(); ++to)
      if (from != to) add_neighbour(codes[from], minutiae[from], minutiae[to]);
  return codes;
}

std::vector<CountingWay> const& counting_ways() {
  static std::vector<CountingWay> const ways = ways_of_this_machine();
  return ways;
}

std::uint16_t bits_in(Code const& code) {
  int count = 0;
  for (auto const word : code.words) count += std::popcount(word);
  return static_cast<std::uint16_t>(count);
}

}  // namespace rcms::fingerprints
