#include "engines/fingerprints/writing.hpp"

#include <algorithm>

namespace rcms::fingerprints {

namespace {

constexpr std::int32_t points_in_centimetre = 197;
constexpr std::int32_t most_points = 0x3FFF;

void append(std::vector<std::uint8_t>& bytes, std::uint32_t value, int count) {
  for (int byte = count - 1; byte >= 0; --byte) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * byte)));
}

std::int32_t points_of(std::int32_t hundredths) {
  return std::clamp((hundredths * points_in_centimetre + 500) / 1000, 0, most_points);
}

std::uint32_t bits_of(MinutiaKind kind) { return kind == MinutiaKind::ending ? 1 : kind == MinutiaKind::bifurcation ? 2 : 0; }

}  // namespace

std::vector<std::uint8_t> write_template(Template const& one) {
  std::vector<std::uint8_t> bytes{'F', 'M', 'R', 0, ' ', '2', '0', 0};
  auto const width = std::max(points_of(one.width), 1), height = std::max(points_of(one.height), 1);
  append(bytes, 0, 4);  // the length, when it is known
  append(bytes, 0, 2);
  append(bytes, static_cast<std::uint32_t>(width), 2);
  append(bytes, static_cast<std::uint32_t>(height), 2);
  append(bytes, points_in_centimetre, 2);
  append(bytes, points_in_centimetre, 2);
  auto const views = std::min<std::size_t>(one.views.size(), 255);
  append(bytes, static_cast<std::uint32_t>(views), 1);
  append(bytes, 0, 1);
  for (std::size_t number = 0; number < views; ++number) {
    auto const& view = one.views[number];
    auto const count = std::min(view.minutiae.size(), most_minutiae);
    append(bytes, static_cast<std::uint32_t>(view.position), 1);
    append(bytes, static_cast<std::uint32_t>(view.view << 4 | view.impression), 1);
    append(bytes, view.quality, 1);
    append(bytes, static_cast<std::uint32_t>(count), 1);
    for (std::size_t at = 0; at < count; ++at) {
      auto const& minutia = view.minutiae[at];
      auto const x = std::min(points_of(minutia.x), width - 1), y = std::min(points_of(minutia.y), height - 1);
      append(bytes, bits_of(minutia.kind) << 14 | static_cast<std::uint32_t>(x), 2);
      append(bytes, static_cast<std::uint32_t>(height - 1 - y), 2);
      append(bytes, minutia.angle, 1);
      append(bytes, minutia.quality, 1);
    }
    append(bytes, 0, 2);
  }
  auto const length = static_cast<std::uint32_t>(bytes.size());
  for (int byte = 0; byte < 4; ++byte)
    bytes[8 + static_cast<std::size_t>(byte)] = static_cast<std::uint8_t>(length >> (8 * (3 - byte)));
  return bytes;
}

}  // namespace rcms::fingerprints
